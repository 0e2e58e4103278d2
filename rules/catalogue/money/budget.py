"""Rules of the budget's lines."""

from collections.abc import Iterable, Iterator

from rules.calendar import work_year
from rules.catalogue.money.ahead import Ahead, ahead
from rules.catalogue.money.bookings import Doubt, bookings
from rules.catalogue.money.ledger import Position, largest, positions
from rules.catalogue.places import cells, question
from rules.finding import CellRef, Finding, Problem, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Figure, Money, Percent, Text, Wording, day

LARGEST = 3
"""How many of a line's largest bookings stand behind a finding."""


@rule(
    "budget.overrun",
    "חריגה מסעיף תקציבי",
    "A budget line is overrun",
    explanation_he="מה ששולם ומה שהוזמן בסעיף, יחד, עולים על התקציב שלו. הזמנה שכבר שולמה נספרת פעם אחת.",
    explanation_en="What was paid and ordered on a line exceeds its budget. An order that was paid counts once.",
    needs=("budget",),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    params=(
        Param("secretary_amount", 250, Unit.SHEKEL, "חריגה שמעליה פונים גם למזכירות", "Overrun told to the secretary"),
        Param(
            "secretary_share",
            2,
            Unit.PERCENT,
            "או אחוז מהסעיף, הגבוה מביניהם",
            "Or share of the line, if higher",
            0,
            100,
        ),
    ),
    wording=Wording(
        he=Text(
            'חריגה של {over} בסעיף "{line}"',
            "נכון ל־{today}: תקציב {planned}, שולם {paid}, התחייבויות {committed}.[ יחד {share} מהסעיף.]",
            "לבדוק את {n|=0 מה שנרשם בסעיף|ההוצאה הגדולה|שתי ההוצאות הגדולות|# ההוצאות הגדולות}, "
            "ולסכם עם מזכירות היישוב העברה מסעיף אחר או דחייה.",
        ),
        en=Text(
            'The line "{line}" is {over} over budget',
            "As of {today}: budget {planned}, paid {paid}, committed {committed}.[ Together {share} of the line.]",
            "Look at {n|=0 what is booked on the line|the largest expense|the # largest expenses}, "
            "and agree with the secretary on a transfer or a delay.",
        ),
    ),
)
def overrun(book: Book, given: Given) -> Iterator[Finding | Problem]:
    """Lines of which more than all is used; urgent, and the secretary's too, above an amount and a share.

    A line planned below zero is one of income, or takes off another: it cannot be overrun.
    """
    for position in positions(book, given.settings, given.today).values():
        over = position.used - position.planned
        if over > 0 and position.planned >= 0:
            yield _overrun(book, given, position, over)
    for doubt in bookings(book, given.settings, given.today).doubts:
        yield _counted_twice(book["expenses"], doubt)


def _overrun(book: Book, given: Given, position: Position, over: int) -> Finding:
    grave = over > given["secretary_amount"] and over * 100 > given["secretary_share"] * position.planned
    behind = [one.booking.index for one in largest(position, LARGEST)]
    return overrun.finding(
        book["budget"],
        position.row,
        {
            **_standing(position),
            "over": Money(over),
            "today": given.today,
            "n": len(behind),
        },
        key=position.line,
        severity=Severity.URGENT if grave else Severity.CARE,
        roles=overrun.roles if grave else (Role.COORDINATOR,),
        cells=_behind(book, position, behind),
    )


def _counted_twice(expenses: Table, doubt: Doubt) -> Problem:
    ordered = day(doubt.commitment.date)
    return question(
        expenses,
        doubt.payment.index,
        "program",
        f"ייתכן שהתשלום שייך להתחייבות של אותו ספק מ־{ordered}, ולכן הם נספרים פעם אחת. "
        "מס׳ הזמנה או תוכנית/פעילות זהים בשתי השורות, או שונים בהן, יכריעו.",
        f"This payment may belong to the commitment to the same supplier of {ordered}, so they are counted once. "
        "The same order number or programme in both rows, or different ones, will settle it.",
    )


