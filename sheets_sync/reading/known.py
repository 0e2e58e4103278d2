"""The last readings, while a process lives: what need not be read again, and how large an answer will be."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace

from rules.memo import NOTHING_DONE, Memo, same_cells
from sheets_sync.reading.fills import with_fills_of
from sheets_sync.reading.read import Spreadsheet, Tab

MOST_CELLS = 20_000_000
"""Filled cells kept; beyond, those that were used longest ago are forgotten, and read again when they are needed."""


class Known:
    """A cache only: lost at a restart, and nothing is wrong without it."""

    def __init__(self, most_cells: int = MOST_CELLS) -> None:
        self.most_cells = most_cells
        self.memo: Memo = NOTHING_DONE
        self._readings: OrderedDict[str, Spreadsheet] = OrderedDict()
        self._cells: dict[str, int] = {}
        self._doubted: set[str] = set()
        self._unchanged: frozenset[str] = frozenset()

    def keep(self, spreadsheet: Spreadsheet) -> Spreadsheet:
        """Keep a spreadsheet as it was just read, or as a write's answer shows it.

        Tabs with the very same cells as before have the same grids again: they are compared once, and kept once.
        """
        last = self.last(spreadsheet.id)
        spreadsheet = with_fills_of(last, _with_grids_of(last, spreadsheet))
        self._readings[spreadsheet.id] = spreadsheet
        self._readings.move_to_end(spreadsheet.id)
        self._cells[spreadsheet.id] = sum(len(column) for tab in spreadsheet.tabs for column in tab.grid.columns)
        self._doubted.discard(spreadsheet.id)
        while len(self._readings) > 1 and sum(self._cells.values()) > self.most_cells:
            oldest, _ = self._readings.popitem(last=False)
            del self._cells[oldest]
        return spreadsheet

    def doubt(self, spreadsheet: str) -> None:
        """It may not stand any more as it was read: a write is on its way."""
        self._doubted.add(spreadsheet)

    def vouch(self, unchanged: Collection[str]) -> None:
        """From now on these, and no others, are known not to have changed since they were read."""
        self._unchanged = frozenset(unchanged)

    def last(self, spreadsheet: str) -> Spreadsheet | None:
        """The last reading of a spreadsheet, by id, however old."""
        return self._readings.get(spreadsheet)

    def standing(self, spreadsheet: str) -> Spreadsheet | None:
        """The last reading of one that is known not to have changed since."""
        return self.last(spreadsheet) if spreadsheet in self._unchanged - self._doubted else None


def _with_grids_of(last: Spreadsheet | None, fresh: Spreadsheet) -> Spreadsheet:
    before = {} if last is None or last is fresh else {tab.place: tab for tab in last.tabs}
    return replace(fresh, tabs=tuple(_same(before.get(tab.place), tab) for tab in fresh.tabs)) if before else fresh


def _same(before: Tab | None, tab: Tab) -> Tab:
    return replace(tab, grid=before.grid) if before is not None and same_cells(before.grid, tab.grid) else tab
