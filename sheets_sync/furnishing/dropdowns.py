"""The dropdowns of columns whose choices are the settings' own lists, as the lists change. Pure.

A cell's dropdown is ours while it offers what we offered; one that a person put, changed or took out stays. The same
holds for the note on the column's header, which names the choices.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rules.table import Column
from rules.tailored import Lists, tailored
from rules.wording import Language
from sheets_sync.furnishing.furnish import sheet_id, validation
from sheets_sync.furnishing.header_notes import header_note
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request, boxes, grid_range, set_note

Found: TypeAlias = Mapping[tuple[int, int, int], Mapping[str, Any]]
"""Google's DataValidationRule of cells, by sheetId, 0-based row and column."""


@dataclass(frozen=True)
class Listed:
    """A column of a tab whose choices a setting gives, as each of several lists makes it; the last holds."""

    tab: Tab
    header_row: int
    at: int
    versions: tuple[Column, ...]
    is_furnished: bool
    """Whether we made the tab: then a cell without a dropdown may be one to which no list was offered."""

    @property
    def area(self) -> dict[str, int]:
        """The cells below the header, as a GridRange."""
        first = self.header_row + 1
        return grid_range(self.tab.place.sheet, first, self.at, max(0, self.tab.row_count - first))


def listed(picture: Picture, offered: Sequence[Lists]) -> list[Listed]:
    """The columns that the lists `offered` in turn make different."""
    found = []
    for key, tab in picture.tabs.items():
        table, made = picture.book[key], tab.place.sheet == sheet_id(key)
        for field in (one.field for one in ALL_TABLES[key].columns if one.setting and one.field in table.at):
            versions = tuple(tailored(ALL_TABLES[key], lists).by_field[field] for lists in offered)
            if len(set(versions)) > 1 and tab.row_count > table.header_row + 1:
                found.append(Listed(tab, table.header_row, table.at[field], versions, made))
    return found


def dropdown_requests(one: Listed, found: Found, language: Language) -> Iterator[Request]:
    """Requests that make our dropdowns of a column offer what the last list says; none where they do."""
    *before, now = (validation(column, {}, language) for column in one.versions)
    ours = {_told(rule) for rule in before} - {_told(now)}
    sheet, rows = one.tab.place.sheet, range(one.header_row + 1, one.tab.row_count)
    cells = []
    for row in rows:
        told = _told(found.get((sheet, row, one.at), {}))
        if told in ours and (told or one.is_furnished):
            cells.append((row, one.at))
    for column, first, count in boxes(cells):
        area = {"range": grid_range(sheet, first, column, count)}
        yield {"setDataValidation": {**area, "rule": now} if now else area}
    yield from _header_note(one, language)


def _header_note(one: Listed, language: Language) -> Iterator[Request]:
    *before, now = (header_note(column, {}, language) for column in one.versions)
    note = one.tab.notes.get((one.header_row, one.at), "")
    if note != now and note in before and (note or one.is_furnished):
        yield set_note(one.tab.place.sheet, one.header_row, one.at, now)


def _told(rule: Mapping[str, Any]) -> tuple[str, ...]:
    """What a validation says, whatever Google adds to it; () for none."""
    condition = rule.get("condition", {})
    values = (str(value.get("userEnteredValue", value)) for value in condition.get("values", ()))
    return (str(condition["type"]), str(bool(rule.get("strict"))), *values) if condition else ()
