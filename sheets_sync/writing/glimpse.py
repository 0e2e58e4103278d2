"""How a large spreadsheet's write verifies itself: its answer shows the rows that were written, and no others. Pure.

Where those stand as they stood, so do the marks, whatever happened to the other rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from rules.table import Cell, Grid
from sheets_sync.reading.grid_data import At
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.reading.sizes import ADVISED, CELL, NOTE, ROW, text_bytes
from sheets_sync.tabs.service_tabs import is_summary
from sheets_sync.writing.edits import Request
from sheets_sync.writing.replay import growth, replay
from sheets_sync.writing.verify import Sent

Span = tuple[int, int]
"""Rows from, and up to but without."""

HEADER_ROWS = 3
"""Shown of each tab that was written in: they tell of columns that moved."""
MOST_SPANS = 60

V = TypeVar("V")


@dataclass(frozen=True)
class Glimpse:
    """What a write's answer is asked for, by sheetId, and the titles of the tabs for which it has no room."""

    spans: Mapping[int, Sequence[Span]]
    ranges: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A batch as it was applied, with Google's replies, and the written rows laid over the reading before it."""

    sent: Sent
    after: Spreadsheet


def glimpse_of(spreadsheet: Spreadsheet, requests: Sequence[Request], limit: int = ADVISED) -> Glimpse:
    """The rows to be shown after a batch; people's tabs first where not all have room."""
    spans: dict[int, Sequence[Span]] = {}
    left_out: list[str] = []
    tabs = [tab for tab in spreadsheet.tabs if not is_summary(tab)]
    for tab in sorted(tabs, key=lambda one: any(name.endswith(".id") for name in one.own.values())):
        choices = _rows_to_show(tab, requests)
        sizes = [sum(_row_bytes(tab, row) for start, end in found for row in range(start, end)) for found in choices]
        fitting = next((at for at, size in enumerate(sizes) if size <= limit), None)
        if fitting is not None:
            spans[tab.place.sheet], limit = choices[fitting], limit - sizes[fitting]
        elif choices:
            left_out.append(tab.title)
    titles = {tab.place.sheet: tab.title.replace("'", "''") for tab in tabs}
    ranges = (f"'{titles[sheet]}'!{start + 1}:{end}" for sheet, those in spans.items() for start, end in those)
    return Glimpse(spans, tuple(ranges), tuple(left_out))


def shown(before: Spreadsheet, glimpse: Glimpse, sent: Sent, answer: Spreadsheet) -> Shown:
    """The answer's rows laid over the reading; of the tabs that the answer shows, and no others."""
    known = {tab.place.sheet: tab for tab in before.tabs}
    tabs = (
        _laid_over(known[tab.place.sheet], tab, glimpse.spans[tab.place.sheet])
        for tab in answer.tabs
        if tab.place.sheet in glimpse.spans
    )
    return Shown(sent, replace(answer, tabs=tuple(tabs)))


def _rows_to_show(tab: Tab, requests: Sequence[Request]) -> list[list[Span]]:
    """The rows that requests write in, as they are numbered after them; all where rows come or go.

    First with those that are only coloured, then, where there is no room for them, without; [] for a tab left alone.
    """
    sheet = tab.place.sheet
    grown = growth(requests, sheet)
    done = replay([(request, {}) for request in requests], sheet, tab.row_count + grown)
    if grown or done.deleted or min([0, *done.rows]) < 0:
        return [[(0, tab.row_count + grown)]]
    written = {row for row, _ in chain(done.notes, done.values)}
    coloured = {row for span in _coloured(requests, sheet) for row in range(*span)}
    wanted = [rows for rows in (written | coloured, written) if rows]
    return [_joined(sorted(row for row in {*rows, *range(HEADER_ROWS)} if row < tab.row_count)) for rows in wanted]


def _coloured(requests: Iterable[Request], sheet: int) -> Iterator[Span]:
    """The rows of the colour rules that are set."""
    for request in requests:
        for area in request.get("addConditionalFormatRule", {}).get("rule", {}).get("ranges", ()):
            if area.get("sheetId", 0) == sheet and "endRowIndex" in area:
                yield area.get("startRowIndex", 0), area["endRowIndex"]


def _joined(rows: Sequence[int]) -> list[Span]:
    """Rows as spans; those that lie near each other in one, so that the spans are not too many."""
    gap, spans = 1, [(row, row + 1) for row in rows]
    while True:
        joined: list[Span] = []
        for start, end in spans:
            if joined and start - joined[-1][1] < gap:
                joined[-1] = joined[-1][0], end
            else:
                joined.append((start, end))
        if len(joined) <= MOST_SPANS:
            return joined
        gap, spans = gap * 2, joined


def _row_bytes(tab: Tab, row: int) -> int:
    """About how large a row of a tab is, with a note of ours at a cell or two."""
    cells = [tab.grid.cell(row, column) for column in range(len(tab.grid.columns))]
    texts = sum(text_bytes(cell) for cell in cells if isinstance(cell, str))
    filled = sum(cell not in (None, "") for cell in cells)
    return ROW + CELL * filled + texts + 20 * NOTE


def _laid_over(before: Tab, now: Tab, spans: Sequence[Span]) -> Tab:
    """A tab as it was read, but for the rows that are shown now."""
    if list(spans) == [(0, now.row_count)]:
        return now
    rows = {row for start, end in spans for row in range(start, end)}
    return replace(
        now,
        grid=Grid(now.place, _columns(before.grid, now.grid, spans)),
        notes=_mixed(before.notes, now.notes, rows),
        formulas=frozenset(at for at in before.formulas if at[0] not in rows) | now.formulas,
        formula_texts=_mixed(before.formula_texts, now.formula_texts, rows),
    )


def _columns(before: Grid, now: Grid, spans: Sequence[Span]) -> list[list[Cell]]:
    columns: list[list[Cell]] = []
    bottom = max(before.height, now.height)
    for number in range(max(len(before.columns), len(now.columns))):
        known = before.columns[number] if number < len(before.columns) else ()
        column = [*known, *([""] * (bottom - len(known)))]
        for start, end in spans:
            column[start:end] = [now.cell(row, number) for row in range(start, min(end, bottom))]
        columns.append(column)
    return columns


def _mixed(before: Mapping[At, V], now: Mapping[At, V], rows: set[int]) -> dict[At, V]:
    return {at: there for at, there in before.items() if at[0] not in rows} | {**now}
