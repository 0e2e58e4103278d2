"""Running an expression over rows: the state of a run with its bound on steps, and what the signs do to values.

Values are int or Fraction (numbers; agorot), date, str, tuple of str, bool, and None for empty. Arithmetic with empty
is empty; empty is neither equal to, nor more, nor less than anything; as a condition it does not hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any, TypeAlias

from rules.expression import Type
from rules.names import fold
from rules.table import Book

MAX_STEPS = 2_000_000
"""A step is a node at a row; so many take about a second."""

MAX_NUMBER = 10**30
LETTERS_A_STEP = 10
"""Folding so many letters takes about as long as a step."""

Value: TypeAlias = Any


class Stopped(Exception):
    """A run that came to its bound; it never leaves `own_rules`."""


@dataclass
class Run:
    """What an expression sees while it runs: the tables, today, the row and the other table's row."""

    book: Book
    today: date
    left: int = MAX_STEPS
    row: int = 0
    other: int = 0
    indexes: dict[int, Mapping[Any, list[int]]] = field(default_factory=dict)

    def spend(self, steps: int = 1) -> None:
        """Count steps; raises Stopped where none are left."""
        self.left -= steps
        if self.left < 0:
            raise Stopped


Part: TypeAlias = Callable[[Run], Value]
"""A node that can be run."""


def counted(part: Part) -> Part:
    """The same part, at the cost of a step each time."""

    def run(state: Run) -> Value:
        state.left -= 1
        if state.left < 0:
            raise Stopped
        return part(state)

    return run


def plain(value: Value, type: Type) -> Value:
    """A cell's value as its type: a moment is its day, an unticked or empty yes-or-no is no."""
    if type is Type.BOOL:
        return bool(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return Fraction(str(value))
    return str(value) if type is Type.TEXT and value is not None else value


def comparable(value: Value, state: Run) -> Value:
    """The form in which values are equal: texts folded, at a cost by their length."""
    if isinstance(value, str):
        state.spend(len(value) // LETTERS_A_STEP)
        return fold(value)
    return value


def equal(left: Value, right: Value, state: Run) -> bool:
    """Whether two values are the same; empty is the same as nothing."""
    return left is not None and right is not None and bool(comparable(left, state) == comparable(right, state))


def different(left: Value, right: Value, state: Run) -> bool:
    """Whether two values differ; of two empty ones neither does."""
    return bool(comparable(left, state) != comparable(right, state))


def contains(left: Value, right: Value, state: Run) -> bool:
    """Whether a text has another in it, or a list has it as one of its values."""
    wanted = comparable(right, state)
    if left is None or not wanted:
        return False
    if isinstance(left, tuple):
        return any(comparable(item, state) == wanted for item in left)
    return wanted in comparable(left, state)


ORDER: Mapping[str, Callable[[Value, Value], bool]] = {
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
}


def add(left: Value, right: Value) -> Value:
    """Numbers, or a day and a number of days."""
    if isinstance(left, date):
        return moved(left, right)
    return moved(right, left) if isinstance(right, date) else bounded(left + right)


def subtract(left: Value, right: Value) -> Value:
    """Numbers; the days between two days; or a day so many days before."""
    if isinstance(left, date):
        return (left - right).days if isinstance(right, date) else moved(left, -right)
    return bounded(left - right)


def multiply(left: Value, right: Value) -> Value:
    """Numbers."""
    return bounded(left * right)


def divide(left: Value, right: Value) -> Value:
    """Numbers; empty where the divisor is 0."""
    return bounded(Fraction(left) / right) if right else None


ARITHMETIC: Mapping[str, Callable[[Value, Value], Value]] = {"+": add, "-": subtract, "*": multiply, "/": divide}


def bounded(value: Value) -> Value:
    """A number that is not out of all proportion; raises Stopped."""
    if abs(value.numerator) > MAX_NUMBER or value.denominator > MAX_NUMBER:
        raise Stopped
    return value


def moved(day: date, days: Value) -> date | None:
    """A day so many whole days later; None beyond the calendar."""
    try:
        return day + timedelta(days=floor(days))
    except OverflowError:
        return None


def rounded(value: Value, unit: int) -> int:
    """To the nearest multiple of a unit, halves up."""
    return floor(Fraction(value) / unit + Fraction(1, 2)) * unit
