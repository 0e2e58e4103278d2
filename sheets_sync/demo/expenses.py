"""The invented expenses: orders and payments that add up, line by line, to what the budget says is used."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, count, pairwise
from random import Random

from rules.calendar import anniversary
from rules.dates import serial
from rules.finding import ProblemKind
from sheets_sync.demo.budget import (
    A_LITTLE_AHEAD,
    AHEAD_OF_PLAN,
    ALL_SPENT_AT_ONCE,
    HARDLY_USED,
    HOLIDAYS,
    JUST_ENOUGH,
    LINES,
    NEARLY_SPENT,
    NOT_QUITE,
    ORDERED_AND_PAID,
    OVER,
    OVER_A_LITTLE,
    OVERPLANNED,
    SUMMER,
    Line,
    budget_rows,
)
from sheets_sync.demo.parts import Change, Formula, Nudge, Part, Record, Slip, Subject, days_from, not_yet, number
from sheets_sync.demo.planning import BY_LINE

EXPENSES = 220
"""How many rows the year has, more or less."""

SUPPLIERS: Mapping[str, tuple[str, ...]] = {
    "תרבות": ("הפקות ענבר", "הגברה ותאורה אורן", "קייטרינג הטאבון שלנו", "להקת צלילי הוואדי", "מתנפחים וכיף"),
    HOLIDAYS: ("הפקות ענבר", "הגברה ותאורה אורן", "קייטרינג הטאבון שלנו", "מתנפחים וכיף"),
    SUMMER: ("אוטובוסים דרך ארץ", "מחנאות ושטח"),
    "נוער": ("אוטובוסים דרך ארץ", "מחנאות ושטח", "סדנאות אתגר", "פיצה של ויקי"),
    "חוגים": ("ציוד יצירה צבעים", "ספורט לכולם", "כלי נגינה מיתר", "חומרים וקרמיקה"),
    "קהילה": ("ספרים ועוד", "מתנות קטנות", "הרצאות בסלון", "קפה ומאפה"),
    "קליטה": ("סלסלות מהשדה", "מתנות קטנות", "מאפיית הכפר שלנו"),
    "חוסן": ("ציוד חירום מגן", "קשר ואלחוט", "הדרכות עזרה ראשונה"),
    "קיימות": ("משתלת הרוח", "קומפוסט ירוק", "עץ וברזל"),
    "כללי": ("דפוס צבעוני", "קפה ומאפה", "ציוד משרדי נייר", "השתלמויות בדרך"),
}
APPROVAL_FROM = 500
UNSPENT_FROM = 120
"""So many days before the year's end one begins to ask what is left unspent."""

ALWAYS_ORDERING = 8_000
"""From this use on, in shekels, a line has an open order for certain."""

WAYS = {"paid": 5, "ordered and paid": 4, "ordered": 1}
"""How an expense comes about, and how often."""


