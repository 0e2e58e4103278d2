"""The service's own keyed tabs, `alerts`, `checks` and `rules`: declared as tables, brought up to date row by row.

Rows are known by their id column, so that the person may sort, filter and add columns; the person's columns are never
written once the row is there. New rows come in under the header, rows that are over are marked closed (alerts) or
taken out (checks).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from rules.finding import ROLE_NAMES, Severity
from rules.lifecycle import Status
from rules.table import Cell, Column, Grid, Kind, TableSpec
from rules.wording import Language
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.custom_spec import CUSTOM_RULES
from sheets_sync.tabs.intake_spec import INTAKE
from sheets_sync.tabs.said_tabs import SAID_TABS
from sheets_sync.writing.edits import Link, Request, Writable, append_rows, delete_row, insert_rows, set_cells

MAIN = "main"
BLANK_ROWS = 100
"""In a tab of ours when it is made: rows come in above them, and each blank row makes every reading longer."""
NOTHING: Mapping[str, Mapping[str, Cell]] = {}


def _own(field: str, kind: Kind, hebrew: str, help: str = "") -> Column:
    return Column(field, kind, hebrew, own=True, help=help)


ALERTS = TableSpec(
    "alerts",
    "התראות",
    (),
    MAIN,
    (
        _own("opened", Kind.DATE, "נפתחה"),
        _own("severity", Kind.TEXT, "דחיפות"),
        _own("rule", Kind.TEXT, "כלל"),
        _own("message", Kind.LONGTEXT, "מה קורה"),
        _own("next_step", Kind.LONGTEXT, "הצעד הבא"),
        _own("link", Kind.URL, "קישור לתא"),
        _own("sent_to", Kind.TEXT, "נשלח אל"),
        _own("closed", Kind.DATE, "נסגרה", "התאריך שבו המצב הסתדר. השורה נסגרת מעצמה."),
        Column(
            "status", Kind.CHOICE, "מה איתה", choices=tuple(Status), help="טופל או לא רלוונטי: לא תישלח עוד תזכורת."
        ),
        Column("handled_by", Kind.TEXT, "בטיפול של"),
        Column("snooze_until", Kind.DATE, "להזכיר שוב ב־", help="עד התאריך הזה לא תישלח תזכורת."),
        Column("comment", Kind.LONGTEXT, "הערה שלי"),
        _own("id", Kind.TEXT, "מזהה (מערכת)"),
    ),
)

CHECKS = TableSpec(
    "checks",
    "לתיקון בגיליון",
    (),
    MAIN,
    (
        _own("place", Kind.TEXT, "איפה"),
        _own("problem", Kind.LONGTEXT, "מה לא מסתדר"),
        _own("value", Kind.TEXT, "מה כתוב"),
        _own("proposal", Kind.TEXT, "הצעה"),
        _own("link", Kind.URL, "קישור לתא"),
        Column("fix", Kind.BOOL, "תקן", help="סימון התיבה כותב את ההצעה בתא, בסיבוב הבא."),
        _own("id", Kind.TEXT, "מזהה (מערכת)"),
    ),
)

TRIED_FIELD = "with_this_threshold"

RULES_TAB = TableSpec(
    "rules",
    "כללי התראה",
    (),
    MAIN,
    (
        _own("key", Kind.TEXT, "מפתח"),
        _own("name", Kind.TEXT, "שם הכלל"),
        _own("explanation", Kind.LONGTEXT, "מה הכלל בודק"),
        Column("on", Kind.BOOL, "פועל", help="הסרת הסימון מכבה את הכלל. לכלל של כמה שורות מספיק לשנות באחת מהן."),
        _own("parameter", Kind.TEXT, "מה מודדים"),
        _own("unit", Kind.TEXT, "יחידה"),
        Column("threshold", Kind.INT, "סף", help="בהערה של כל תא: ברירת המחדל והטווח. תא ריק: ברירת המחדל."),
        _own("findings", Kind.INT, "ממצאים עכשיו"),
        _own(
            TRIED_FIELD,
            Kind.TEXT,
            "עם הסף הזה",
            "כמה ממצאים יש עכשיו עם הסף שבשורה, גם כשהכלל כבוי; וכשהסף שונה מברירת המחדל, גם כמה היו איתה.",
        ),
        _own("in_use", Kind.TEXT, "בשימוש", "אם הכלל לא נבדק, כאן כתוב למה."),
        Column("roles", Kind.MULTI, "למי שולחים", choices=tuple(ROLE_NAMES.values()), help="תא ריק: ברירת המחדל."),
        Column(
            "urgency",
            Kind.CHOICE,
            "דחיפות",
            choices=tuple(severity.hebrew for severity in Severity),
            help="תא ריק: הדחיפות של הכלל עצמו.",
        ),
        _own("changed", Kind.DATE, "שונה לאחרונה", "היום שבו שונה אחד התאים שלנו בשורה."),
        _own("id", Kind.TEXT, "מזהה (מערכת)"),
    ),
)

SERVICE_TABLES = (ALERTS, CHECKS, RULES_TAB, CUSTOM_RULES, INTAKE, *SAID_TABS)

SUMMARY_SHEET = crc32(b"summary") & 0x7FFFFFFF
SUMMARY_TITLES: Mapping[Language, str] = {"he": "תמונת מצב", "en": "Summary"}


def is_summary(tab: Tab) -> bool:
    """Whether a tab is the summary we made: by the id we gave it. A person's tab of that title stays theirs."""
    return tab.place.sheet == SUMMARY_SHEET


