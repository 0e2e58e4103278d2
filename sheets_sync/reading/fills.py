"""The cells that array formulas fill: they show a value, and nobody entered one there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from sheets_sync.google.gateway import ENTERED, Gateway
from sheets_sync.reading.grid_data import At, entered_in
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.reading.sizes import VALUE, packed, row_spans, tab_bytes


def with_fills(gateway: Gateway, spreadsheet: Spreadsheet, limit: int) -> Spreadsheet:
    """The spreadsheet with what its array formulas fill; read only of tabs that have such formulas."""
    spilling = {tab.place.sheet: tab for tab in spreadsheet.tabs if tab.spills}
    if not spilling:
        return spreadsheet
    answers = [gateway.part(spreadsheet.id, places, ENTERED) for places in _places(spilling, limit)]
    blocks: dict[int, list[Any]] = {sheet: [] for sheet in spilling}
    for one in chain.from_iterable(answer.get("sheets", ()) for answer in answers):
        blocks[one["properties"].get("sheetId", 0)].extend(one.get("data", ()))
    fills = {sheet: unentered(tab, entered_in(blocks[sheet])) for sheet, tab in spilling.items()}
    return _replaced(spreadsheet, fills)


def with_fills_of(last: Spreadsheet | None, fresh: Spreadsheet) -> Spreadsheet:
    """A spreadsheet of which it was not asked what array formulas fill: what they filled when it was asked last."""
    before = {} if last is None else {tab.place.sheet: tab.fills for tab in last.tabs if tab.fills}
    known = {tab.place.sheet: before.get(tab.place.sheet) for tab in fresh.tabs if tab.spills and tab.fills is None}
    asked = {sheet: fills for sheet, fills in known.items() if fills is not None}
    return _replaced(fresh, asked) if asked else fresh


def unentered(tab: Tab, entered: frozenset[At]) -> frozenset[At]:
    """The cells of a tab that show a value and are not among the entered ones."""
    return frozenset(_shown(tab)) - entered - tab.formulas


def _replaced(spreadsheet: Spreadsheet, fills: Mapping[int, frozenset[At]]) -> Spreadsheet:
    tabs = (tab if (found := fills.get(tab.place.sheet)) is None else _filled(tab, found) for tab in spreadsheet.tabs)
    return replace(spreadsheet, tabs=tuple(tabs))


def _filled(tab: Tab, fills: frozenset[At]) -> Tab:
    shown = fills.intersection(_shown(tab)) - tab.formulas
    return replace(tab, fills=shown, formulas=tab.formulas | shown)


def _shown(tab: Tab) -> Iterator[At]:
    """The cells that show something."""
    for column, cells in enumerate(tab.grid.columns):
        for row, cell in enumerate(cells):
            if cell not in (None, ""):
                yield row, column


def _places(tabs: Mapping[int, Tab], limit: int) -> Iterable[list[dict[str, int]]]:
    """The grid ranges of each read, within the limit."""
    sizes = {sheet: tab_bytes(tab) for sheet, tab in tabs.items()}
    for group in packed({sheet: size for sheet, size in sizes.items() if size <= limit}, limit):
        yield [{"sheetId": sheet} for sheet in group]
    for sheet in (sheet for sheet, size in sizes.items() if size > limit):
        for start, end in row_spans(tabs[sheet].row_count, VALUE * tabs[sheet].column_count, limit):
            yield [{"sheetId": sheet, "startRowIndex": start, "endRowIndex": end}]