@rule(
    "budget.nearly_spent",
    "סעיף שעומד להיגמר",
    "A budget line is nearly spent",
    explanation_he="רוב הסעיף נוצל, ומה שנשאר לא יספיק לתוכנית או שנשאר עוד זמן רב עד סוף שנת העבודה.",
    explanation_en="Most of a line is used, and what is left is less than the plan asks or must last for long.",
    needs=("budget",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("share", 85, Unit.PERCENT, "אחוז ניצול", "Share used", 1, 100),
        Param("days_left", 60, Unit.DAYS, "או יותר ימים מאלה עד סוף השנה", "Or more days than these are left", 0, 366),
    ),
    wording={
        variant: Wording(
            he=Text(
                'נוצלו {share} מסעיף "{line}", {left|=0 לא נשאר בו דבר|נשארו #}',
                "עד סוף שנת העבודה ({year_end}) {n|=0 לא נשארו עוד ימים|נשאר יום|נשארו יומיים|נשארו # ימים}, ובתוכנית "
                "{m|=0 לא רשומות עוד פעילויות|רשומה עוד פעילות אחת|רשומות עוד שתי פעילויות|רשומות עוד # פעילויות}"
                "[ בעלות {asks}].",
                next_he,
            ),
            en=Text(
                '{share} of the line "{line}" is used, {left|=0 nothing|#} is left',
                "{n|=0 No more days are left|One day is left|# days are left} until {year_end}, and the plan has "
                "{m|=0 no more activities|one more activity|# more activities}[ at {asks}].",
                next_en,
            ),
        )
        for variant, next_he, next_en in (
            (
                "short",
                "להחליט מה מצמצמים או מאיפה משלימים {gap}.",
                "Decide what to cut or where the missing {gap} will come from.",
            ),
            (
                "",
                "לבדוק עם שותפי התוכנית שמה שנשאר יספיק עד סוף השנה.",
                "Check with those involved that what is left will last until the year's end.",
            ),
        )
    },
)
def nearly_spent(book: Book, given: Given) -> Iterator[Finding | Problem]:
    """Lines used to a large part, not yet overrun, of which more is asked or much of the year is left."""
    asked = ahead(book, given.settings, given.today)
    days = (work_year(given.settings.work_year_start, given.today)[1] - given.today).days
    for name, position in positions(book, given.settings, given.today).items():
        if position.one_off or position.used > position.planned or not position.planned:
            continue
        asks = asked.get(name, Ahead())
        pressed = asks.amount > position.remaining or days > given["days_left"]
        if position.used * 100 >= given["share"] * position.planned and pressed:
            yield _nearly_spent(book, given, position, asks, days)


def _nearly_spent(book: Book, given: Given, position: Position, asks: Ahead, days: int) -> Finding:
    short = asks.amount > position.remaining
    behind = [one.booking.index for one in largest(position, LARGEST)]
    return nearly_spent.finding(
        book["budget"],
        position.row,
        {
            **_standing(position),
            "left": Money(position.remaining),
            "year_end": work_year(given.settings.work_year_start, given.today)[1],
            "n": days,
            "m": asks.activities,
            "asks": Money(asks.amount) if asks.amount else None,
            "gap": Money(asks.amount - position.remaining) if short else None,
        },
        key=position.line,
        variant="short" if short else "",
        cells=_behind(book, position, behind),
    )


def _standing(position: Position) -> dict[str, Figure]:
    return {
        "line": position.line,
        "planned": Money(position.planned),
        "paid": Money(position.paid),
        "committed": Money(position.committed),
        "share": None if position.share is None else Percent(position.share),
    }


def _behind(book: Book, position: Position, bookings_of: Iterable[int]) -> Iterator[CellRef]:
    """The line's plan, and the amounts of some of its bookings (or what was typed as spent)."""
    yield from cells(book["budget"], position.row, "planned")
    if "expenses" not in book:
        yield from cells(book["budget"], position.row, "actual")
    for index in bookings_of:
        yield from cells(book["expenses"], index, "amount")
