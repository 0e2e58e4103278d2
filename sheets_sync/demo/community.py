"""A community invented for a day: its workbooks as people keep them, and what is to be noticed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from pyluach.hebrewcal import Year

from rules.catalogue import TABLES
from rules.finding import ProblemKind
from sheets_sync.demo.absorption import ARRIVALS, absorption
from sheets_sync.demo.contacts import HOLDERS, contacts
from sheets_sync.demo.expenses import expenses
from sheets_sync.demo.households import Household, households
from sheets_sync.demo.layout import Layout, OwnColumn, Sheet, lay_out, shown
from sheets_sync.demo.offers import CLOSING
from sheets_sync.demo.parts import Part, Record, joined
from sheets_sync.demo.registrations import classes, form_answer
from sheets_sync.demo.slips import plant
from sheets_sync.demo.touches import in_budget, in_classes, in_expenses, in_families, in_registrations

SPECS = {spec.key: spec for spec in TABLES}
COMPANIONS = 6


@dataclass(frozen=True, slots=True)
class Expected:
    """A rule and the row (0-based, in the sheet) of a table where it must notice something, or must not."""

    rule: str
    table: str
    row: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell with something wrong: the table, the 0-based row in the sheet, the field, and the kind of problem."""

    table: str
    row: int
    field: str
    kind: ProblemKind


@dataclass(frozen=True)
class Community:
    """An invented community. `workbooks` has the tabs of `main`, `budget` and `absorption`.

    `findings` are all that the rules are to notice, `near_misses` what they are to leave alone, `mistakes` all problems
    of cells. `form_answer`, by the form's questions, brings the class `closing_class`, whose decision day is today, to
    its minimum.
    """

    name: str
    today: date
    work_year_start: date
    workbooks: Mapping[str, Sequence[Sheet]]
    findings: tuple[Expected, ...]
    near_misses: tuple[Expected, ...]
    mistakes: tuple[Mistake, ...]
    closing_class: str
    form_answer: Mapping[str, str]

    @property
    def rules(self) -> frozenset[str]:
        """The rules the community was invented for: each has a finding and a near miss."""
        return frozenset(one.rule for one in (*self.findings, *self.near_misses))

    def sheet(self, table: str) -> Sheet:
        """The tab of a table."""
        return next(sheet for sheets in self.workbooks.values() for sheet in sheets if sheet.table == table)


def invent(today: date, seed: int = 5787) -> Community:
    """Invent the community as it stands on a day; the same for the same day and seed."""
    village = households(Random(f"{seed} households"), today.year)
    year_start = work_year_start(today)
    part = _part(today, seed, year_start, village)
    sheets = {layout.spec.key: lay_out(layout, part.tables[layout.spec.key]) for layout in _layouts(year_start)}
    return Community(
        name="נוף שקמה",
        today=today,
        work_year_start=year_start,
        workbooks={
            "main": (sheets["classes"], sheets["registrations"], sheets["people"], SHOPPING),
            "budget": (sheets["budget"], sheets["expenses"]),
            "absorption": (sheets["families"], sheets["followups"]),
        },
        findings=tuple(Expected(s.rule, s.table, _row(sheets, part, s.table, s.record)) for s in part.found),
        near_misses=tuple(Expected(s.rule, s.table, _row(sheets, part, s.table, s.record)) for s in part.spared),
        mistakes=tuple(Mistake(s.table, _row(sheets, part, s.table, s.record), s.field, s.kind) for s in part.slips),
        closing_class=CLOSING.full_name,
        form_answer=form_answer(today, village),
    )


def work_year_start(today: date) -> date:
    """The latest 1.1 or 1.9 that leaves more than 60 days on each side of today within the work year."""
    if 7 <= today.month <= 10:
        return date(today.year, 1, 1)
    return date(today.year if today.month > 10 else today.year - 1, 9, 1)


def _part(today: date, seed: int, year_start: date, village: Sequence[Household]) -> Part:
    """All tables of the community, with the mistakes in them."""
    holders, rest = village[: len(HOLDERS)], village[len(HOLDERS) :]
    companions, rest = rest[:COMPANIONS], rest[COMPANIONS:]
    newcomers = list({home.surname: home for home in rest}.values())[-len(ARRIVALS) :]
    owners = [home.adults[0].name for home in holders]
    whole = joined(
        [
            expenses(Random(f"{seed} expenses"), today, year_start, owners),
            classes(Random(f"{seed} classes"), today, village),
            absorption(Random(f"{seed} absorption"), today, newcomers, companions),
            contacts(today, holders, companions),
        ]
    )
    return joined([whole, plant(whole.tables, today)])


def _row(sheets: Mapping[str, Sheet], part: Part, table: str, record: Record) -> int:
    at = next(index for index, row in enumerate(part.tables[table]) if row is record)
    return sheets[table].header_row + 1 + at


def _layouts(year_start: date) -> list[Layout]:
    """How this community keeps each tab."""
    year = str(year_start.year) if year_start.month == 1 else season(year_start.year)
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
        Layout(SPECS["followups"], "מעקב קליטה"),
    ]


def season(year: int) -> str:
    """The Hebrew year that begins in the autumn of a civil year, as tabs are named by it: תשפ"ז."""
    return str(Year(year + 3761).year_string()).replace("״", '"')


def _amount(row: Record, name: str) -> float:
    cell = shown(row.get(name))
    return cell if isinstance(cell, int | float) else 0


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
