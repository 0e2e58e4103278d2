"""What a person types, read by the spreadsheet's locale: USER_ENTERED."""

import re
from dataclasses import dataclass
from datetime import date

from sheets_sync.embedded.dates import serial_of
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import Entered, Formula

NUMBER = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(?:[eE]([+-]?\d+))?$")
TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*([AaPp][Mm])?$")
NUMERIC_DATE = re.compile(r"^(\d{1,4})([/.\-])(\d{1,2})(?:\2(\d{1,4}))?$")
CURRENCIES = {"$": '"$"', "€": '"€"', "£": '"£"', "₪": '"₪"'}
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        ("jan january ינואר", "feb february פברואר", "mar march מרץ מרס", "apr april אפריל", "may מאי", "jun june יוני",
         "jul july יולי", "aug august אוגוסט", "sep september ספטמבר", "oct october אוקטובר", "nov november נובמבר",
         "dec december דצמבר"), 1)
    for name in names.split()
}  # fmt: skip
WORDED_DATE = re.compile(r"^(?:(\d{1,2})\s+ב?([^\W\d]+)\.?,?\s+(\d{4})|([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4}))$")


@dataclass(frozen=True)
class Reading:
    """A value, and the number format that its way of writing asks for."""

    value: Entered
    number_format: JSON | None = None


def read(text: str, locale: str, today: date) -> Reading:
    """Read what was typed; whatever is nothing else is text."""
    if text == "":
        return Reading(None)
    if text.startswith("'"):
        return Reading(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Reading(Formula(text))
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return Reading(bare.upper() == "TRUE")
    return _amount(bare) or _moment(bare, locale, today) or Reading(text)


def _number(text: str) -> int | float | None:
    match = NUMBER.match(text)
    if not match or not (match[2] or (match[3] and len(match[3]) > 1)):
        return None
    value = float(text.replace(",", ""))
    if value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _amount(text: str) -> Reading | None:
    sign = ""
    if text[:1] == "-" and text[1:2] in CURRENCIES:
        sign, text = "-", text[1:]
    if text.startswith("(") and text.endswith(")"):
        sign, text = "-", text[1:-1]
    percent = text.endswith("%")
    symbol = next((mark for mark in (text[:1], text[-1:]) if mark in CURRENCIES), "")
    leads = bool(symbol) and text.startswith(symbol)
    number = _number(sign + text.strip("%" if percent else symbol or "\0").strip())
    if number is None:
        return None
    if percent:
        value = number / 100
        return Reading(value, {"type": "PERCENT", "pattern": "0.00%" if "." in text else "0%"})
    if symbol:
        return Reading(number, {"type": "CURRENCY", "pattern": _currency(symbol, leads, "." in text)})
    if "," in text:
        return Reading(number, {"type": "NUMBER", "pattern": "#,##0.00" if "." in text else "#,##0"})
    if "e" in text.lower():
        return Reading(number, {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    return Reading(number)


def _currency(symbol: str, leads: bool, decimals: bool) -> str:
    number = "#,##0.00" if decimals else "#,##0"
    return CURRENCIES[symbol] + number if leads else f"{number} {CURRENCIES[symbol]}"


def _moment(text: str, locale: str, today: date) -> Reading | None:
    clock = _clock(text)
    if clock is not None:
        return Reading(clock, {"type": "TIME"})
    day = _day(text, locale, today)
    if day is not None:
        return Reading(serial_of(day), {"type": "DATE"})
    first, _, second = text.partition(" ")
    day, clock = _day(first.rstrip(","), locale, today), _clock(second.strip())
    if day is not None and clock is not None:
        return Reading(serial_of(day) + clock, {"type": "DATE_TIME"})
    return None


def _clock(text: str) -> float | None:
    match = TIME.match(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), float((match[3] or "0") + (match[4] or ""))
    if match[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[5].lower() == "pm" else 0)
    if minute > 59 or second >= 60:
        return None
    return (hour * 3600 + minute * 60 + second) / 86400


def _day(text: str, locale: str, today: date) -> date | None:
    match = NUMERIC_DATE.match(text)
    if match:
        return _numeric_day(match, locale, today)
    match = WORDED_DATE.match(text)
    if not match:
        return None
    day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    month = MONTH_NAMES.get(name.lower())
    return None if month is None else _date(int(year), month, int(day))


def _numeric_day(match: re.Match[str], locale: str, today: date) -> date | None:
    a, b, c = match[1], match[3], match[4]
    if len(a) == 4:
        return _date(int(a), int(b), int(c)) if c and len(c) <= 2 else None
    if len(a) > 2 or (c is not None and len(c) not in (2, 4)) or (c is None and match[2] == "."):
        return None  # 1.5 is a number, or nothing
    day, month = (int(b), int(a)) if locale == "en_US" else (int(a), int(b))
    year = today.year if c is None else int(c)
    return _date(year if year > 99 else year + (2000 if year < 50 else 1900), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
