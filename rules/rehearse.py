"""Rehearsal: what rules would have said on each day of a past period, by the dates in the tables. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from rules.engine import Verdict
from rules.finding import Finding
from rules.past import Unknown, as_of, unknown
from rules.rule import Rule
from rules.table import Book

JudgeDay: TypeAlias = Callable[[Book, date], Verdict]
"""The rules that are rehearsed, over a book, on a day."""

Span: TypeAlias = tuple[date, date | None]
"""From the first day to the day of closing, which does not count any more; None: still open."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A finding while it held: from the day it was first said to the day it was gone.

    `opened` is None where it held before the period; `closed` where it held at its end. `finding` is as last said.
    """

    finding: Finding
    opened: date | None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A rule's day: how many findings opened and closed on it, how many held, and how many alerts were really open."""

    rule: str
    day: date
    opened: int
    closed: int
    open: int
    recorded: int = 0


@dataclass(frozen=True)
class Rehearsal:
    """What the rules would have said from `first` to `last`, both counted.

    `recorded` are the real alerts' spans by rule. `unused` says which tables a rule misses; `crashed` rules failed on
    some day, and nothing is said of that day.
    """

    first: date
    last: date
    episodes: tuple[Episode, ...]
    rules: tuple[str, ...] = ()
    unused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crashed: frozenset[str] = frozenset()
    unknown: tuple[Unknown, ...] = ()
    recorded: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def of(self, rule: str) -> list[Episode]:
        """A rule's episodes, in the order in which they opened."""
        return [one for one in self.episodes if one.finding.rule == rule]

    def days(self) -> Iterator[Day]:
        """Every day of every rule on which something opened, closed, held, or was really open; by rule."""
        for rule in self.rules:
            counted = _counts(self.of(rule), self.first, self.last)
            for day in days_of(self.first, self.last):
                recorded = sum(holds(span, day) for span in self.recorded.get(rule, ()))
                opened, closed, held = counted[day]
                if opened or closed or held or recorded:
                    yield Day(rule, day, opened, closed, held, recorded)


def rehearse(
    judge: JudgeDay,
    rules: Collection[Rule],
    book: Book,
    period: tuple[date, date],
    today: date,
    recorded: Mapping[str, tuple[Span, ...]] | None = None,
) -> Rehearsal:
    """Judge the book as it stood on each day of the period, and follow each finding from day to day.

    The day before the first is judged too, to know what held already. Nothing is said of the days between on which a
    rule crashed: what it found before goes on.
    """
    first, last = period
    keys = {rule.key for rule in rules}
    running: dict[str, Episode] = {}
    done: list[Episode] = []
    crashed: set[str] = set()
    verdict = Verdict()
    for day in days_of(first - timedelta(days=1), last):
        verdict = judge(as_of(book, day, today), day)
        crashed |= keys - verdict.ran - verdict.unused.keys()
        found = {finding.id: finding for finding in verdict.findings if finding.rule in keys}
        done += _closed(running, found, verdict.ran, day)
        for id, finding in found.items():
            opened = running[id].opened if id in running else (day if day >= first else None)
            running[id] = Episode(finding, opened)
    episodes = sorted((*done, *running.values()), key=lambda one: (one.opened or date.min, one.finding.key))
    needed = {table for rule in rules for table in rule.needs}
    return Rehearsal(
        first,
        last,
        tuple(episodes),
        tuple(rule.key for rule in rules if rule.key not in verdict.unused),
        verdict.unused,
        frozenset(crashed),
        tuple(unknown(book, needed)),
        recorded or {},
    )


def days_of(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last, both counted."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def holds(span: Span, day: date) -> bool:
    """Whether a day lies in a span."""
    opened, closed = span
    return opened <= day and (closed is None or day < closed)


def _closed(
    running: dict[str, Episode], found: Mapping[str, Finding], ran: Collection[str], day: date
) -> Iterator[Episode]:
    """Take out what is not found any more by rules that ran."""
    over = [id for id, one in running.items() if id not in found and one.finding.rule in ran]
    for id in over:
        one = running.pop(id)
        yield Episode(one.finding, one.opened, day)


def _counts(episodes: Iterable[Episode], first: date, last: date) -> dict[date, tuple[int, int, int]]:
    """(opened, closed, open) of each day."""
    opened, closed, before = Counter[date](), Counter[date](), 0
    for one in episodes:
        before += one.opened is None
        if one.opened is not None:
            opened[one.opened] += 1
        if one.closed is not None:
            closed[one.closed] += 1
    counts = {}
    for day in days_of(first, last):
        before += opened[day] - closed[day]
        counts[day] = opened[day], closed[day], before
    return counts
