"""Rules of the annual plan's programmes."""

from collections.abc import Callable, Iterator

from rules.calendar import work_year
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.catalogue.years import is_of_year
from rules.finding import Finding, Role
from rules.rule import Given, Param, Rule, Unit, rule
from rules.table import Book, Table
from rules.wording import Text, Wording

DONE, CANCELLED, PUT_OFF, PLANNED = "בוצע", "בוטל", "נדחה", "מתוכנן"


def days_gone(given: Given) -> int:
    """Days since the work year began; its first day is 0."""
    return (given.today - work_year(given.settings.work_year_start, given.today)[0]).days


def live(plan: Table, given: Given) -> Iterator[int]:
    """The year's programmes that are neither done nor cancelled."""
    for index, name, status in plan.over("program", "status"):
        if name and status not in (DONE, CANCELLED) and is_of_year(plan, index, given.settings, given.today):
            yield index


FROM = Param("days", 30, Unit.DAYS, "כמה ימים מתחילת השנה (או כשאושרה)", "Days into the year, or when approved", 0, 366)


def _lacking(made: Callable[[], Rule], book: Book, given: Given, fields: tuple[str, ...]) -> Iterator[Finding]:
    """Programmes that lack one of some fields, from some days into the year, or at once when approved."""
    plan, late = book["plan"], days_gone(given) >= given["days"]
    asked = [field for field in fields if plan.has(field)]
    for index in live(plan, given):
        missing = [field for field in asked if plan[field][index] in (None, "")]
        if missing and (late or plan["approved"][index]):
            headers = ", ".join(plan.spec.by_field[field].hebrew for field in missing)
            english = ", ".join(plan.spec.by_field[field].english for field in missing)
            yield made().finding(
                plan,
                index,
                {"program": plan["program"][index], "missing": headers, "missing_en": english},
                key=plan["program"][index],
                cells=cells(plan, index, *missing),
            )


def _words(he: str, en: str, next_he: str, next_en: str, many_he: str, many_en: str) -> dict[str, Wording]:
    """The words of a programme that lacks something, and of many."""
    return {
        "": Wording(
            he=Text(f'לתוכנית "{{program}}" {he}', "עוד לא נרשם: {missing}.", next_he),
            en=Text(f'The programme "{{program}}" {en}', "Not written down yet: {missing_en}.", next_en),
        ),
        "many": Wording(he=Text(many_he, "", ""), en=Text(many_en, "", "")),
    }


@rule(
    "plan.no_goal",
    "תוכנית בלי מטרה",
    "A programme without a goal",
    explanation_he="לתוכנית לא נרשמה מטרה; מ־30 יום לתוך השנה, או כשאושרה.",
    explanation_en="A programme names no goal; from 30 days into the year, or when approved.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    params=(FROM,),
    wording=_words(
        "עוד אין מטרה",
        "has no goal yet",
        "לבחור את המטרה השנתית שהתוכנית משרתת.",
        "Choose the year's goal that it serves.",
        "{n|לתוכנית אחת|לשתי תוכניות|ל־# תוכניות} עוד אין מטרה",
        "{n|One programme has|# programmes have} no goal yet",
    ),
)
def no_goal(book: Book, given: Given) -> Iterator[Finding]:
    """Programmes without a goal."""
    yield from _lacking(lambda: no_goal, book, given, ("goal",))


@rule(
    "plan.no_budget",
    "תוכנית בלי תקציב",
    "A programme without a budget",
    explanation_he="לתוכנית לא נרשמו עלות או סעיף; מ־30 יום לתוך השנה, או כשאושרה.",
    explanation_en="A programme has no price or no line; from 30 days into the year, or when approved.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    params=(FROM,),
    wording=_words(
        "עוד אין תקציב",
        "has no budget yet",
        "להעריך עלות ולבחור סעיף. גם אפס הוא עלות.",
        "Estimate the cost and choose a line. Nothing is a cost too.",
        "{n|לתוכנית אחת|לשתי תוכניות|ל־# תוכניות} עוד אין תקציב",
        "{n|One programme has|# programmes have} no budget yet",
    ),
)
def no_budget(book: Book, given: Given) -> Iterator[Finding]:
    """Programmes without a price or without a line."""
    yield from _lacking(lambda: no_budget, book, given, ("planned_cost", "budget_line"))


