"""What becomes of an alert, pass by pass: a table of what was found and decided, and who is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.finding import Finding, Role, Severity
from rules.lifecycle import UNDECIDED, Alert, Decision, Status, Step, Transition, transitions

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULE = "budget.overrun"
BOTH = (Role.COORDINATOR, Role.SECRETARY)
INFO, CARE, URGENT = Severity.INFO, Severity.CARE, Severity.URGENT
OPENED, CHANGED, STAYED, CLOSED = Step.OPENED, Step.CHANGED, Step.STAYED, Step.CLOSED


def finding(severity: Severity = CARE, roles: tuple[Role, ...] = BOTH, key: str = "חגים") -> Finding:
    return Finding(RULE, "budget", key, 3, severity, roles, {})


ID = finding().id


@dataclass(frozen=True)
class Day:
    """A day: what is found, what the person has decided, whether the rule ran; then the step, and who is told."""

    found: Severity | None
    step: Step | None
    told: str = ""
    decision: Decision = UNDECIDED
    ran: bool = True
    roles: tuple[Role, ...] = BOTH


def decided(status: Status = Status.NEW, snooze: int | None = None) -> Decision:
    """A decision; a snooze until so many days after Monday."""
    return Decision(status, None if snooze is None else MONDAY.date() + timedelta(days=snooze))


ASLEEP = decided(snooze=2)
ALL = "coordinator secretary"
HANDLED, IRRELEVANT, IN_CARE = decided(Status.HANDLED), decided(Status.IRRELEVANT), decided(Status.IN_CARE)

LIVES: dict[str, Sequence[Day]] = {
    "opens, stays, closes": [Day(CARE, OPENED, ALL), Day(CARE, STAYED), Day(None, CLOSED), Day(None, None)],
    "comes back as a new one": [Day(CARE, OPENED, ALL), Day(None, CLOSED), Day(CARE, OPENED, ALL)],
    "becomes more pressing": [Day(CARE, OPENED, ALL), Day(URGENT, CHANGED, ALL), Day(URGENT, STAYED)],
    "becomes less pressing": [Day(URGENT, OPENED, ALL), Day(CARE, CHANGED), Day(URGENT, CHANGED)],
    "a role more": [Day(CARE, OPENED, "secretary", roles=BOTH[1:]), Day(CARE, STAYED, "coordinator")],
    "a role less": [Day(CARE, OPENED, ALL), Day(CARE, STAYED, roles=BOTH[:1]), Day(CARE, STAYED)],
    "to nobody": [Day(CARE, OPENED, roles=()), Day(CARE, STAYED, roles=())],
    "its rule did not run": [Day(CARE, OPENED, ALL), Day(None, None, ran=False), Day(CARE, STAYED)],
    "in care is told as ever": [
        Day(CARE, OPENED, ALL),
        Day(CARE, STAYED, decision=IN_CARE),
        Day(URGENT, CHANGED, ALL, IN_CARE),
    ],
    "handled": [Day(CARE, OPENED, ALL), Day(URGENT, CHANGED, decision=HANDLED), Day(None, CLOSED, decision=HANDLED)],
    "irrelevant": [Day(CARE, OPENED, ALL), Day(URGENT, CHANGED, decision=IRRELEVANT)],
    "handled, then opened again by the person": [
        Day(CARE, OPENED, ALL),
        Day(URGENT, CHANGED, decision=HANDLED),
        Day(URGENT, STAYED, ALL),
    ],
    "handled of its last life": [
        Day(CARE, OPENED, ALL),
        Day(None, CLOSED, decision=HANDLED),
        Day(CARE, OPENED, ALL, HANDLED),
    ],
    "sleeps two days and is told once more": [
        Day(CARE, OPENED, ALL),
        Day(CARE, STAYED, decision=ASLEEP),
        Day(CARE, STAYED, ALL, ASLEEP),
        Day(CARE, STAYED, decision=ASLEEP),
        Day(CARE, STAYED),
    ],
    "sleeps even when it becomes more pressing": [
        Day(CARE, OPENED, ALL),
        Day(URGENT, CHANGED, decision=ASLEEP),
        Day(URGENT, STAYED, ALL, ASLEEP),
    ],
    "the snooze is taken back": [Day(CARE, OPENED, ALL), Day(CARE, STAYED, decision=ASLEEP), Day(CARE, STAYED, ALL)],
    "a snooze in the past": [Day(CARE, OPENED, ALL), Day(CARE, STAYED, decision=decided(snooze=-5))],
    "comes back while it should sleep": [
        Day(CARE, OPENED, ALL),
        Day(None, CLOSED, decision=decided(snooze=3)),
        Day(CARE, OPENED, decision=decided(snooze=3)),
        Day(CARE, STAYED, ALL, decided(snooze=3)),
    ],
    "closes while it sleeps": [
        Day(CARE, OPENED, ALL),
        Day(CARE, STAYED, decision=ASLEEP),
        Day(None, CLOSED, decision=ASLEEP),
    ],
}


def step_of(known: Mapping[str, Alert], day: Day, now: datetime) -> Transition | None:
    found = [] if day.found is None else [finding(day.found, day.roles)]
    steps = [*transitions(known, found, {ID: day.decision}, {RULE} if day.ran else set(), now)]
    assert len(steps) <= 1
    return steps[0] if steps else None


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_the_life_of_an_alert(life: Sequence[Day]) -> None:
    known: dict[str, Alert] = {}
    now = MONDAY
    for number, day in enumerate(life):
        step = step_of(known, day, now)
        assert (step.step if step else None) == day.step, number
        if step:
            assert " ".join(sorted(step.tell)) == day.told, number
            known[step.alert.id] = step.alert
        now += timedelta(days=1)


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_the_same_pass_again_changes_and_tells_nothing(life: Sequence[Day]) -> None:
    """A pass that is repeated at once (its process was killed, say) finds everything as it left it."""
    known: dict[str, Alert] = {}
    now = MONDAY
    for day in life:
        if step := step_of(known, day, now):
            known[step.alert.id] = step.alert
        again = step_of(known, day, now + timedelta(minutes=1))
        assert again is None or (again.step, again.tell, again.alert) == (STAYED, (), known[ID])
        now += timedelta(days=1)


def test_what_is_remembered_of_an_alert() -> None:
    opened = step_of({}, Day(CARE, OPENED), MONDAY)
    assert opened is not None
    assert opened.alert == Alert(ID, RULE, "חגים", CARE, MONDAY, MONDAY, told=frozenset(BOTH), told_severity=CARE)
    later = MONDAY + timedelta(days=1)
    risen = step_of({ID: opened.alert}, Day(URGENT, CHANGED), later)
    assert risen is not None
    assert risen.alert == replace(opened.alert, severity=URGENT, changed=later, told_severity=URGENT)
    closed = step_of({ID: risen.alert}, Day(None, CLOSED), later)
    assert closed is not None
    assert (closed.alert.closed, closed.finding, closed.tell) == (later, None, ())


def test_midnight_decides_in_the_communitys_zone() -> None:
    """A snooze until the 24th ends when it is the 24th where the community lives: `now` brings its zone."""
    asleep = replace(opened(), snoozed_until=date(2026, 11, 24), told=frozenset())
    decision = Day(CARE, STAYED, decision=Decision(snooze_until=date(2026, 11, 24)))
    for moment, tells in (("2026-11-23T23:59:00+02:00", False), ("2026-11-24T00:00:00+02:00", True)):
        step = step_of({ID: asleep}, decision, datetime.fromisoformat(moment))
        assert step is not None
        assert bool(step.tell) == tells


def opened() -> Alert:
    step = step_of({}, Day(CARE, OPENED), MONDAY)
    assert step is not None
    return step.alert


severities = st.sampled_from(Severity)
decisions = st.builds(Decision, st.sampled_from(Status), st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 5)))
days = st.builds(
    Day,
    found=st.none() | severities,
    step=st.none(),
    decision=decisions,
    ran=st.booleans(),
    roles=st.sampled_from([BOTH, BOTH[:1], ()]),
)


@given(st.lists(days, max_size=12))
def test_whatever_happens(life: list[Day]) -> None:
    """Nobody is told of what is handled or asleep; nobody twice while nothing rises, sleeps or closes; a rule that did
    not run closes nothing."""
    known: dict[str, Alert] = {}
    told: set[Role] = set()
    height = INFO
    now = MONDAY
    for day in life:
        before = known.get(ID)
        step = step_of(known, day, now)
        if step is None:
            assert day.found is None
        else:
            if step.step is CLOSED:
                assert day.ran
            asleep = day.decision.snooze_until is not None and day.decision.snooze_until > now.date()
            if asleep or (day.decision.silences and step.step is not OPENED):
                assert step.tell == ()
            woke = before is not None and before.snoozed_until is not None and not asleep
            if step.step is OPENED or woke:
                told = set()
            if step.step is OPENED:
                height = INFO
            assert not told & set(step.tell) or (day.found or INFO) > height
            told |= set(step.tell)
            if step.tell and day.found:
                height = max(height, day.found)
            known[step.alert.id] = step.alert
        now += timedelta(days=1)


def test_each_finding_is_an_alert_of_its_own() -> None:
    found = [finding(key=key) for key in ("חגים", "פורים", "חגים")]
    steps = [*transitions({}, found, {}, {RULE}, MONDAY)]
    assert [step.alert.key for step in steps] == ["חגים", "פורים"]


@pytest.mark.parametrize("ran", [{RULE}, set()], ids=["ran", "did not run"])
def test_closed_alerts_stay_closed(ran: Collection[str]) -> None:
    shut = replace(opened(), closed=MONDAY)
    assert [*transitions({ID: shut}, [], {}, ran, MONDAY)] == []
