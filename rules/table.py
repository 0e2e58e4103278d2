"""Tables as they are declared (columns, headers, types) and as they are read (typed columns over a sheet's rows)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from rules.english import chosen
from rules.late import Late
from rules.names import fold, fold_all

Cell: TypeAlias = str | int | float | bool | None
"""A cell's value as Google sends it unformatted: dates are serial numbers, an empty cell is None or ''."""


class Kind(StrEnum):
    """What a column holds; `values.py` says how each kind is read."""

    TEXT = "text"
    LONGTEXT = "longtext"
    INT = "int"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BOOL = "bool"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    NATIONAL_ID = "national_id"
    CHOICE = "choice"
    MULTI = "multi"
    REF = "ref"


NAMED = frozenset({Kind.TEXT, Kind.LONGTEXT, Kind.REF, Kind.CHOICE})
"""What holds names: texts that people mean as the same in several spellings."""


CODE = "code"
"""The field by which rows of one name are told apart, and by which they may be named."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what its header may be, what its cells hold, what must hold for them.

    `aliases` are other headers real sheets use; one that begins with `~` is a generic word, accepted only where one
    column of the tab can claim it. `choices` serve CHOICE and MULTI (`setting` names the settings'
    list that gives them), `table` names the table of a REF.
    `minimum` and `maximum` bound INT (and MONEY, in agorot). `own` columns are the service's to write. A column that
    is not `offered` is understood where a sheet has it, and is not in the template.
    """

    field: str
    kind: Kind
    hebrew: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    personal: bool = False
    own: bool = False
    offered: bool = True
    choices: tuple[str, ...] = ()
    setting: str = ""
    table: str = ""
    minimum: int | None = None
    maximum: int | None = None
    help: str = ""

    @property
    def english(self) -> str:
        """The English header: the field's name in words."""
        return self.field.replace("_", " ")


@dataclass(frozen=True)
class TableSpec:
    """A table of the domain: its tab's names, its workbook and its columns in the template's order.

    `by_year` tables are keyed within a year, which a column `year` or the tab's title gives.
    """

    key: str
    hebrew: str
    aliases: tuple[str, ...]
    workbook: str
    columns: tuple[Column, ...]
    by_year: bool = False

    def __hash__(self) -> int:
        """By the key: hashing every column at each look-up would cost more than a look-up saves."""
        return hash(self.key)

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        """The columns by field name."""
        return {column.field: column for column in self.columns}

    @cached_property
    def key_fields(self) -> tuple[str, ...]:
        """The fields of the natural key, in order; the first is one that every row has, by which rows are named."""
        fields = [column.field for column in self.columns if column.key]
        named = next((at for at, name in enumerate(fields) if self.by_field[name].required), 0)
        return (*fields[named:], *fields[:named])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tab is: the spreadsheet's id, the sheet's id (gid) and the tab's title."""

    spreadsheet: str
    sheet: int
    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab as it was read: unformatted cells by column (`columns[c][r]`); columns may be shorter than others."""

    place: Place
    columns: Sequence[Sequence[Cell]]

    @property
    def height(self) -> int:
        """How many rows the longest column has."""
        return max(map(len, self.columns), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a 0-based row and column; None outside what was read."""
        cells = self.columns[column] if column < len(self.columns) else ()
        return cells[row] if row < len(cells) else None


@dataclass(frozen=True)
class Table:
    """Typed columns over the rows of one tab.

    `columns[field][i]` is row i's value (None when empty or unreadable), `rows[i]` its 0-based row in the sheet,
    `at[field]` the 0-based column in the sheet. A field whose column the tab does not have is a column of None.
    """

    spec: TableSpec
    place: Place
    rows: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    at: Mapping[str, int] = field(default_factory=dict)
    header_row: int = 0
    year: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Sequence[Any]:
        """The values of a field, a row each."""
        values = self.columns[name]
        return values.values if isinstance(values, Late) else values

    def has(self, name: str) -> bool:
        """Whether the tab has a column for this field."""
        return name in self.at

    def over(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """(index, value, value, …) of each row, for the named fields."""
        return zip(range(len(self.rows)), *(self[name] for name in names), strict=True)

    @cached_property
    def known_by(self) -> Mapping[str, str]:
        """The names by which rows are referred to, by normal form: `קרמיקה` and `קרמיקה, קבוצה א׳`.

        A chosen word is known by its English too: `WhatsApp`.
        """
        first, *others = self.spec.key_fields
        names = [str(name) for name in self[first] if name]
        known = dict(zip(fold_all(names), names, strict=True))
        if self.spec.by_field[first].kind is Kind.CHOICE:
            known = {fold(chosen(name, "en")): name for name in names} | known
        if others and self.spec.by_field[others[0]].kind in NAMED:
            both = [f"{name}, {second}" for _, name, second in self.over(first, others[0]) if name and second]
            known = dict(zip(fold_all(both), both, strict=True)) | known
        if CODE in others:
            codes = [code for code in self[CODE] if code]
            known = dict(zip(fold_all(codes), codes, strict=True)) | known
        return known

    def key(self, index: int) -> str:
        """The natural key of a row, as one string that people can read."""
        values = (self.columns[name][index] for name in self.spec.key_fields)
        return " · ".join(str(value) for value in values if value not in (None, ""))


Book: TypeAlias = Mapping[str, Table]
"""The tables of a community by their key; a table that no tab holds is absent."""
