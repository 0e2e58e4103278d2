"""Headers: which row they are in, and which column of the sheet is which column of the table.

A column of the sheet is matched by the first of these that claims it, each field once (`claims.Rank`): the declared
header in Hebrew or English; an alias; either in another gender, synonym or article; a generic `~` word that one column
alone can claim and whose cells agree; and last, uncertainly, by the words inside a longer header such as a form's
question. A header's own year is the tab's (`תקציב 2026` is planned), the year before it is `שנה קודמת`, others match
nothing. Amounts under `באלפי ש"ח` are read as thousands, and the match is uncertain until people confirm it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TypeAlias

from rules.claims import Rank, claimed, claimed_inside, nearest
from rules.header_row import header_row, header_texts
from rules.header_words import HeaderText, header_text
from rules.names import fold
from rules.table import Cell, Column, Grid, Kind, TableSpec
from rules.values import read_cell

TEXTS = frozenset({Kind.TEXT, Kind.LONGTEXT, Kind.REF, Kind.MULTI})


class Certainty(StrEnum):
    """How sure a match is: said by people, by the header, by a generic word, or to be asked about."""

    CONFIRMED = "confirmed"
    SURE = "sure"
    GENERIC = "generic"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the sheet (0-based) that is a field of the table."""

    column: int
    header: str
    field: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A column of the sheet that is no field; `nearest` is the field it may have meant, or ''."""

    column: int
    header: str
    nearest: str = ""


@dataclass(frozen=True)
class Headers:
    """What was made of a tab's headers.

    `row` is the 0-based header row, None when none was found. `doubled` are columns whose header claims a field that a
    column before them has. `missing` are required fields without a column. `scale` has 1000 for fields in thousands.
    """

    row: int | None
    matches: tuple[Match, ...] = ()
    unknown: tuple[Unmatched, ...] = ()
    doubled: tuple[Unmatched, ...] = ()
    missing: tuple[str, ...] = ()
    scale: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def at(self) -> dict[str, int]:
        """The sheet's column of each field."""
        return {match.field: match.column for match in self.matches}

    @property
    def uncertain(self) -> tuple[Match, ...]:
        """The matches to ask people about."""
        return tuple(match for match in self.matches if match.certainty is Certainty.UNCERTAIN)


def find_headers(
    spec: TableSpec, grid: Grid, *, confirmed: Mapping[str, str] | None = None, year: int | None = None
) -> Headers:
    """Find the header row (titles, totals and merged cells may stand above it) and match its columns.

    `confirmed` is what people said in the tab `columns`: header (as `fold` gives it) → field, or '' for none of them.
    `year` is the tab's; without it, the greatest year among the headers is.
    """
    row = header_row(spec, grid)
    if row is None:
        return Headers(None, missing=tuple(column.field for column in spec.columns if column.required))
    said = (spec, row, tuple(header_texts(grid, row)), year, tuple((confirmed or {}).items()))
    return _by_words(*said) or _Matching(*said, grid.columns).result()


Confirmed: TypeAlias = tuple[tuple[str, str], ...]
"""What people said, as pairs of a header and a field."""


@lru_cache(maxsize=2048)
def _by_words(
    spec: TableSpec, row: int, texts: tuple[str, ...], year: int | None, confirmed: Confirmed
) -> Headers | None:
    """What the words of the headers say, None where the cells below must decide; a tab says the same at each look."""
    matching = _Matching(spec, row, texts, year, confirmed, None)
    return None if matching.asks_cells else matching.result()


