"""Reading spreadsheets: each in one call, in several where one answer would pass the advised size."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

from rules.table import Cell
from sheets_sync.config import Settings, SpreadsheetSettings
from sheets_sync.errors import GoogleTrouble
from sheets_sync.fills import with_fills
from sheets_sync.google.gateway import SPARSE, Gateway
from sheets_sync.grid_data import trimmed
from sheets_sync.known import Known
from sheets_sync.read import Snapshot, Spreadsheet, spreadsheet_of
from sheets_sync.sizes import ADVISED, MANY_ROWS, packed, row_spans, tab_bytes


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
    """Read one spreadsheet: one call, or two where nothing is known of its size; by parts where it is large.

    One small read more for its tabs with array formulas: which cells they fill.
    """
    return with_fills(gateway, _read(gateway, settings, before, limit), limit)


def _read(gateway: Gateway, settings: SpreadsheetSettings, before: Spreadsheet | None, limit: int) -> Spreadsheet:
    sizes = {} if before is None else {tab.place.sheet: tab_bytes(tab) for tab in before.tabs}
    if before is not None and sum(sizes.values()) <= limit:
        return spreadsheet_of(settings, gateway.state(settings.id))
    outline = gateway.outline(settings.id)
    grids = {sheet.get("sheetId", 0): sheet["gridProperties"] for sheet in _grids(outline)}
    expected = {sheet: sizes.get(sheet, _unread(grid, limit)) for sheet, grid in grids.items()}
    if sum(expected.values()) <= limit:
        return spreadsheet_of(settings, gateway.state(settings.id))
    return _by_parts(gateway, settings, outline, expected, limit)


def _by_parts(
    gateway: Gateway, settings: SpreadsheetSettings, outline: Mapping[str, Any], expected: Mapping[int, int], limit: int
) -> Spreadsheet:
    """Groups of tabs, each within the limit; a tab that is larger by itself, by spans of its rows."""
    small = packed({sheet: size for sheet, size in expected.items() if size <= limit}, limit)
    parts = [gateway.part(settings.id, [{"sheetId": sheet} for sheet in group]) for group in small]
    sheets = {sheet["properties"].get("sheetId", 0): sheet for part in parts for sheet in part.get("sheets", ())}
    apart: dict[int, Sequence[Sequence[Cell]]] = {}
    reads = len(parts)
    for properties in _grids(outline):
        sheet, grid = properties.get("sheetId", 0), properties["gridProperties"]
        if expected[sheet] > limit:
            spans = row_spans(grid.get("rowCount", 0), grid.get("columnCount", 0), limit)
            sheets[sheet], apart[sheet] = _large(gateway, settings.id, sheet, spans)
            reads += 2 * len(spans)
    ordered = [sheets[sheet] for sheet in expected if sheet in sheets]
    return spreadsheet_of(settings, {**outline, "sheets": ordered}, apart, reads)


def _large(
    gateway: Gateway, spreadsheet: str, sheet: int, spans: Sequence[tuple[int, int]]
) -> tuple[Mapping[str, Any], list[list[Cell]]]:
    """A large tab: its state without values, and its values by column, span by span."""
    columns: list[list[Cell]] = []
    states: list[Mapping[str, Any]] = []
    for start, end in spans:
        place = {"sheetId": sheet, "startRowIndex": start, "endRowIndex": end}
        found = gateway.values(spreadsheet, [place])[0]
        columns = [_longer(known, new, start) for known, new in zip_longest(columns, found, fillvalue=())]
        states.extend(gateway.part(spreadsheet, [place], SPARSE).get("sheets", ()))
    data = [*chain.from_iterable(state.get("data", ()) for state in states)]
    return {**states[0], "data": data}, trimmed(columns)


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
