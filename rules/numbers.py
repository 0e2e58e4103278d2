"""Numbers: whole numbers, money as exact agorot, and percent; also where people typed them as text."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from rules.cell import Read, Trouble, out_of_range, unreadable
from rules.finding import ProblemKind
from rules.table import Cell

BOUND = 10**13
"""Numbers from here on are no counts and no shekels; below it a float holds agorot exactly."""

PRECISION = Decimal("0.0001")
CURRENCY = re.compile(r"₪|ש\s?[\"'״׳”]{0,2}\s?ח|שקלים|שקל|NIS|ILS|%", re.IGNORECASE)
MINUS = re.compile(r"^[-−–](.*)$|^(.*)[-−–]$|^\((.*)\)$")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:[, '][0-9]{3})+(?:\.[0-9]+)?")
DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
DOT_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
INSIDE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def parse_number(text: str) -> Decimal | None:
    """The number that a text means: with ₪, thousands commas, a decimal comma, a trailing minus, brackets.

    `1.240` means 1,240 to one and 1.24 to another: None, as is whatever else is not surely one number.
    """
    digits = CURRENCY.sub("", unicodedata.normalize("NFKC", text)).strip()
    negative = MINUS.match(digits)
    if negative:
        digits = next(part for part in negative.groups() if part is not None).strip()
    digits = digits.removeprefix("+")
    number = _digits(digits)
    return -number if negative and number is not None else number


def _digits(digits: str) -> Decimal | None:
    if DOT_GROUPED.fullmatch(digits):
        return None
    if PLAIN.fullmatch(digits):
        return Decimal(digits)
    if GROUPED.fullmatch(digits):
        return Decimal(re.sub("[, ']", "", digits))
    if DECIMAL_COMMA.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return None


def number_inside(text: str) -> int | float | None:
    """The one number inside a text such as `כ-30 ילדים`, to be proposed; None where there is not exactly one."""
    if DOT_GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    found = [match[0].replace(",", "") for match in INSIDE.finditer(text)]
    return as_cell(Decimal(found[0])) if len(found) == 1 and len(found[0]) < 13 else None


def as_cell(number: Decimal) -> int | float:
    """A number as Google takes it: whole numbers as int."""
    return int(number) if number == number.to_integral_value() else float(number)


def read_int(cell: Cell) -> Read:
    """A whole number."""
    if isinstance(cell, str):
        number = parse_number(cell)
        if number is None or number != number.to_integral_value():
            return unreadable(number_inside(cell))
        if abs(number) >= BOUND:
            return out_of_range()
        return int(number), Trouble(ProblemKind.TEXT_NUMBER, int(number))
    if cell is None or not -BOUND < cell < BOUND:
        return out_of_range()
    return (int(cell), None) if cell == int(cell) else unreadable()


def read_money(cell: Cell, scale: int = 1) -> Read:
    """An amount in agorot; `scale` is 1000 where the header says thousands of shekels. Halves are rounded up."""
    if isinstance(cell, str):
        number = parse_number(cell)
        if number is None:
            return unreadable(number_inside(cell))
        if abs(number) >= BOUND:
            return out_of_range()
        return _agorot(number * scale), Trouble(ProblemKind.TEXT_NUMBER, as_cell(number))
    if cell is None or not -BOUND < cell < BOUND:
        return out_of_range()
    if isinstance(cell, int):
        return cell * 100 * scale, None
    agorot = round(cell * 100)
    if agorot / 100 == cell:  # the float nearest to so many agorot: no remainder to round
        return agorot * scale, None
    return _agorot(Decimal(repr(cell)) * scale), None


def _agorot(shekels: Decimal) -> int:
    return int((shekels * 100).quantize(Decimal(1), ROUND_HALF_UP))


def write_money(agorot: int, scale: int = 1) -> int | float:
    """An amount in agorot as a number of shekels (or of thousands of them)."""
    whole, rest = divmod(agorot, 100 * scale)
    return as_cell(Decimal(agorot) / (100 * scale)) if rest else whole


def read_percent(cell: Cell) -> Read:
    """Points of a hundred to four decimals, int where whole.

    Google keeps 87% as 0.87; a number over 10 in size is taken as points, as `87%` in a text is.
    """
    if isinstance(cell, bool):
        return unreadable()
    if isinstance(cell, str):
        number = parse_number(cell)
        if number is None:
            return unreadable(number_inside(cell))
        if abs(number) >= BOUND:
            return out_of_range()
        points = as_cell(number.quantize(PRECISION))
        return points, Trouble(ProblemKind.TEXT_NUMBER, write_percent(points))
    if cell is None or not -BOUND < cell < BOUND:
        return out_of_range()
    number = Decimal(repr(cell))
    return as_cell((number * 100 if abs(number) <= 10 else number).quantize(PRECISION)), None


def write_percent(points: int | float) -> int | float:
    """Points of a hundred as Google keeps them."""
    number = Decimal(repr(points))
    return as_cell(number / 100 if abs(number) <= 1000 else number)
