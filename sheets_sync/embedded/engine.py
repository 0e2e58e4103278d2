"""Formulas computed by formualizer; the callers hold the spreadsheet's lock, for it deadlocks without one."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import formualizer

from sheets_sync.embedded import spreading
from sheets_sync.embedded.a1 import column_name, parse, quoted
from sheets_sync.embedded.dates import serial_of, zone
from sheets_sync.embedded.dialect import translated
from sheets_sync.embedded.functions import FUNCTIONS, OVERRIDES, UNSUPPORTED
from sheets_sync.embedded.model import Entered, ErrorValue, Formula, Sheet, Spreadsheet, Value

VOLATILE = re.compile(r"\b(TODAY|NOW|RAND|RANDBETWEEN)\s*\(", re.IGNORECASE)
CALLED = re.compile(r"\"(?:[^\"]|\"\")*\"|([A-Za-z_][A-Za-z0-9_.]*)\s*\(")
NAME = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')+'!|(?<![\w.$!])([^\W\d]\w*)(?![\w(!.])")

ERRORS: Final = {
    "Div": ErrorValue("DIVIDE_BY_ZERO", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero."),
    "Na": ErrorValue("N_A", "#N/A", "Did not find value."),
    "Name": ErrorValue("NAME", "#NAME?", "Unknown function or name."),
    "Num": ErrorValue("NUM", "#NUM!", "Not a valid number."),
    "Ref": ErrorValue("REF", "#REF!", "Reference does not exist."),
    "Value": ErrorValue("VALUE", "#VALUE!", "A parameter has a wrong type."),
    "Null": ErrorValue("NULL_VALUE", "#NULL!", ""),
    "Circ": ErrorValue("REF", "#REF!", "Circular dependency detected."),
    "Spill": ErrorValue("REF", "#REF!", "Array result was not expanded because it would overwrite data."),
}
SCRATCH: Final = "\u2063conditions\u2063"  # no sheet of a person is called so
UNREADABLE: Final = ErrorValue("ERROR", "#ERROR!", "Formula parse error.")


class Calculator:
    """The formulas of one spreadsheet: kept up to date with the model, values written into each sheet's `computed`."""

    def __init__(self, book: Spreadsheet, now: datetime) -> None:
        self._book = book
        self._structure = book.structure
        self._volatile = False
        self._emptied = False
        self._spills = False
        self._day: date | None = None
        self._broken: dict[tuple[int, int, int], ErrorValue] = {}
        self._widths: dict[int, dict[int, int]] = {}
        self._formulas: dict[int, dict[tuple[int, int], str]] = {}
        self._names = {named["name"].lower(): _named(book, named) for named in book.named_ranges}
        settings = formualizer.WorkbookConfig(mode=formualizer.WorkbookMode.Ephemeral)
        self._workbook = formualizer.Workbook(config=settings)
        for name, (function, least, most) in {**FUNCTIONS, **spreading.FUNCTIONS}.items():
            override = name in OVERRIDES
            self._workbook.register_function(
                name, function, min_args=least, max_args=most, allow_override_builtin=override
            )
        for sheet in book.sheets:
            self._workbook.add_sheet(sheet.title)
        for sheet in book.sheets:
            self._fill(sheet)
        self.compute(now)

    def _fill(self, sheet: Sheet) -> None:
        self._formulas[sheet.id] = {}
        self._widths[sheet.id] = {index: len(row.values) for index, row in enumerate(sheet.rows)}
        for top, left, block in blocks([row.values for row in sheet.rows]):
            self._workbook.set_values_batch(sheet.title, top + 1, left + 1, block)
        for index, row in enumerate(sheet.rows):
            for column, value in enumerate(row.values):
                if isinstance(value, Formula):
                    self._set(sheet, index, column, value)

    def fits(self) -> bool:
        """Whether no cell has moved since the workbook was filled."""
        return self._structure == self._book.structure

    def update(self, changed: dict[int, set[int]], now: datetime) -> bool:
        """Take over the rows that changed (by sheet id) and compute; False when it must be filled anew instead."""
        for sheet in self._book.sheets:
            for index in changed.get(sheet.id, ()):
                self._take_row(sheet, index)
        if self._emptied and self._spills:
            return False  # an emptied cell would stay blank where an array comes to stand
        self.compute(now)
        return True

    def _take_row(self, sheet: Sheet, index: int) -> None:
        row = sheet.row(index)
        values = row.values if row else []
        formulas = self._formulas[sheet.id]
        known = self._widths[sheet.id].get(index, 0)
        self._widths[sheet.id][index] = len(values)
        for column in range(max(len(values), known)):
            value = values[column] if column < len(values) else None
            formulas.pop((index, column), None)
            self._broken.pop((sheet.id, index, column), None)
            if isinstance(value, Formula):
                self._set(sheet, index, column, value)
            else:
                self._emptied = self._emptied or value is None
                self._workbook.set_value(sheet.title, index + 1, column + 1, value)

    def _set(self, sheet: Sheet, row: int, column: int, formula: Formula) -> None:
        self._formulas[sheet.id][row, column] = formula.text
        self._volatile = self._volatile or bool(VOLATILE.search(formula.text))
        problem = _unsupported(formula.text)
        text = self._with_names(formula.text)
        if problem is None:
            try:
                self._workbook.set_formula(sheet.title, row + 1, column + 1, text)
            except (RuntimeError, ValueError) as error:
                problem = ERRORS["Circ"] if "#CIRC" in str(error) else UNREADABLE
        if problem is not None:
            self._broken[sheet.id, row, column] = problem
            self._workbook.set_value(sheet.title, row + 1, column + 1, None)

    def _with_names(self, text: str) -> str:
        text = spreading.marked(translated(text))
        if not self._names:
            return text
        return NAME.sub(lambda m: self._names.get((m[1] or "").lower(), m[0]), text)

    def compute(self, now: datetime) -> None:
        """Work everything out that is not up to date, and write it into the sheets."""
        local = now.astimezone(zone(self._book.properties.get("timeZone", "UTC")))
        offset = local.utcoffset() or timedelta()
        self._day = local.date()
        self._workbook.set_deterministic_clock(now.astimezone(UTC), int(offset.total_seconds()))
        self._workbook.evaluate_all()
        for sheet in self._book.sheets:
            self._write_back(sheet)

    def stale(self, now: datetime) -> bool:
        """Whether the day has changed under a formula that asks for it."""
        local = now.astimezone(zone(self._book.properties.get("timeZone", "UTC")))
        return self._volatile and local.date() != self._day

    def evaluate(self, formulas: list[str]) -> list[Value]:
        """Work out formulas that stand in no cell; their references name their sheets."""
        self._workbook.add_sheet(SCRATCH)
        places = [(SCRATCH, row, 1) for row in range(1, len(formulas) + 1)]
        for (_, row, column), text in zip(places, formulas, strict=True):
            try:
                self._workbook.set_formula(SCRATCH, row, column, self._with_names(text))
            except (RuntimeError, ValueError):
                self._workbook.set_value(SCRATCH, row, column, None)
        return [plain(value)[0] for value in self._workbook.evaluate_cells(places)] if places else []

    def _write_back(self, sheet: Sheet) -> None:
        sheet.computed, sheet.kinds = {}, {}
        for row, column in self._formulas[sheet.id]:
            broken = self._broken.get((sheet.id, row, column))
            if broken is not None:
                sheet.computed.setdefault(row, {})[column] = broken
                continue
            self._take(sheet, row, column)
            address = f"{quoted_always(sheet.title)}!{column_name(column)}{row + 1}"
            spill = self._workbook.inspect_cell(address).cell.spill
            blocked = sheet.computed[row][column] is ERRORS["Spill"]
            self._spills = self._spills or blocked or spill is not None
            if spill is not None and spill.extent:
                self._take_spill(sheet, row, column, spill.extent)

    def _take(self, sheet: Sheet, row: int, column: int) -> None:
        value, kind = plain(self._workbook.get_value(sheet.title, row + 1, column + 1))
        sheet.computed.setdefault(row, {})[column] = value
        if kind:
            sheet.kinds[row, column] = kind

    def _take_spill(self, sheet: Sheet, row: int, column: int, extent: str) -> None:
        span = parse(extent.rpartition("!")[2])
        if span is None or span.bottom is None or span.right is None:
            return
        for r in range(row, min(span.bottom, sheet.height)):
            for c in range(column, min(span.right, sheet.width)):
                if (r, c) != (row, column):
                    self._take(sheet, r, c)


