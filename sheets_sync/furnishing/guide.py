"""The tab `guide` (הסבר) of a new spreadsheet: what each tab is for. Made once, and a person's from then on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from rules.table import TableSpec
from rules.wording import Language
from sheets_sync.furnishing.furnish import Existing, offered
from sheets_sync.furnishing.guide_words import PURPOSES
from sheets_sync.furnishing.header_notes import tab_title
from sheets_sync.tabs.page import STYLES
from sheets_sync.writing.edits import Request, set_cells

GUIDE_SHEET = crc32(b"guide") & 0x7FFFFFFF
GUIDE_TITLES: Mapping[Language, str] = {"he": "הסבר", "en": "Guide"}
WIDTHS = (190, 420, 300, 260)
"""In pixels."""

ABOVE: Mapping[Language, Sequence[str]] = {
    "he": (
        "מה יש בקובץ הזה",
        "המערכת קוראת את הלשוניות, כותבת ליד התא מה לא מסתדר, ומספרת פעם אחת למי שצריך לדעת.",
        "על כל כותרת יש הערה: מה כותבים בעמודה. אפשר למיין, לסנן, להוסיף עמודות ולשנות את סדרן.",
    ),
    "en": (
        "What is in this file",
        "The service reads the tabs, writes beside a cell what is wrong, and tells the right person once.",
        "Each header has a note: what the column is for. Sort, filter, add and move columns freely.",
    ),
}
HEADINGS: Mapping[Language, tuple[str, ...]] = {
    "he": ("לשונית", "בשביל מה", "בלי אלה אין שורה", "מתמלא מעצמו"),
    "en": ("Tab", "What for", "A row needs", "Fills itself"),
}
BELOW: Mapping[Language, Sequence[str]] = {
    "he": (
        "במה המערכת לא נוגעת",
        "ערכים, נוסחאות, הערות, צבעים, מסננים ועמודות שאדם כתב; שורות שלנו לא נמחקות ולא זזות.",
        "לשונית שאינה ברשימה נשארת כפי שהיא. גם הלשונית הזו: אפשר לשנות אותה, והיא לא תיכתב מחדש.",
        "שאלות",
        'המדריך לרכזת עונה על רוב השאלות; התקנה ושיתוף: אצל מי שהתקין את המערכת. מה שלא הסתדר כתוב ב"לתיקון בגיליון".',
    ),
    "en": (
        "What the service never touches",
        "Values, formulas, notes, colours, filters and columns that people wrote; your rows are not moved or deleted.",
        "A tab that is not on the list stays as it is. So does this one: change it, it will not be written again.",
        "Questions",
        'The coordinator\'s guide answers most; for setting up, ask whoever installed the service. See also "checks".',
    ),
}
SECTIONS = frozenset({"במה המערכת לא נוגעת", "What the service never touches", "שאלות", "Questions"})


def guide_requests(specs: Sequence[TableSpec], existing: Sequence[Existing], language: Language) -> Iterator[Request]:
    """Requests that add the guide, first in a new spreadsheet; none where a tab of its name or id is there."""
    titles = {title.casefold() for title in GUIDE_TITLES.values()}
    if any(tab.sheet == GUIDE_SHEET or tab.title.strip().casefold() in titles for tab in existing):
        return
    rows = [*guide_rows(specs, language)]
    properties = {
        "sheetId": GUIDE_SHEET,
        "title": GUIDE_TITLES[language],
        "index": 0 if all(tab.is_empty for tab in existing) else len(existing),
        "rightToLeft": language == "he",
        "gridProperties": {"rowCount": len(rows) + 20, "columnCount": 8, "hideGridlines": True},
    }
    yield {"addSheet": {"properties": properties}}
    yield set_cells(GUIDE_SHEET, 0, 0, [cells for _, cells in rows])
    for at, (style, _) in enumerate(rows):
        area = {"sheetId": GUIDE_SHEET, "startRowIndex": at, "endRowIndex": at + 1, "endColumnIndex": len(WIDTHS)}
        cell: dict[str, Any] = {"userEnteredFormat": STYLES[style]}
        if style != "blank":
            yield {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}}
    for at, width in enumerate(WIDTHS):
        span = {"sheetId": GUIDE_SHEET, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        size = {"range": span, "properties": {"pixelSize": width}, "fields": "pixelSize"}
        yield {"updateDimensionProperties": size}


def guide_rows(specs: Sequence[TableSpec], language: Language) -> Iterator[tuple[str, list[str]]]:
    """(style, cells) of each row."""
    first, *others = ABOVE[language]
    yield "title", _wide(first)
    yield from (("blank", _wide(text)) for text in others)
    yield "header", [*HEADINGS[language]]
    yield from (("row", _line(spec, language)) for spec in specs)
    yield from (("section" if text in SECTIONS else "blank", _wide(text)) for text in BELOW[language])


def _wide(text: str) -> list[str]:
    return [text, *[""] * (len(WIDTHS) - 1)]


def _line(spec: TableSpec, language: Language) -> list[str]:
    """A table's row: its tab, its purpose, the columns a row needs, and those the service fills."""
    columns = offered(spec)
    he = language == "he"
    is_ours = columns[0].own
    needed = [column.hebrew if he else column.english for column in columns if column.required]
    own = [column.hebrew if he else column.english for column in columns if column.own and not is_ours]
    purpose = PURPOSES.get(spec.key, ("", ""))[0 if he else 1]
    return [tab_title(spec, language), purpose, " · ".join(needed), " · ".join(own)]
