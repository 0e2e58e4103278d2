"""Values as a person sees them: number formats and the locale's defaults."""

import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Final

from sheets_sync.embedded.dates import date_of
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import ErrorValue, Formula, Value

PATTERNS: Final = {
    "en_US": {
        "DATE": "M/d/yyyy",
        "TIME": "h:mm:ss am/pm",
        "DATE_TIME": "M/d/yyyy H:mm:ss",
        "CURRENCY": '"$"#,##0.00',
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "SCIENTIFIC": "0.00E+00",
    },
    "he_IL": {
        "DATE": "dd/mm/yyyy",
        "TIME": "H:mm:ss",
        "DATE_TIME": "dd/mm/yyyy H:mm:ss",
        "CURRENCY": '#,##0.00" ₪"',
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "SCIENTIFIC": "0.00E+00",
    },
}
MONTHS: Final = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "he": ["ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"],
}
DAYS: Final = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "he": ["יום שני", "יום שלישי", "יום רביעי", "יום חמישי", "יום שישי", "יום שבת", "יום ראשון"],
}
SHORT_DAYS_HE: Final = ["יום ב׳", "יום ג׳", "יום ד׳", "יום ה׳", "יום ו׳", "שבת", "יום א׳"]
SHORT_MONTHS_HE: Final = ["ינו׳", "פבר׳", "מרץ", "אפר׳", "מאי", "יוני", "יולי", "אוג׳", "ספט׳", "אוק׳", "נוב׳", "דצמ׳"]

TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]\-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[[^\]]*\]|_.|\*.|(?P<ampm>am/pm|a/p)|(?P<fraction>(?<=s)\.0+)|(?P<date>y+|m+|d+|h+|s+)|(?P<at>@)"
    r"|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?(?:E[+-]?0+)?|\.[#0?]+)|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
Tokens = tuple[tuple[str, str], ...]


def pattern_of(number_format: JSON, locale: str) -> str:
    """The pattern of a NumberFormat: its own, or its type's default in the locale; '' for automatic."""
    pattern: str = number_format.get("pattern", "")
    if pattern:
        return pattern
    if number_format.get("type") == "TEXT":
        return "@"
    named = "he_IL" if locale.startswith(("he", "iw")) else locale  # Google's own name for Hebrew is iw
    return PATTERNS.get(named, PATTERNS["en_US"]).get(number_format.get("type", ""), "")


def is_date(number_format: JSON | None) -> bool:
    """Whether the format shows dates or times."""
    return bool(number_format) and (number_format or {}).get("type") in ("DATE", "TIME", "DATE_TIME")


def show(value: Value | Formula, number_format: JSON | None, locale: str) -> str:
    """A value as the cell shows it."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ErrorValue):
        return value.shown
    pattern = pattern_of(number_format, locale) if number_format else ""
    return show_number(value, pattern, locale) if pattern else general(value)


@lru_cache(maxsize=4096)
def general(value: float) -> str:
    """A number in the automatic format: up to ten digits behind the point, no zeros at the end."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.5E}".replace("E+0", "E+")
    if abs(value) < 1e-5:
        return f"{value:.5E}"
    return f"{value:.10f}".rstrip("0").rstrip(".")


@cache
def sections(pattern: str) -> tuple[Tokens, ...]:
    """A pattern's parts between semicolons, each cut into tokens."""
    parts: list[list[tuple[str, str]]] = [[]]
    for match in TOKEN.finditer(pattern):
        kind = match.lastgroup or ""
        if kind == "other" and match[0] == ";":
            parts.append([])
        elif kind:
            parts[-1].append((kind, match[kind] if kind in ("quoted", "escaped", "currency", "elapsed") else match[0]))
    return tuple(tuple(part) for part in parts)


def show_number(value: float, pattern: str, locale: str) -> str:
    """A number under a pattern."""
    parts = sections(pattern)
    if len(parts) > 1 and value < 0:
        tokens, value = parts[1], abs(value)
    elif len(parts) > 2 and value == 0:
        tokens = parts[2]
    else:
        tokens = parts[0]
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed"}:
        return _show_date(value, tokens, locale)
    return _show_plain(value, tokens)