@dataclass(frozen=True)
class KeyedTab:
    """A keyed tab as it was read: where its fields stand, the row of each id, and rows that repeat one."""

    sheet: int
    row_count: int
    header_row: int
    at: Mapping[str, int]
    rows: Mapping[str, int]
    grid: Grid | None = None
    doubled: tuple[int, ...] = ()
    noted: frozenset[str] = frozenset()
    """The ids of rows in which a person wrote more than a tick."""

    @property
    def is_whole(self) -> bool:
        """Whether the id column is there; without it rows could not be told apart, and nothing is written."""
        return "id" in self.at

    def cell(self, key: str, field: str) -> Cell:
        """A field of the row with an id, None where there is no such column."""
        return self.grid.cell(self.rows[key], self.at[field]) if self.grid and field in self.at else None


def keyed(
    tab: Tab, key: str, header_row: int, headers: Mapping[str, int], usual: Mapping[str, Mapping[str, Cell]] = NOTHING
) -> KeyedTab:
    """Index the tab of a table by its id column. Our columns are known by their marks, whatever their headers.

    Two rows of one id come about when a write is applied long after it was given up: the one in which a person wrote
    counts, else the upper; the others are `doubled` if nobody wrote in them. `usual` is, by id, what a new row has in
    the person's columns: that is no writing of the person's.
    """
    marked = {name.removeprefix(f"{key}."): column for column, name in tab.own.items() if name.startswith(f"{key}.")}
    at = {**headers, **marked}
    if "id" not in at:
        return KeyedTab(tab.place.sheet, tab.row_count, header_row, at, {}, tab.grid)
    persons = set(range(len(tab.grid.columns))) - set(marked.values())
    rows: dict[str, list[int]] = {}
    for row in range(header_row + 1, tab.grid.height):
        if one := tab.grid.cell(row, at["id"]):
            rows.setdefault(str(one), []).append(row)

    def is_written(one: str, row: int) -> bool:
        given = {at[field]: value for field, value in usual.get(one, {}).items() if field in at}
        cells = {column: tab.grid.cell(row, column) for column in persons}
        return any(
            not same(cell, given[column]) if column in given else cell not in (None, "", False)
            for column, cell in cells.items()
        )

    kept = {one: next((row for row in alike if is_written(one, row)), alike[0]) for one, alike in rows.items()}
    doubled = [row for one, alike in rows.items() for row in alike if row != kept[one] and not is_written(one, row)]
    noted = frozenset(one for one, row in kept.items() if any(_is_said(tab.grid.cell(row, at)) for at in persons))
    return KeyedTab(tab.place.sheet, tab.row_count, header_row, at, kept, tab.grid, tuple(doubled), noted)


def _is_said(cell: Cell) -> bool:
    """Whether a cell holds more than a tick."""
    return cell not in (None, "") and not isinstance(cell, bool)


def fresh(spec: TableSpec, sheet: int) -> KeyedTab:
    """A keyed tab that is being made in the same batch."""
    at = {column.field: index for index, column in enumerate(spec.columns)}
    return KeyedTab(sheet, BLANK_ROWS, 0, at, {})


def update_rows(
    there: KeyedTab,
    wanted: Mapping[str, Mapping[str, Writable]],
    gone: Iterable[str] = (),
    usual: Mapping[str, Mapping[str, Cell]] = NOTHING,
) -> Iterator[Request]:
    """Requests that make the rows with these ids read as wanted, and take out the rows that are gone.

    `wanted` gives only the service's fields, `usual` what a new row begins with in the person's. Changes in place come
    first, then deletions from below, then the new rows under the header, so that every row number holds when its
    request is applied.
    """
    sheet = there.sheet
    for key, row in wanted.items():
        if key in there.rows:
            yield from _changed(there, key, row)
    over = {there.rows[key] for key in gone if key in there.rows} | set(there.doubled)
    if there.row_count - len(over) <= there.header_row + 1:  # Google keeps a row that is not frozen
        yield append_rows(sheet, 1)
    for at in sorted(over, reverse=True):
        yield delete_row(sheet, at)
    new = [{**row, **usual.get(key, {}), "id": key} for key, row in wanted.items() if key not in there.rows]
    if new:
        yield from new_rows(sheet, there.header_row + 1, there.at, new)


def new_rows(
    sheet: int, at: int, fields: Mapping[str, int], rows: Sequence[Mapping[str, Writable]]
) -> Iterator[Request]:
    """Insert rows before the 0-based row `at` and write the given fields in them, other columns untouched."""
    yield insert_rows(sheet, at, len(rows), like_above=False)
    for start, names in _runs(fields, rows[0]):
        yield set_cells(sheet, at, start, [[row[name] for name in names] for row in rows])


def same(cell: Cell, wanted: Writable) -> bool:
    """Whether a cell already reads as wanted; a link is compared by its label."""
    shown = wanted.label if isinstance(wanted, Link) else wanted
    if cell in (None, "") or shown in (None, ""):
        return cell in (None, "") and shown in (None, "")
    return (type(cell) is type(shown) and cell == shown) or _numbers_equal(cell, shown)


def _numbers_equal(one: Cell, other: Cell) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return numbers and not isinstance(one, bool) and not isinstance(other, bool) and one == other


def _changed(there: KeyedTab, key: str, wanted: Mapping[str, Writable]) -> Iterator[Request]:
    for field, value in wanted.items():
        if field in there.at and not same(there.cell(key, field), value):
            yield set_cells(there.sheet, there.rows[key], there.at[field], [[value]])


def _runs(fields: Mapping[str, int], row: Mapping[str, Writable]) -> list[tuple[int, list[str]]]:
    """The row's fields as runs of neighbouring columns: (first column, fields)."""
    runs: list[tuple[int, list[str]]] = []
    for column, field in sorted((fields[field], field) for field in row if field in fields):
        if runs and runs[-1][0] + len(runs[-1][1]) == column:
            runs[-1][1].append(field)
        else:
            runs.append((column, [field]))
    return runs
