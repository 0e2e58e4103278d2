"""From what is known and remembered to what is to be written, remembered and told. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rules.engine import CRASHED
from rules.finding import Finding
from rules.lifecycle import Alert, Transition, transitions
from rules.table import Table
from sheets_sync.alerts_tab import decisions_of
from sheets_sync.config import Settings
from sheets_sync.edits import Request
from sheets_sync.look import Picture
from sheets_sync.summary import Held
from sheets_sync.telling import NOBODY, Instead, Post, post, reachable_now
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
    picture: Picture,
    known: Mapping[str, Alert],
    settings: Settings,
    now: datetime,
    answers: Held = NOTHING_HELD,
    *,
    quiet: bool = False,
    instead: Instead = NOBODY,
) -> Plan:
    """Compare the picture with the memory; `now` is in the community's time zone. While `quiet` nobody is told.

    A rule that wants a table of a spreadsheet which cannot be read now did not run: its alerts stay as they are.
    """
    found = [picture.choices.applied(finding) for finding in picture.verdict.findings]
    decisions = decisions_of(picture.book.get("alerts"))
    ran = picture.verdict.ran | _given_up(known, picture)
    people, today = picture.book.get("people"), now.date()
    before = _to_hear_now(known, found, instead, people, today)
    steps = transitions(before, found, decisions, ran, now, quiet=quiet, piercing=settings.clock.pierce)
    letters = post(steps, people, today, instead)
    scene = Scene(picture, letters.steps, known, settings, now, answers, letters.instead)
    requests = {spreadsheet.id: requests_for(scene, spreadsheet) for spreadsheet in picture.snapshot.spreadsheets}
    return Plan(letters.steps, requests, letters, known)


def _to_hear_now(
    known: Mapping[str, Alert], found: Iterable[Finding], instead: Instead, people: Table | None, today: date
) -> Mapping[str, Alert]:
    """The alerts as known; those in whose stead the coordinator was told, and who can be reached now, are untold."""
    changed = dict(known)
    for finding in found:
        alert = known.get(finding.id)
        if alert is not None and (roles := instead.get(finding.id)):
            reached = reachable_now(finding, roles, people, today)
            changed[finding.id] = replace(alert, told=alert.told - reached)
    return changed


def _given_up(known: Mapping[str, Alert], picture: Picture) -> frozenset[str]:
    """The rules of alerts that nothing looks after any more: turned off, or no longer in the catalogue."""
    in_use = {CRASHED.key, *(rule.key for rule in picture.choices.rules)}
    return frozenset(one.rule for one in known.values() if not picture.own.stands(one.rule)) - in_use