def _show_plain(value: float, tokens: Tokens) -> str:
    value *= 100 ** sum(kind == "percent" for kind, _ in tokens)
    done, out = False, []
    for kind, text in tokens:
        if kind == "number":
            out.append("" if done else digits(abs(value), text))
            done = True
        elif kind == "at":
            out.append(general(value))
        else:
            out.append(text)
    shown = "".join(out)
    return "-" + shown if value < 0 and done and any(c in "123456789" for c in shown) else shown


def digits(value: float, pattern: str) -> str:
    """A number without its sign under `#,##0.00` and its kin."""
    mantissa, mark, exponent = pattern.upper().partition("E")
    whole, _, fraction = mantissa.partition(".")
    if mark:
        shown = f"{value:.{len(fraction)}E}"
        number, _, power = shown.partition("E")
        width = exponent.count("0")
        return f"{number}E{power[0]}{abs(int(power)):0{width}d}"
    value /= 1000 ** (len(whole) - len(whole.rstrip(",")))
    text = f"{value + value * 1e-15:.{len(fraction)}f}"
    left, _, right = text.partition(".")
    least = whole.count("0")
    left = left.lstrip("0").rjust(least, "0") if least else left.lstrip("0")
    if "," in whole.rstrip(","):
        left = _grouped(left)
    return left + _fraction(right, fraction)


def _grouped(text: str) -> str:
    head = len(text) % 3
    groups = ([text[:head]] if head else []) + [text[i : i + 3] for i in range(head, len(text), 3)]
    return ",".join(groups)


def _fraction(right: str, pattern: str) -> str:
    least = pattern.rfind("0") + 1
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    return f".{right}" if right else ""


def _show_date(value: float, tokens: Tokens, locale: str) -> str:
    try:
        moment = date_of(value)
    except OverflowError:
        return general(value)
    twelve = any(kind == "ampm" for kind, _ in tokens)
    language = "he" if locale.startswith(("he", "iw")) else "en"
    out = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            letters = "min" if text[0] in "mM" and _is_minute(tokens, index) else text[0].lower()
            out.append(_part(letters, len(text), moment, twelve, language))
        elif kind == "elapsed":
            unit = {"h": 24, "m": 1440, "s": 86400}[text[0].lower()]
            out.append(str(int(round(value * 86400) * unit // 86400)).rjust(len(text), "0"))
        elif kind == "ampm":
            out.append("AM" if moment.hour < 12 else "PM")
        elif kind == "fraction":
            out.append("." + f"{moment.microsecond:06d}"[: len(text) - 1])
        else:
            out.append(text)
    return "".join(out)


def _is_minute(tokens: Tokens, index: int) -> bool:
    """`m` is minutes behind hours or before seconds."""
    before = [text for kind, text in tokens[:index] if kind in ("date", "elapsed")]
    after = [text for kind, text in tokens[index + 1 :] if kind in ("date", "elapsed")]
    return bool(before and before[-1][0] in "hH") or bool(after and after[0][0] in "sS")


def _part(letter: str, count: int, at: datetime, twelve: bool, language: str) -> str:
    if letter == "y":
        return f"{at.year % 100:02d}" if count <= 2 else f"{at.year:04d}"
    if letter == "m" and count >= 3:
        return _month(at.month, count, language)
    if letter == "d" and count >= 3:
        return _day(at.weekday(), count, language)
    hour = (at.hour - 1) % 12 + 1 if twelve else at.hour
    number = {"m": at.month, "d": at.day, "h": hour, "min": at.minute, "s": at.second}[letter]
    return f"{number:0{min(count, 2)}d}"


def _month(month: int, count: int, language: str) -> str:
    full = MONTHS[language][month - 1]
    if count == 5:
        return full[0]
    if count == 4:
        return full
    return SHORT_MONTHS_HE[month - 1] if language == "he" else full[:3]


def _day(weekday: int, count: int, language: str) -> str:
    if count >= 4:
        return DAYS[language][weekday]
    return SHORT_DAYS_HE[weekday] if language == "he" else DAYS[language][weekday][:3]
