"""Two small tables of every type, random rows for them, and random expressions over them made from the grammar."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from rules.columns import choice, count, day, longtext, money, multi, table, text, yes
from rules.expression import Between, Binary, Call, Every, Literal, Name, Negative, Node, Not, Some, Today, Type
from rules.table import Book, Place, Table, TableSpec
from tests.rules.sheets import TODAY

COLUMNS = (
    text("name", "שם", key=True),
    count("many", "כמה יש", least=None),
    money("price", "מחיר מלא", least=None),
    day("due", "תאריך יעד"),
    yes("done", "בוצע?"),
    multi("tags", "תגיות"),
    choice("state", "מצב", of="פתוח · סגור/ה"),
    longtext("details", "פירוט רב"),
)
HOME = table("home", "בית", "הבית", *COLUMNS)
OTHER = table("other", "טבלה אחרת", "אחרת", *COLUMNS)
SPECS: tuple[TableSpec, ...] = (HOME, OTHER)

WORDS = ("חגים", "נוער", "תוכנית", "תכנית", 'צח"י')
MANY = st.none() | st.integers(-3, 3)
CELLS: Mapping[str, st.SearchStrategy[Any]] = {
    "name": st.none() | st.sampled_from(WORDS),
    "many": MANY,
    "price": st.none() | st.sampled_from((0, 1, -50, 100, 12_345)),
    "due": st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
    "done": st.none() | st.booleans(),
    "tags": st.none() | st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    "state": st.none() | st.sampled_from(("פתוח", "סגור/ה")),
}


def filled(spec: TableSpec, rows: list[dict[str, Any]]) -> Table:
    """A table of rows of values; what a row does not say is empty."""
    columns = {column.field: [row.get(column.field) for row in rows] for column in spec.columns}
    at = {column.field: place for place, column in enumerate(spec.columns)}
    return Table(spec, Place("book", 0, spec.hebrew), range(1, 1 + len(rows)), columns, at)


ROWS = st.lists(st.fixed_dictionaries(dict(CELLS)), max_size=4)
BOOKS: st.SearchStrategy[Book] = st.tuples(ROWS, ROWS).map(
    lambda both: {"home": filled(HOME, both[0]), "other": filled(OTHER, both[1])}
)

Trees = st.SearchStrategy[Node]
COMPARE = st.sampled_from(("=", "<>", "<", "<=", ">", ">="))
SAME = st.sampled_from(("=", "<>"))


def column(name: str, inner: bool) -> Trees:
    """A column; inside a count or a sum, of either table."""
    return st.builds(Name, st.just(name), of_row=st.booleans() if inner else st.just(False))


def binary(sign: st.SearchStrategy[str] | str, left: Trees, right: Trees) -> Trees:
    """Two values with a sign between them."""
    return st.builds(Binary, st.just(sign) if isinstance(sign, str) else sign, left, right)


def call(function: str, *arguments: Trees) -> Trees:
    """A function of some values."""
    return st.tuples(*arguments).map(lambda given: Call(function, given))


@cache
def numbers(depth: int, inner: bool) -> Trees:
    """Numbers of every form."""
    written = st.sampled_from(("0", "1", "2.5", "100")).map(lambda digits: Literal(Type.NUMBER, Decimal(digits)))
    leaves = written | column("many", inner)
    if depth == 0:
        return leaves
    below, days, sums = numbers(depth - 1, inner), dates(depth - 1, inner), amounts(depth - 1, inner)
    forms = [
        leaves,
        st.builds(Negative, below),
        binary(st.sampled_from("+-*/"), below, below),
        binary("/", sums, sums),
        binary("-", days, days),
        call("round", below),
        call("length", texts(inner) | column("tags", inner)),
        *(call(name, days) for name in ("days_since", "days_until", "year", "month")),
    ]
    if not inner:
        forms.append(call("count", st.just(Name("other")), conditions(depth - 1, True)))
    return st.one_of(forms)


@cache
def amounts(depth: int, inner: bool) -> Trees:
    """Amounts of money of every form."""
    leaves = st.integers(0, 99_999).map(lambda agorot: Literal(Type.MONEY, agorot)) | column("price", inner)
    if depth == 0:
        return leaves
    below, times = amounts(depth - 1, inner), numbers(depth - 1, inner)
    forms = [leaves, binary(st.sampled_from("+-"), below, below), binary(st.sampled_from("*/"), below, times)]
    forms += [binary("*", times, below), call("round", below), st.builds(Negative, below)]
    if not inner:
        forms.append(call("sum", st.just(Name("other")), st.just(Name("price")), conditions(depth - 1, True)))
    return st.one_of(forms)


@cache
def dates(depth: int, inner: bool) -> Trees:
    """Dates of every form."""
    written = st.dates(date(2026, 11, 20), date(2026, 11, 25)).map(lambda each: Literal(Type.DATE, each))
    leaves = written | st.just(Today()) | column("due", inner)
    if depth == 0:
        return leaves
    return leaves | binary(st.sampled_from("+-"), dates(depth - 1, inner), numbers(depth - 1, inner))


def texts(inner: bool) -> Trees:
    """Texts of either form."""
    return st.sampled_from(WORDS).map(lambda word: Literal(Type.TEXT, word)) | column("name", inner)


@cache
def conditions(depth: int, inner: bool = False) -> Trees:
    """Conditions of every form."""
    empty = st.just(Literal(Type.EMPTY, None))
    either = st.booleans().map(lambda value: Literal(Type.BOOL, value))
    forms = [
        binary(COMPARE, numbers(depth, inner), numbers(depth, inner)),
        binary(COMPARE, amounts(depth, inner), amounts(depth, inner)),
        binary(COMPARE, dates(depth, inner), dates(depth, inner)),
        binary(SAME, texts(inner), texts(inner)),
        binary("contains", texts(inner) | column("tags", inner), texts(inner)),
        binary(SAME, st.sampled_from(tuple(CELLS)).flatmap(lambda name: column(name, inner)), empty),
        binary(SAME, column("done", inner), either),
        column("done", inner),
        st.builds(Between, numbers(depth, inner), numbers(depth, inner), numbers(depth, inner)),
    ]
    if depth:
        below = conditions(depth - 1, inner)
        several = st.lists(below, min_size=2, max_size=3).map(tuple)
        forms += [st.builds(Not, below), several.map(Every), several.map(Some)]
    return st.one_of(forms)