@rule(
    "plan.no_owner",
    "תוכנית בלי אחראי",
    "A programme without an owner",
    explanation_he="לתוכנית לא נרשם מי אחראי; מ־30 יום לתוך השנה, או כשאושרה.",
    explanation_en="A programme names no owner; from 30 days into the year, or when approved.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    params=(FROM,),
    wording=_words(
        "עוד לא נרשם מי אחראי",
        "has no owner yet",
        "לסכם מי מובילים את התוכנית, ולרשום בלשונית.",
        "Agree who leads it, and write it down.",
        "{n|לתוכנית אחת|לשתי תוכניות|ל־# תוכניות} עוד לא נרשם מי אחראי",
        "{n|One programme has|# programmes have} no owner yet",
    ),
)
def no_owner(book: Book, given: Given) -> Iterator[Finding]:
    """Programmes without an owner."""
    yield from _lacking(lambda: no_owner, book, given, ("owner",))


@rule(
    "plan.late",
    "תוכנית שמתעכבת",
    "A programme is late",
    explanation_he="תאריך הסיום עבר והתוכנית לא בוצעה, או שתאריך ההתחלה עבר והיא עדיין מתוכננת.",
    explanation_en="The end has passed and it is not done, or the start has passed and it is still planned.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    wording={
        variant: Wording(
            he=Text(
                f'התוכנית "{{program}}" {what}',
                f"התאריך היה {{date}}, {ago('n')}.",
                "לעדכן סטטוס או תאריך.",
            ),
            en=Text(
                f'The programme "{{program}}" {what_en}',
                f"The date was {{date}}, {ago_en('n')}.",
                "Update its status or its date.",
            ),
        )
        for variant, what, what_en in (
            ("end", "עוד לא סומנה כמבוצעת", "is not marked as done"),
            ("start", "עוד לא התחילה", "has not begun"),
        )
    },
)
def late(book: Book, given: Given) -> Iterator[Finding]:
    """Programmes past their end and not done, or past their start and still planned."""
    plan = book["plan"]
    for index in live(plan, given):
        start, end, status = (plan[field][index] for field in ("start", "end", "status"))
        ended = end is not None and end < given.today
        not_begun = start is not None and start < given.today and status in (None, PLANNED)
        if status != PUT_OFF and (ended or not_begun):
            day = end if ended else start
            yield late.finding(
                plan,
                index,
                {"program": plan["program"][index], "date": day, "n": (given.today - day).days},
                key=plan["program"][index],
                variant="end" if ended else "start",
                cells=cells(plan, index, "start", "end", "status"),
            )


@rule(
    "plan.unapproved",
    "תוכנית שעוד לא אושרה",
    "A programme is not approved yet",
    explanation_he="עברו 75 יום מתחילת שנת העבודה, והתוכנית עוד לא אושרה.",
    explanation_en="75 days into the work year a programme is not approved.",
    needs=("plan",),
    roles=(Role.SECRETARY,),
    params=(Param("days", 75, Unit.DAYS, "כמה ימים מתחילת השנה", "Days into the year", 0, 366),),
    wording={
        "": Wording(
            he=Text(
                'התוכנית "{program}" עוד לא אושרה',
                "מתחילת שנת העבודה עברו {n|=0 פחות מיום|יום|יומיים|# ימים}.",
                "לאשר ולסמן בלשונית, או לסכם מה חסר לאישור.",
            ),
            en=Text(
                'The programme "{program}" is not approved yet',
                "{n|=0 Less than a day has|One day has|# days have} passed of the work year.",
                "Approve it and tick it, or agree what is missing for that.",
            ),
        ),
        "many": Wording(
            he=Text("{n|תוכנית אחת מחכה|שתי תוכניות מחכות|# תוכניות מחכות} לאישור", "", ""),
            en=Text("{n|One programme waits|# programmes wait} for approval", "", ""),
        ),
    },
)
def unapproved(book: Book, given: Given) -> Iterator[Finding]:
    """Programmes not approved some weeks into the year."""
    plan = book["plan"]
    if days_gone(given) < given["days"] or not plan.has("approved"):
        return
    for index in live(plan, given):
        if not plan["approved"][index]:
            yield unapproved.finding(
                plan,
                index,
                {"program": plan["program"][index], "n": days_gone(given)},
                key=plan["program"][index],
                cells=cells(plan, index, "approved"),
            )
