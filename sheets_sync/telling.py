"""Who is to be told what after a pass: one letter a person, with all that is new for that person. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.finding import Finding, Role
from rules.lifecycle import Step, Transition
from rules.rule import Rule
from rules.table import Table
from sheets_sync.recipients import Recipient, holders, named


@dataclass(frozen=True)
class Letter:
    """What one person is told after a pass: new findings, and what closed by itself since.

    `key` is the same when the same facts are told to the same person again, so that nothing goes out twice.
    """

    recipient: Recipient
    news: tuple[Transition, ...]
    closed: tuple[Transition, ...]

    @property
    def key(self) -> str:
        """Recipient, and of each alert its id, when it opened and how pressing it is."""
        facts = [
            f"{t.alert.id} {t.alert.opened.isoformat()} {t.alert.told_severity} {t.alert.snoozed_until}"
            for t in self.news
        ]
        return hashlib.sha256("\n".join([self.recipient.address, *sorted(facts)]).encode()).hexdigest()[:32]


@dataclass
class _Pile:
    news: list[Transition] = field(default_factory=list)
    closed: list[Transition] = field(default_factory=list)


@dataclass(frozen=True)
class Post:
    """The letters of a pass, and the roles somebody should have heard through but whom nobody holds."""

    letters: tuple[Letter, ...]
    unheld: frozenset[Role]


def post(steps: Iterable[Transition], rules: Mapping[str, Rule], people: Table | None, today: date) -> Post:
    """Sort what is to be told by person. Where nobody holds a role, the coordinator hears in its stead."""
    piles: dict[Recipient, _Pile] = {}
    unheld: set[Role] = set()
    for step in steps:
        roles = step.alert.told if step.step is Step.CLOSED else step.tell
        for recipient in _reached(step, roles, people, today, unheld):
            pile = piles.setdefault(recipient, _Pile())
            (pile.closed if step.step is Step.CLOSED else pile.news).append(step)
    letters = (Letter(who, tuple(_ordered(pile.news)), tuple(pile.closed)) for who, pile in piles.items() if pile.news)
    return Post(tuple(letters), frozenset(unheld))


def _reached(
    step: Transition, roles: Iterable[Role], people: Table | None, today: date, unheld: set[Role]
) -> Iterator[Recipient]:
    """The people a step goes to, each once."""
    reached: dict[Recipient, None] = {}
    for role in roles:
        found = _resolve(step.finding, role, people, today)
        if not found:
            unheld.add(role)
            found = holders(people, Role.COORDINATOR, today)
        reached |= dict.fromkeys(found)
    yield from reached


def _resolve(finding: Finding | None, role: Role, people: Table | None, today: date) -> tuple[Recipient, ...]:
    if finding is not None and role in finding.named:
        return named(people, finding.named[role], today)
    return holders(people, role, today)


def _ordered(news: list[Transition]) -> list[Transition]:
    """The most pressing first, in the order found otherwise."""
    return sorted(news, key=lambda step: -step.alert.severity)