def expenses(random: Random, today: date, year_start: date, owners: Sequence[str]) -> Part:
    """The tables `budget` and `expenses` (with an empty row), and what the rules of money are to find in them."""
    book = _Book(random, today, year_start)
    doubled, single = _doubled(today, year_start)
    unclear, (waiting, fresh) = _unclear(today), _large(today)
    known = [*doubled, *single, *unclear, waiting, fresh]
    book.seen.update((row["supplier"], row["amount"], _date(row)) for row in known)
    now = [*chain.from_iterable(book.line(line) for line in LINES), *known]
    rows = sorted([*book.before(EXPENSES - len(now)), *now], key=_date)
    rows.insert(len(rows) // 2, {})
    budget = list(budget_rows(owners))
    line = {str(row["line"]): row for row in budget}
    left = max(0, (anniversary(year_start, year_start.year + 1) - timedelta(1) - today).days - UNSPENT_FROM)
    return Part(
        {"budget": budget, "expenses": rows},
        found=(
            *_found(line, left),
            *(Subject("expense.duplicate", "expenses", row) for row in doubled[1::2]),
            Subject("expense.unapproved", "expenses", waiting),
        ),
        spared=(
            *_spared(line, left),
            *_only_alike(single),
            Subject("expense.unapproved", "expenses", fresh, nudge=Nudge(not_yet(today, 3)[1])),
        ),
        slips=(
            *(Slip("expenses", row, "date", ProblemKind.UNIQUE) for row in doubled if "invoice" not in row),
            Slip("expenses", unclear[1], "program", ProblemKind.QUESTION),
        ),
    )


def _found(line: Mapping[str, Record], left: int) -> Iterator[Subject]:
    """What the budget's own rows are to bring; `left`: days until one asks what is left unspent."""
    yield Subject("budget.overrun", "budget", line[OVER])
    yield Subject("budget.overrun", "budget", line[OVER_A_LITTLE])
    yield Subject("budget.total_overrun", "budget", None, HOLIDAYS)
    yield Subject("budget.nearly_spent", "budget", line[NEARLY_SPENT])
    yield Subject("budget.pace", "budget", line[AHEAD_OF_PLAN])
    yield Subject("budget.unspent", "budget", line[HARDLY_USED], after=left)
    yield Subject("budget.overplanned", "budget", line[OVERPLANNED])


def _spared(line: Mapping[str, Record], left: int) -> Iterator[Subject]:
    """What the budget's own rows nearly bring."""

    def planned(name: str, amount: int) -> Nudge:
        return Nudge(change=Change("budget", line[name], "planned", amount))

    once = line[ALL_SPENT_AT_ONCE]
    yield Subject("budget.overrun", "budget", once, nudge=planned(ALL_SPENT_AT_ONCE, 15_999))
    yield Subject("budget.overrun", "budget", line[ORDERED_AND_PAID], nudge=planned(ORDERED_AND_PAID, 9_999))
    yield Subject("budget.total_overrun", "budget", None, SUMMER, nudge=planned(ALL_SPENT_AT_ONCE, 15_600))
    often = Nudge(change=Change("budget", once, "one_off", entry=False))
    yield Subject("budget.nearly_spent", "budget", once, nudge=often)
    yield Subject("budget.nearly_spent", "budget", line[NOT_QUITE], nudge=Nudge(params={"share": 84}))
    yield Subject("budget.pace", "budget", line[A_LITTLE_AHEAD], nudge=Nudge(params={"points": 14}))
    yield Subject("budget.unspent", "budget", line[JUST_ENOUGH], after=left, nudge=Nudge(params={"share": 61}))
    yield Subject("budget.overplanned", "budget", line[NEARLY_SPENT], nudge=planned(NEARLY_SPENT, 23_900))


def _only_alike(single: Sequence[Record]) -> Iterator[Subject]:
    """Rows that look like one entered twice: one is cancelled, one is of another day, one of another supplier."""
    differences = ((1, "status", "תקין"), (3, "date", single[2]["date"]), (5, "supplier", single[4]["supplier"]))
    for at, name, entry in differences:
        assert not isinstance(entry, Formula)
        change = Change("expenses", single[at], name, entry)
        yield Subject("expense.duplicate", "expenses", single[at], nudge=Nudge(change=change))


def _large(today: date) -> tuple[Record, Record]:
    """Two large expenses without approval: one has waited for long, one is fresh."""
    common: Record = {"kind": "התחייבות", "status": "תקין", "approved": False}
    waiting: Record = {"date": days_from(today, -22), "line": "יום העצמאות", "supplier": "הגברה ותאורה אורן"}
    fresh: Record = {"date": days_from(today, not_yet(today, 3)[0]), "line": AHEAD_OF_PLAN, "supplier": "מחנאות ושטח"}
    return {**common, **waiting, "order": "2088", "amount": 2_600}, {
        **common,
        **fresh,
        "order": "2096",
        "amount": 2_150,
    }


class _Book:
    """Where expenses are written: numbers run on, and no two rows are alike by chance."""

    def __init__(self, random: Random, today: date, year_start: date) -> None:
        self.random, self.today, self.year_start = random, today, year_start
        self.invoices, self.orders = count(30_118, 7), count(2101)
        self.seen: set[tuple[object, object, float]] = set()

    def line(self, line: Line) -> Iterator[Record]:
        """This work year's rows of a line; what they use adds up to `line.used`."""
        if line.name == ORDERED_AND_PAID:
            yield from self._mostly_paid(line)
            return
        first, *others = pieces(self.random, line.used, 2 + line.used // 3_500)
        yield from self._expense(line, first, "ordered" if line.used > ALWAYS_ORDERING else "paid")
        ways = self.random.choices(list(WAYS), list(WAYS.values()), k=len(others))
        for amount, way in zip(others, ways, strict=True):
            yield from self._expense(line, amount, way)

    def before(self, rows: int) -> Iterator[Record]:
        """Payments of the work year before, within a year from today; they count for nothing now."""
        first = self.today - timedelta(360)
        for _ in range(max(rows, 0)):
            line, amount = self.random.choice(LINES), self.random.randrange(120, 2_400, 10)
            yield self._row(line, amount, self._day(first, self.year_start - timedelta(1)), "תשלום")

    def _expense(self, line: Line, amount: float, way: str) -> Iterator[Record]:
        """One expense: paid at once, or ordered and paid, or ordered and still open."""
        match way:
            case "paid":
                yield self._row(line, amount, self._day(self.year_start, self.today), "תשלום")
            case "ordered":
                late = max(self.year_start, self.today - timedelta(40))
                yield self._row(line, amount, self._day(late, self.today), "התחייבות")
            case _:
                yield from self._ordered_and_paid(line, amount, amount)

    def _ordered_and_paid(self, line: Line, ordered: float, paid: float) -> Iterator[Record]:
        day = self._day(self.year_start, self.today)
        order = self._row(line, ordered, day, "התחייבות")
        payment = self._row(line, paid, self._day(day, self.today), "תשלום")
        yield order
        yield {**payment, "supplier": order["supplier"], "order": order["order"]}

    def _mostly_paid(self, line: Line) -> Iterator[Record]:
        """Orders of 9,000 of which 7,000 are paid, and 1,000 without an order: 17,000 if one counted twice."""
        yield from self._ordered_and_paid(line, 5_200, 4_200)
        yield from self._ordered_and_paid(line, 3_800, 2_800)
        yield self._row(line, line.used - 9_000, self._day(self.year_start, self.today), "תשלום")

    def _row(self, line: Line, amount: float, day: date, kind: str) -> Record:
        is_payment = kind == "תשלום"
        needs_approval = amount >= APPROVAL_FROM
        others = [name for name in SUPPLIERS[line.category] if (name, amount, serial(day)) not in self.seen]
        supplier = self.random.choice(others)
        self.seen.add((supplier, amount, serial(day)))
        return {
            "date": serial(day),
            "line": line.name,
            "supplier": supplier,
            "invoice": str(next(self.invoices)) if is_payment else None,
            "order": None if is_payment else str(next(self.orders)),
            "amount": amount,
            "kind": kind,
            "program": BY_LINE.get(line.name) if day >= self.year_start else None,
            "status": "תקין",
            "approved": needs_approval,
            "approved_by": "מזכירות" if needs_approval else None,
            "paid_on": serial(day) if is_payment else None,
        }

    def _day(self, first: date, last: date) -> date:
        """A day between two, not on Shabbat if it can be helped."""
        day = first + timedelta(self.random.randint(0, max((last - first).days, 0)))
        if day.weekday() != 5 or first == last:
            return day
        return day - timedelta(1) if day > first else day + timedelta(1)


def pieces(random: Random, total: int, parts: int) -> list[float]:
    """Amounts, some with agorot, that add up to a total in shekels."""
    cuts = sorted(random.sample(range(6, total // 10 - 6), parts - 1))
    tens = [end - start for start, end in pairwise((0, *cuts, total // 10))]
    amounts: list[float] = [ten * 10 for ten in tens]
    amounts[-1] += total % 10
    amounts[0], amounts[1] = amounts[0] - 0.1, amounts[1] + 0.1
    return [round(amount, 2) for amount in amounts]


def _date(record: Record) -> float:
    return number(record, "date")


def _doubled(today: date, year_start: date) -> tuple[list[Record], list[Record]]:
    """Rows entered twice, the earlier and the later by turns; and rows that only look like it."""

    def row(line: str, supplier: str, amount: int, ago: int, **more: str) -> Record:
        day = max(days_from(today, -ago), serial(year_start))
        given: Record = {"date": day, "line": line, "supplier": supplier, "amount": amount, "kind": "תשלום"}
        return {**given, "status": "תקין", "approved": amount >= APPROVAL_FROM, "paid_on": day, **more}

    doubled = [
        row("הגיל השלישי", "הרצאות בסלון", 850, 34, invoice="1187"),
        row("הגיל השלישי", "הרצאות בסלון", 850, 25, invoice="1187"),
        row("גיל רך", "ציוד יצירה צבעים", 310, 29, invoice="90412"),
        row("ספרייה", "ציוד יצירה צבעים", 190, 28, invoice="90412"),
        row("כיבוד לישיבות", "קפה ומאפה", 145, 19),
        row("כיבוד לישיבות", "קפה ומאפה", 145, 19),
    ]
    single = [
        row("רווחה וחסד", "הדרכות עזרה ראשונה", 420, 31, invoice="5513"),
        row("רווחה וחסד", "הדרכות עזרה ראשונה", 420, 22, invoice="5513", status="בוטל"),
        row("ועדות", "קפה ומאפה", 160, 40),
        row("ועדות", "קפה ומאפה", 160, 12),
        row("ספרייה", "ספרים ועוד", 275, 38, invoice="7001"),
        row("ספרייה", "דפוס צבעוני", 275, 37, invoice="7001"),
    ]
    return doubled, single


def _unclear(today: date) -> list[Record]:
    """An order without a number, and a payment that may be for it: only one of them names an activity."""
    both: Record = {"line": "ועדות", "supplier": "רקמה ומתנה", "amount": 380, "status": "תקין"}
    ordered, paid = days_from(today, -30), days_from(today, -16)
    return [
        {**both, "date": ordered, "kind": "התחייבות", "notes": "תשורות לחברי הוועדות"},
        {**both, "date": paid, "kind": "תשלום", "invoice": "820", "program": "ערב תודה", "paid_on": paid},
    ]
