"""The tab `columns` (התאמת עמודות): a row a header that was not surely understood, and where people say what it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.header_row import header_texts
from rules.headers import Headers
from rules.names import fold
from rules.table import Column, TableSpec
from rules.wording import Language
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.column_answers import Header
from sheets_sync.tabs.service_tabs import KeyedTab, update_rows
from sheets_sync.writing.edits import Request, Writable

YES_NO: Mapping[Language, tuple[str, str]] = {"he": ("כן", "לא"), "en": ("yes", "no")}
WORDS: Mapping[str, tuple[str, str]] = {
    "uncertain": ("נקראת כך, ולא בטוח שזה נכון.", "It is read so; that may be wrong."),
    "thousands": (
        "נקראת כך, והסכומים נקראים באלפי שקלים. לא בטוח שזה נכון.",
        "It is read so, in thousands of shekels; that may be wrong.",
    ),
    "near": ("לא נקראת. אולי זו העמודה?", "It is not read. Perhaps this is the column?"),
    "unknown": ("לא מוכרת, ולכן אינה נקראת.", "It is not known, and so it is not read."),
    "doubled": ("לא נקראת: עמודה אחרת כבר נקראת כך.", "It is not read: another column is read so already."),
    "as_said": ("לפי התשובה: נקראת כ{field}.", "As answered: it is read as {field}."),
    "not_read": ("לפי התשובה: אינה נקראת.", "As answered: it is not read."),
    "waiting": (
        "לפי התשובה זו העמודה {field}, אבל עמודה אחרת כבר נקראת כך.",
        "As answered it is {field}, but another column is read so already.",
    ),
    "gone": ("העמודה כבר אינה בלשונית.", "The column is no longer in the tab."),
}


@dataclass(frozen=True)
class _Line:
    """A row of the tab: what it says, and the fields that its dropdown offers."""

    cells: Mapping[str, Writable]
    free: Sequence[str]


def columns_requests(there: KeyedTab, picture: Picture, main: str, language: Language) -> Iterator[Request]:
    """Requests that bring the tab up to date: rows that are settled go, but for those in which a person wrote.

    While a spreadsheet cannot be read no row goes: its headers may be as they were.
    """
    lines = _lines(picture, main, language)
    rows = {id: line.cells for id, line in lines.items()}
    left = set() if picture.snapshot.troubles else there.rows.keys() - rows.keys()
    over = {id: {"certainty": _said("gone", language)} for id in left & there.noted}
    yield from update_rows(there, {**rows, **over}, gone=left - there.noted)
    new = [line for id, line in lines.items() if id not in there.rows]
    if new and "right" in there.at:
        cells = [{"values": [{"dataValidation": _offering(line, language)}]} for line in new]
        start = {"sheetId": there.sheet, "rowIndex": there.header_row + 1, "columnIndex": there.at["right"]}
        yield {"updateCells": {"start": start, "rows": cells, "fields": "dataValidation"}}


def _lines(picture: Picture, main: str, language: Language) -> dict[str, _Line]:
    """The rows by id. Headers of a restricted spreadsheet do not leave it."""
    found: dict[str, _Line] = {}
    for key in picture.checked:
        tab, headers = picture.tabs[key], picture.readings[key].headers
        if headers.row is not None and tab.place.spreadsheet not in picture.restricted - {main}:
            found |= _lines_of(tab, ALL_TABLES[key], headers, picture.answers.held, language)
    return found


def _lines_of(
    tab: Tab, spec: TableSpec, headers: Headers, answers: Mapping[str, str], language: Language
) -> Iterator[tuple[str, _Line]]:
    asked = _asked(headers)
    free = [_name(one, language) for one in spec.columns if not one.own and one.field not in headers.at]
    for at, text in enumerate(header_texts(tab.grid, headers.row or 0)):
        id = Header(tab.place, spec, text).id
        cells: dict[str, Writable] = {"tab": tab.title, "header": text}
        if id in answers and fold(text):
            yield id, _Line(cells | {"certainty": _answered(spec, headers, at, answers[id], language)}, free)
        elif at in asked:
            field, why = asked[at]
            name = _name(spec.by_field[field], language) if field else None
            yield id, _Line(cells | {"field": name, "certainty": _said(why, language)}, free)


def _asked(headers: Headers) -> dict[int, tuple[str, str]]:
    """The columns to ask people about: the field each may be, and why it is asked."""
    asked = {
        one.column: (one.field, "thousands" if one.field in headers.scale else "uncertain") for one in headers.uncertain
    }
    asked |= {one.column: (one.nearest, "near" if one.nearest else "unknown") for one in headers.unknown}
    return asked | {one.column: (one.nearest, "doubled") for one in headers.doubled}


def _answered(spec: TableSpec, headers: Headers, at: int, field: str, language: Language) -> str:
    """What became of an answer."""
    if field not in spec.by_field:
        return _said("not_read", language)
    name = _name(spec.by_field[field], language)
    return _said("as_said" if headers.at.get(field) == at else "waiting", language).format(field=name)


def _said(key: str, language: Language) -> str:
    return WORDS[key][0 if language == "he" else 1]


def _name(column: Column, language: Language) -> str:
    return column.hebrew if language == "he" else column.english


def _offering(line: _Line, language: Language) -> dict[str, Any]:
    values = [{"userEnteredValue": value} for value in (*YES_NO[language], *line.free)]
    return {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": False, "showCustomUi": True}
