"""A sheet as the page that edits it needs it: JSON of its cells as shown and as edited, and their looks."""

from collections.abc import Iterator
from datetime import date

from sheets_sync.embedded import conditions, formats, ranges
from sheets_sync.embedded.cells import number_format
from sheets_sync.embedded.edit_text import edit_text
from sheets_sync.embedded.errors import JSON, GoogleError
from sheets_sync.embedded.grid import merged
from sheets_sync.embedded.links import link
from sheets_sync.embedded.look import css, is_hidden, is_hidden_column, kind, pixels
from sheets_sync.embedded.model import EMPTY, ErrorValue, Sheet, Spreadsheet
from sheets_sync.embedded.ranges import Area

MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_CHOICES = 500


def view(book: Spreadsheet, sheet: Sheet, evaluate: conditions.Evaluate, today: date) -> JSON:
    """The sheet for the page; rows that hold nothing are left out."""
    height, width = min(sheet.height, MOST_ROWS), min(sheet.width, MOST_COLUMNS)
    filled = min(max(sheet.filled_height(), len(sheet.rows)), height)
    maker = _Maker(book, sheet, Area(sheet, 0, filled, 0, width), evaluate, today)
    rows = [maker.row(index) for index in range(filled)]
    grid = sheet.properties["gridProperties"]
    return {
        "gid": sheet.id,
        "title": sheet.title,
        "rightToLeft": bool(sheet.properties.get("rightToLeft")),
        "height": height,
        "width": width,
        "wholeHeight": sheet.height,
        "wholeWidth": sheet.width,
        "filled": sheet.filled_height(),
        "frozenRows": grid.get("frozenRowCount", 0),
        "frozenColumns": grid.get("frozenColumnCount", 0),
        "columns": [pixels(sheet, column) for column in range(width)],
        "hiddenRows": [index for index in range(filled) if is_hidden(sheet, index)],
        "hiddenColumns": [column for column in range(width) if is_hidden_column(sheet, column)],
        "merges": [_sides(book, merge) for merge in sheet.items("merges")],
        "warned": [_sides(book, found["range"]) for found in sheet.items("protectedRanges") if _warns(found)],
        "rows": [row for row in rows if len(row) > 1],
        "styles": maker.styles,
        "rules": maker.rules,
        "tabs": [
            {"gid": each.id, "title": each.title, "hidden": bool(each.properties.get("hidden"))} for each in book.sheets
        ],
    }


def _warns(found: JSON) -> bool:
    return bool(found.get("warningOnly") and "range" in found)


def _sides(book: Spreadsheet, found: JSON) -> JSON:
    area = ranges.from_grid(book, found)
    return {"top": area.top, "bottom": area.bottom, "left": area.left, "right": area.right}


class _Maker:
    """Makes a sheet's rows, and gathers the looks and validation rules that their cells name by number."""

    def __init__(self, book: Spreadsheet, sheet: Sheet, area: Area, evaluate: conditions.Evaluate, today: date) -> None:
        self._book = book
        self._sheet = sheet
        self._today = today
        self._locale = str(book.properties.get("locale", "en_US"))
        self._width = area.right
        self._over = conditions.formats(book, sheet, area, evaluate, today)
        self._coloured: dict[int, int] = {}  # by row: one more than the last column with a conditional look
        for row, column in self._over:
            self._coloured[row] = max(self._coloured.get(row, 0), column + 1)
        self._known_styles: dict[str, int] = {}
        self._known_rules: dict[str, int] = {}
        self._by_format: dict[tuple[int, int], int] = {}
        self.styles: list[str] = []
        self.rules: list[JSON] = []

    def row(self, index: int) -> JSON:
        """One row: `i` its place, `id` what stays when rows are inserted above, `h` its least height, its cells."""
        row, found = self._sheet.row(index), {"i": index}
        if row is None:
            return found
        found["id"] = row.id
        if row.props.get("pixelSize"):
            found["h"] = row.props["pixelSize"]
        cells = [cell for cell in self._cells(index) if len(cell) > 1]
        return {**found, "cells": cells} if cells or "h" in found else {"i": index}

    def _cells(self, index: int) -> Iterator[JSON]:
        row = self._sheet.row(index)
        extras = max(row.extras, default=-1) + 1 if row else 0
        over = self._coloured.get(index, 0)
        for column in range(min(max(len(self._sheet.shown(index)), extras, over), self._width)):
            yield self._cell(index, column)

    def _cell(self, index: int, column: int) -> JSON:
        """`t` shown, `e` edited (when it differs), `k` kind, `s` look, `v` rule, `n` note, `l` link."""
        row = self._sheet.row(index)
        extra = row.extra(column) if row else EMPTY
        written = row.get(column) if row else None
        value = self._sheet.effective(index, column)
        found: JSON = {"c": column}
        if value is not None or written is not None:
            shape = number_format(self._sheet, index, column)
            found["t"] = formats.show(value, shape, self._locale)
            text = edit_text(written, shape, self._locale, self._today)
            if text != found["t"]:
                found["e"] = text
            if kind(value):
                found["k"] = kind(value)
        own: JSON = extra.get("userEnteredFormat", EMPTY)
        self._add_look(found, own, self._over.get((index, column), EMPTY))
        note = extra.get("note") or (value.message if isinstance(value, ErrorValue) else "")
        if note:
            found["n"] = note
        if extra.get("dataValidation"):
            found["v"] = self._rule(extra["dataValidation"])
        leads = link(written, own)
        return {**found, "l": leads} if leads else found

    def _add_look(self, found: JSON, own: JSON, over: JSON) -> None:
        if not own and not over:
            return
        key = id(own), id(over)
        if key not in self._by_format:
            rule = css(merged(own, over))
            number = self._known_styles.setdefault(rule, len(self.styles))
            if number == len(self.styles):
                self.styles.append(rule)
            self._by_format[key] = number
        if self.styles[self._by_format[key]]:
            found["s"] = self._by_format[key]

    def _rule(self, rule: JSON) -> int:
        key = repr(rule)
        if key not in self._known_rules:
            self._known_rules[key] = len(self.rules)
            self.rules.append(self._shown_rule(rule))
        return self._known_rules[key]

    def _shown_rule(self, rule: JSON) -> JSON:
        condition = rule.get("condition", {})
        values = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
        found: JSON = {"kind": condition.get("type", ""), "strict": bool(rule.get("strict"))}
        if rule.get("inputMessage"):
            found["help"] = rule["inputMessage"]
        if found["kind"] == "ONE_OF_LIST":
            return {**found, "choices": values}
        if found["kind"] == "ONE_OF_RANGE" and values:
            return {**found, "choices": self._choices(values[0])}
        return {**found, "values": values}

    def _choices(self, text: str) -> list[str]:
        """What stands in the range that a rule names; nothing when the range is gone."""
        try:
            area = ranges.from_a1(self._book, text.removeprefix("="))
        except GoogleError:
            return []
        sheet, found = area.sheet, dict[str, None]()
        for index in range(area.top, min(area.bottom, max(len(sheet.rows), sheet.filled_height()))):
            for column in area.columns:
                value = sheet.effective(index, column)
                if value is not None and len(found) < MOST_CHOICES:
                    found[formats.show(value, number_format(sheet, index, column), self._locale)] = None
        return list(found)
