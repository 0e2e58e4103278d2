"""A person's expression → its tree, or the mistake in it. Nothing of it is ever run as a program."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken
from rapidfuzz import fuzz, process

from rules.expression import (
    FUNCTIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_NODES,
    Between,
    Binary,
    Call,
    Every,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Some,
    Today,
    Type,
    walk,
)
from rules.mistake import Fault, Mistake, Wrong
from rules.names import HIDDEN, fold

GRAMMAR = r"""
?start: either
?either: all (OR all)*
?all: opposite (AND opposite)*
?opposite: NOT opposite -> opposite_of
         | comparison
?comparison: total
           | total (EQUAL | ORDER) total -> binary
           | total EQUAL special -> binary
           | total CONTAINS total -> binary
           | total NOT CONTAINS total -> lacks
           | total BETWEEN total (TO | AND) total -> between
special: YES | NO | NOT | EMPTY
?total: product
      | total (PLUS | MINUS) product -> binary
?product: value
        | product (TIMES | OVER) value -> binary
?value: MINUS value -> negative
      | atom
?atom: MONEY -> money
     | DATE -> day
     | NUMBER -> number
     | TEXT -> text
     | TODAY -> today
     | name
     | ROW (BRACKETED | WORD) -> of_row
     | WORD OPEN [either (SEPARATOR either)*] CLOSE -> call
     | OPEN either CLOSE -> group
name: BRACKETED | WORD

