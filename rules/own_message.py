"""A message a person writes: a template with columns of the row in braces, and nothing else of a program's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.expression import MAX_LENGTH, Name
from rules.expression_names import find_column
from rules.mistake import Fault, Mistake, Part, Wrong
from rules.names import HIDDEN, without_hidden
from rules.table import Column, Kind, Table, TableSpec
from rules.wording import Figure, Money, Percent, Person, Text, Wording, day

SLOT = re.compile(r"\{([^{}]*)\}")
BRACE = re.compile(r"[{}]")
BRACKET = re.compile(r"[\[\]]")
RESTRICTED = frozenset({"welfare"})
"""Workbooks of which only the case's code may be told."""

LONGEST = 80
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Message:
    """A template whose slots are `f0`, `f1`, …, and the column each stands for."""

    template: str
    columns: tuple[Column, ...]


def read_message(text: str, spec: TableSpec) -> Message | list[Mistake]:
    """A person's message as a template, or all that is wrong with it. Never raises."""
    outside = SLOT.sub(lambda slot: " " * len(slot[0]), text)
    mistakes = [Mistake(*found, part=Part.MESSAGE) for found in _shape(text, outside)]
    if mistakes:
        return mistakes
    columns: list[Column] = []
    for slot in SLOT.finditer(text):
        column = _column(slot[1], slot.start(1), spec)
        mistakes += [column.within(Part.MESSAGE)] if isinstance(column, Mistake) else []
        columns += [column] if isinstance(column, Column) else []
    numbers = iter(range(len(columns)))
    return mistakes or Message(SLOT.sub(lambda slot: f"{{f{next(numbers)}}}", text.strip()), tuple(columns))


def _shape(text: str, outside: str) -> list[tuple[Fault, int, str]]:
    """What is wrong whatever the columns are, one thing at a time."""
    if not text.strip():
        return [(Fault.EMPTY, 0, "")]
    if len(text) > MAX_LENGTH:
        return [(Fault.TOO_LONG, MAX_LENGTH, str(MAX_LENGTH))]
    for fault, pattern, where in (
        (Fault.HIDDEN, HIDDEN, text),
        (Fault.BRACES, BRACE, outside),
        (Fault.BRACKETS, BRACKET, outside),
    ):
        if found := pattern.search(where):
            return [(fault, found.start(), "")]
    return []


def _column(name: str, at: int, spec: TableSpec) -> Column | Mistake:
    try:
        column = find_column(Name(name, at=at), spec)
    except Wrong as wrong:
        return wrong.mistake
    if column.kind in (Kind.LONGTEXT, Kind.NATIONAL_ID) or column.field == "notes":
        return Mistake(Fault.FREE_TEXT, at, column.hebrew, found_en=column.english)
    if spec.workbook in RESTRICTED and not (column.key and not column.personal):
        return Mistake(Fault.RESTRICTED, at, column.hebrew, found_en=column.english)
    return column


def figures(message: Message, table: Table, row: int) -> Mapping[str, Figure]:
    """The figures of a row, by slot."""
    return {f"f{at}": figure(column, table[column.field][row]) for at, column in enumerate(message.columns)}


def figure(column: Column, value: Any) -> Figure:
    """A cell's value as a message writes it; what is personal is written in full only to the rule's roles."""
    shown = _shown(column, value)
    if not column.personal or value is None:
        return shown
    return Person(day(shown) if isinstance(shown, date) else shown)


def _shown(column: Column, value: Any) -> Figure:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "כן" if value else "לא"
        case datetime():
            return value.date()
        case date():
            return value
        case tuple():
            return _short(", ".join(map(str, value)))
        case int() if column.kind is Kind.MONEY:
            return Money(value)
        case int() if column.kind is Kind.PERCENT:
            return Percent(value)
        case int() if column.field == "year":
            return str(value)
    return _short(str(value))


def _short(text: str) -> str:
    """One line of a text, without characters that turn the sentence around it."""
    line = " ".join(without_hidden(text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def wording(message: Message) -> Wording:
    """The person's message as the title, and where it comes from below it."""
    return Wording(
        he=Text(message.template, 'כלל שלך: "{rule}".', "לבדוק את השורה בלשונית {tab}."),
        en=Text(message.template, 'Your own rule: "{rule}".', "Look at the row in the tab {tab}."),
    )
