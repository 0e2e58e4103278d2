"""What a cell's value looks like while it is edited: text that, typed again, comes to the same value."""

from datetime import date
from functools import lru_cache

from sheets_sync.embedded import formats
from sheets_sync.embedded.entered import read
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import Entered, Formula

# How a date may be written so that it is read again, whatever the locale.
DATES = {"DATE": ("dd/mm/yyyy", "yyyy-mm-dd"), "TIME": (), "DATE_TIME": ("dd/mm/yyyy H:mm:ss", "yyyy-mm-dd H:mm:ss")}


def edit_text(value: Entered, number_format: JSON | None, locale: str, today: date) -> str:
    """The text to edit: a formula, a date as the locale writes it, a plain number, or the text itself."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        if (number_format or {}).get("type") == "TEXT":
            return value  # such a cell takes what is typed as it is
        return "'" + value if _is_read_otherwise(value, locale, today) else value
    return _number(value, number_format or {}, locale, today)


@lru_cache(maxsize=50_000)
def _is_read_otherwise(text: str, locale: str, today: date) -> bool:
    return read(text, locale, today).value != text


def _number(value: int | float, number_format: JSON, locale: str, today: date) -> str:
    """A date or a per cent as people write them when nothing of the value is lost, else the bare number."""
    kind = number_format.get("type", "")
    candidates = [f"{round(value * 100, 10):g}%"] if kind == "PERCENT" else []
    if kind in DATES:
        shapes = [{"type": kind}, number_format, *({"type": kind, "pattern": pattern} for pattern in DATES[kind])]
        candidates = [formats.show(value, shape, locale) for shape in shapes]
    for text in candidates:
        if read(text, locale, today).value == value:
            return text
    return repr(value)
