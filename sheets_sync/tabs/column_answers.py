"""What people said in the tab `columns` (התאמת עמודות): which column of a tab is which field, and which is none. Pure.

A column is known by its tab's sheetId and its header, so that it may be moved. A header that cannot be matched again
keeps its answer, and the answer waits.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.finding import Problem, ProblemKind
from rules.header_row import header_row, header_texts
from rules.names import fold
from rules.table import Cell, Place, TableSpec
from rules.values import NO, YES
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.said_tabs import COLUMNS_TAB
from sheets_sync.tabs.service_tabs import KeyedTab
from sheets_sync.tabs.setting_values import Refused, nearest

Held = Mapping[str, str]
"""By header id: the field, or '' for none of them."""

NOTHING_HELD: Held = {}


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a tab that is a table."""

    place: Place
    spec: TableSpec
    text: str

    @property
    def id(self) -> str:
        """A short identity that outlives moving the column and renaming the tab."""
        told = f"{self.place.spreadsheet}/{self.place.sheet}\n{fold(self.text)}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class ColumnAnswers:
    """The answers that count, to be remembered if `is_news`; what to say of those that cannot be read."""

    held: Held = field(default_factory=dict)
    is_news: bool = False
    confirmed: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)
    """By tab, as `find_headers` takes them: header (folded) → field, or ''."""
    problems: tuple[Problem, ...] = ()

    def of(self, tab: Tab) -> Mapping[str, str]:
        """The answers about one tab."""
        return self.confirmed.get(tab.place, {})


def headers_of(tab: Tab, spec: TableSpec) -> Iterator[Header]:
    """The headers of a tab that is a table."""
    row = header_row(spec, tab.grid)
    texts = header_texts(tab.grid, row) if row is not None else ()
    return (Header(tab.place, spec, text) for text in texts if fold(text))


def answers_said(
    headers: Mapping[str, Header], there: KeyedTab | None, place: Place | None, held: Held = NOTHING_HELD
) -> ColumnAnswers:
    """What holds, by the tab as it stands, `there` None where it is not there yet; `headers` are those of now, by id.

    While an answer cannot be read, the one before it holds; a tab whose rows cannot be told apart says nothing new.
    """
    if there is None or place is None:
        return _answers(headers, {}, held)
    if not there.is_whole or "right" not in there.at:
        return _answers(headers, held, held)
    kept: dict[str, str] = {}
    problems = []
    for id in there.rows:
        cell = there.cell(id, "right")
        if cell in (None, "") or cell is False:
            continue
        answer = _answer(there, id, cell, headers.get(id), held.get(id))
        if isinstance(answer, Refused):
            problems.append(_problem(there, id, place, answer))
            answer = held.get(id)
        if answer is not None:
            kept[id] = answer
    return replace(_answers(headers, kept, held), problems=tuple(problems))


def remembered_answers(headers: Mapping[str, Header], held: Held) -> ColumnAnswers:
    """What holds while the tab cannot be read: what stood in it last."""
    return _answers(headers, held, held)


def _answers(headers: Mapping[str, Header], kept: Held, held: Held) -> ColumnAnswers:
    confirmed: dict[Place, dict[str, str]] = {}
    for id, name in kept.items():
        if header := headers.get(id):
            confirmed.setdefault(header.place, {})[fold(header.text)] = name
    return ColumnAnswers(kept, kept != held, confirmed)


def _answer(there: KeyedTab, id: str, cell: Cell, header: Header | None, held: str | None) -> str | Refused | None:
    """A row's answer; that of a column that is not there now stays as it was."""
    if header is None:
        return held
    word = fold(str(cell))
    if cell is True or word in YES:
        return field_named(header.spec, str(there.cell(id, "field") or "")) or ""
    if word in NO:
        return ""
    if (name := field_named(header.spec, str(cell))) is not None:
        return name
    best = nearest(str(cell), [column.hebrew for column in header.spec.columns])
    return Refused(
        f"{cell} אינה עמודה של {header.spec.hebrew}. אפשר לבחור כן, לא, או אחת מהעמודות שברשימה.",
        f"{cell} is no column of {header.spec.key.replace('_', ' ')}. It can be yes, no, or a column of the list.",
        best,
    )


def field_named(spec: TableSpec, name: str) -> str | None:
    """The field of a table whose Hebrew or English header this is."""
    wanted = fold(name)
    return next((one.field for one in spec.columns if wanted in (fold(one.hebrew), fold(one.english))), None)


def _problem(there: KeyedTab, id: str, place: Place, why: Refused) -> Problem:
    hint = f"{why.he}\n{why.en}"
    row, column, cell = there.rows[id], there.at["right"], there.cell(id, "right")
    return Problem(
        COLUMNS_TAB.key, place, row, column, "right", ProblemKind.TYPE, cell, why.proposal, hint, is_worded=True
    )
