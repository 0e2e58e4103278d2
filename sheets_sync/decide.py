"""From what is known and remembered to what is to be written, remembered and told. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.engine import CRASHED
from rules.finding import Finding
from rules.lifecycle import Alert, Decision, Step, Transition, transitions
from rules.table import Table
from sheets_sync.config import Settings
from sheets_sync.facts import Stood
from sheets_sync.look import Picture
from sheets_sync.tabs.alerts_tab import decisions_of
from sheets_sync.tabs.summary import Held
from sheets_sync.telling.deliveries import NO_DELIVERIES, Deliveries
from sheets_sync.telling.digest import Memory, marked, next_digest, turns
from sheets_sync.telling.directory import Directory, reachable_now
from sheets_sync.telling.letter import NOBODY, Instead, Kind, Post
from sheets_sync.telling.people_memory import people_now
from sheets_sync.telling.post import post
from sheets_sync.telling.recipients import everyone
from sheets_sync.telling.taking_over import first_letters, hush, newly_read
from sheets_sync.writing.edits import Request
from sheets_sync.writing.write_back import Scene, requests_for

NOTHING_HELD = Held()
NOTHING_TOLD = Memory()


@dataclass(frozen=True)
class Plan:
    """What a pass is about to do: alerts to remember, requests by spreadsheet id, letters to send."""

    transitions: tuple[Transition, ...]
    requests: Mapping[str, Sequence[Request]]
    post: Post
    known: Mapping[str, Alert]
    told: Memory = NOTHING_TOLD
    """Who was told, for the next pass."""
    wake: datetime | None = None
    """When the next pass is due by itself."""

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
    told: Memory = NOTHING_TOLD,
    stood: Stood | None = None,
    asked: Sequence[str] = (),
    deliveries: Deliveries = NO_DELIVERIES,
    people: Table | None = None,
) -> Plan:
    """Compare the picture with the memory; `now` is in the community's time zone. While `quiet` nobody is told.

    A rule that wants a table of a spreadsheet which cannot be read now did not run: its alerts stay as they are.
    `told` is who was told in earlier passes, `stood` which tables those found (None: what is read is not new),
    `asked` the problems whose repair was asked for by a tick that may be gone, `deliveries` what became of the last
    messages, `people` whom to write to while their tab cannot be read.
    """
    found = [picture.choices.applied(finding) for finding in picture.verdict.findings]
    decisions = decisions_of(picture.book.get("alerts"))
    ran = picture.verdict.ran | _given_up(known, picture)
    people = people_now(picture, settings, stood or {}, people)
    directory, everybody = Directory(people, now.date(), picture.book), everyone(people, now.date())
    before = _to_hear_now(known, found, instead, directory)
    steps = list(transitions(before, found, decisions, ran, now, quiet=quiet, piercing=settings.clock.pierce))
    new = newly_read(picture, stood) if stood is not None and settings.letters.silent_start else frozenset()
    steps, hushed = hush(steps, new, is_held=not directory.coordinators)
    turn = turns(told, everybody, settings, now, quiet=quiet)
    over = [Transition(Step.CLOSED, alert) for alert in known.values() if alert.closed is not None]
    letters = post(steps, directory, instead, turns=turn, closed=over, silenced=_silenced(decisions, now))
    letters = replace(letters, letters=(*first_letters(hushed, directory), *letters.letters))
    memory = Memory(
        marked(told.marks, turn, everybody, _digested(letters), now),
        told.heard if quiet else _still_heard(told, letters, known),
        _still_hushed(told.hushed.union(step.alert.id for step in hushed), letters.steps),
    )
    shown = _shown(letters.steps, memory.hushed)
    scene = Scene(picture, shown, known, settings, now, answers, letters.instead, asked, deliveries)
    requests = {spreadsheet.id: requests_for(scene, spreadsheet) for spreadsheet in picture.snapshot.spreadsheets}
    return Plan(letters.steps, requests, letters, known, memory, next_digest(everybody, settings, now))


def _digested(letters: Post) -> frozenset[str]:
    """The addresses to which digests go."""
    digests = (one for one in letters.letters if one.kind is Kind.DIGEST)
    return frozenset(one.recipient.address.casefold() for one in digests)


def _silenced(decisions: Mapping[str, Decision], now: datetime) -> frozenset[str]:
    """The alerts of which the person wants to hear nothing now."""
    return frozenset(
        id for id, said in decisions.items() if said.silences or (said.snooze_until or now.date()) > now.date()
    )


def _still_heard(told: Memory, letters: Post, known: Mapping[str, Alert]) -> Mapping[str, frozenset[str]]:
    """Who heard of what others wait for; also of alerts of which this pass knows nothing, as their rule did not run."""
    seen = {step.alert.id for step in letters.steps}
    kept = {state: who for state, who in told.heard.items() if (id := state.split()[0]) not in seen and id in known}
    return {**kept, **letters.heard}


def _still_hushed(hushed: frozenset[str], steps: Iterable[Transition]) -> frozenset[str]:
    """The hushed alerts but those that closed, or that somebody was told of since."""
    return hushed - {step.alert.id for step in steps if step.step is Step.CLOSED or step.tell}


def _shown(steps: Iterable[Transition], hushed: frozenset[str]) -> list[Transition]:
    """The steps as the tab shows them: of a hushed one nobody was told."""
    return [
        replace(step, alert=replace(step.alert, told=frozenset())) if step.alert.id in hushed else step
        for step in steps
    ]


def _to_hear_now(
    known: Mapping[str, Alert], found: Iterable[Finding], instead: Instead, directory: Directory
) -> Mapping[str, Alert]:
    """The alerts as known; those in whose stead the coordinator was told, and who can be reached now, are untold."""
    changed = dict(known)
    for finding in found:
        alert = known.get(finding.id)
        if alert is not None and (roles := instead.get(finding.id)):
            reached = reachable_now(finding, roles, directory)
            changed[finding.id] = replace(alert, told=alert.told - reached)
    return changed


def _given_up(known: Mapping[str, Alert], picture: Picture) -> frozenset[str]:
    """The rules of alerts that nothing looks after any more: turned off, or no longer in the catalogue."""
    in_use = {CRASHED.key, *(rule.key for rule in picture.choices.rules)}
    return frozenset(one.rule for one in known.values() if not picture.own.stands(one.rule)) - in_use
