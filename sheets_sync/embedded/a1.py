"""A1 notation: read, and written as Google writes it."""

import re
from dataclasses import dataclass
from functools import cache

CELL = re.compile(r"^\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?$")
PLAIN_TITLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
LOOKS_LIKE_CELL = re.compile(r"^([A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[Rr]\d+|[Cc]\d+)$")


@dataclass(frozen=True)
class Span:
    """A rectangle, half open, from 0; None where the notation leaves a side open."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    @property
    def one_cell(self) -> bool:
        """Whether exactly one cell is meant."""
        sides = (self.top, self.bottom, self.left, self.right)
        if None in sides:
            return False
        return (self.bottom, self.right) == ((self.top or 0) + 1, (self.left or 0) + 1)


@cache
def column_name(index: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def column_index(name: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """A sheet's title as ranges show it: in quotes unless plain ASCII that cannot be taken for a cell."""
    if PLAIN_TITLE.match(title) and not LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def split_title(text: str) -> tuple[str | None, str]:
    """`'my tab'!A1` → (`my tab`, `A1`); without a title (None, text); a quoted title alone → (title, '')."""
    if text.startswith("'"):
        match = re.match(r"^'((?:[^']|'')*)'(?:!(.*))?$", text, re.DOTALL)
        if match:
            return match[1].replace("''", "'"), match[2] or ""
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = CELL.match(text)
    if not match or not text:
        return None
    column = column_index(match[1]) if match[1] else None
    return (int(match[2]) - 1 if match[2] else None), column


def parse(text: str) -> Span | None:
    """The rectangle of `A1`, `A1:B2`, `A:C`, `2:5`, `A2:B`; None when it is not A1 notation."""
    first, mark, second = text.partition(":")
    start = _corner(first)
    if start is None:
        return None
    if not mark:
        row, column = start
        return None if row is None or column is None else Span(row, row + 1, column, column + 1)
    end = _corner(second)
    if end is None:
        return None
    return _between(start, end)


def _between(start: tuple[int | None, int | None], end: tuple[int | None, int | None]) -> Span | None:
    if (start[1] is None) != (end[1] is None) and None in (start[0], end[0]):
        # Like A5:7 or 5:B: one side open on the column; Google reads the open side as the grid's edge.
        left = start[1] if start[1] is not None else end[1]
        return Span(_low(start[0], end[0]), _after(start[0], end[0]), left, None)
    top = start[0] if end[0] is None else end[0] if start[0] is None else min(start[0], end[0])
    bottom = None if start[0] is None or end[0] is None else max(start[0], end[0]) + 1
    return Span(top, bottom, _low(start[1], end[1]), _after(start[1], end[1]))


def _low(a: int | None, b: int | None) -> int | None:
    known = [side for side in (a, b) if side is not None]
    return min(known) if known else None


def _after(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else max(a, b) + 1


def show(span: Span) -> str:
    """A rectangle in A1 notation, open sides left open; '' for a whole sheet."""
    if (span.top, span.bottom, span.left, span.right) == (None, None, None, None):
        return ""
    first = _show_corner(span.top, span.left, (span.bottom is None and span.top is None, span.left is None))
    if span.one_cell:
        return first
    last = _show_corner(
        None if span.bottom is None else span.bottom - 1, None if span.right is None else span.right - 1, (False, False)
    )
    return f"{first}:{last}" if last else first


def _show_corner(row: int | None, column: int | None, hidden: tuple[bool, bool]) -> str:
    letters = "" if column is None or hidden[1] else column_name(column)
    return letters + ("" if row is None or hidden[0] else str(row + 1))
