"""Rules of new families: a companion, and the talks of the first half year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar import nth_working_day_after
from rules.catalogue.care.companions import CANCELLED, ENDED, free_companions
from rules.catalogue.money.ledger import positions
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Figure, Money, Person, Text, Wording

UNTIL = Param("until", 365, Unit.DAYS, "עד כמה ימים אחרי ההגעה", "Until this many days after arrival", 1, 3660)
DAYS_TO_ACT = 7


@dataclass(frozen=True, slots=True)
class Family:
    """A family that came, or is to come; `row` is its index in `families`."""

    row: int
    name: str
    arrival: date
    companion: str | None


def accompanied(book: Book, today: date) -> Iterator[Family]:
    """The families whose accompaniment goes on, by what their stage and its last day say."""
    rows = book["families"].over("family", "arrival", "companion", "stage", "accompanied_until")
    for index, name, arrival, companion, stage, until in rows:
        over = stage in (ENDED, CANCELLED) or (until is not None and until < today)
        if name and arrival and not over:
            yield Family(index, name.removeprefix("משפחת").strip() or name, arrival, companion)


@rule(
    "family.no_companion",
    "משפחה חדשה בלי משפחה מלווה",
    "A new family without a companion",
    explanation_he="עברו יומיים מההגעה, ועוד לא נרשמה משפחה מלווה.",
    explanation_en="Two days have passed since the arrival and no companion is written down.",
    needs=("families",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 2, Unit.DAYS, "כמה ימים אחרי ההגעה", "Days after arrival", 0, 90), UNTIL),
    wording=Wording(
        he=Text(
            "למשפחת {family} עוד אין משפחה מלווה",
            "הגיעו {n|=0 היום|אתמול|לפני יומיים|לפני # ימים} ({arrival}).[ {m|=0 אין כרגע משפחות פנויות; אפשר לפנות "
            "לוועדת הקליטה|משפחה אחת פנויה ללוות|שתי משפחות פנויות ללוות|# משפחות פנויות ללוות}.]"
            '[ בסעיף "{line}" נשארו {left} לערכה.]',
            'לבחור מלווים ולרשום בעמודה "משפחה מלווה"[ עד {by:day}].',
        ),
        en=Text(
            "The {family} family has no companion yet",
            "They arrived {n|=0 today|yesterday|# days ago} ({arrival}).[ {m|=0 No companion is free now; the "
            "absorption committee can be asked|One companion is free|# companions are free}.]"
            '[ The line "{line}" has {left} left.]',
            "Choose a companion and write the name in the column “companion”[ by {by:day}].",
        ),
    ),
)
def no_companion(book: Book, given: Given) -> Iterator[Finding]:
    """Families that came some days ago, and for whom no companion is written down."""
    families = book["families"]
    about: Mapping[str, Figure] = {"m": free_companions(book), **_absorption_line(book, given)}
    for family in accompanied(book, given.today):
        days = (given.today - family.arrival).days
        if family.companion or not given["days"] <= days <= given["until"]:
            continue
        by = family.arrival + timedelta(days=DAYS_TO_ACT)
        yield no_companion.finding(
            families,
            family.row,
            {
                **about,
                "family": Person(family.name),
                "n": days,
                "arrival": family.arrival,
                "by": by if by > given.today else None,
            },
            cells=cells(families, family.row, "arrival", "companion"),
        )


def _absorption_line(book: Book, given: Given) -> dict[str, Figure]:
    """What is left on the budget's line of absorption, where there is one."""
    for name, position in positions(book, given.settings, given.today).items():
        if fold("קליטה") in name and position.remaining > 0:
            return {"line": position.line, "left": Money(position.remaining)}
    return {"line": None, "left": None}


