"""Judging a row agrees with a plain reading of the tree, whatever the expression and the rows."""

import math
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings

from rules.expression import Between, Binary, Call, Every, Literal, Name, Negative, Node, Not, Some, Today, children
from rules.expression_check import Scope, check_condition
from rules.expression_run import Run
from rules.names import fold
from rules.table import Book
from tests.rules.expressions import BOOKS, HOME, SPECS, conditions
from tests.rules.sheets import TODAY


@settings(max_examples=400)
@given(conditions(3), BOOKS)
def test_judging_agrees_with_a_plain_reading(tree: Node, book: Book) -> None:
    condition = check_condition(tree, Scope(SPECS, HOME)).run
    run = Run(book, TODAY)
    for row in range(len(book["home"])):
        run.row = row
        assert bool(condition(run)) is bool(plainly(tree, book, row, None))


def plainly(node: Node, book: Book, row: int, other: int | None) -> Any:
    """The value of a node at a row, read slowly: every row of the other table is looked at, nothing is shared."""

    def value(below: Node) -> Any:
        return plainly(below, book, row, other)

    match node:
        case Literal(value=written):
            return Fraction(written) if isinstance(written, Decimal) else written
        case Today():
            return TODAY
        case Name():
            return bool(cell(node, book, row, other)) if node.text == "done" else cell(node, book, row, other)
        case Binary(sign=sign, left=Name() as left, right=Literal(value=None)):
            return (cell(left, book, row, other) in (None, ())) is (sign == "=")
        case Binary(sign=sign, left=left, right=right):
            return SIGNS[sign](value(left), value(right))
        case Call(function="count" | "sum"):
            prices = [book["other"]["price"][each] or 0 for each in rows(node, book, row)]
            return len(prices) if node.function == "count" else sum(prices)
        case Call(function=function, arguments=(argument,)):
            return of_one(function, value(argument), is_money(argument))
    return composed(node, [value(below) for below in children(node)])


def composed(node: Node, values: list[Any]) -> Any:
    """The value of a node that is no more than the values below it."""
    match node:
        case Negative():
            return None if values[0] is None else -values[0]
        case Not():
            return not values[0]
        case Every():
            return all(values)
        case Some():
            return any(values)
        case Between():
            return None not in values and values[1] <= values[0] <= values[2]
    raise AssertionError(node)


def cell(node: Name, book: Book, row: int, other: int | None) -> Any:
    if other is None or node.of_row:
        return book["home"][node.text][row]
    return book["other"][node.text][other]


def rows(node: Call, book: Book, row: int) -> Iterator[int]:
    return (each for each in range(len(book["other"])) if plainly(node.arguments[-1], book, row, each))


def of_one(function: str, value: Any, money: bool) -> Any:
    if value is None:
        return None
    match function:
        case "days_since":
            return (TODAY - value).days
        case "days_until":
            return (value - TODAY).days
        case "round":
            unit = 100 if money else 1
            low = math.floor(Fraction(value) / unit)
            return (low + (Fraction(value) / unit - low >= Fraction(1, 2))) * unit
        case "length":
            return len(value)
    return getattr(value, function)


def is_money(node: Node) -> bool:
    match node:
        case Literal(type=type):
            return type == "money"
        case Name(text=text):
            return text == "price"
        case Negative(of=of):
            return is_money(of)
        case Binary(sign="/", left=left, right=right):
            return is_money(left) and not is_money(right)
        case Binary(left=left, right=right):
            return is_money(left) or is_money(right)
        case Call(function=function, arguments=arguments):
            return function == "sum" or (function == "round" and is_money(arguments[0]))
    return False


def both(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: None if left is None or right is None else work(left, right)


def normal(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def plus(left: Any, right: Any) -> Any:
    if not isinstance(left, date):
        return left + right
    try:
        return left + timedelta(days=math.floor(right))
    except OverflowError:
        return None


def minus(left: Any, right: Any) -> Any:
    if isinstance(right, date):
        return (left - right).days
    return plus(left, -right)


def has(left: Any, right: Any) -> bool:
    if isinstance(left, tuple):
        return normal(right) in map(normal, left)
    return normal(right) in normal(left)


SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": both(lambda left, right: normal(left) == normal(right)),
    "<>": lambda left, right: normal(left) != normal(right),
    "<": both(lambda left, right: left < right),
    "<=": both(lambda left, right: left <= right),
    ">": both(lambda left, right: left > right),
    ">=": both(lambda left, right: left >= right),
    "contains": both(has),
    "+": both(plus),
    "-": both(minus),
    "*": both(lambda left, right: left * right),
    "/": both(lambda left, right: Fraction(left) / right if right else None),
}
