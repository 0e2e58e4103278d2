"""Cells as Google sends them → typed values and what there is to say, a column at a time; and values → cells.

| kind | value | written as |
| --- | --- | --- |
| text, longtext, ref, phone, email, url, national_id, choice | str | text |
| int | int | number |
| money | int, agorot | number of shekels |
| percent | points of a hundred | share of one |
| date / datetime | date / datetime without a zone | serial number |
| time | str, `17:00` or `17:00–19:00` (`clock.minutes`) | text |
| bool | bool | checkbox |
| multi | tuple of str | text, joined by commas |

An empty cell, a lone dash and (but for bool) an unticked checkbox are None.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from typing import Any, TypeAlias

from rules import choices, clock, contacts, dates, numbers
from rules.cell import Read, Trouble, unreadable
from rules.english import Language, chosen, language_of
from rules.finding import ProblemKind
from rules.late import Late
from rules.names import fold, without_hidden
from rules.plain import FEW, GLANCES, PECULIAR, WAITING
from rules.table import Cell, Column, Kind

ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!")
) | {"Loading...", "Loading…", "טוען...", "טוען…"}
"""What Google shows where a formula has no value."""

DASHES = re.compile(r"[-–—־]+")
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
YES = frozenset(
    ("כן", "יש", "v", "✓", "✔", "☑", "✅", "true", "yes", "1", "נכון", "בוצע", "חתום", "נמסר", "נמסרה", "אושר", "מאושר")
)
NO = frozenset(("לא", "אין", "x", "✗", "✘", "❌", "☐", "false", "no", "0", "טרם", "עדיין", "עוד לא", "עדיין לא"))


Troubles: TypeAlias = dict[int, Trouble]
"""What there is to say about some cells, by their position in a column."""


def read_column(column: Column, cells: Sequence[Cell], scale: int = 1) -> tuple[Sequence[Any], Troubles]:
    """The typed values of a column's cells, and the trouble of some.

    `scale` is 1000 for amounts under a header that says thousands. Each distinct cell is read once.
    """
    values, troubles = read_early(column, cells, scale)
    return finished(column, values), troubles


def finished(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """The typed values of what was read early."""
    return Late(values, dates.as_moment) if column.kind is Kind.DATETIME else values


def read_early(column: Column, cells: Sequence[Cell], scale: int = 1) -> tuple[list[Any], Troubles]:
    """As `read_column`, but that the serials of moments stand as they are until somebody looks at them: `finished`."""
    if column.kind in GLANCES:
        return _closer(column, cells, scale, *GLANCES[column.kind](column, cells))
    different = set(cells)
    if (0 in different or 1 in different) and bool in set(map(type, cells)):  # True equals 1, and means another thing
        return _closer(column, cells, scale, [None] * len(cells), range(len(cells)))
    known = FEW[column.kind](column, different, scale)
    read = {cell: read_cell(column, cell, scale) for cell in different if cell not in known}
    values = [*map({**known, **{cell: value for cell, (value, _) in read.items()}}.get, cells)]
    said = {cell: trouble for cell, (_, trouble) in read.items() if trouble is not None}
    return values, {row: said[cells[row]] for row in positions(said, cells)} if said else {}


def _closer(
    column: Column, cells: Sequence[Cell], scale: int, values: list[Any], rows: Iterable[int]
) -> tuple[list[Any], Troubles]:
    """The values, with a closer look at the cells of some rows."""
    troubles: Troubles = {}
    known: dict[Cell, Read] = {}
    for row in rows:
        cell = cells[row]
        if isinstance(cell, bool):
            value, trouble = read_cell(column, cell, scale)
        else:
            value, trouble = known.get(cell) or known.setdefault(cell, read_cell(column, cell, scale))
        values[row] = value
        if trouble is not None:
            troubles[row] = trouble
    return values, troubles


def positions(wanted: Container[Any], values: Iterable[Any]) -> Iterator[int]:
    """Where in a column something wanted stands."""
    return compress(count(), map(wanted.__contains__, values))


def read_cell(column: Column, cell: Cell, scale: int = 1) -> Read:
    """One cell as the column's kind, and what there is to say about it. Never raises."""
    if cell is None or (cell is False and column.kind is not Kind.BOOL):
        return None, None
    if not isinstance(cell, str):
        return _by_kind(column, cell, scale)
    text = cell.strip()
    if PECULIAR.search(text) or text.startswith(WAITING):
        return _read_peculiar(column, text, scale)
    return _by_kind(column, text, scale) if text else (None, None)