STEPS = (
    Param("week", 7, Unit.DAYS, "השיחה הראשונה: ימים אחרי ההגעה", "First talk: days after arrival", 1, 365),
    Param("month", 30, Unit.DAYS, "השיחה השנייה", "Second talk", 1, 365),
    Param("quarter", 90, Unit.DAYS, "השיחה השלישית", "Third talk", 1, 365),
    Param("half_year", 180, Unit.DAYS, "השיחה הרביעית", "Fourth talk", 1, 365),
)
STEP_NAMES = {
    "week": ("שבוע", "a week"),
    "month": ("חודש", "a month"),
    "quarter": ("שלושה חודשים", "three months"),
    "half_year": ("חצי שנה", "half a year"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A talk that is to be held: its day, and the window (`after`, `until`] in which a contact counts for it."""

    name: str
    planned: date
    after: date
    until: date


def steps(arrival: date, given: Given | Mapping[str, int]) -> list[Step]:
    """The talks after an arrival, in their order, with their days of grace; by the parameters of followup_due."""
    planned = [arrival + timedelta(days=given[param.name]) for param in STEPS]
    deadlines = [planned[0] + timedelta(days=given["first_grace"])]
    deadlines += [nth_working_day_after(day, given["later_grace"]) for day in planned[1:]]
    names = [param.name for param in STEPS]
    return list(map(Step, names, planned, [arrival - timedelta(days=1), *planned[:-1]], deadlines))


@rule(
    "family.followup_due",
    "הגיע הזמן לשיחת מעקב",
    "A talk with a new family is due",
    explanation_he="עבר המועד של שיחת שבוע, חודש, שלושה חודשים או חצי שנה, וגם ימי החסד, ולא נרשם קשר. "
    "נאמרת רק השיחה האחרונה שהגיע זמנה.",
    explanation_en="A talk after a week, a month, three months or half a year is past its days of grace and no contact "
    "is written down. Only the newest talk is told.",
    needs=("families", "followups"),
    roles=(Role.COORDINATOR, Role.COMPANION),
    params=(
        *STEPS,
        Param("first_grace", 3, Unit.DAYS, "ימי חסד לשיחה הראשונה", "Grace of the first talk", 0, 60),
        Param("later_grace", 7, Unit.WORKING_DAYS, "ימי חסד לשיחות הבאות", "Grace of the later talks", 0, 60),
        UNTIL,
    ),
    wording={
        "": Wording(
            he=Text(
                'הגיע הזמן לשיחת "{step}" עם משפחת {family}',
                "הגיעו ב־{arrival}, והשיחה הייתה מתוכננת ל־{planned}, {n|אתמול|לפני יומיים|לפני # ימים}.",
                "לשיחה קצרה השבוע, ולרשום תאריך במעקב הקליטה.",
            ),
            en=Text(
                'It is time for the "{step_en}" talk with the {family} family',
                "They arrived on {arrival}, and the talk was planned for {planned}, {n|yesterday|# days ago}.",
                "Have a short talk this week, and write its date in the follow-ups.",
            ),
        ),
        "many": Wording(
            he=Text("{n|משפחה אחת מחכה|שתי משפחות מחכות|# משפחות מחכות} לשיחה", "", ""),
            en=Text("{n|One family is|# families are} waiting for a talk", "", ""),
        ),
    },
)
def followup_due(book: Book, given: Given) -> Iterator[Finding]:
    """Families whose newest talk past its grace has no contact in its window."""
    families = book["families"]
    contacts = contact_dates(book, given.today)
    for family in accompanied(book, given.today):
        if (given.today - family.arrival).days > given["until"]:
            continue
        step = _missed(family.arrival, contacts.get(fold(families["family"][family.row]), ()), given)
        if step is None:
            continue
        name, name_en = STEP_NAMES[step.name]
        yield followup_due.finding(
            families,
            family.row,
            {
                "family": Person(family.name),
                "step": name,
                "step_en": name_en,
                "arrival": family.arrival,
                "planned": step.planned,
                "n": (given.today - step.planned).days,
            },
            key=f"{families.key(family.row)} · {name}",
            roles=followup_due.roles if family.companion else (Role.COORDINATOR,),
            named={Role.COMPANION: family.companion} if family.companion else {},
            cells=cells(families, family.row, "arrival"),
        )


def contact_dates(book: Book, today: date) -> Mapping[str, Sequence[date]]:
    """The days on which each family, by folded name, was talked with up to today."""
    found: dict[str, list[date]] = defaultdict(list)
    for _, family, day in book["followups"].over("family", "date"):
        if family and day and day <= today:
            found[fold(family)].append(day)
    return found


def _missed(arrival: date, contacts: Sequence[date], given: Given) -> Step | None:
    """The newest talk past its grace, if it was missed; an older one is no longer told."""
    past = [step for step in steps(arrival, given) if given.today > step.until]
    if not past or any(past[-1].after < day <= past[-1].until for day in contacts):
        return None
    return past[-1]
