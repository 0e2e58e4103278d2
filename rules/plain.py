"""Columns at a glance: cells that need no closer look are read in one pass, and every other cell is left None.

What is given here is what `values.read_cell` gives for the cell, without anything to say about it; it is only faster.
A column of kinds of FEW holds few different cells, each many times: it is its different cells that are looked at.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import compress, count, repeat
from operator import is_, not_
from typing import Any, TypeAlias

from rules.dates import EPOCH, FIRST, LAST
from rules.numbers import BOUND, read_money
from rules.table import Cell, Column, Kind

Glance: TypeAlias = Callable[[Column, Sequence[Cell]], tuple[list[Any], Iterable[int]]]
"""Gives a column's values, and the rows whose cell needs a closer look."""
Different: TypeAlias = Callable[[Column, Set[Cell], int], Mapping[Cell, Any]]

PECULIAR = re.compile(
    r"[#\-–—־\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
"""What errors, lone dashes, hidden characters and odd spaces have; one set, since that is searched fastest."""

WAITING = ("Loading", "טוען")
ODD_BEGINNINGS = ("#", "-", "–", "—", "־", *WAITING)
"""How errors and lone dashes begin, and cells that still wait for their value."""

PHONE = re.compile(r"(?:05[0-9]|07[0-9]|0[23489])-?[0-9]{7}")
MOBILES = re.compile(r"(?:(?:05[0-9]-[0-9]{7})?\n)*+")
"""Lines that are empty, or mobile phones as people write them."""

EMAILS = re.compile(
    r"(?:(?:(?=.{1,60}\n)[A-Za-z0-9_+%-]++(?:\.[A-Za-z0-9_+%-]++)*+@(?:[a-z0-9]++[.-])++(?<=\.)(?:com|net|org|il))?\n)*+"
)
"""Lines that are empty, or addresses of which nobody doubts that they are possible; up to 60 characters."""

DAY_ZERO = EPOCH.toordinal()


def texts(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Texts of printable characters; spaces around them are taken off."""
    others: list[int] = []
    try:
        values: list[Any] = [*map(str.strip, cells)]  # type: ignore[arg-type]
    except TypeError:  # not texts alone
        values = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
        others = [row for row, cell in enumerate(cells) if cell is not None and not isinstance(cell, str)]
    joined = "".join(values)
    if not joined.isprintable() or any(map(joined.__contains__, ODD_BEGINNINGS)):
        others += _odd(values)
        for row in others:
            values[row] = ""
    return [value or None for value in values] if "" in values else values, others


def _odd(values: Sequence[str]) -> list[int]:
    """The rows of texts that are not plain; few, so that only those that may be are asked."""
    odd = {*compress(count(), map(not_, map(str.isprintable, values)))}
    if any(map("".join(values).__contains__, ODD_BEGINNINGS)):
        odd |= {row for row, value in enumerate(values) if value.startswith(ODD_BEGINNINGS)}
    return [row for row in odd if not _is_plain(values[row])]


def _is_plain(text: str) -> bool:
    """Whether a text has only lines of printable characters, and does not begin as errors and dashes do."""
    return (text.isprintable() or text.replace("\n", " ").isprintable()) and not text.startswith(ODD_BEGINNINGS)


def phones(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Phones of this country, with or without their hyphen."""
    values = [cell or None for cell in cells] if "" in cells else list(cells)
    others = [*_others(MOBILES, cells)]
    for row in others:
        values[row] = _phone(values[row])
    return values, [row for row in others if values[row] is None]


def _phone(cell: Cell) -> str | None:
    if not isinstance(cell, str) or not PHONE.fullmatch(cell):
        return None
    return cell if cell[-8] == "-" else f"{cell[:-7]}-{cell[-7:]}"


def emails(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Common addresses."""
    values = [cell or None for cell in cells] if "" in cells else list(cells)
    others = [*_others(EMAILS, cells)]
    for row in others:
        values[row] = None
    return values, others


def _others(lines_like: re.Pattern[str], cells: Sequence[Cell]) -> Iterator[int]:
    """The rows of the cells that are no line of a pattern of any number of lines; all where one has several lines."""
    try:
        lines = "\n".join((*cells, ""))  # type: ignore[arg-type]
    except TypeError:  # not texts alone
        lines = "\n".join((*map(str, cells), ""))
    if lines.count("\n") != len(cells):
        yield from range(len(cells))
        return
    row = at = 0
    while row < len(cells):
        end = lines_like.match(lines, at).end()  # type: ignore[union-attr]
        row += lines.count("\n", at, end)
        if row < len(cells):
            yield row
            row, at = row + 1, lines.index("\n", end) + 1


def moments(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Serials with a time of day, as they are: see `late.Late`."""
    first, last = float(FIRST), float(LAST)
    return _unread(cells, [cell if cell.__class__ is float and first <= cell < last else None for cell in cells])


def days(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Serials of whole days."""
    day = date.fromordinal
    return _unread(
        cells, [day(cell + DAY_ZERO) if cell.__class__ is int and FIRST <= cell < LAST else None for cell in cells]
    )


def whole(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Whole numbers."""
    return _unread(cells, [cell if cell.__class__ is int and -BOUND < cell < BOUND else None for cell in cells])


def ticks(_column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Checkboxes."""
    return _unread(cells, [cell if cell.__class__ is bool else None for cell in cells])


def declared(column: Column, cells: Sequence[Cell]) -> tuple[list[Any], Iterable[int]]:
    """Choices as they are declared."""
    return _unread(cells, [*map(_as_declared(column.choices).get, cells)])


def _unread(cells: Sequence[Cell], values: list[Any]) -> tuple[list[Any], Iterable[int]]:
    """The values, and the rows of filled cells that have none."""
    return values, [row for row in empty_positions(values) if (cell := cells[row]) is not None and cell != ""]


def empty_positions(values: Sequence[Any]) -> Iterator[int]:
    """The positions of None in a column, found as fast as a list is searched: one by one where they are few."""
    if (empty := values.count(None)) * 8 > len(values):
        yield from compress(count(), map(is_, values, repeat(None)))
        return
    row = -1
    for _ in range(empty):
        row = values.index(None, row + 1)
        yield row


@lru_cache(maxsize=1024)
def _as_declared(choices: tuple[str, ...]) -> Mapping[Cell, Any]:
    return {choice: choice for choice in choices}


def names(column: Column, cells: Set[Cell], _scale: int) -> Mapping[Cell, Any]:
    """Texts."""
    found = [cell for cell in cells if isinstance(cell, str)]
    values, _ = texts(column, found)
    return {cell: value for cell, value in zip(found, values, strict=True) if value is not None}


def shekels(_column: Column, cells: Set[Cell], scale: int) -> Mapping[Cell, Any]:
    """Amounts."""
    return {cell: read_money(cell, scale)[0] for cell in cells if isinstance(cell, int | float) and abs(cell) < BOUND}


def none(_column: Column, _cells: Set[Cell], _scale: int) -> Mapping[Cell, Any]:
    """Kinds of which each different cell is looked at."""
    return {}


GLANCES: Mapping[Kind, Glance] = {
    Kind.TEXT: texts,
    Kind.LONGTEXT: texts,
    Kind.PHONE: phones,
    Kind.EMAIL: emails,
    Kind.DATETIME: moments,
    Kind.DATE: days,
    Kind.INT: whole,
    Kind.BOOL: ticks,
    Kind.CHOICE: declared,
}

FEW: Mapping[Kind, Different] = {
    Kind.REF: names,
    Kind.MONEY: shekels,
    Kind.MULTI: none,
    Kind.PERCENT: none,
    Kind.TIME: none,
    Kind.URL: none,
    Kind.NATIONAL_ID: none,
}
