"""Which table a tab is: by its title, else by its headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.headers import Certainty, Headers, find_headers
from rules.names import fold, fold_set, split_year
from rules.reading import SIDE_FIELDS
from rules.table import Grid, TableSpec

ENOUGH = 0.5
"""The header score from which a tab is taken for a table."""

LEAD = 0.1
"""By how much the best score must lead, lest two tables be as likely."""

LEAST_FIELDS = 3
NUMBER = re.compile(r"[\s(]*\d+\)?\s*$")
FORM_RESPONSES = frozenset({"תגובות לטופס", "תשובות לטופס", "form responses", "תשובות", "תשובות לסקר"})
"""Titles that a form gives to its answers, whatever it asks: only headers say which table it is."""

WEIGHTS = {Certainty.UNCERTAIN: 0.5, Certainty.GENERIC: 0.7}


@dataclass(frozen=True, slots=True)
class Guess:
    """The table a tab seems to be; `score` is 1 where its title says so, else the header score."""

    spec: TableSpec
    score: float
    by_title: bool


def best_table(grid: Grid, specs: Sequence[TableSpec]) -> Guess | None:
    """Which of some tables a tab is; None where neither its title nor its headers say.

    A title (without its year, season or number) that is a table's name or alias decides, unless no header fits that
    table. Else the header score does, from ENOUGH on and with a LEAD; see `header_score`.
    """
    named = by_title(grid.place.title, specs)
    if named and (not grid.height or header_score(named, find_headers(named, grid)) > 0):
        return Guess(named, 1.0, by_title=True)
    scored = sorted(((header_score(spec, find_headers(spec, grid)), at) for at, spec in enumerate(specs)), reverse=True)
    best, at = scored[0] if scored else (0.0, 0)
    second = scored[1][0] if len(scored) > 1 else 0.0
    return Guess(specs[at], best, by_title=False) if best >= ENOUGH and best - second >= LEAD else None


def by_title(title: str, specs: Sequence[TableSpec]) -> TableSpec | None:
    """The table whose name or alias a title is."""
    wanted = _plain(title)
    if wanted in FORM_RESPONSES:
        return None
    found = [spec for spec in specs if wanted in fold_set(map(_plain, (spec.key, spec.hebrew, *spec.aliases)))]
    exact = [spec for spec in found if wanted in (fold(spec.key), fold(spec.hebrew))] or found
    return exact[0] if len(exact) == 1 else None


def _plain(title: str) -> str:
    return fold(NUMBER.sub("", split_year(title)[0]))


def header_score(spec: TableSpec, headers: Headers) -> float:
    """How well a tab's headers are a table's, 0 to 1; 0 below three fields.

    The mean of two shares: of the tab's headers, those that are fields; of the required fields, those found.
    """
    own = {
        match.field: WEIGHTS.get(match.certainty, 1.0) for match in headers.matches if match.field not in SIDE_FIELDS
    }
    if len(own) < min(LEAST_FIELDS, len(spec.columns)):
        return 0.0
    named = len(own) + len(headers.unknown) + len(headers.doubled)
    required = [column.field for column in spec.columns if column.required] or list(own)
    return (sum(own.values()) / named + sum(own.get(name, 0) for name in required) / len(required)) / 2