def _read_peculiar(column: Column, text: str, scale: int) -> Read:
    """A text that may be an error, a dash, or hold hidden characters and odd spaces."""
    shown = without_hidden(text)
    clean = SPACES.sub(" ", shown).strip()
    if not clean or DASHES.fullmatch(clean):
        return None, None
    if clean in ERRORS:
        return None, Trouble(ProblemKind.FORMULA_ERROR)
    value, trouble = _by_kind(column, clean, scale)
    if trouble is None and shown != text:
        trouble = Trouble(ProblemKind.HIDDEN_CHARACTERS, write_cell(column, value, scale, language_of(clean)))
    return value, trouble


def write_cell(column: Column, value: Any, scale: int = 1, language: Language = "he") -> Cell:
    """A typed value as it is written, RAW; reading it gives the value again. Chosen words are in the language."""
    if value is None or (isinstance(value, str) and column.kind is not Kind.CHOICE):
        return value
    match column.kind:
        case Kind.DATE | Kind.DATETIME:
            return dates.serial(value)
        case Kind.MONEY:
            return numbers.write_money(value, scale)
        case Kind.PERCENT:
            return numbers.write_percent(value)
        case Kind.MULTI:
            return ", ".join(chosen(word, language) for word in value)
        case Kind.CHOICE:
            return chosen(value, language)
        case Kind.INT | Kind.BOOL:
            return value  # type: ignore[no-any-return]
    return str(value)


def _by_kind(column: Column, cell: Cell, scale: int) -> Read:
    if cell is True and column.kind is not Kind.BOOL:
        return ("TRUE", None) if column.kind in TEXTS else unreadable()
    if column.kind is Kind.MONEY:
        return numbers.read_money(cell, scale)
    if column.kind is Kind.CHOICE:
        return choices.read_choice(column, as_text(cell))
    if column.kind is Kind.MULTI:
        return choices.read_multi(column, as_text(cell))
    return PLAIN[column.kind](cell)


def as_text(cell: Cell) -> str:
    """A cell as a text: 12.0 as `12`."""
    if isinstance(cell, float) and abs(cell) < 1e15 and cell == int(cell):
        return str(int(cell))
    return str(cell)


def read_text(cell: Cell) -> Read:
    """Any text; a number as people see it."""
    return as_text(cell), None


def read_bool(cell: Cell) -> Read:
    """A checkbox, or a word or mark for yes or no."""
    if isinstance(cell, bool):
        return cell, None
    word = str(cell).strip().lower() if isinstance(cell, str) else as_text(cell)
    folded = fold(word) or word
    if folded in YES:
        return True, None
    return (False, None) if folded in NO else unreadable()


TEXTS = frozenset({Kind.TEXT, Kind.LONGTEXT, Kind.REF})
PLAIN: Mapping[Kind, Callable[[Cell], Read]] = {
    Kind.TEXT: read_text,
    Kind.LONGTEXT: read_text,
    Kind.REF: read_text,
    Kind.INT: numbers.read_int,
    Kind.PERCENT: numbers.read_percent,
    Kind.DATE: dates.read_date,
    Kind.DATETIME: dates.read_datetime,
    Kind.TIME: clock.read_time,
    Kind.BOOL: read_bool,
    Kind.PHONE: contacts.read_phone,
    Kind.EMAIL: contacts.read_email,
    Kind.URL: contacts.read_url,
    Kind.NATIONAL_ID: contacts.read_national_id,
}
