"""A rule: what it notices, with its names, parameters, roles and words in one place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from rules.calendar import Spot
from rules.facts import NO_FACTS, Facts
from rules.finding import CellRef, Finding, Problem, Role, Severity
from rules.table import Book, Table
from rules.wording import Figure, Wording


class Unit(StrEnum):
    """What a parameter counts. A SHEKEL parameter is declared in shekels and reaches the rule in agorot."""

    SHEKEL = "₪"
    PERCENT = "%"
    DAYS = "days"
    WORKING_DAYS = "working days"
    HOURS = "hours"
    COUNT = "count"
    FLAG = "yes/no"

    @property
    def hebrew(self) -> str:
        """The unit's word in the `rules` tab."""
        return {"days": "ימים", "hours": "שעות", "working days": "ימי עבודה", "count": "מספר", "yes/no": "כן/לא"}.get(
            self, str(self)
        )


@dataclass(frozen=True, slots=True)
class Param:
    """A threshold people may change: its default in `unit`, and the least and greatest sensible value."""

    name: str
    default: int
    unit: Unit
    hebrew: str
    english: str
    minimum: int = 0
    maximum: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a community says of itself, as far as rules need it."""

    work_year_start: date = date(2026, 1, 1)
    approval_from: int = 2_000_00
    """In agorot."""
    role_start: date | None = None
    """When the coordinator's post began."""
    populations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    holidays: tuple[str, ...] = ()
    """Holidays to be marked: a name, or `name = 2026-12-05`."""
    pauses: tuple[tuple[date, date], ...] = ()
    """First and last days of times in which committees do not meet."""
    school_holidays: tuple[tuple[date, date], ...] = ()
    character: str = "מעורב"
    """דתי, מעורב or חילוני."""
    spot: Spot = field(default_factory=Spot)
    """Where the community is, for the times of Shabbat."""
    position_percent: int = 100
    full_month_hours: int = 182
    weekly_answer_day: int | None = None
    """0 is Monday; None where no weekly answer is promised."""
    monthly_letter_to: str = ""


@dataclass(frozen=True)
class Given:
    """What a rule is given beside the tables: today, settings, the rule's parameters, and what else is known."""

    today: date
    settings: Settings = field(default_factory=Settings)
    params: Mapping[str, int] = field(default_factory=dict)
    facts: Facts = NO_FACTS

    def __getitem__(self, name: str) -> int:
        """A parameter's value: agorot for SHEKEL, else in its unit."""
        return self.params[name]


Judge: TypeAlias = Callable[[Book, Given], Iterator[Finding | Problem]]
"""A Problem of kind QUESTION asks about a cell what the rule must know before it can judge."""


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue. `needs` are the tables without which it is not in use; it may look at others too."""

    key: str
    hebrew: str
    english: str
    explanation_he: str
    explanation_en: str
    needs: tuple[str, ...]
    roles: tuple[Role, ...]
    severity: Severity
    wording: Mapping[str, Wording]
    params: tuple[Param, ...]
    judge: Judge

    def finding(
        self,
        table: Table,
        index: int | None,
        figures: Mapping[str, Figure],
        *,
        key: str = "",
        severity: Severity | None = None,
        roles: tuple[Role, ...] = (),
        variant: str = "",
        named: Mapping[Role, str] | None = None,
        cells: Iterable[CellRef] = (),
    ) -> Finding:
        """What the rule noticed at a row, or (index None, with a key that names it) about a whole.

        What is not given is the rule's own; the key is the row's natural key.
        """
        return Finding(
            rule=self.key,
            table=table.spec.key,
            key=key if key or index is None else table.key(index),
            row=None if index is None else table.rows[index],
            severity=self.severity if severity is None else severity,
            roles=roles or self.roles,
            figures=figures,
            variant=variant,
            named=named or {},
            cells=tuple(cells),
        )

    def about(
        self,
        key: str,
        figures: Mapping[str, Figure],
        *,
        table: str = "",
        severity: Severity | None = None,
        variant: str = "",
    ) -> Finding:
        """What the rule noticed of something that is no row; its key names it."""
        pressing = self.severity if severity is None else severity
        return Finding(self.key, table, key, None, pressing, self.roles, figures, variant)

    def values(self, changed: Mapping[str, int] | None = None) -> dict[str, int]:
        """The parameters' values, defaults where nothing was changed; SHEKEL in agorot."""
        given = changed or {}
        return {
            param.name: given.get(param.name, param.default) * (100 if param.unit is Unit.SHEKEL else 1)
            for param in self.params
        }


def rule(
    key: str,
    hebrew: str,
    english: str,
    *,
    explanation_he: str,
    explanation_en: str,
    needs: tuple[str, ...],
    roles: tuple[Role, ...],
    wording: Wording | Mapping[str, Wording],
    severity: Severity = Severity.CARE,
    params: tuple[Param, ...] = (),
) -> Callable[[Judge], Rule]:
    """Make a Rule of the function below it; one wording is the variant ''."""
    words = {"": wording} if isinstance(wording, Wording) else wording

    def made(judge: Judge) -> Rule:
        return Rule(key, hebrew, english, explanation_he, explanation_en, needs, roles, severity, words, params, judge)

    return made
