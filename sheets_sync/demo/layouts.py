"""How the invented community keeps each tab, and which of its spreadsheets has it."""

from collections.abc import Mapping, Sequence
from datetime import date

from pyluach.hebrewcal import Year

from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.layout import Layout, OwnColumn, Sheet, lay_out, shown
from sheets_sync.demo.parts import Record
from sheets_sync.demo.touches import in_budget, in_classes, in_expenses, in_families, in_registrations

MAIN, BUDGET, ABSORPTION, OWN, WELFARE = "main", "budget", "absorption", "own", "welfare"
SHOPPING = Sheet(
    "",
    "קניות לקידוש",
    (
        ("מה", "כמה", "מי מביא"),
        ("מיץ ענבים", 12, "תורני שבת"),
        ("עוגות", 6, "ועדת תרבות"),
        ("צלחות", 200, None),
        ("לבדוק מה נשאר במחסן", None, None),
    ),
)
"""A tab that is nobody's table."""


def season(year: int) -> str:
    """The Hebrew year that begins in the autumn of a civil year, as tabs are named by it: תשפ"ז."""
    return str(Year(year + 3761).year_string()).replace("״", '"')


def lay_out_all(tables: Mapping[str, Sequence[Record]], year_start: date) -> dict[str, Sheet]:
    """The tab of each table, by key, in the order of the tables."""
    kept = {layout.spec.key: layout for layout in layouts(year_start)}
    return {
        key: lay_out(kept.get(key) or Layout(spec, spec.hebrew), tables[key])
        for key, spec in SPECS.items()
        if key in tables
    }


def workbooks(sheets: Mapping[str, Sheet], *others: Sheet) -> dict[str, Sequence[Sheet]]:
    """The tabs by spreadsheet; `others` are tabs of the main one that are no tables."""
    found: dict[str, list[Sheet]] = {}
    for key, sheet in sheets.items():
        found.setdefault(SPECS[key].workbook, []).append(sheet)
    found[MAIN] += others
    return {name: tuple(found[name]) for name in (MAIN, BUDGET, ABSORPTION, OWN, WELFARE) if name in found}


def layouts(year_start: date) -> list[Layout]:
    """How this community keeps the tabs that differ from the template."""
    year = str(year_start.year) if year_start.month == 1 else season(year_start.year)
    return [
        *_of_money(year),
        Layout(
            SPECS["classes"],
            f"חוגים {season(year_start.year)}",
            renamed={"minimum": "מינ' נרשמים", "maximum": "מקס' נרשמים", "price": "מחיר"},
            touched=in_classes,
        ),
        Layout(
            SPECS["registrations"],
            "נרשמים",
            renamed={"participant": "שם הילד/ה", "phone": "טלפון נייד"},
            own=OwnColumn(
                "כמה נשאר לגבות",
                "=N({amount_due})-N({amount_paid})",
                lambda row: _amount(row, "amount_due") - _amount(row, "amount_paid"),
            ),
            touched=in_registrations,
        ),
        Layout(SPECS["people"], "אנשי קשר"),
        Layout(SPECS["families"], "משפחות חדשות", renamed={"house": "כתובת"}, touched=in_families),
        Layout(SPECS["plan"], f"תוכנית שנתית {year}", renamed={"planned_cost": "אומדן", "partners": "ממשקים"}),
        Layout(SPECS["volunteers"], "מאגר מתנדבים", renamed={"skills": "במה יכול/ה לעזור"}),
        Layout(SPECS["events"], "לוח אירועים", renamed={"place": "איפה", "participants": "כמה הגיעו"}),
        Layout(SPECS["tasks"], "משימות", renamed={"due": "עד מתי"}),
        Layout(
            SPECS["welfare"],
            SPECS["welfare"].hebrew,
            above=("בלשונית הזו נרשמים קודים בלבד: בלי שמות, טלפונים ומספרי זהות",),
        ),
    ]


def _of_money(year: str) -> list[Layout]:
    return [
        Layout(
            SPECS["budget"],
            f"תקציב {year}",
            own=OwnColumn("צפי לשנה הבאה", "={planned}*1.04", lambda row: round(_amount(row, "planned") * 1.04, 2)),
            total="planned",
            touched=in_budget,
        ),
        Layout(
            SPECS["expenses"],
            "הוצאות",
            above=("הוצאות תרבות, קהילה וחוגים", "נא לצרף חשבונית לכל שורה"),
            renamed={"supplier": "שם הספק", "amount": "סכום לתשלום", "invoice": "מספר חשבונית"},
            touched=in_expenses,
        ),
    ]


def _amount(row: Record, name: str) -> float:
    cell = shown(row.get(name))
    return cell if isinstance(cell, int | float) else 0
