"""The mistakes that real sheets have, each kind planted where it makes no rule speak or fall silent."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from rules.finding import ProblemKind
from sheets_sync.demo.budget import LINES
from sheets_sync.demo.offers import ROOMY
from sheets_sync.demo.parts import Entry, Formula, Part, Record, Slip, Subject, days_from, number

Tables = Mapping[str, list[Record]]
BROKEN_LINE = "גינה קהילתית"
"""The budget line whose figure of last year comes from a tab that was deleted."""


def plant(tables: Tables, today: date) -> Part:
    """Put the mistakes into the tables, changing and adding records; answers what they are."""
    again = _twice(tables["registrations"])
    return Part(
        found=(Subject("registration.duplicate", "registrations", again[1]),),
        slips=(
            *(Slip("registrations", row, "participant", ProblemKind.UNIQUE) for row in again),
            *_in_registrations(tables["registrations"]),
            *_in_classes(tables["classes"]),
            *_in_budget(tables["budget"]),
            *_in_expenses(tables["expenses"], today),
            *_in_followups(tables["followups"]),
        ),
    )


def _set(table: str, record: Record, field: str, entry: Entry, kind: ProblemKind) -> Slip:
    record[field] = entry
    return Slip(table, record, field, kind)


def _of_roomy(rows: list[Record]) -> list[Record]:
    return [row for row in rows if row["class_name"] == ROOMY.full_name]


def _twice(rows: list[Record]) -> tuple[Record, Record]:
    """A registration, and the same sent again six hours later."""
    once = _of_roomy(rows)[0]
    rows.append({**once, "submitted": number(once, "submitted") + 0.25})
    return once, rows[-1]


def _in_registrations(rows: list[Record]) -> Iterator[Slip]:
    zero, letter, elsewhere, silent, undecided, marked, comma = _of_roomy(rows)[1:8]
    phone = str(zero["phone"])
    yield _set("registrations", zero, "phone", int(phone.replace("-", "")), ProblemKind.LOST_ZERO)
    yield _set("registrations", letter, "phone", str(letter["phone"]).replace("-0", "-O"), ProblemKind.TYPE)
    yield _set("registrations", elsewhere, "class_name", "התעמלות בקר", ProblemKind.REFERENCE)
    yield _set("registrations", silent, "phone", None, ProblemKind.REQUIRED)
    yield _set("registrations", undecided, "payment", "ישלם בהמשך", ProblemKind.CHOICE)
    name = f"\u202b{marked['participant']}\u202c"
    yield _set("registrations", marked, "participant", name, ProblemKind.HIDDEN_CHARACTERS)
    yield _set("registrations", comma, "email", "toshav@example,org", ProblemKind.TYPE)


def _in_classes(rows: list[Record]) -> Iterator[Slip]:
    roomy = next(row for row in rows if row["name"] == ROOMY.name)
    yield _set("classes", roomy, "age_to", 990, ProblemKind.RANGE)


def _in_budget(rows: list[Record]) -> Iterator[Slip]:
    row = next(row for row in rows if row["line"] == BROKEN_LINE)
    yield _set("budget", row, "previous", Formula("=#REF!*1.05", "#REF!"), ProblemKind.FORMULA_ERROR)


def _in_expenses(rows: list[Record], today: date) -> Iterator[Slip]:
    """Small payments on a roomy line, or on none."""
    roomy = max(LINES, key=lambda line: line.planned - line.used).name

    def paid(supplier: str, amount: Entry, day: Entry, line: str = roomy) -> Record:
        row: Record = {"date": day, "line": line, "supplier": supplier, "invoice": str(64_000 + len(rows) * 3)}
        rows.append({**row, "amount": amount, "kind": "תשלום", "status": "תקין", "paid_on": day})
        return rows[-1]

    recent = days_from(today, -4)
    in_words = paid("השתלמויות בדרך", '1,200 ש"ח', recent)
    yield Slip("expenses", in_words, "amount", ProblemKind.TEXT_NUMBER)
    typed = paid("קפה ומאפה", 180, f"{_latest(today, plain=True):%d/%m/%Y}")
    yield Slip("expenses", typed, "date", ProblemKind.TEXT_DATE)
    either = paid("קפה ומאפה", 95, f"{_latest(today, plain=False):%d/%m/%Y}")
    yield Slip("expenses", either, "date", ProblemKind.AMBIGUOUS_DATE)
    for row, kind in ((typed, ProblemKind.TEXT_DATE), (either, ProblemKind.AMBIGUOUS_DATE)):
        yield Slip("expenses", row, "paid_on", kind)
    yield Slip("expenses", paid("סלסלות מהשדה", 240, recent, "קליטת משפחה"), "line", ProblemKind.REFERENCE)


def _latest(today: date, *, plain: bool) -> date:
    """The latest day of which day and month can, or cannot, be told apart when written as figures."""
    days = (today - timedelta(ago) for ago in range(2, 40))
    return next(day for day in days if (day.day > 12) is plain and day.day != day.month)


def _in_followups(rows: list[Record]) -> Iterator[Slip]:
    row = rows[0]
    yield _set("followups", row, "family", f"\u200f{row['family']}\u200f", ProblemKind.HIDDEN_CHARACTERS)