def blocks(lines: list[list[Entered]]) -> Iterator[tuple[int, int, list[list[Entered]]]]:
    """The plain values as rectangles without blanks: (top, left, rows). A blank that is set would hide an array."""
    start, known = 0, _runs(lines[0]) if lines else []
    for index in range(1, len(lines) + 1):
        runs = _runs(lines[index]) if index < len(lines) else None
        if runs != known:
            for left, right in known:
                yield start, left, [line[left:right] for line in lines[start:index]]
            start, known = index, runs or []


def _runs(values: list[Entered]) -> list[tuple[int, int]]:
    """The stretches of plain values in a row."""
    if None not in values and not any(type(value) is Formula for value in values):
        return [(0, len(values))] if values else []
    runs: list[tuple[int, int]] = []
    for column, value in enumerate(values):
        if value is None or type(value) is Formula:
            continue
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def quoted_always(title: str) -> str:
    """A title in quotes."""
    return "'" + title.replace("'", "''") + "'"


def plain(value: Any) -> tuple[Value, str]:
    """What formualizer answers, as a cell's value, and the kind of number format it asks for."""
    if isinstance(value, dict):
        return ERRORS.get(str(value.get("kind")), ERRORS["Value"]), ""
    if isinstance(value, datetime):
        return serial_of(value), "DATE_TIME"
    if isinstance(value, date):
        return serial_of(value), "DATE"
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400, "TIME"
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400, "TIME"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value), ""
    if isinstance(value, list):
        return plain(value[0][0] if value and isinstance(value[0], list) else None)
    return value, ""


def _unsupported(text: str) -> ErrorValue | None:
    """The error of a formula that calls what is not built here, with words that say so."""
    for match in CALLED.finditer(text):
        if match[1] and match[1].upper() in UNSUPPORTED:
            name = match[1].upper()
            return ErrorValue("NAME", "#NAME?", f"The embedded Google does not compute {name}.")
    return None


def _named(book: Spreadsheet, named: dict[str, Any]) -> str:
    """A named range as formulas can hold it."""
    found = named["range"]
    sheet = book.sheet(found.get("sheetId", 0))
    top, left = found.get("startRowIndex", 0), found.get("startColumnIndex", 0)
    bottom, right = found.get("endRowIndex", sheet.height), found.get("endColumnIndex", sheet.width)
    area = f"${column_name(left)}${top + 1}:${column_name(right - 1)}${bottom}"
    return f"{quoted(sheet.title)}!{area}"
