"""Cells as CellData, and a cell's fields written from CellData."""

from datetime import date
from typing import Any

from sheets_sync.embedded.entered import read
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Entered, ErrorValue, Formula, Sheet, Value

# The fields of CellData that are kept beside the value, as they were given.
KEPT = ("userEnteredFormat", "note", "dataValidation", "textFormatRuns", "pivotTable", "chipRuns")


def entered(value: JSON | None) -> Entered:
    """The value of an ExtendedValue."""
    if not value:
        return None
    if "formulaValue" in value:
        text = value["formulaValue"]
        if not text.startswith("="):
            raise invalid(f"Invalid formula: {text}")
        return Formula(text)
    if "errorValue" in value:
        raise invalid("ExtendedValue.error_value is read only.")
    for name in ("numberValue", "stringValue", "boolValue"):
        if name in value:
            return tidy(value[name])
    return None


def tidy(value: Any) -> Entered:
    """A number that is whole as an int, as answers show it; an empty text as an empty cell."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value == "" and isinstance(value, str):
        return None
    found: Entered = value
    return found


def extended(value: Value | Entered) -> JSON:
    """A value as an ExtendedValue."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, ErrorValue):
        return {"errorValue": {"type": value.type, "message": value.message}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": value}


def number_format(sheet: Sheet, row: int, column: int) -> JSON | None:
    """The number format that shows: the person's, or the one that the formula's result asks for."""
    found = sheet.row(row)
    own = found.extra(column).get("userEnteredFormat", {}).get("numberFormat") if found else None
    if own:
        result: JSON = own
        return result
    kind = sheet.kinds.get((row, column))
    return {"type": kind} if kind else None


def type_in(sheet: Sheet, row: int, column: int, text: str, locale: str, today: date) -> None:
    """Enter text as a person types it; its format is taken where the cell has none of its own."""
    target = sheet.edit(row)
    extra = target.extra(column)
    form: JSON = extra.get("userEnteredFormat", {})
    if form.get("numberFormat", {}).get("type") == "TEXT" and not text.startswith("="):
        target.put(column, text or None)
        return
    reading = read(text, locale, today)
    target.put(column, reading.value)
    if reading.number_format and not form.get("numberFormat"):
        made = {**form, "numberFormat": reading.number_format}
        target.put_extra(column, {**extra, "userEnteredFormat": made})
