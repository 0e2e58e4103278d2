"""Requests about what stands in cells: findReplace, pasteData, textToColumns, trimWhitespace, duplicates, shuffling."""

import csv
import io
import random
import re
from collections.abc import Iterator

from sheets_sync.embedded import formats, ranges
from sheets_sync.embedded.a1 import Span
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.cells import number_format, tidy, type_in
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Entered, Formula, Sheet
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.requests.cells import grow
from sheets_sync.embedded.requests.moving import carry
from sheets_sync.embedded.requests.sorting import cell, sort_key

DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " ", "AUTODETECT": ""}


def _filled(area: Area) -> Iterator[tuple[int, int, Entered]]:
    for index in range(area.top, min(area.bottom, len(area.sheet.rows))):
        for column, value in enumerate(area.sheet.rows[index].values[area.left : area.right], area.left):
            if value is not None:
                yield index, column, value


def _searched(call: Call, body: JSON) -> list[Area]:
    """The areas that findReplace looks through: a range, a sheet, or all."""
    if "range" in body:
        return [ranges.from_grid(call.book, body["range"])]
    if "sheetId" in body:
        return [ranges.within(call.book.sheet(body["sheetId"]), Span())]
    if not body.get("allSheets"):
        raise invalid("Must specify a range, a sheet or all sheets to search.")
    return [ranges.within(sheet, Span()) for sheet in call.book.sheets]


def find_replace(call: Call, body: JSON) -> JSON | None:
    """`findReplace`: in texts and shown numbers, and in formulas when asked; answers the counts."""
    pattern = _pattern(body)
    replacement = body.get("replacement", "")
    if body.get("searchByRegex"):
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    else:
        replacement = replacement.replace("\\", "\\\\")
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows, sheets = set(), set()
    for area in _searched(call, body):
        for index, column, value in list(_filled(area)):
            is_formula = isinstance(value, Formula)
            if is_formula and not body.get("includeFormulas"):
                continue
            found = _replaced(call, area.sheet, (index, column), pattern, replacement)
            if found:
                counts["occurrencesChanged"] += found
                counts["formulasChanged" if is_formula else "valuesChanged"] += 1
                rows.add((area.sheet.id, index))
                sheets.add(area.sheet.id)
    totals = {**counts, "rowsChanged": len(rows), "sheetsChanged": len(sheets)}
    return {name: count for name, count in totals.items() if count}


