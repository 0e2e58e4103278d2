"""What people are told after a pass: the types of letters, and whose stead they are told in. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from rules.finding import Role, Severity
from rules.lifecycle import Transition
from sheets_sync.telling.recipients import Recipient

Instead: TypeAlias = Mapping[str, frozenset[Role]]
"""By alert id, the roles in whose stead the coordinator was told: nobody could be reached for them."""

NOBODY: Instead = {}


class Kind(StrEnum):
    """What a letter is: the news of a pass, what is urgent alone, a day's digest, or the first word on a new sheet."""

    NEWS = "news"
    URGENT = "urgent"
    DIGEST = "digest"
    START = "start"


@dataclass(frozen=True)
class Week:
    """The weekly picture of a person: how many alerts are open by severity, and those that are due in seven days."""

    open: Mapping[Severity, int]
    due: tuple[Transition, ...] = ()


@dataclass(frozen=True)
class Letter:
    """What one person is told: new findings, and what closed by itself since.

    `key` is the same when the same facts are told to the same person again on a day, so that nothing goes out twice;
    of digests there is one a person and day.
    """

    recipient: Recipient
    news: tuple[Transition, ...]
    closed: tuple[Transition, ...]
    instead: Instead = field(default_factory=dict)
    """The news this person hears in the stead of others."""
    kind: Kind = Kind.NEWS
    day: date | None = None
    week: Week | None = None
    found: int = 0
    """For the first word on a new sheet: how many alerts opened."""

    @property
    def key(self) -> str:
        """Recipient, day, and (but for a digest) of each alert its id, when it opened and how pressing it is."""
        facts = [
            f"{t.alert.id} {t.alert.opened.isoformat()} {t.alert.told_severity} {t.alert.snoozed_until}"
            for t in self.news
            if self.kind is not Kind.DIGEST
        ]
        who = [self.recipient.address.casefold(), self.kind, str(self.day), str(self.found)]
        return hashlib.sha256("\n".join([*who, *sorted(facts)]).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Post:
    """The letters of a pass, and its steps as they are to be remembered: told is whom somebody could be reached for.

    `unheld` are the roles somebody should have heard through but whom nobody holds; `instead` and `heard` (by alert's
    state, who was told of it while others of the role wait for their hour) are to be remembered.
    """

    letters: tuple[Letter, ...]
    unheld: frozenset[Role]
    steps: tuple[Transition, ...]
    instead: Instead = field(default_factory=dict)
    heard: Mapping[str, frozenset[str]] = field(default_factory=dict)


def due_day(step: Transition) -> date | None:
    """The first day that a finding names from the day it opened on; None where it names none."""
    figures = step.finding.figures.items() if step.finding else ()
    dates = (one for name, one in figures if isinstance(one, date) and name != "today")
    days = (one.date() if isinstance(one, datetime) else one for one in dates)
    return min((day for day in days if day >= step.alert.opened.date()), default=None)
