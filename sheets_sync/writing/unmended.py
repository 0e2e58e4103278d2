"""What a write struck may be known to its process alone: kept here from before it is sent until the pass has ended.

Of the tabs it changes their last reading, and the requests, so that the next pass can put back what the write of a
killed one displaced. Of a restricted spreadsheet nothing is kept, nor of one too large to be read in one answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from rules.table import Cell, Grid, Place
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.store import memory
from sheets_sync.store.database import Connection
from sheets_sync.tabs.service_tabs import is_summary
from sheets_sync.writing.edits import Request

NAME = "unmended "
"""How the names in the memory begin; the spreadsheet's id follows."""
STRIKING = frozenset({"updateCells", "deleteConditionalFormatRule"})
"""The requests that can strike what is a person's."""


@dataclass(frozen=True)
class Unmended:
    """A write that may have struck what it was not meant for: the tabs as they were read before it, the requests."""

    number: int
    tabs: tuple[Tab, ...]
    requests: tuple[Request, ...]


class _Tab(msgspec.Struct):
    sheet: int
    title: str
    size: tuple[int, int]
    columns: list[list[Cell]]
    notes: list[tuple[int, int, str]]
    computed: list[tuple[int, int]]
    rules: list[dict[str, Any]]
    own: list[tuple[int, str]]


class _Write(msgspec.Struct):
    number: int
    tabs: list[_Tab]
    requests: list[dict[str, Any]]


def keep(
    connection: Connection, community: str, spreadsheet: Spreadsheet, number: int, requests: Sequence[Request]
) -> None:
    """Keep what is needed to mend after a write of that number, beside what earlier ones of the pass left."""
    if spreadsheet.settings.restricted or spreadsheet.reads > 1:
        return
    struck = {_sheet(body) for request in requests for kind, body in request.items() if kind in STRIKING}
    tabs = [_kept(tab) for tab in spreadsheet.tabs if tab.place.sheet in struck and not is_summary(tab)]
    if tabs:
        write = _Write(number, tabs, [dict(request) for request in requests])
        name = NAME + spreadsheet.id
        before = memory.recall(connection, community, name, [])
        memory.remember(connection, community, name, [*before, msgspec.to_builtins(write)])


def drop(connection: Connection, community: str, spreadsheet: str, number: int) -> None:
    """The write of that number was not applied."""
    before = memory.recall(connection, community, NAME + spreadsheet, [])
    left = [one for one in before if one["number"] != number]
    if left != before:
        memory.remember(connection, community, NAME + spreadsheet, left)


def forget(connection: Connection, community: str, spreadsheets: Collection[str]) -> None:
    """The writes to these spreadsheets were looked at, and what they struck was put back."""
    memory.forget(connection, community, *(NAME + spreadsheet for spreadsheet in spreadsheets))


def recall(connection: Connection, community: str) -> Mapping[str, tuple[Unmended, ...]]:
    """By spreadsheet, the writes that nobody looked at."""
    kept = {name.removeprefix(NAME): found for name, found in memory.recall_all(connection, community, NAME).items()}
    return {id: tuple(_unmended(id, one) for one in msgspec.convert(found, list[_Write])) for id, found in kept.items()}


def _sheet(body: Mapping[str, Any]) -> int:
    return int(body.get("start", body).get("sheetId", 0))


def _kept(tab: Tab) -> _Tab:
    return _Tab(
        tab.place.sheet,
        tab.title,
        (tab.row_count, tab.column_count),
        [[*column] for column in tab.grid.columns],
        [(*at, note) for at, note in tab.notes.items()],
        [*tab.formulas],
        [dict(rule) for rule in tab.rules],
        [*tab.own.items()],
    )


def _unmended(spreadsheet: str, write: _Write) -> Unmended:
    return Unmended(write.number, tuple(_tab(spreadsheet, tab) for tab in write.tabs), tuple(write.requests))


def _tab(spreadsheet: str, kept: _Tab) -> Tab:
    place = Place(spreadsheet, kept.sheet, kept.title)
    return Tab(
        place,
        Grid(place, kept.columns),
        *kept.size,
        notes={(row, column): note for row, column, note in kept.notes},
        formulas=frozenset(kept.computed),
        rules=kept.rules,
        own=dict(kept.own),
    )
