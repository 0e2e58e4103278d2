"""Which conditional format a cell takes: the first rule of the sheet that is true for it."""

from collections.abc import Callable, Iterator
from datetime import date

from sheets_sync.embedded import ranges, refs
from sheets_sync.embedded.dates import serial_of
from sheets_sync.embedded.entered import read
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import ErrorValue, Sheet, Spreadsheet, Value
from sheets_sync.embedded.ranges import Area

Evaluate = Callable[[list[str]], list[Value]]
Place = tuple[int, int]
MOST_CELLS = 50_000

NUMBER_TESTS: dict[str, Callable[[float, list[float]], bool]] = {
    "NUMBER_GREATER": lambda v, a: v > a[0],
    "NUMBER_GREATER_THAN_EQ": lambda v, a: v >= a[0],
    "NUMBER_LESS": lambda v, a: v < a[0],
    "NUMBER_LESS_THAN_EQ": lambda v, a: v <= a[0],
    "NUMBER_EQ": lambda v, a: v == a[0],
    "NUMBER_NOT_EQ": lambda v, a: v != a[0],
    "NUMBER_BETWEEN": lambda v, a: min(a) <= v <= max(a),
    "NUMBER_NOT_BETWEEN": lambda v, a: not min(a) <= v <= max(a),
    "DATE_EQ": lambda v, a: int(v) == int(a[0]),
    "DATE_BEFORE": lambda v, a: v < a[0],
    "DATE_AFTER": lambda v, a: v >= a[0] + 1,
    "DATE_ON_OR_BEFORE": lambda v, a: v < a[0] + 1,
    "DATE_ON_OR_AFTER": lambda v, a: v >= a[0],
    "DATE_BETWEEN": lambda v, a: min(a) <= v < max(a) + 1,
}
TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, part: part in text,
    "TEXT_NOT_CONTAINS": lambda text, part: part not in text,
    "TEXT_STARTS_WITH": lambda text, part: text.startswith(part),
    "TEXT_ENDS_WITH": lambda text, part: text.endswith(part),
    "TEXT_EQ": lambda text, part: text == part,
}


def formats(book: Spreadsheet, sheet: Sheet, shown: Area, evaluate: Evaluate, today: date) -> dict[Place, JSON]:
    """The conditional format of each cell of the area that has one. Gradient rules are passed over."""
    found: dict[Place, JSON] = {}
    for rule in sheet.items("conditionalFormats"):
        boolean = rule.get("booleanRule")
        if boolean is None:
            continue
        for place in _true_places(book, sheet, rule, shown, evaluate, today):
            found.setdefault(place, boolean.get("format", {}))
    return found


def _true_places(
    book: Spreadsheet, sheet: Sheet, rule: JSON, shown: Area, evaluate: Evaluate, today: date
) -> list[Place]:
    condition = rule["booleanRule"].get("condition", {})
    places = list(_places(book, rule, shown))[:MOST_CELLS]
    arguments = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    if condition.get("type") == "CUSTOM_FORMULA" and arguments:
        first = rule["ranges"][0]
        corner = min(r.get("startRowIndex", 0) for r in rule["ranges"]), first.get("startColumnIndex", 0)
        return _by_formula(sheet, arguments[0], corner, places, evaluate)
    relative = [value.get("relativeDate") for value in condition.get("values", [])]
    locale = str(book.properties.get("locale", "en_US"))
    numbers = [_number(text, day, evaluate, locale, today) for text, day in zip(arguments, relative, strict=True)]
    return [place for place in places if holds(condition.get("type", ""), sheet.effective(*place), arguments, numbers)]


def _places(book: Spreadsheet, rule: JSON, shown: Area) -> Iterator[Place]:
    for found in rule["ranges"]:
        area = ranges.from_grid(book, found)
        for row in range(max(area.top, shown.top), min(area.bottom, shown.bottom)):
            for column in range(max(area.left, shown.left), min(area.right, shown.right)):
                yield row, column


def _by_formula(sheet: Sheet, formula: str, corner: Place, places: list[Place], evaluate: Evaluate) -> list[Place]:
    """Each place's formula, relative to the corner; equal ones are worked out once."""
    texts = {
        place: refs.qualified(refs.translate(formula, place[0] - corner[0], place[1] - corner[1]), sheet.title)
        for place in places
    }
    distinct = list(dict.fromkeys(texts.values()))
    values = dict(zip(distinct, evaluate(distinct), strict=True))
    return [place for place in places if _is_true(values[texts[place]])]


def _is_true(value: Value) -> bool:
    return bool(value) and not isinstance(value, ErrorValue | str)


def _number(text: str, relative: str | None, evaluate: Evaluate, locale: str, today: date) -> float | None:
    """The number of a condition's value, which is read as typed into a cell: a date, a percentage, a formula."""
    if relative:
        days = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1, "PAST_WEEK": -7, "PAST_MONTH": -30, "PAST_YEAR": -365}
        return serial_of(today) + days.get(relative, 0)
    if text.startswith("="):
        value = evaluate([text])[0]
        return float(value) if isinstance(value, int | float) else None
    typed = read(text, locale, today).value
    return float(typed) if isinstance(typed, int | float) else None


def holds(kind: str, value: Value, arguments: list[str], numbers: list[float | None]) -> bool:
    """Whether a value meets a condition of that type."""
    if kind == "BLANK":
        return value in (None, "")
    if kind == "NOT_BLANK":
        return value not in (None, "")
    if kind in TEXT_TESTS:
        shown = "" if value is None or isinstance(value, ErrorValue) else str(value)
        return bool(arguments) and TEXT_TESTS[kind](shown.casefold(), arguments[0].casefold())
    if kind not in NUMBER_TESTS or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and bool(known) and NUMBER_TESTS[kind](float(value), known)
