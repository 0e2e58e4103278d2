"""What people chose in the tab `settings` (הגדרות), and what therefore holds. Pure.

What stands in the tab goes before the settings file; an empty cell leaves a setting to the file. While a cell cannot be
read, what held before it holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.finding import Problem, ProblemKind
from rules.table import Cell, Place
from sheets_sync.config import Settings
from sheets_sync.tabs.said_tabs import SETTINGS_TAB
from sheets_sync.tabs.service_tabs import KeyedTab
from sheets_sync.tabs.setting_rows import SETTINGS, Setting
from sheets_sync.tabs.setting_values import Refused

NOTHING_HELD: Mapping[str, Cell] = {}


@dataclass(frozen=True)
class SettingsSaid:
    """The settings in force, and what to say of each row of the tab, by setting.

    `held` are the cells that count, to be remembered if `is_news`; `defaults` what holds where a cell is empty.
    """

    settings: Settings
    held: Mapping[str, Cell] = field(default_factory=dict)
    is_news: bool = False
    wrong: Mapping[str, Refused] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def with_tab(settings: Settings, cells: Mapping[str, Cell], held: Mapping[str, Cell] = NOTHING_HELD) -> SettingsSaid:
    """The settings with a tab's cells (by setting) applied; `held` are the cells that counted before."""
    now, kept, wrong, defaults = settings, {}, {}, {}
    for one in SETTINGS:
        defaults[one.key] = one.shown(now)
        cell = cells.get(one.key)
        if _is_empty(cell):
            continue
        value = one.read(cell)
        if isinstance(value, Refused):
            wrong[one.key] = value
            cell = held.get(one.key)
            value = None if _is_empty(cell) else one.read(cell)
            if _is_empty(cell) or isinstance(value, Refused):
                continue
        now, kept[one.key] = one.applied(now, value), cell
    return SettingsSaid(now, kept, kept != held, wrong, defaults)


def settings_said(
    settings: Settings, there: KeyedTab | None, place: Place | None, held: Mapping[str, Cell] = NOTHING_HELD
) -> SettingsSaid:
    """What holds, by the tab as it stands; `there` is None where it is not there yet.

    A tab whose rows cannot be told apart says nothing new: what is `held` holds.
    """
    if there is not None and not (there.is_whole and "value" in there.at):
        return with_tab(settings, held, held)
    cells = {} if there is None else {one.key: there.cell(one.key, "value") for one in rows_in(there)}
    said = with_tab(settings, cells, held)
    if there is None or place is None:
        return said
    return replace(said, problems=tuple(_problems(said.wrong, there, place)))


def rows_in(there: KeyedTab) -> Iterator[Setting]:
    """The settings whose rows stand in the tab."""
    return (one for one in SETTINGS if one.key in there.rows)


def _problems(wrong: Mapping[str, Refused], there: KeyedTab, place: Place) -> Iterator[Problem]:
    for key, why in wrong.items():
        where = (place, there.rows[key], there.at["value"])
        cell = there.cell(key, "value")
        hint = f"{why.he}\n{why.en}"
        yield Problem(SETTINGS_TAB.key, *where, "value", ProblemKind.TYPE, cell, why.proposal, hint, is_worded=True)


def _is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing; a lone dash says nothing either."""
    return cell is None or (isinstance(cell, str) and cell.strip(" -–—־") == "")
