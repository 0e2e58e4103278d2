"""What people tell the service in its tabs `settings` and `columns`, found in a snapshot. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.headers import find_headers
from rules.table import Cell, TableSpec
from rules.tabs import by_title
from sheets_sync.config import Settings
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.reading.read import Snapshot, Tab
from sheets_sync.tabs.column_answers import ColumnAnswers, Header, answers_said, headers_of, remembered_answers
from sheets_sync.tabs.said_tabs import COLUMNS_TAB, SAID_TABS, SETTINGS_TAB
from sheets_sync.tabs.service_tabs import KeyedTab, keyed
from sheets_sync.tabs.settings_said import SettingsSaid, settings_said, with_tab

Chosen = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Told:
    """What the two tabs said when they were last read: cells by setting, fields by header id.

    And `chosen`: the spreadsheet and sheetId of the tab that counted for each table.
    """

    settings: Mapping[str, Cell] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)


NOTHING_TOLD = Told()


def said_tabs(tabs: Iterable[Tab]) -> dict[str, Tab]:
    """Which of the main spreadsheet's tabs are ours to be told in; of copies, the one that we made."""
    given = list(tabs)
    found = {spec.key: [tab for tab in given if _is_ours(spec, tab)] for spec in SAID_TABS}
    return {
        key: next((tab for tab in ours if tab.place.sheet == sheet_id(key)), ours[0])
        for key, ours in found.items()
        if ours
    }


def settings_in(snapshot: Snapshot, settings: Settings, told: Told = NOTHING_TOLD) -> SettingsSaid:
    """The settings in force; while the main spreadsheet cannot be read, what its tab said last."""
    main = _main(snapshot, settings)
    if main is None:
        return with_tab(settings, told.settings, told.settings)
    tab = said_tabs(main).get(SETTINGS_TAB.key)
    there = _keyed(SETTINGS_TAB, tab)
    return settings_said(settings, there, tab.place if tab else None, told.settings)


def answers_in(
    snapshot: Snapshot, settings: Settings, tables: Mapping[TableSpec, Tab], told: Told = NOTHING_TOLD
) -> ColumnAnswers:
    """What people said of the columns of these tables' tabs."""
    main = _main(snapshot, settings)
    tab = said_tabs(main).get(COLUMNS_TAB.key) if main is not None else None
    if tab is None and not told.columns:
        return ColumnAnswers()
    headers = {one.id: one for one in reversed(_headers(tables))}
    if main is None:
        return remembered_answers(headers, told.columns)
    return answers_said(headers, _keyed(COLUMNS_TAB, tab), tab.place if tab else None, told.columns)


def _headers(tables: Mapping[TableSpec, Tab]) -> list[Header]:
    return [header for spec, tab in tables.items() for header in headers_of(tab, spec)]


def _main(snapshot: Snapshot, settings: Settings) -> tuple[Tab, ...] | None:
    """The main spreadsheet's tabs; None while it cannot be read."""
    return next((one.tabs for one in snapshot.spreadsheets if one.id == settings.main.id), None)


def _is_ours(spec: TableSpec, tab: Tab) -> bool:
    """Whether a tab bears our marks of this table, or (in a file, which keeps no marks) its name and our ids."""
    if tab.own:
        return any(name.startswith(f"{spec.key}.") for name in tab.own.values())
    return by_title(tab.title, [spec]) is not None and "id" in find_headers(spec, tab.grid).at


def _keyed(spec: TableSpec, tab: Tab | None) -> KeyedTab | None:
    """A tab by its ids; None where it is missing or empty."""
    if tab is None or not tab.grid.height:
        return None
    headers = find_headers(spec, tab.grid)
    return keyed(tab, spec.key, headers.row or 0, headers.at)
