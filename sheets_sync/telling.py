"""Who is to be told what after a pass: one letter a person, with all that is new for that person. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from rules.finding import Finding, Role, Severity
from rules.lifecycle import Step, Transition
from rules.table import Table
from sheets_sync.recipients import Recipient, holders, named

Instead: TypeAlias = Mapping[str, frozenset[Role]]
"""By alert id, the roles in whose stead the coordinator was told: nobody could be reached for them."""

NOBODY: Instead = {}


@dataclass(frozen=True)
class Letter:
    """What one person is told after a pass: new findings, and what closed by itself since.

    `key` is the same when the same facts are told to the same person again, so that nothing goes out twice.
    """

    recipient: Recipient
    news: tuple[Transition, ...]
    closed: tuple[Transition, ...]
    instead: Instead = field(default_factory=dict)
    """The news this person hears in the stead of others."""

    @property
    def key(self) -> str:
        """Recipient, and of each alert its id, when it opened and how pressing it is."""
        facts = [
            f"{t.alert.id} {t.alert.opened.isoformat()} {t.alert.told_severity} {t.alert.snoozed_until}"
            for t in self.news
        ]
        return hashlib.sha256("\n".join([self.recipient.address.casefold(), *sorted(facts)]).encode()).hexdigest()[:32]


IN_A_ROW = frozenset({Role.COMPANION, Role.OWNER, Role.HANDLER, Role.COMMITTEE_CHAIR, Role.INSTRUCTOR})
"""Roles that a row names a person for. Once the finding is gone nobody knows which row, so they hear no closings."""


@dataclass
class _Pile:
    recipient: Recipient
    news: list[Transition] = field(default_factory=list)
    closed: list[Transition] = field(default_factory=list)
    instead: dict[str, frozenset[Role]] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """The letters of a pass, and its steps as they are to be remembered: told is whom somebody could be reached for.

    `unheld` are the roles somebody should have heard through but whom nobody holds; `instead` is to be remembered.
    """

    letters: tuple[Letter, ...]
    unheld: frozenset[Role]
    steps: tuple[Transition, ...]
    instead: Instead = field(default_factory=dict)


def post(steps: Iterable[Transition], people: Table | None, today: date, before: Instead = NOBODY) -> Post:
    """Sort what is to be told by person. Where nobody holds a role, the coordinator hears in its stead.

    A role for which not even the coordinator can be reached has not been told, and is tried again at the next pass.
    `before` is in whose stead the coordinator was told in earlier passes.
    """
    piles: dict[str, _Pile] = {}
    instead: dict[str, frozenset[Role]] = {}
    unheld: set[Role] = set()
    remembered: list[Transition] = []
    for step in steps:
        absent = {role for role in _roles(step) if not _resolve(step.finding, role, people, today)}
        unheld |= absent
        reached = {role: _reached(step, role, role in absent, people, today) for role in _roles(step)}
        remembered.append(_without(step, {role for role, found in reached.items() if not found}))
        people_reached = [one for found in reached.values() for one in found]
        for address in dict.fromkeys(one.address.casefold() for one in people_reached):
            pile = piles.setdefault(address, _Pile(_first(people_reached, address)))
            (pile.closed if step.step is Step.CLOSED else pile.news).append(step)
            if held := {role for role in absent if address in {one.address.casefold() for one in reached[role]}}:
                pile.instead[step.alert.id] = frozenset(held)
        if step.step is not Step.CLOSED:
            told = {role for role in absent if reached[role]}
            if now := (before.get(step.alert.id, frozenset()) - set(step.tell)) | told:
                instead[step.alert.id] = frozenset(now)
    full = [pile for pile in piles.values() if pile.news]
    letters = (Letter(one.recipient, tuple(_ordered(one.news)), tuple(one.closed), one.instead) for one in full)
    return Post(tuple(letters), frozenset(unheld), tuple(remembered), instead)


def reachable_now(finding: Finding, roles: Iterable[Role], people: Table | None, today: date) -> frozenset[Role]:
    """Of roles in whose stead the coordinator was told of a finding, those for which somebody can be reached by now."""
    return frozenset(role for role in roles if _resolve(finding, role, people, today))


def _first(found: Iterable[Recipient], address: str) -> Recipient:
    return next(one for one in found if one.address.casefold() == address)


def _roles(step: Transition) -> Iterable[Role]:
    return step.alert.told - IN_A_ROW if step.step is Step.CLOSED else step.tell


def _without(step: Transition, roles: set[Role]) -> Transition:
    """The step when some of the roles it was to tell could not be reached."""
    if step.step is Step.CLOSED or not roles:
        return step
    told = step.alert.told - roles
    severity = step.alert.told_severity if told else Severity.INFO
    return replace(step, alert=replace(step.alert, told=told, told_severity=severity))


def _reached(step: Transition, role: Role, absent: bool, people: Table | None, today: date) -> tuple[Recipient, ...]:
    """The people a step goes to for a role; the coordinator where it is absent: nobody holds it."""
    return holders(people, Role.COORDINATOR, today) if absent else _resolve(step.finding, role, people, today)


def _resolve(finding: Finding | None, role: Role, people: Table | None, today: date) -> tuple[Recipient, ...]:
    if finding is not None and role in finding.named:
        return named(people, finding.named[role], today)
    return holders(people, role, today)


def _ordered(news: list[Transition]) -> list[Transition]:
    """The most pressing first, in the order found otherwise."""
    return sorted(news, key=lambda step: -step.alert.severity)
