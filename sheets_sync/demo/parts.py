"""What the parts of the invention hand over: records by table, and what is to be noticed in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from rules.calendar import nth_working_day_after
from rules.dates import serial
from rules.finding import ProblemKind
from rules.table import Cell


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as a person enters it, and what its cell comes to."""

    text: str
    shows: Cell


Entry: TypeAlias = Cell | Formula
Record: TypeAlias = dict[str, Entry]
"""A row by field, as entered; a row's identity is the object's."""


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """A cell that somebody changes."""

    table: str
    record: Record
    field: str
    entry: Cell


@dataclass(frozen=True, eq=False, slots=True)
class Nudge:
    """What makes a near miss a finding: some days later, other parameters or settings, or a cell changed."""

    days: int = 0
    params: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    change: Change | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """What a rule must notice, or, with a nudge, must leave alone until then.

    It is a record, or (record None) a whole that `key` names. `after`: the rule speaks of it so many days from today.
    """

    rule: str
    table: str
    record: Record | None
    key: str = ""
    after: int = 0
    nudge: Nudge | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Slip:
    """A mistake in a cell, and the problem it must be found to be."""

    table: str
    record: Record
    field: str
    kind: ProblemKind


@dataclass(frozen=True)
class Part:
    """Records by table; `found` are to be noticed by rules, `spared` are near misses, `slips` are mistakes of cells."""

    tables: Mapping[str, list[Record]] = field(default_factory=dict)
    found: tuple[Subject, ...] = ()
    spared: tuple[Subject, ...] = ()
    slips: tuple[Slip, ...] = ()


def joined(parts: list[Part]) -> Part:
    """Several parts as one; no table may be in two of them."""
    return Part(
        {key: rows for part in parts for key, rows in part.tables.items()},
        tuple(subject for part in parts for subject in part.found),
        tuple(subject for part in parts for subject in part.spared),
        tuple(slip for part in parts for slip in part.slips),
    )


def days_from(today: date, days: int) -> int | float:
    """The serial number of the day so many days from today; negative: before."""
    return serial(today + timedelta(days))


def number(record: Record, name: str) -> float:
    """A field that holds a number."""
    value = record[name]
    assert isinstance(value, int | float)
    return value


def not_yet(today: date, working_days: int) -> tuple[int, int]:
    """The earliest day whose nth working day after is still ahead, and when that is: both in days from today."""
    ago = 0
    while nth_working_day_after(today - timedelta(ago + 1), working_days) > today:
        ago += 1
    return -ago, (nth_working_day_after(today - timedelta(ago), working_days) - today).days
