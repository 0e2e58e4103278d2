"""Rules of where the budget is heading: its pace, what stays unspent, what is planned beyond it."""

from collections.abc import Iterator

from rules.calendar import work_year
from rules.catalogue.money.ahead import Ahead, ahead, planned_costs
from rules.catalogue.money.course import Basis, Expected, course
from rules.catalogue.money.ledger import Position, positions
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Money, Percent, Text, Wording

BASES = {
    Basis.PLAN: ("לפי התאריכים שבתוכנית", "by the dates of the plan"),
    Basis.LAST_YEAR: ("לפי הקצב של השנה שעברה", "by last year's pace"),
    Basis.CALENDAR: ("לפי הזמן שעבר מתחילת השנה", "by the time that has passed"),
}


@rule(
    "budget.pace",
    "סעיף שנוצל מהר מהצפוי",
    "A budget line is used faster than expected",
    explanation_he="הניצול גבוה מהצפוי עד היום: לפי תאריכי התוכנית והאירועים; אם אין, לפי השנה שעברה; "
    "ואם אין גם זה, לפי הזמן שעבר.",
    explanation_en="More is used than expected by today: by the plan's dates, else by last year, else by the calendar.",
    needs=("budget",),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    params=(
        Param("points", 15, Unit.PERCENT, "כמה נקודות מעל הצפוי", "Points above what is expected", 1, 100),
        Param(
            "cover", 50, Unit.PERCENT, "איזה חלק מהסעיף יש לו תאריך בתוכנית", "Share of the line that is dated", 1, 100
        ),
        Param(
            "year_share",
            25,
            Unit.PERCENT,
            "לפי הזמן: אחרי איזה חלק מהשנה",
            "By time: after this share of the year",
            0,
            100,
        ),
        Param("amount", 1_000, Unit.SHEKEL, "לפי הזמן: מאיזה סכום מעל הצפוי", "By time: from this excess"),
    ),
    wording=Wording(
        he=Text(
            'סעיף "{line}": נוצלו {share}, והצפוי עד היום {expected}',
            "הצפי הוא {basis}. תקציב {planned}, שולם והוזמן {used}: {excess} מעל הצפוי.",
            "לבדוק אם יש הוצאה שהוקדמה, ומה מתוכנן עד סוף השנה.",
        ),
        en=Text(
            'The line "{line}": {share} is used, {expected} was expected by today',
            "The expectation is {basis_en}. Budget {planned}, paid and committed {used}: {excess} above it.",
            "Check if an expense came early, and what is planned until the year's end.",
        ),
    ),
)
def pace(book: Book, given: Given) -> Iterator[Finding]:
    """Lines of which much more is used than the year's course asks; an overrun line is told as such."""
    known = course(book, given)
    for name, position in positions(book, given.settings, given.today).items():
        if not position.planned or position.used > position.planned:
            continue
        expected = known.expected(name, position, given["cover"])
        if _runs_ahead(position, expected, given, known.gone * 100 > given["year_share"]):
            yield _pace(book, position, expected)


def _runs_ahead(position: Position, expected: Expected, given: Given, late_enough: bool) -> bool:
    excess = position.used - expected.share * position.planned
    if excess * 100 < given["points"] * position.planned:
        return False
    if expected.basis is not Basis.CALENDAR:
        return True
    return late_enough and excess >= given["amount"] and not position.one_off


def _pace(book: Book, position: Position, expected: Expected) -> Finding:
    basis, basis_en = BASES[expected.basis]
    return pace.finding(
        book["budget"],
        position.row,
        {
            "line": position.line,
            "share": Percent(position.share or 0),
            "expected": Percent(round(expected.share * 100)),
            "basis": basis,
            "basis_en": basis_en,
            "planned": Money(position.planned),
            "used": Money(position.used),
            "excess": Money(position.used - round(expected.share * position.planned)),
        },
        key=position.line,
        cells=cells(book["budget"], position.row, "planned"),
    )