class _Matching:
    """The columns of a tab as they are taken by fields, surest first; `columns` None where no cells are at hand."""

    def __init__(
        self,
        spec: TableSpec,
        row: int,
        texts: Sequence[str],
        year: int | None,
        confirmed: Confirmed,
        columns: Sequence[Sequence[Cell]] | None,
    ) -> None:
        self.spec, self.columns, self.row, self.texts = spec, columns, row, texts
        self.parsed = _in_year([header_text(text) for text in texts], year)
        self.claimed = [claimed(spec, header) for header in self.parsed]
        self.free = [at for at, text in enumerate(texts) if text]
        self.taken: dict[str, Match] = {}
        self.asks_cells = False
        self.take_confirmed(dict(confirmed))
        for rank in (Rank.DECLARED, Rank.ALIAS, Rank.FORM):
            self.take_named(rank)
        self.take_generic()
        self.take_inside()

    def take(self, at: int, name: str, certainty: Certainty) -> None:
        if self.scale(at, name) > 1 and certainty is not Certainty.CONFIRMED:
            certainty = Certainty.UNCERTAIN
        self.taken[name] = Match(at, self.texts[at], name, certainty)
        self.free.remove(at)

    def take_confirmed(self, confirmed: Mapping[str, str]) -> None:
        """What people said; '' takes a column out."""
        for at in list(self.free):
            name = confirmed.get(fold(self.texts[at]))
            if name == "":
                self.free.remove(at)
            elif name is not None and name in self.spec.by_field and name not in self.taken:
                self.take(at, name, Certainty.CONFIRMED)

    def take_named(self, rank: Rank) -> None:
        """Headers that name a field; where one names two, the cells must decide."""
        for at in list(self.free):
            names = self.open(at, rank)
            if len(names) > 1:
                names = self.fitting(at, names)
            if len(names) == 1:
                self.take(at, names[0], Certainty.SURE)

    def take_generic(self) -> None:
        """Generic words, where one column alone claims the field and its cells agree."""
        wanted = {at: self.fitting(at, self.open(at, Rank.GENERIC)) for at in self.free}
        self.take_single(wanted, Certainty.GENERIC)

    def take_inside(self) -> None:
        """Fields named inside a longer header."""
        wanted = {
            at: self.fitting(
                at, [name for name in claimed_inside(self.spec, self.parsed[at]) if name not in self.taken]
            )
            for at in self.free
            if not self.claimed[at]
        }
        self.take_single(wanted, Certainty.UNCERTAIN)

    def take_single(self, wanted: Mapping[int, Sequence[str]], certainty: Certainty) -> None:
        """Give a field to a column where neither has another claim; two candidates are asked about, never assumed."""
        claimants = Counter(name for names in wanted.values() for name in names)
        for at, names in wanted.items():
            if len(names) == 1 and claimants[names[0]] == 1:
                self.take(at, names[0], certainty)

    def open(self, at: int, rank: Rank) -> list[str]:
        return [name for name, by in self.claimed[at].items() if by is rank and name not in self.taken]

    def fitting(self, at: int, names: Sequence[str]) -> list[str]:
        """Of some fields those whose kind agrees with the column's cells."""
        if all(self.spec.by_field[name].kind in TEXTS for name in names):
            return list(names)
        if self.columns is None:
            self.asks_cells = True
            return []
        cells = self.columns[at][self.row + 1 :]
        return [name for name in names if fits(self.spec.by_field[name], cells)]

    def scale(self, at: int, name: str) -> int:
        return self.parsed[at].scale if self.spec.by_field[name].kind is Kind.MONEY else 1

    def result(self) -> Headers:
        left = [Unmatched(at, self.texts[at], self.nearest(at)) for at in self.free]
        doubled = tuple(one for one in left if self.claimed[one.column].get(one.nearest, 0) >= Rank.FORM)
        return Headers(
            self.row,
            tuple(sorted(self.taken.values(), key=lambda match: match.column)),
            tuple(one for one in left if one not in doubled),
            doubled,
            tuple(one.field for one in self.spec.columns if one.required and one.field not in self.taken),
            {name: scale for name, match in self.taken.items() if (scale := self.scale(match.column, name)) > 1},
        )

    def nearest(self, at: int) -> str:
        claims_here = self.claimed[at]
        return max(claims_here, key=claims_here.__getitem__) if claims_here else nearest(self.spec, self.parsed[at])


def _in_year(headers: Sequence[HeaderText], year: int | None) -> list[HeaderText]:
    """The headers as they read in the tab's year: last year's as `שנה קודמת`, of other years as nothing."""
    own = year or max((header.year for header in headers if header.year), default=None)
    return [_of_year(header, own) if own and header.year not in (None, own) else header for header in headers]


def _of_year(header: HeaderText, own: int) -> HeaderText:
    if header.year == own - 1:
        return header_text(f"{header.exact} שנה קודמת")
    return HeaderText("", frozenset())


def fits(column: Column, cells: Sequence[Cell], sample: int = 40) -> bool:
    """Whether cells agree with a column's kind: at least half of the first filled ones are read."""
    if column.kind in TEXTS:
        return True
    filled = [cell for cell in cells[: 20 * sample] if cell is not None and cell != ""][:sample]
    read = sum(read_cell(column, cell)[0] is not None for cell in filled)
    return 2 * read >= len(filled)
