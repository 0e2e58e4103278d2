"""What need not be done again: a tab read, a table checked, a rule run, as long as all that it looked at is the same.

Every step takes what was kept of it before, and gives what to keep now: the same answer as without, only sooner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_

from rules.checks import check
from rules.finding import Finding, Problem
from rules.reading import Reading, read_table
from rules.rule import Given, Rule
from rules.table import Book, Grid, Table, TableSpec
from rules.tabs import Guess, best_table
from rules.watched import Looked, Made, Watched, WatchedGiven


@dataclass(frozen=True, slots=True)
class Read:
    """A tab as it was read, and of what."""

    spec: TableSpec
    grid: Grid
    confirmed: Mapping[str, str]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of a table's cells, and the tables whose names it refers to."""

    reading: Reading
    looked: Looked
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a rule said, and what it looked at. One that crashed is run again each time."""

    rule: Rule
    given: Given
    asked: bool
    """Whether it asked for the facts."""
    looked: Looked
    said: tuple[Finding | Problem, ...] | Exception


@dataclass(frozen=True, slots=True)
class Guessed:
    """The table that a tab seems to be, among some."""

    grid: Grid
    specs: tuple[TableSpec, ...]
    guess: Guess | None


@dataclass(frozen=True)
class Memo:
    """All of these: guesses by spreadsheet and sheet, readings and checks by table, runs by rule."""

    guesses: Mapping[tuple[str, int], Guessed] = field(default_factory=dict)
    readings: Mapping[str, Read] = field(default_factory=dict)
    checks: Mapping[str, Checked] = field(default_factory=dict)
    runs: Mapping[str, Ran] = field(default_factory=dict)


NOTHING_DONE = Memo()


class Guesses:
    """`best_table`, with what was guessed before; `now` is to be kept."""

    def __init__(self, before: Mapping[tuple[str, int], Guessed]) -> None:
        self.before = before
        self.now: dict[tuple[str, int], Guessed] = {}

    def __call__(self, grid: Grid, specs: Sequence[TableSpec]) -> Guess | None:
        """Which of some tables a tab is."""
        key, among = (grid.place.spreadsheet, grid.place.sheet), tuple(specs)
        known = self.before.get(key)
        stands = known is not None and known.specs == among and same_cells(known.grid, grid)
        guess = known.guess if known is not None and stands else best_table(grid, specs)
        self.now[key] = Guessed(grid, among, guess)
        return guess


def same_cells(one: Grid, other: Grid) -> bool:
    """Whether two tabs stand at the same place with the very same cells: 1, 1.0 and True are different ones."""
    if one is other:
        return True
    if one.place != other.place or one.columns != other.columns:
        return False
    return all(all(map(is_, map(type, a), map(type, b))) for a, b in zip(one.columns, other.columns, strict=True))


def read_again(before: Read | None, spec: TableSpec, grid: Grid, confirmed: Mapping[str, str]) -> Read:
    """The tab as a table; see `read_table`."""
    if before and before.spec == spec and before.confirmed == confirmed and same_cells(before.grid, grid):
        return replace(before, grid=grid)
    return Read(spec, grid, confirmed, read_table(spec, grid, confirmed=confirmed))


def check_again(before: Checked | None, reading: Reading, book: Book) -> Checked:
    """All problems of a table's cells; see `check`."""
    if before and before.reading is reading and _refers_alike(before.looked.tables, book):
        return replace(before, looked=Looked({key: book.get(key) for key in before.looked.tables}))
    watched = Watched(book)
    problems = tuple(check(reading.table, reading.problems, watched))
    return Checked(reading, watched.looked, problems)


def _refers_alike(tables: Mapping[str, Table | None], book: Book) -> bool:
    """Whether the tables referred to have the same names as before: of them a check asks nothing else."""
    return all(table is book.get(key) or _names(table) == _names(book.get(key)) for key, table in tables.items())


def _names(table: Table | None) -> tuple[str, list[tuple[str, str]]] | None:
    return None if table is None else (table.spec.hebrew, [*table.known_by.items()])


def run_again(before: Ran | None, rule: Rule, book: Book, given: Given, made: Made) -> Ran:
    """What the rule says of the tables, or the exception in which it ended; `made` is shared by all rules of a book."""
    if before and before.rule == rule and before.looked.stands(book) and _given_alike(before, given):
        return before
    watched = Watched(book, made)
    noting = WatchedGiven(given.today, given.settings, given.params, given.facts)
    said: tuple[Finding | Problem, ...] | Exception
    try:
        said = tuple(rule.judge(watched, noting))
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong, the others must be heard
        said = error
    return Ran(rule, given, noting.asked, watched.looked, said)


def _given_alike(before: Ran, given: Given) -> bool:
    then = before.given if before.asked else replace(before.given, facts=given.facts)
    return then == given
