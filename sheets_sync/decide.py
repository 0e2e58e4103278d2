"""From what is known and remembered to what is to be written, remembered and told. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.engine import CRASHED
from rules.finding import Finding
from rules.lifecycle import Alert, Transition, transitions
from sheets_sync.alerts_tab import decisions_of
from sheets_sync.config import Settings
from sheets_sync.edits import Request
from sheets_sync.look import ALL_RULES, Picture
from sheets_sync.summary import Held
from sheets_sync.telling import Post, post
from sheets_sync.write_back import Scene, requests_for

NOTHING_HELD = Held()


@dataclass(frozen=True)
class Plan:
    """What a pass is about to do: alerts to remember, requests by spreadsheet id, letters to send."""

    transitions: tuple[Transition, ...]
    requests: Mapping[str, Sequence[Request]]
    post: Post
    known: Mapping[str, Alert]

    @property
    def changed(self) -> list[Alert]:
        """The alerts that differ from what is remembered."""
        return [step.alert for step in self.transitions if self.known.get(step.alert.id) != step.alert]


def decide(
    picture: Picture, known: Mapping[str, Alert], settings: Settings, now: datetime, answers: Held = NOTHING_HELD
) -> Plan:
    """Compare the picture with the memory; `now` is in the community's time zone."""
    found = [_with_roles(finding, settings) for finding in picture.verdict.findings]
    decisions = decisions_of(picture.book.get("alerts"))
    steps = tuple(transitions(known, found, decisions, picture.verdict.ran | _given_up(known, settings), now))
    scene = Scene(picture, steps, known, settings, now, answers)
    requests = {spreadsheet.id: requests_for(scene, spreadsheet) for spreadsheet in picture.snapshot.spreadsheets}
    return Plan(steps, requests, post(steps, ALL_RULES, picture.book.get("people"), now.date()), known)


def _given_up(known: Mapping[str, Alert], settings: Settings) -> frozenset[str]:
    """The rules of alerts that nothing looks after any more: turned off, or no longer in the catalogue."""
    in_use = {CRASHED.key, *(rule.key for rule in settings.rules_in_use())}
    return frozenset(alert.rule for alert in known.values()) - in_use


def _with_roles(finding: Finding, settings: Settings) -> Finding:
    """The finding, to the roles the settings choose for its rule."""
    roles = settings.roles_of(finding.rule)
    return finding if roles is None else replace(finding, roles=roles)