def _pattern(body: JSON) -> re.Pattern[str]:
    text = body.get("find", "")
    if not text:
        raise invalid("The text to find must not be empty.")
    source = text if body.get("searchByRegex") else re.escape(text)
    if body.get("matchEntireCell"):
        source = rf"^(?:{source})$"
    try:
        return re.compile(source, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise invalid(f"Invalid regular expression: {error}") from None


def _replaced(call: Call, sheet: Sheet, at: tuple[int, int], pattern: re.Pattern[str], replacement: str) -> int:
    """Replace in one cell; answers how often."""
    value = sheet.edit(at[0]).get(at[1])
    text = value.text if isinstance(value, Formula) else formats.show(value, number_format(sheet, *at), call.locale)
    try:
        made, count = pattern.subn(replacement, text)
    except re.error as error:
        raise invalid(f"Invalid replacement: {error}") from None
    if count:
        call.guard(Area(sheet, at[0], at[0] + 1, at[1], at[1] + 1))
        type_in(sheet, *at, made, call.locale, call.local.date())
    return count


def paste_data(call: Call, body: JSON) -> JSON | None:
    """`pasteData`: delimited text, entered as a person types it."""
    if body.get("html"):
        raise invalid("The embedded Google does not paste HTML.")
    delimiter = body.get("delimiter", "")
    if len(delimiter) != 1:
        raise invalid("A delimiter of one character must be given.")
    lines = list(csv.reader(io.StringIO(body.get("data", ""), newline=""), delimiter=delimiter))
    start = body.get("coordinate", {})
    sheet = call.book.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    ranges.within(sheet, Span(top, top + 1, left, left + 1))  # it must start inside the grid
    grow(sheet, top + len(lines), left + max(map(len, lines), default=0))
    for index, line in enumerate(lines, top):
        call.guard(Area(sheet, index, index + 1, left, left + len(line)))
        for column, text in enumerate(line, left):
            type_in(sheet, index, column, text, call.locale, call.local.date())
    return None


def text_to_columns(call: Call, body: JSON) -> JSON | None:
    """`textToColumns`: one column's texts split over the columns beside it."""
    area = call.area(body.get("source", {}))
    if area.right - area.left != 1:
        raise invalid("The source must span exactly one column.")
    kind = body.get("delimiterType", "AUTODETECT")
    delimiter = body.get("delimiter", "") if kind == "CUSTOM" else DELIMITERS.get(kind, "")
    texts = [(row, value) for row, _, value in _filled(area) if isinstance(value, str)]
    delimiter = delimiter or next((mark for mark in ",;\t. " if any(mark in text for _, text in texts)), ",")
    for row, text in texts:
        parts = [part.strip() for part in text.split(delimiter)]
        grow(area.sheet, 0, area.left + len(parts))
        call.guard(Area(area.sheet, row, row + 1, area.left, area.left + len(parts)))
        for column, part in enumerate(parts, area.left):
            type_in(area.sheet, row, column, part, call.locale, call.local.date())
    return None


def trim_whitespace(call: Call, body: JSON) -> JSON | None:
    """`trimWhitespace`: spaces at the ends go, several inside become one."""
    area = call.area(body.get("range", {}))
    changed = 0
    for row, column, value in list(_filled(area)):
        if isinstance(value, str):
            made = " ".join(value.split())
            if made != value:
                area.sheet.edit(row).put(column, made or None)
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(call: Call, body: JSON) -> JSON | None:
    """`deleteDuplicates`: of rows that agree in the compared columns the first stays; case does not count."""
    area = call.area(body.get("range", {}))
    columns = _compared(area, body.get("comparisonColumns", []))
    bottom = min(area.bottom, max(area.sheet.filled_height(), area.top))
    seen, double = set(), []
    for row in range(area.top, bottom):
        key = tuple(_compared_value(area.sheet, row, column) for column in columns)
        if key in seen:
            double.append(row)
        seen.add(key)
    for row in reversed(double):
        below = Area(area.sheet, row + 1, bottom, area.left, area.right)
        carry(call, below, Area(area.sheet, row, bottom - 1, area.left, area.right))
        if row == bottom - 1:
            _empty(area, row)
    return {"duplicatesRemovedCount": len(double)} if double else {}


def _compared(area: Area, given: list[JSON]) -> list[int]:
    if not given:
        return list(area.columns)
    found = [c for each in given for c in range(each.get("startIndex", 0), each.get("endIndex", area.right))]
    if any(column not in area.columns for column in found):
        raise invalid("The comparison columns must lie within the range.")
    return found


def _compared_value(sheet: Sheet, row: int, column: int) -> object:
    value = sheet.effective(row, column)
    return None if value is None else sort_key(value)


def _empty(area: Area, row: int) -> None:
    edited = area.sheet.edit(row)
    for column in area.columns:
        edited.put(column, None)


def randomize(call: Call, body: JSON) -> JSON | None:
    """`randomizeRange`: the rows of a range in a random order."""
    area = call.area(body.get("range", {}))
    bottom = min(area.bottom, len(area.sheet.rows))
    lines = [[cell(area.sheet, row, column) for column in area.columns] for row in range(area.top, bottom)]
    random.shuffle(lines)
    for row, line in enumerate(lines, area.top):
        edited = area.sheet.edit(row)
        for column, (value, extra) in zip(area.columns, line, strict=True):
            edited.put(column, tidy(value) if not isinstance(value, Formula) else value)
            edited.put_extra(column, extra)
    call.book.structure += 1
    return None
