"""Columns at a glance: cells that need no closer look are read in one pass, and every other cell is left None.

What is given here is what `values.read_cell` gives for the cell, without anything to say about it; it is only faster.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from rules.dates import EPOCH, FIRST, LAST, SECONDS
from rules.numbers import BOUND, read_money
from rules.table import Cell, Column, Kind

Glance: TypeAlias = Callable[[Column, Sequence[Cell], int], list[Any]]

PECULIAR = re.compile(
    r"[#\-–—־\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
"""What errors, lone dashes, hidden characters and odd spaces have; one set, since that is searched fastest."""

WAITING = ("Loading", "טוען")
PHONE = re.compile(r"(?:05[0-9]|07[0-9]|0[23489])-?[0-9]{7}")
OTHER_PHONE = re.compile(r"^(?!05[0-9]-[0-9]{7}$)", re.MULTILINE)
"""Where a line begins that is no mobile phone as people write it."""

EMAIL = re.compile(r"[A-Za-z0-9_+%-]++(?:\.[A-Za-z0-9_+%-]++)*+@(?:[a-z0-9]++[.-])*+(?<=\.)(?:com|net|org|il)")
"""Addresses of which nobody doubts that they are possible; up to 60 characters."""

SECOND = timedelta(seconds=1)
DAY_ZERO = EPOCH.toordinal()


def texts(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Texts without peculiar characters; spaces around them are taken off."""
    values: list[Any] = list(cells)
    try:
        joined = "\n".join(values)
    except TypeError:  # not texts alone
        values = [cell if cell.__class__ is str else "" for cell in cells]
        joined = "\n".join(values)
    if joined.count("\n") >= len(values) or any(word in joined for word in WAITING):
        return [_text(value) for value in values]
    lines = f"\n{joined}\n"
    if any(edge in lines for edge in ("\n\n", "\n ", " \n")):
        values = [value.strip() or None for value in values]
    row = at = 0
    for match in PECULIAR.finditer(joined):
        row, at = row + joined.count("\n", at, match.start()), match.start()
        values[row] = None
    return values


def _text(cell: str) -> str | None:
    text = cell.strip()
    return None if PECULIAR.search(text) or text.startswith(WAITING) else text or None


def names(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Texts of which a column has few, each many times."""
    known = {cell: _text(cell) for cell in set(cells) if isinstance(cell, str)}
    return [known.get(cell) for cell in cells]  # type: ignore[arg-type]


def phones(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Phones of this country, with or without their hyphen."""
    joined = "\n".join(map(str, cells))
    if joined.count("\n") >= len(cells):
        return [_phone(cell) for cell in cells]
    values = list(cells)
    row = at = 0
    for match in OTHER_PHONE.finditer(joined):
        row, at = row + joined.count("\n", at, match.start()), match.start()
        values[row] = _phone(values[row])
    return values


def _phone(cell: Cell) -> str | None:
    if not isinstance(cell, str) or not PHONE.fullmatch(cell):
        return None
    return cell if cell[-8] == "-" else f"{cell[:-7]}-{cell[-7:]}"


def emails(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Common addresses."""
    match = EMAIL.fullmatch
    return [cell if cell.__class__ is str and match(cell) and len(cell) <= 60 else None for cell in cells]


def moments(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Serials with a time of day."""
    return [
        EPOCH + SECOND * round(cell * SECONDS) if cell.__class__ is float and FIRST <= cell < LAST else None
        for cell in cells
    ]


def days(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Serials of whole days."""
    day = date.fromordinal
    return [day(cell + DAY_ZERO) if cell.__class__ is int and FIRST <= cell < LAST else None for cell in cells]


def whole(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Whole numbers."""
    return [cell if cell.__class__ is int and -BOUND < cell < BOUND else None for cell in cells]


def shekels(_column: Column, cells: Sequence[Cell], scale: int) -> list[Any]:
    """Amounts; a column has few, each many times."""
    known: dict[Cell, Any] = {cell: read_money(cell, scale)[0] for cell in set(cells) if cell.__class__ in (int, float)}
    return [None if cell.__class__ is bool else known.get(cell) for cell in cells]


def ticks(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Checkboxes."""
    return [cell if cell.__class__ is bool else None for cell in cells]


def declared(column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Choices as they are declared."""
    known = {choice: choice for choice in column.choices}
    return [known.get(cell) for cell in cells]  # type: ignore[arg-type]


def none(_column: Column, cells: Sequence[Cell], _scale: int) -> list[Any]:
    """Kinds of which each distinct cell is looked at."""
    return [None] * len(cells)


GLANCES: Mapping[Kind, Glance] = {
    Kind.TEXT: texts,
    Kind.LONGTEXT: texts,
    Kind.REF: names,
    Kind.PHONE: phones,
    Kind.EMAIL: emails,
    Kind.DATETIME: moments,
    Kind.DATE: days,
    Kind.INT: whole,
    Kind.MONEY: shekels,
    Kind.BOOL: ticks,
    Kind.CHOICE: declared,
}