OR.3: /(?:או|or)(?!\w)/i
AND.3: /ו[-־](?=[\d₪])|ו(?!\w)|ו(?=לא(?!\w))|(?:וגם|and)(?!\w)/i
NOT.3: /(?:לא|not)(?!\w)/i
CONTAINS.3: /(?:מכיל(?:ה|ים|ות)?|contains)(?!\w)/i
BETWEEN.3: /(?:בין|between)(?!\w)/i
TO.3: /ל[-־](?=[\d\[₪(])|ל(?!\w)|ל(?=\d|היום|שורה)|to(?!\w)/i
YES.3: /(?:כן|yes)(?!\w)/i
NO.3: /no(?!\w)/i
EMPTY.3: /(?:ריק|ריקה|empty)(?!\w)/i
TODAY.3: /(?:היום|today)(?!\w)/i
ROW.3: /(?:שורה|row)\s*\.\s*/i
MONEY.5: /₪\s*@@|@@\s*(?:₪|ש["״']{1,2}ח)/
DATE.4: /\d{1,2}\.\d{1,2}\.\d{2}(?:\d{2})?(?!\w)|\d{1,2}\/\d{1,2}\/\d{4}(?!\w)/
NUMBER.2: /@@%?/
TEXT: /"[^"\n]*"|'[^'\n]*'|״[^״\n]*״|[“”„][^“”„\n]*[“”]|׳[^׳\n]*׳/
BRACKETED: /\[[^\[\]\n]*\]/
WORD: /[^\W\d]\w*/
EQUAL.2: /=|<>|!=|≠/
ORDER: /<=|>=|≤|≥|<|>/
PLUS: "+"
MINUS: /[-−–]/
TIMES: /[*×]/
OVER: /[\/÷]/
OPEN: "("
CLOSE: ")"
SEPARATOR: /[;,]/
%ignore /\s+/
""".replace("@@", r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
SIGNS = {"!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "−": "-", "–": "-", "×": "*", "÷": "/"}
BY_NAME = {fold(name): key for key, hebrew in FUNCTIONS.items() for name in (key, hebrew)}
DIGITS = re.compile(r"[\d.]+")
MOST_DIGITS = 12
MOST_DECIMALS = 4
FIRST_YEAR, LAST_YEAR = 1910, 2199
NEAR = 70
"""The likeness, of 100, from which a name is proposed."""


def parse(text: str) -> Node | Mistake:
    """The tree of an expression, or the first mistake in it. Never raises; bounded in time by MAX_LENGTH."""
    try:
        return _parsed(text)
    except Wrong as wrong:
        return wrong.mistake
    except UnexpectedInput as error:
        return _unexpected(text, error)


def _parsed(text: str) -> Node:
    if len(text) > MAX_LENGTH:
        raise Wrong(Fault.TOO_LONG, MAX_LENGTH, str(MAX_LENGTH))
    if hidden := HIDDEN.search(text):
        raise Wrong(Fault.HIDDEN, hidden.start())
    if not text.strip():
        raise Wrong(Fault.EMPTY, 0)
    tree = _grammar().parse(text)
    assert isinstance(tree, Node)
    for count, node in enumerate(walk(tree), 1):
        if count > MAX_NODES:
            raise Wrong(Fault.TOO_MANY, node.at, str(MAX_NODES))
    return tree


def _unexpected(text: str, error: UnexpectedInput) -> Mistake:
    at = error.pos_in_stream
    if at is None or not 0 <= at < len(text) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return Mistake(Fault.UNFINISHED, len(text))
    found = str(error.token) if isinstance(error, UnexpectedToken) else text[at]
    return Mistake(Fault.UNEXPECTED, at, found[:40])


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of some names that a misspelt name is most like; '' where none is like it."""
    found = process.extractOne(fold(name), list(names), scorer=fuzz.ratio, processor=fold, score_cutoff=NEAR)
    return str(found[0]) if found else ""


Child: TypeAlias = Node | Token


@v_args(inline=True)
class Builder(Transformer[Token, Node]):
    """Nodes from the grammar's rules, bottom up while the text is parsed."""

    def either(self, *parts: Child) -> Node:
        """Conditions of which one must hold."""
        nodes = _nodes(parts)
        return Some(nodes, **_place(*nodes))

    def all(self, *parts: Child) -> Node:
        """Conditions that must all hold."""
        nodes = _nodes(parts)
        return Every(nodes, **_place(*nodes))

    def opposite_of(self, sign: Token, of: Node) -> Node:
        """A condition's opposite."""
        return Not(of, **_place(sign, of))

    def binary(self, left: Node, sign: Token, right: Node) -> Node:
        """Two values with a sign between them."""
        plain = "contains" if sign.type == "CONTAINS" else SIGNS.get(sign, str(sign))
        return Binary(plain, left, right, **_place(left, right))

    def lacks(self, left: Node, no: Token, sign: Token, right: Node) -> Node:
        """`לא מכיל`."""
        inner = self.binary(left, sign, right)
        return Not(inner, **_place(inner))

    def between(self, of: Node, sign: Token, least: Node, to: Token, most: Node) -> Node:
        """A range."""
        return Between(of, least, most, **_place(of, least, most))

    def special(self, word: Token) -> Node:
        """Yes, no or empty, which stand only after = and <>."""
        if word.type == "EMPTY":
            return Literal(Type.EMPTY, None, at=_at(word))
        return Literal(Type.BOOL, word.type == "YES", at=_at(word))

    def negative(self, sign: Token, of: Node) -> Node:
        """A minus before a value."""
        return Negative(of, **_place(sign, of))

    def money(self, written: Token) -> Node:
        """An amount, in agorot."""
        agorot = _number(written) * 100
        if agorot != agorot.to_integral_value():
            raise Wrong(Fault.NUMBER, _at(written), written)
        return Literal(Type.MONEY, int(agorot), at=_at(written))

    def number(self, written: Token) -> Node:
        """A number; 85% is the 85 that a column of percents holds."""
        return Literal(Type.NUMBER, _number(written), at=_at(written))

    def day(self, written: Token) -> Node:
        """A date, its day first."""
        day, month, year = (int(part) for part in re.split(r"[./]", written))
        year += 2000 if year < 100 else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Wrong(Fault.DATE, _at(written), written)
        try:
            return Literal(Type.DATE, date(year, month, day), at=_at(written))
        except ValueError:
            raise Wrong(Fault.DATE, _at(written), written) from None

    def text(self, written: Token) -> Node:
        """A text in quotes."""
        return Literal(Type.TEXT, written[1:-1], at=_at(written))

    def today(self, word: Token) -> Node:
        """The day the rule runs on."""
        return Today(at=_at(word))

    def name(self, written: Token) -> Node:
        """A column, or a table."""
        return Name(_bare(written), at=_at(written))

    def of_row(self, row: Token, written: Token) -> Node:
        """A column of the rule's own row."""
        return Name(_bare(written), of_row=True, at=_at(row))

    def call(self, name: Token, *parts: Child) -> Node:
        """One of the listed functions."""
        function = BY_NAME.get(fold(name))
        if function is None:
            raise Wrong(Fault.FUNCTION, _at(name), str(name)[:40], nearest(name, FUNCTIONS.values()))
        arguments = _nodes(parts)
        return Call(function, arguments, **_place(name, *arguments))

    def group(self, opening: Token, of: Node, closing: Token) -> Node:
        """What stands in parentheses."""
        parentheses = of.parentheses + 1
        if parentheses > MAX_DEPTH:
            raise Wrong(Fault.TOO_DEEP, _at(opening), str(MAX_DEPTH))
        return replace(of, parentheses=parentheses)


def _nodes(parts: Iterable[Child]) -> tuple[Node, ...]:
    return tuple(part for part in parts if isinstance(part, Node))


def _at(token: Token) -> int:
    return token.start_pos or 0


def _place(*parts: Child) -> dict[str, int]:
    """Where a node of these parts begins and how deep it is. Raises Wrong where it is too deep."""
    first = parts[0]
    at = first.at if isinstance(first, Node) else _at(first)
    nodes = _nodes(parts)
    depth = 1 + max((node.depth for node in nodes), default=0)
    if depth > MAX_DEPTH:
        raise Wrong(Fault.TOO_DEEP, at, str(MAX_DEPTH))
    return {"at": at, "depth": depth, "parentheses": max((node.parentheses for node in nodes), default=0)}


def _bare(written: Token) -> str:
    return written[1:-1].strip() if written.startswith("[") else str(written)


def _number(written: Token) -> Decimal:
    found = DIGITS.search(written.replace(",", ""))
    digits = found[0] if found else ""
    whole, _, decimals = digits.partition(".")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise Wrong(Fault.NUMBER, _at(written), str(written)[:40])
    return Decimal(digits)


@cache
def _grammar() -> Lark:
    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=False, transformer=Builder())
