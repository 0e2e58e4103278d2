"""What stands in the spreadsheets: values, notes, formulas, colour rules, and our marks on rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.table import Cell, Grid, Place
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.errors import GoogleTrouble
from sheets_sync.reading.grid_data import cells_of, marks_of
from sheets_sync.writing.edits import WRITE_MARK

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
    """The computed cells: those that hold a formula, and those known to be filled by an array formula."""
    rules: Sequence[Mapping[str, Any]] = ()
    own: Mapping[int, str] = field(default_factory=dict)
    row_marks: Mapping[int, int] = field(default_factory=dict)
    """Developer metadata ids located on rows: id → row."""
    formula_texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The formulas themselves, of the cells that hold one."""
    is_bare: bool = False
    """Whether nothing at all stands in the tab: no cell, note, rule, chart, slicer, table or protection."""
    spills: bool = False
    """Whether a formula in it may fill cells beside its own."""
    fills: frozenset[tuple[int, int]] | None = None
    """The cells that array formulas fill; None where it was not asked."""

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
    reads: int = 1
    """In how many parts the tabs were read, each under Google's advised size; 1 for the whole in one answer."""

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


def spreadsheet_of(
    settings: SpreadsheetSettings,
    answer: Mapping[str, Any],
    apart: Mapping[int, Sequence[Sequence[Cell]]] | None = None,
    reads: int = 1,
) -> Spreadsheet:
    """Google's Spreadsheet (gateway.STATE: of a read, or a write's `updatedSpreadsheet`) as it is known here.

    `apart` holds, by sheetId, the columns of tabs too large for one answer.
    """
    sheets = [one for one in answer.get("sheets", ()) if one["properties"].get("sheetType", "GRID") == "GRID"]
    marks = {mark["metadataId"]: mark for mark in answer.get("developerMetadata", ())}
    last = marks.get(WRITE_MARK)
    number = int(last["metadataValue"]) if last else None
    tabs = tuple(_tab(settings.id, sheet, apart or {}) for sheet in sheets)
    return Spreadsheet(settings, answer["properties"]["title"], tabs, number, reads)


def _tab(spreadsheet: str, sheet: Mapping[str, Any], apart: Mapping[int, Sequence[Sequence[Cell]]]) -> Tab:
    properties = sheet["properties"]
    place = Place(spreadsheet, properties.get("sheetId", 0), properties["title"])
    blocks = sheet.get("data", ())
    cells = cells_of(blocks, apart.get(place.sheet))
    own = {
        index: mark["metadataValue"]
        for index, mark in marks_of(blocks, "columnMetadata")
        if mark.get("metadataKey") == OWN_COLUMN
    }
    return Tab(
        place,
        Grid(place, cells.columns),
        properties["gridProperties"].get("rowCount", 0),
        properties["gridProperties"].get("columnCount", 0),
        cells.notes,
        cells.formulas,
        sheet.get("conditionalFormats", ()),
        own,
        {mark["metadataId"]: index for index, mark in marks_of(blocks, "rowMetadata")},
        cells.texts,
        is_bare=not any((*cells.columns, cells.notes, *(sheet.get(kind) for kind in OBJECTS))),
        spills=cells.spills,
    )
