"""What becomes of findings over time: an alert opens once, changes, is told to whom it must, and closes by itself."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from rules.finding import Finding, Role, Severity


class Status(StrEnum):
    """What the person says of an alert, in the tab `alerts`."""

    NEW = "חדש"
    IN_CARE = "בטיפול"
    HANDLED = "טופל"
    IRRELEVANT = "לא רלוונטי"


@dataclass(frozen=True, slots=True)
class Decision:
    """The person's columns of an alert's row, as far as they change what is told."""

    status: Status = Status.NEW
    snooze_until: date | None = None

    @property
    def silences(self) -> bool:
        """Whether the person said that nothing more is to be told of it."""
        return self.status in (Status.HANDLED, Status.IRRELEVANT)


@dataclass(frozen=True)
class Alert:
    """A finding as it is remembered: since when it holds and who has been told how pressing it is.

    `told` are the roles told since it opened (or since its snooze ended), `told_severity` what they were told.
    `snoozed_until` is the last snooze that was seen, so that its end is noticed once.
    """

    id: str
    rule: str
    key: str
    severity: Severity
    opened: datetime
    changed: datetime
    closed: datetime | None = None
    told: frozenset[Role] = frozenset()
    told_severity: Severity = Severity.INFO
    snoozed_until: date | None = None


class Step(StrEnum):
    """What happened to an alert in a pass."""

    OPENED = "opened"
    CHANGED = "changed"
    STAYED = "stayed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Transition:
    """An alert after the pass, what happened to it, the finding (None when closed) and the roles to tell now."""

    step: Step
    alert: Alert
    finding: Finding | None = None
    tell: tuple[Role, ...] = ()


UNDECIDED = Decision()


def transitions(
    known: Mapping[str, Alert],
    findings: Iterable[Finding],
    decisions: Mapping[str, Decision],
    ran: Collection[str],
    now: datetime,
    *,
    quiet: bool = False,
    piercing: Collection[str] = (),
) -> Iterator[Transition]:
    """Compare what is known with what was found.

    `known` are the alerts by id, closed ones too; `ran` are the keys of the rules that could run: an alert of a rule
    that did not run (its tab is missing, it crashed) neither closes nor changes. `now` is in the community's zone.
    While it is `quiet` nobody is told, but of the `piercing` rules; what still holds afterwards is told then, at once.
    """
    found = {finding.id: finding for finding in findings}
    for finding in found.values():
        alert = known.get(finding.id)
        step = _hold(alert, finding, decisions.get(finding.id, _last_decision(alert)), now)
        is_untold = quiet and finding.rule not in piercing
        yield replace(step, alert=_untold(step, alert), tell=()) if is_untold else step
    for alert in known.values():
        if alert.closed is None and alert.id not in found and alert.rule in ran:
            yield Transition(Step.CLOSED, replace(alert, closed=now, changed=now))


def _last_decision(alert: Alert | None) -> Decision:
    """Where the row is gone (the tab was deleted), the snooze that was last seen still holds."""
    return Decision(snooze_until=alert.snoozed_until) if alert else UNDECIDED


def _untold(step: Transition, before: Alert | None) -> Alert:
    """The alert after a step of which nobody was told."""
    if step.step is Step.OPENED or before is None:
        return replace(step.alert, told=frozenset(), told_severity=Severity.INFO)
    return replace(step.alert, told=before.told, told_severity=before.told_severity, snoozed_until=before.snoozed_until)


def _hold(alert: Alert | None, finding: Finding, decision: Decision, now: datetime) -> Transition:
    """The finding holds: a new alert, one that comes back, or one that goes on."""
    if alert is None or alert.closed is not None:
        fresh = Alert(finding.id, finding.rule, finding.key, finding.severity, opened=now, changed=now)
        if alert is not None and decision.status is not Status.IRRELEVANT:
            # what was said of its last life is over, but for a date that is still to come
            decision = Decision(snooze_until=decision.snooze_until)
        return _tell(Step.OPENED, fresh, finding, decision, now)
    asleep = decision.snooze_until is not None and decision.snooze_until > now.date()
    if alert.snoozed_until and not asleep:
        alert = replace(alert, told=frozenset(), snoozed_until=None)
    if alert.severity == finding.severity:
        return _tell(Step.STAYED, alert, finding, decision, now)
    return _tell(Step.CHANGED, replace(alert, severity=finding.severity, changed=now), finding, decision, now)


def _tell(step: Step, alert: Alert, finding: Finding, decision: Decision, now: datetime) -> Transition:
    """Who has still to hear of it: roles not told yet, or all when it became more pressing."""
    if decision.snooze_until and decision.snooze_until > now.date():
        return Transition(step, replace(alert, snoozed_until=decision.snooze_until), finding)
    if decision.silences:
        return Transition(step, alert, finding)
    rises = finding.severity > alert.told_severity
    tell = tuple(role for role in finding.roles if rises or role not in alert.told)
    if not tell:
        return Transition(step, alert, finding)
    told = replace(alert, told=alert.told | set(tell), told_severity=max(alert.told_severity, finding.severity))
    return Transition(step, told, finding, tell)
