"""The rule of the coordinator's own hours; told to nobody else."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from rules.calendar import ONE_DAY
from rules.catalogue.places import cells
from rules.catalogue.sustainability.timesheet import Month, Shift, absent, hours_worked, month_of, quota, shifts
from rules.finding import Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Figure, Percent, Text, Wording

MIDDLE = timedelta(days=14)
"""From a month's first day to its middle, the 15th."""

ASKED = "המכסה: {quota|=0 אין שעות|שעה|שעתיים|# שעות}, לפי משרה של {percent}.[ ימי היעדרות: {absent}.]"
ASKED_EN = "The month asks {quota|=0 nothing|an hour|# hours}, for a post of {percent}.[ Days of absence: {absent}.]"


def _written(rest: str = "") -> str:
    """How many hours are written down, and what there is to say of them when there are any."""
    return f"{{n|=0 עוד לא נרשמו שעות|נרשמה שעה{rest}|נרשמו שעתיים{rest}|נרשמו # שעות{rest}}}"


def _written_en(rest: str = "") -> str:
    return f"{{n|=0 no hours are written down yet|an hour is written down{rest}|# hours are written down{rest}}}"


@rule(
    "hours.quota",
    "שעות העבודה מול המכסה",
    "Working hours against the quota",
    explanation_he="מהראשון בחודש, על החודש שעבר: השעות רחוקות מהמכסה ביותר מ־15%. עד אמצע החודש: יותר מ־60% ממנה. "
    "לידיעה: יותר משלושה סופי שבוע עם עבודה. חודשים שלפני הרישום הראשון אינם נספרים.",
    explanation_en="From the 1st, of the month past: the hours are more than 15 % off the quota. By mid-month: over "
    "60 % of it. For information: more than three weekends with work. Months before the first row are left out.",
    needs=("hours",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("share", 15, Unit.PERCENT, "יותר מכמה אחוזים מהמכסה", "More than this percent off the quota", 0, 100),
        Param("early", 60, Unit.PERCENT, "עד אמצע החודש: יותר מכמה אחוזים", "By mid-month: more than percent", 1, 100),
        Param("weekends", 3, Unit.COUNT, "יותר מכמה סופי שבוע בחודש", "More than this many weekends", 0, 5),
    ),
    wording={
        "under": Wording(
            he=Text(
                f"בחודש {{month}} {_written(', פחות מהמכסה')}",
                ASKED,
                "להשלים שעות שעוד לא נרשמו, או לתאם איך משלימים את ההפרש.",
            ),
            en=Text(
                f"In {{month}} {_written_en(', less than the quota')}",
                ASKED_EN,
                "Complete hours not written down yet, or agree how to make up the difference.",
            ),
        ),
        "over": Wording(
            he=Text(
                f"בחודש {{month}} {_written(', יותר מהמכסה')}",
                ASKED,
                "לבדוק שהרישום נכון, ולתאם איך מאזנים את ההפרש.",
            ),
            en=Text(
                f"In {{month}} {_written_en(', more than the quota')}",
                ASKED_EN,
                "Check what is written down, and agree how to balance the difference.",
            ),
        ),
        "early": Wording(
            he=Text(
                "עד אמצע החודש ({month}) נרשמו {share} ממכסת השעות",
                f"{_written()}. {ASKED}",
                "לתכנן את שאר החודש כך שהשעות יספיקו עד סופו.",
            ),
            en=Text(
                "By mid-month ({month}) {share} of the hours are written down",
                f"So far {_written_en()}. {ASKED_EN}",
                "Plan the rest of the month so that the hours last to its end.",
            ),
        ),
        "weekends": Wording(
            he=Text(
                "בחודש {month} {n|=0 לא היו סופי שבוע|היה סוף שבוע אחד|היו שני סופי שבוע|היו # סופי שבוע} עם עבודה",
                "סוף שבוע: מיום שישי בצהריים ועד צאת השבת.",
                "לשקול אילו פעילויות אפשר לקיים באמצע השבוע, ולתאם זמן מנוחה.",
            ),
            en=Text(
                "In {month} there {n|=0 were no weekends|was one weekend|were # weekends} with work",
                "A weekend is Friday from noon to Saturday's end.",
                "See which activities could be held during the week, and agree on time to rest.",
            ),
        ),
    },
)
def hours_quota(book: Book, given: Given) -> Iterator[Finding]:
    """The month past against its quota, this month's first half, and both months' weekends."""
    worked = shifts(book["hours"])
    this = month_of(given.today)
    past = month_of(this.first - ONE_DAY)
    if any(shift.day <= past.last for shift in worked):
        yield from _against_quota(book, given, past, worked)
    yield from _half_month(book, given, this, worked)
    for month in (past, this):
        yield from _weekends(book, given, month, worked)


def _against_quota(book: Book, given: Given, month: Month, worked: list[Shift]) -> Iterator[Finding]:
    asked, done = _asked(book, given, month), hours_worked(worked, month.first, month.last)
    if asked and abs(done - asked) * 100 > given["share"] * asked:
        yield hours_quota.finding(
            book["hours"],
            None,
            _figures(book, given, month, done),
            key=month.name,
            variant="under" if done < asked else "over",
        )


def _half_month(book: Book, given: Given, month: Month, worked: list[Shift]) -> Iterator[Finding]:
    asked, done = _asked(book, given, month), hours_worked(worked, month.first, min(given.today, month.first + MIDDLE))
    if asked and done * 100 > given["early"] * asked:
        yield hours_quota.finding(
            book["hours"],
            None,
            {**_figures(book, given, month, done), "share": Percent(int(done * 100 / asked))},
            key=f"{month.name} · מחצית",
            variant="early",
        )


def _weekends(book: Book, given: Given, month: Month, worked: list[Shift]) -> Iterator[Finding]:
    on_weekends = [s for s in worked if s.weekend and month.first <= s.day <= min(given.today, month.last)]
    count = len({shift.weekend for shift in on_weekends})
    if count > given["weekends"]:
        yield hours_quota.finding(
            book["hours"],
            None,
            {"month": month.name, "n": count},
            key=f"{month.name} · סופי שבוע",
            severity=Severity.INFO,
            variant="weekends",
            cells=[cell for shift in on_weekends for cell in cells(book["hours"], shift.row, "date")],
        )


def _asked(book: Book, given: Given, month: Month) -> Fraction:
    settings = given.settings
    return quota(month, absent(book["hours"], month, settings.role_start), settings)


def _figures(book: Book, given: Given, month: Month, done: Fraction) -> dict[str, Figure]:
    return {
        "month": month.name,
        "n": _rounded(done),
        "quota": _rounded(_asked(book, given, month)),
        "percent": Percent(given.settings.position_percent),
        "absent": absent(book["hours"], month, given.settings.role_start) or None,
    }


def _rounded(hours: Fraction) -> int | float:
    """Hours to a tenth, whole ones as int."""
    tenths = round(hours * 10)
    return tenths // 10 if tenths % 10 == 0 else tenths / 10
