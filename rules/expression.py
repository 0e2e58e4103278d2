"""The language of a person's own rules: its tree, and the tree as text.

A tree knows nothing of tables: `expression_parser` makes it of a text, `expression_check` finds its columns and types
and makes of it what can be run. `at` is the 0-based character a node begins at; two trees are equal wherever their
text stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

MAX_LENGTH = 1000
"""Characters of an expression or a message."""

MAX_NODES = 200
MAX_DEPTH = 40
"""Of nodes below each other, and of parentheses inside each other."""


class Type(StrEnum):
    """What a value is. Money is agorot; a list is the several values of one cell."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    LIST = "list"
    BOOL = "yes or no"
    EMPTY = "empty"

    @property
    def hebrew(self) -> str:
        """The type's name for people."""
        return TYPE_NAMES[self]


TYPE_NAMES = {
    Type.NUMBER: "מספר",
    Type.MONEY: "סכום כסף",
    Type.DATE: "תאריך",
    Type.TEXT: "טקסט",
    Type.LIST: "כמה ערכים",
    Type.BOOL: "כן או לא",
    Type.EMPTY: "ריק",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part of a tree, with where it begins, how deep it is and how many parentheses stand inside each other."""

    at: int = field(default=0, compare=False)
    depth: int = field(default=1, compare=False)
    parentheses: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as it is written: Decimal, agorot, date, text, bool, or None for empty."""

    type: Type
    value: Decimal | int | date | str | bool | None


@dataclass(frozen=True, slots=True)
class Today(Node):
    """The day the rule runs on."""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A column of the table at hand, or a table; `of_row` is one of the rule's row, inside a count or a sum."""

    text: str
    of_row: bool = False


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A minus before a value."""

    of: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    of: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two values and `+ - * / = <> < <= > >=` or `contains` between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A value from one to another, both included."""

    of: Node
    least: Node
    most: Node


@dataclass(frozen=True, slots=True)
class Every(Node):
    """Conditions that must all hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some(Node):
    """Conditions of which one must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the list, by its English name."""

    function: str
    arguments: tuple[Node, ...]


FUNCTIONS = {
    "days_since": "ימים_מאז",
    "days_until": "ימים_עד",
    "count": "ספירה",
    "sum": "סכום",
    "round": "עיגול",
    "length": "אורך",
    "year": "שנה",
    "month": "חודש",
}
"""All the functions there are: English name → Hebrew name."""

USAGE: dict[str, tuple[str, str]] = {
    "days_since": ("ימים_מאז(תאריך)", "days_since(date)"),
    "days_until": ("ימים_עד(תאריך)", "days_until(date)"),
    "count": ("ספירה(טבלה; תנאי)", "count(table; condition)"),
    "sum": ("סכום(טבלה; עמודה; תנאי)", "sum(table; column; condition)"),
    "round": ("עיגול(מספר)", "round(number)"),
    "length": ("אורך(טקסט)", "length(text)"),
    "year": ("שנה(תאריך)", "year(date)"),
    "month": ("חודש(תאריך)", "month(date)"),
}
"""How each is written, in Hebrew and in English."""

Children: TypeAlias = tuple[Node, ...]


def children(node: Node) -> Children:
    """The nodes directly below a node."""
    match node:
        case Negative(of=of) | Not(of=of):
            return (of,)
        case Binary(left=left, right=right):
            return (left, right)
        case Between(of=of, least=least, most=most):
            return (of, least, most)
        case Every(parts=parts) | Some(parts=parts):
            return parts
        case Call(arguments=arguments):
            return arguments
    return ()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += children(each)


QUOTES = ('""', "''", "״״", "“”", "׳׳")


def write(node: Node) -> str:
    """A tree as Hebrew text; parsing it gives the tree again."""
    match node:
        case Literal():
            return _literal(node)
        case Today():
            return "היום"
        case Name(text=text, of_row=of_row):
            return f"{'שורה.' if of_row else ''}[{text}]"
        case Negative(of=of):
            return f"-{_closed(of)}"
        case Not(of=of):
            return f"לא {_closed(of)}"
        case Binary(sign=sign, left=left, right=right):
            return f"{_closed(left)} {'מכיל' if sign == 'contains' else sign} {_closed(right)}"
        case Between(of=of, least=least, most=most):
            return f"{_closed(of)} בין {_closed(least)} ל {_closed(most)}"
        case Every(parts=parts) | Some(parts=parts):
            return (" ו " if isinstance(node, Every) else " או ").join(map(_closed, parts))
        case Call(function=function, arguments=arguments):
            return f"{FUNCTIONS[function]}({'; '.join(map(write, arguments))})"
    raise TypeError(f"no way to write {node!r}")


def _closed(node: Node) -> str:
    """In parentheses, where the node has signs of its own."""
    text = write(node)
    return text if isinstance(node, Literal | Today | Name | Call) else f"({text})"


def _literal(node: Literal) -> str:
    match node.value:
        case None:
            return "ריק"
        case bool():
            return "כן" if node.value else "לא"
        case str():
            pair = next(pair for pair in QUOTES if not set(pair) & set(node.value))
            return f"{pair[0]}{node.value}{pair[1]}"
        case date():
            return f"{node.value.day}.{node.value.month}.{node.value.year}"
        case int():
            return f"{node.value // 100}.{node.value % 100:02} ₪"
    return f"{node.value:f}"
