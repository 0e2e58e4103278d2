"""What stands in the spreadsheets: values, notes, formulas, colour rules, and our marks on rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.table import Cell, Grid, Place
from sheets_sync.config import Settings, SpreadsheetSettings
from sheets_sync.edits import WRITE_MARK
from sheets_sync.errors import GoogleTrouble
from sheets_sync.google.gateway import Gateway

OBJECTS = ("conditionalFormats", "charts", "slicers", "tables", "protectedRanges")
OWN_COLUMN = "sheets-sync.own"
"""Developer metadata key of a column the service writes; its value is `table.field`."""


@dataclass(frozen=True)
class Tab:
    """A tab as it was read. Rows and columns are 0-based; `own` maps a column of ours to its `table.field`."""

    place: Place
    grid: Grid
    row_count: int
    column_count: int
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    """The computed cells: those that hold a formula, and those that an array formula fills."""
    rules: Sequence[Mapping[str, Any]] = ()
    own: Mapping[int, str] = field(default_factory=dict)
    row_marks: Mapping[int, int] = field(default_factory=dict)
    """Developer metadata ids located on rows: id → row."""
    is_bare: bool = False
    """Whether nothing at all stands in the tab: no cell, note, rule, chart, slicer, table or protection."""

    @property
    def title(self) -> str:
        """The tab's title."""
        return self.place.title


@dataclass(frozen=True)
class Spreadsheet:
    """A spreadsheet as it was read."""

    settings: SpreadsheetSettings
    title: str
    tabs: tuple[Tab, ...]
    last_write: int | None = None
    """The journal's number of the last write of ours that stands in it; None before the first."""

    @property
    def id(self) -> str:
        """Google's id of the spreadsheet."""
        return self.settings.id


@dataclass(frozen=True)
class Snapshot:
    """All of a community's spreadsheets, and why those that could not be read could not."""

    spreadsheets: tuple[Spreadsheet, ...]
    troubles: Mapping[str, GoogleTrouble] = field(default_factory=dict)
    """By the spreadsheet's name in the settings."""

    def tabs(self) -> Iterator[tuple[Spreadsheet, Tab]]:
        """Every tab with its spreadsheet."""
        return ((spreadsheet, tab) for spreadsheet in self.spreadsheets for tab in spreadsheet.tabs)


def read(gateway: Gateway, settings: Settings) -> Snapshot:
    """Read all spreadsheets of the settings; one that cannot be read does not keep the others from it."""
    found: list[Spreadsheet] = []
    troubles: dict[str, GoogleTrouble] = {}
    for one in settings.spreadsheets:
        try:
            found.append(read_spreadsheet(gateway, one))
        except GoogleTrouble as trouble:
            troubles[one.name] = trouble
    return Snapshot(tuple(found), troubles)


def read_spreadsheet(gateway: Gateway, settings: SpreadsheetSettings) -> Spreadsheet:
    """Read one spreadsheet in two calls: its state, then the values of its tabs."""
    state = gateway.state(settings.id)
    sheets = [sheet for sheet in state.get("sheets", ()) if sheet["properties"].get("sheetType", "GRID") == "GRID"]
    values = gateway.values(settings.id, [sheet["properties"].get("sheetId", 0) for sheet in sheets])
    tabs = (_tab(settings.id, sheet, values[sheet["properties"].get("sheetId", 0)]) for sheet in sheets)
    marks = {mark["metadataId"]: mark for mark in state.get("developerMetadata", ())}
    last = marks.get(WRITE_MARK)
    return Spreadsheet(
        settings, state["properties"]["title"], tuple(tabs), int(last["metadataValue"]) if last else None
    )


def _tab(spreadsheet: str, sheet: Mapping[str, Any], columns: Sequence[Sequence[Cell]]) -> Tab:
    properties = sheet["properties"]
    place = Place(spreadsheet, properties.get("sheetId", 0), properties["title"])
    data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})
    notes, formulas = _cells(data.get("rowData", ()), columns)
    return Tab(
        place,
        Grid(place, columns),
        properties["gridProperties"].get("rowCount", 0),
        properties["gridProperties"].get("columnCount", 0),
        notes,
        formulas,
        sheet.get("conditionalFormats", ()),
        own={
            index: mark["metadataValue"]
            for index, mark in _marks(data.get("columnMetadata", ()))
            if mark.get("metadataKey") == OWN_COLUMN
        },
        row_marks={mark["metadataId"]: index for index, mark in _marks(data.get("rowMetadata", ()))},
        is_bare=not any((*columns, notes, *(sheet.get(kind) for kind in OBJECTS))),
    )


def _cells(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[Sequence[Cell]]
) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    """The notes by cell, and the computed cells: formulas, and cells that show a value which nobody entered there."""
    notes: dict[tuple[int, int], str] = {}
    formulas: set[tuple[int, int]] = set()
    entered: set[tuple[int, int]] = set()
    for row, data in enumerate(rows):
        for column, cell in enumerate(data.get("values", ())):
            if note := cell.get("note"):
                notes[row, column] = note
            if value := cell.get("userEnteredValue"):
                (formulas if "formulaValue" in value else entered).add((row, column))
    filled = ((row, column) for column, cells in enumerate(columns) for row, cell in enumerate(cells) if _holds(cell))
    return notes, frozenset(formulas.union(cell for cell in filled if cell not in entered))


def _holds(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _marks(dimensions: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each developer metadata entry with the row or column it stands on."""
    for index, dimension in enumerate(dimensions):
        for mark in dimension.get("developerMetadata", ()):
            yield index, mark
