"""Reading spreadsheets: each in one call, in several where one answer would pass the advised size."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

from rules.table import Cell
from sheets_sync.config import Settings, SpreadsheetSettings
from sheets_sync.errors import GoogleTrouble
from sheets_sync.google.gateway import LEAN, Gateway
from sheets_sync.reading.fills import with_fills
from sheets_sync.reading.grid_data import trimmed
from sheets_sync.reading.known import Known
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab, spreadsheet_of
from sheets_sync.reading.sizes import ADVISED, MANY_ROWS, VALUE, packed, row_spans, tab_spans, weight

Spans = Sequence[tuple[int, int]]
"""Rows from, and up to but without."""


def read(gateway: Gateway, settings: Settings, known: Known | None = None) -> Snapshot:
    """Read all spreadsheets of the settings; one that cannot be read does not keep the others from it.

    What is known not to have changed is not read again.
    """
    known = known or Known()
    found: list[Spreadsheet] = []
    troubles: dict[str, GoogleTrouble] = {}
    for one in settings.spreadsheets:
        try:
            found.append(known.standing(one.id) or _kept(known, gateway, one))
        except GoogleTrouble as trouble:
            troubles[one.name] = trouble
    return Snapshot(tuple(found), troubles)


def _kept(known: Known, gateway: Gateway, settings: SpreadsheetSettings) -> Spreadsheet:
    return known.keep(read_spreadsheet(gateway, settings, known.last(settings.id)))


def read_spreadsheet(
    gateway: Gateway, settings: SpreadsheetSettings, before: Spreadsheet | None = None, limit: int = ADVISED
) -> Spreadsheet:
    """Read one spreadsheet: one call; two where nothing is known of its size, or where one answer cannot hold it.

    By more parts where it is larger still.

    One small read more for its tabs with array formulas: which cells they fill.
    """
    return with_fills(gateway, _read(gateway, settings, before, limit), limit)


def _read(gateway: Gateway, settings: SpreadsheetSettings, before: Spreadsheet | None, limit: int) -> Spreadsheet:
    if before is not None:
        known = {tab.place.sheet: weight(tab) for tab in before.tabs}
        if sum(one.whole for one in known.values()) <= limit:
            return spreadsheet_of(settings, gateway.state(settings.id))
        if sum(one.lean for one in known.values()) <= limit:
            return _values_apart(gateway, settings, before, limit)
    outline = gateway.outline(settings.id)
    sizes = {} if before is None else {tab.place.sheet: weight(tab).whole for tab in before.tabs}
    expected = {
        grid.get("sheetId", 0): sizes.get(grid.get("sheetId", 0), _unread(grid["gridProperties"], limit))
        for grid in _grids(outline)
    }
    if sum(expected.values()) <= limit:
        return spreadsheet_of(settings, gateway.state(settings.id))
    return _by_parts(gateway, settings, outline, expected, before, limit)


def _values_apart(gateway: Gateway, settings: SpreadsheetSettings, before: Spreadsheet, limit: int) -> Spreadsheet:
    """All tabs without their values, as they are now, and then the values: mostly two reads."""
    lean = gateway.state(settings.id, LEAN)
    tabs = {tab.place.sheet: tab for tab in before.tabs}
    sizes = {grid.get("sheetId", 0): 0 for grid in _grids(lean)}
    sizes |= {sheet: weight(tabs[sheet]).values for sheet in sizes.keys() & tabs.keys()}
    small = packed({sheet: size for sheet, size in sizes.items() if size <= limit}, limit)
    apart: dict[int, Sequence[Sequence[Cell]]] = {}
    for group in small:
        found = gateway.values(settings.id, [{"sheetId": sheet} for sheet in group])
        apart |= dict(zip(group, map(trimmed, found), strict=True))
    reads = 1 + len(small)
    for grid in _grids(lean):
        if (sheet := grid.get("sheetId", 0)) not in apart:
            spans = tab_spans(tabs[sheet], grid["gridProperties"].get("rowCount", 0), sizes[sheet], limit)
            apart[sheet] = _columns(gateway, settings.id, sheet, spans)
            reads += len(spans)
    return spreadsheet_of(settings, lean, apart, reads)


def _by_parts(
    gateway: Gateway,
    settings: SpreadsheetSettings,
    outline: Mapping[str, Any],
    expected: Mapping[int, int],
    before: Spreadsheet | None,
    limit: int,
) -> Spreadsheet:
    """Groups of tabs, each within the limit; a tab that is larger by itself, by spans of its rows."""
    small = packed({sheet: size for sheet, size in expected.items() if size <= limit}, limit)
    parts = [gateway.part(settings.id, [{"sheetId": sheet} for sheet in group]) for group in small]
    sheets = {sheet["properties"].get("sheetId", 0): sheet for part in parts for sheet in part.get("sheets", ())}
    apart: dict[int, Sequence[Sequence[Cell]]] = {}
    reads = len(parts)
    known = {} if before is None else {tab.place.sheet: tab for tab in before.tabs}
    for properties in _grids(outline):
        sheet, grid = properties.get("sheetId", 0), properties["gridProperties"]
        if expected[sheet] > limit:
            values, lean = _spans(grid, known.get(sheet), limit)
            apart[sheet] = _columns(gateway, settings.id, sheet, values)
            sheets[sheet] = _without_values(gateway, settings.id, sheet, lean)
            reads += len(values) + len(lean)
    ordered = [sheets[sheet] for sheet in expected if sheet in sheets]
    return spreadsheet_of(settings, {**outline, "sheets": ordered}, apart, reads)


def _spans(grid: Mapping[str, Any], tab: Tab | None, limit: int) -> tuple[Spans, Spans]:
    """The rows of a large tab in spans, for its values and for all but them."""
    rows = grid.get("rowCount", 0)
    if tab is None:
        filled = row_spans(rows, VALUE * grid.get("columnCount", 0), limit)
        return filled, filled
    known = weight(tab)
    return tab_spans(tab, rows, known.values, limit), tab_spans(tab, rows, known.lean, limit)


def _columns(gateway: Gateway, spreadsheet: str, sheet: int, spans: Spans) -> list[list[Cell]]:
    """A large tab's values by column, span by span."""
    columns: list[list[Cell]] = []
    for start, end in spans:
        found = gateway.values(spreadsheet, [{"sheetId": sheet, "startRowIndex": start, "endRowIndex": end}])[0]
        columns = [_longer(known, new, start) for known, new in zip_longest(columns, found, fillvalue=())]
    return trimmed(columns)


def _without_values(gateway: Gateway, spreadsheet: str, sheet: int, spans: Spans) -> Mapping[str, Any]:
    """A large tab's state without its values, span by span."""
    places = ({"sheetId": sheet, "startRowIndex": start, "endRowIndex": end} for start, end in spans)
    answers = [gateway.part(spreadsheet, [place], LEAN) for place in places]
    states: list[Mapping[str, Any]] = [state for answer in answers for state in answer.get("sheets", ())]
    data = [*chain.from_iterable(state.get("data", ()) for state in states)]
    return {**states[0], "data": data}


def _longer(known: Sequence[Cell], new: Sequence[Cell], start: int) -> list[Cell]:
    """A column with the cells from row `start` on."""
    return [*known, *([""] * (start - len(known))), *new] if new else [*known]


def _grids(outline: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The properties of the tabs that are grids."""
    every = (sheet["properties"] for sheet in outline.get("sheets", ()))
    return [properties for properties in every if properties.get("sheetType", "GRID") == "GRID"]


def _unread(grid: Mapping[str, Any], limit: int) -> int:
    """What to expect of a tab of which only its size is known: mostly blank, unless it has very many rows."""
    return limit + 1 if grid.get("rowCount", 0) > MANY_ROWS else 0