@rule(
    "budget.unspent",
    "סעיף שכסף נשאר בו",
    "A budget line is left unspent",
    explanation_he="סוף השנה מתקרב, ומה ששולם, הוזמן ומתוכנן בסעיף הוא רק חלק ממנו.",
    explanation_en="The year's end is near, and what is paid, ordered and planned is only part of the line.",
    needs=("budget",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("share", 60, Unit.PERCENT, "פחות מאיזה חלק של הסעיף", "Less than this share of the line", 1, 100),
        Param("days", 120, Unit.DAYS, "כמה ימים לפני סוף השנה", "Days before the year's end", 1, 366),
        Param("again", 60, Unit.DAYS, "ושוב, כמה ימים לפני סוף השנה", "And again, days before the year's end", 0, 366),
    ),
    wording=Wording(
        he=Text(
            'בסעיף "{line}" נשארו {left}',
            "עד סוף שנת העבודה ({year_end}) {n|=0 לא נשארו עוד ימים|נשאר יום|נשארו יומיים|נשארו # ימים}. "
            "שולם והוזמן {used} מתוך {planned}[, ועוד {asks} מתוכננים].",
            "להחליט למה הסעיף נחוץ עוד השנה, או לסכם העברה לסעיף אחר.",
        ),
        en=Text(
            '{left} is left on the line "{line}"',
            "{n|=0 No more days are left|One day is left|# days are left} until {year_end}. "
            "{used} of {planned} is paid and committed[, and {asks} more is planned].",
            "Decide what the line is still needed for this year, or agree on a transfer.",
        ),
    ),
)
def unspent(book: Book, given: Given) -> Iterator[Finding]:
    """Lines of which little is used or planned when the year's end is near; for care when it is nearer."""
    year_end = work_year(given.settings.work_year_start, given.today)[1]
    days = (year_end - given.today).days
    if days > given["days"]:
        return
    asked = ahead(book, given.settings, given.today)
    for name, position in positions(book, given.settings, given.today).items():
        asks = asked.get(name, Ahead()).amount
        if (position.used + asks) * 100 >= given["share"] * position.planned:
            continue
        yield unspent.finding(
            book["budget"],
            position.row,
            {
                "line": position.line,
                "left": Money(position.remaining),
                "used": Money(position.used),
                "planned": Money(position.planned),
                "asks": Money(asks) if asks else None,
                "year_end": year_end,
                "n": days,
            },
            key=position.line,
            severity=Severity.CARE if days <= given["again"] else Severity.INFO,
            cells=cells(book["budget"], position.row, "planned"),
        )


@rule(
    "budget.overplanned",
    "בתוכנית יותר מבסעיף",
    "More is planned than the line has",
    explanation_he="העלות המתוכננת של הפעילויות והאירועים בסעיף עולה על התקציב שלו.",
    explanation_en="The planned cost of a line's programmes and events exceeds its budget.",
    needs=("budget", "plan"),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    wording=Wording(
        he=Text(
            'בסעיף "{line}" מתוכננים {over} יותר מהתקציב',
            "{n|פעילות אחת מתוכננת|שתי פעילויות מתוכננות|# פעילויות מתוכננות} בעלות {asks}, והתקציב {planned}.",
            "להחליט מה מצמצמים או מאיפה משלימים {over}.",
        ),
        en=Text(
            '{over} more is planned on the line "{line}" than its budget',
            "{n|One activity is|# activities are} planned at {asks}, and the budget is {planned}.",
            "Decide what to cut or where the missing {over} will come from.",
        ),
    ),
)
def overplanned(book: Book, given: Given) -> Iterator[Finding]:
    """Lines that the year's plan asks more of than they have."""
    planned = planned_costs(book, given.settings, given.today)
    for name, position in positions(book, given.settings, given.today).items():
        costs = [activity.cost for activity in planned.get(name, ()) if activity.cost]
        over = sum(costs) - position.planned
        if over > 0:
            yield overplanned.finding(
                book["budget"],
                position.row,
                {
                    "line": position.line,
                    "over": Money(over),
                    "asks": Money(sum(costs)),
                    "planned": Money(position.planned),
                    "n": len(costs),
                },
                key=position.line,
                cells=cells(book["budget"], position.row, "planned"),
            )
