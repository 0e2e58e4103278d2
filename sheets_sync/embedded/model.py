"""A spreadsheet in memory: the cache of what the database holds."""

from dataclasses import dataclass, field
from typing import Any

from sheets_sync.embedded.errors import JSON, invalid


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula as its writer wrote it, with its `=`."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A formula's error: Google's type, and what the cell shows."""

    type: str
    shown: str
    message: str = ""


# What a person enters into a cell, and what a cell comes to.
Entered = None | bool | int | float | str | Formula
Value = None | bool | int | float | str | ErrorValue


@dataclass(slots=True)
class Row:
    """One row. `values` ends at the last filled cell; `extras` holds a cell's other fields as CellData names them."""

    id: int
    values: list[Entered] = field(default_factory=list)
    extras: dict[int, JSON] = field(default_factory=dict)
    props: JSON = field(default_factory=dict)

    def get(self, column: int) -> Entered:
        """The value entered in the column."""
        return self.values[column] if column < len(self.values) else None

    def put(self, column: int, value: Entered) -> None:
        """Enter a value; None empties the cell."""
        values = self.values
        if column < len(values):
            values[column] = value
        elif value is not None:
            values.extend([None] * (column - len(values)))
            values.append(value)
        while values and values[-1] is None:
            values.pop()

    def extra(self, column: int) -> JSON:
        """The cell's other fields; never to be changed in place."""
        return self.extras.get(column, EMPTY)

    def put_extra(self, column: int, fields: JSON) -> None:
        """Replace the cell's other fields."""
        if fields:
            self.extras[column] = fields
        else:
            self.extras.pop(column, None)

    def is_blank(self) -> bool:
        """Whether nothing at all is kept of the row."""
        return not (self.values or self.extras or self.props)


EMPTY: JSON = {}

# Lists of a sheet that are kept under Google's own names.
LISTS = (
    "conditionalFormats", "protectedRanges", "merges", "bandedRanges", "filterViews", "charts", "slicers", "tables",
    "rowGroups", "columnGroups", "developerMetadata",
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """One sheet (tab). `rows` may be shorter than the grid; what is beyond is blank."""

    properties: JSON
    rows: list[Row] = field(default_factory=list)
    columns: list[JSON] = field(default_factory=list)
    things: JSON = field(default_factory=dict)
    next_row: int = 1
    computed: dict[int, dict[int, Value]] = field(default_factory=dict)
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    dirty: dict[int, Row] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    reordered: bool = False

    @property
    def id(self) -> int:
        """The sheetId (gid)."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The tab's name."""
        return str(self.properties["title"])

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return int(self.properties["gridProperties"]["columnCount"])

    def items(self, name: str) -> list[JSON]:
        """One of the sheet's lists, to be changed in place."""
        found: list[JSON] = self.things.setdefault(name, [])
        return found

    def row(self, index: int) -> Row | None:
        """The row to look at, or None where it is blank."""
        return self.rows[index] if index < len(self.rows) else None

    def edit(self, index: int) -> Row:
        """The row to change."""
        while index >= len(self.rows):
            self.rows.append(self.new_row())
        row = self.rows[index]
        self.dirty[row.id] = row
        return row

    def new_row(self) -> Row:
        """A blank row with an id of its own, yet to be placed."""
        row = Row(self.next_row)
        self.next_row += 1
        self.dirty[row.id] = row
        self.reordered = True
        return row

    def drop_rows(self, start: int, end: int) -> None:
        """Take rows out of the grid."""
        for row in self.rows[start:end]:
            self.gone.add(row.id)
            self.dirty.pop(row.id, None)
        del self.rows[start:end]
        self.reordered = True

    def column(self, index: int) -> JSON:
        """The column's DimensionProperties, to be changed in place."""
        while index >= len(self.columns):
            self.columns.append({})
        return self.columns[index]

    def shown(self, index: int) -> list[Any]:
        """The row's effective values, from column 0; it may be shorter than the grid."""
        row = self.row(index)
        values: list[Any] = row.values if row else []
        computed = self.computed.get(index)
        if not computed:
            return values
        width = max(len(values), max(computed) + 1)
        found = values + [None] * (width - len(values))
        for column, value in computed.items():
            found[column] = value
        return found

    def effective(self, row: int, column: int) -> Value:
        """What the cell comes to."""
        values = self.shown(row)
        value = values[column] if column < len(values) else None
        return None if isinstance(value, Formula) else value

    def filled_height(self) -> int:
        """One more than the last row with a value that can be seen."""
        height = max(self.computed, default=-1) + 1
        for index in range(len(self.rows) - 1, height - 1, -1):
            if self.rows[index].values:
                return index + 1
        return height


@dataclass(slots=True)
class Spreadsheet:
    """One spreadsheet: its properties, its sheets in order, and what belongs to the whole."""

    id: str
    properties: JSON
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[JSON] = field(default_factory=list)
    metadata: list[JSON] = field(default_factory=list)
    has_formulas: bool = False
    structure: int = 0  # rises with every change that moves cells or renames sheets
    removed: set[int] = field(default_factory=set)

    def sheet(self, sheet_id: int) -> Sheet:
        """The sheet of that id; raises Google's 400."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """The sheet of that title; Google does not mind the case."""
        for sheet in self.sheets:
            if sheet.title.lower() == title.lower():
                return sheet
        return None

    def renumber(self) -> None:
        """Write each sheet's place into its properties."""
        for index, sheet in enumerate(self.sheets):
            sheet.properties["index"] = index
