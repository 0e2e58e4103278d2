"""Rules of what is published: in its time, and what was promised to residents each week and month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rules.calendar import nth_working_day_after
from rules.catalogue.classes.fills import class_finder
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.catalogue.years import year_named
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Figure, Person, Text, Wording

WEEKLY_ANSWER, MONTHLY_LETTER, FEEDBACK = "מענה שבועי", "מכתב חודשי", "משוב/סקר"
CANCELLED, NOT_OPENED = "בוטל", "לא נפתח"
A_WEEK = 7


def published(book: Book, kind: str, today: date) -> Sequence[date]:
    """The days up to today on which something of a kind was published."""
    rows = book["publications"].over("kind", "published")
    return [day for _, its_kind, day in rows if its_kind == kind and day is not None and day <= today]


@rule(
    "publication.late",
    "פרסום שעבר מועדו",
    "A publication is late",
    explanation_he="המועד לפרסום עבר, ועוד לא נרשם שהפרסום יצא. פרסום של אירוע שבוטל או חוג שלא נפתח אינו נספר.",
    explanation_en="The date for publishing has passed and it is not written down as published. "
    "Those of cancelled events and of classes that did not open are left out.",
    needs=("publications",),
    roles=(Role.OWNER, Role.COORDINATOR),
    wording={
        "": Wording(
            he=Text(
                'הפרסום "{title}" עוד לא יצא',
                f"המועד היה {{due}}, {ago('n')}.[ הערוץ: {{channel}}.][ באחריות: {{owner}}.]",
                "לפרסם ולרשום תאריך, או לעדכן את המועד.",
            ),
            en=Text(
                'The publication "{title}" has not gone out yet',
                f"It was due on {{due}}, {ago_en('n')}.[ Channel: {{channel}}.][ Owner: {{owner}}.]",
                "Publish it and write the date, or update when it is due.",
            ),
        ),
        "many": Wording(
            he=Text("{n|פרסום אחד שעבר מועדו|שני פרסומים שעבר מועדם|# פרסומים שעבר מועדם}", "", ""),
            en=Text("{n|One publication is|# publications are} late", "", ""),
        ),
    },
)
def late(book: Book, given: Given) -> Iterator[Finding]:
    """Publications not out the day after they were due."""
    publications, needless = book["publications"], _called_off(book)
    rows = publications.over("title", "due", "published", "channel", "owner")
    for index, title, due, day, channel, owner in rows:
        is_out = day is not None and day <= given.today
        if not title or due is None or due >= given.today or is_out or index in needless:
            continue
        yield late.finding(
            publications,
            index,
            {
                "title": title,
                "due": due,
                "n": (given.today - due).days,
                "channel": channel,
                "owner": Person(owner) if owner else None,
            },
            roles=late.roles if owner else (Role.COORDINATOR,),
            named={Role.OWNER: owner} if owner else {},
            cells=cells(publications, index, "due", "published"),
        )


def _called_off(book: Book) -> set[int]:
    """The publications, by index, of events that were cancelled and of classes that did not open."""
    publications = book["publications"]
    events = _all_of_status(book, "events", "name", CANCELLED)
    found = {index for index, event in publications.over("event") if event and fold(event) in events}
    if "classes" not in book:
        return found
    finder, states = class_finder(book), book["classes"]["status"]
    for index, name in publications.over("class_name"):
        meant = finder.all(name, year_named(publications, index)) if name else []
        if meant and all(states[at] == NOT_OPENED for at in meant):
            found.add(index)
    return found


def _all_of_status(book: Book, table: str, field: str, wanted: str) -> set[str]:
    """The folded names of which every row has a status; empty where there is no such table."""
    if table not in book:
        return set()
    rows = [(fold(name), status) for _, name, status in book[table].over(field, "status") if name]
    return {name for name, _ in rows} - {name for name, status in rows if status != wanted}


@rule(
    "publication.weekly_answer",
    "מענה שבועי שעוד לא נרשם",
    "The weekly answer is not written down",
    explanation_he="בשבעת הימים שעד היום הקבוע בשבוע לא נרשם פרסום מסוג מענה שבועי. נאמר למחרת, ועד שנרשם. "
    "בשימוש כשנקבע בהגדרות היום בשבוע.",
    explanation_en="In the seven days up to the weekday no publication of the kind weekly answer is written down; "
    "told the day after, until there is one. In use where the settings name the weekday.",
    needs=("publications",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            "המענה השבועי עד {due:day} עוד לא נרשם",
            f"המועד היה {ago('n')}.[ המענה הקודם: {{last}}.]",
            "לענות למייל השבועי של התוכנית, ולרשום את המענה בלשונית הפרסומים.",
        ),
        en=Text(
            "The weekly answer by {due:day} is not written down yet",
            f"It was due {ago_en('n')}.[ The one before: {{last}}.]",
            "Answer the programme's weekly mail, and write it down in the publications.",
        ),
    ),
)
def weekly_answer(book: Book, given: Given) -> Iterator[Finding]:
    """The week's answer, from the day after its weekday; one that came late is an answer too."""
    weekday = given.settings.weekly_answer_day
    if weekday is None:
        return
    due = given.today - timedelta(days=(given.today.weekday() - weekday - 1) % A_WEEK + 1)
    answers, began = published(book, WEEKLY_ANSWER, given.today), given.settings.role_start
    if (began is not None and due < began) or any(day > due - timedelta(days=A_WEEK) for day in answers):
        return
    yield weekly_answer.finding(
        book["publications"],
        None,
        {"due": due, "n": (given.today - due).days, "last": max(answers, default=None)},
        key=f"{WEEKLY_ANSWER} · {due}",
    )


@rule(
    "publication.monthly_letter",
    "מכתב חודשי שעוד לא נשלח",
    "The monthly letter has not gone out",
    explanation_he="מיום העבודה החמישי של החודש: עוד לא נרשם החודש פרסום מסוג מכתב חודשי. "
    "בשימוש כשנקבע בהגדרות למי המכתב.",
    explanation_en="From the month's fifth working day: no publication of the kind monthly letter in this month. "
    "In use where the settings say to whom it goes.",
    needs=("publications",),
    roles=(Role.COORDINATOR,),
    params=(Param("working_days", 5, Unit.WORKING_DAYS, "מאיזה יום עבודה בחודש", "From this working day", 1, 20),),
    wording=Wording(
        he=Text(
            "המכתב החודשי אל {to} עוד לא נרשם",
            "מיום העבודה ה־{working_days} של החודש ({since:day}) המכתב אמור לצאת.[ המכתב הקודם: {last}.]",
            "לכתוב בקצרה מה היה ומה צפוי, לשלוח ולרשום את התאריך בלשונית הפרסומים.",
        ),
        en=Text(
            "The monthly letter to {to} is not written down yet",
            "It is due by working day {working_days} of the month ({since:day}).[ The one before: {last}.]",
            "Write shortly what was and what is ahead, send it, and write its date in the publications.",
        ),
    ),
)
def monthly_letter(book: Book, given: Given) -> Iterator[Finding]:
    """This month's letter, from some working day of the month on."""
    first = given.today.replace(day=1)
    since = nth_working_day_after(first - timedelta(days=1), given["working_days"])
    addressee, began = given.settings.monthly_letter_to.strip(), given.settings.role_start
    if not addressee or given.today < since or (began is not None and began > since):
        return
    letters = published(book, MONTHLY_LETTER, given.today)
    if not any(day >= first for day in letters):
        yield monthly_letter.finding(
            book["publications"],
            None,
            {
                "to": Person(addressee),
                "working_days": given["working_days"],
                "since": since,
                "last": max(letters, default=None),
            },
            key=f"{MONTHLY_LETTER} · {first:%Y-%m}",
        )


@rule(
    "feedback.missing",
    "זמן רב בלי משוב או סקר",
    "No feedback or survey for long",
    explanation_he="חצי שנה לא פורסם משוב או סקר. כשעוד לא נרשם כזה, הספירה מתחילת התפקיד שבהגדרות.",
    explanation_en="No feedback or survey was published in half a year. Where there is none, days are counted from the "
    "beginning of the role in the settings.",
    needs=("publications",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(Param("days", 182, Unit.DAYS, "כמה ימים", "Days", 1, 3660),),
    wording={
        "": Wording(
            he=Text(
                "{n|=0 פחות מיום|יום|יומיים|# ימים} בלי משוב או סקר לתושבים",
                "הפרסום האחרון של משוב או סקר: {last}.",
                "לבחור אירוע או נושא אחד ולשאול עליו בקצרה.",
            ),
            en=Text(
                "{n|=0 Less than a day|A day|# days} without a feedback form or a survey",
                "The last one was published on {last}.",
                "Choose an event or a topic and ask about it shortly.",
            ),
        ),
        "never": Wording(
            he=Text(
                "עוד לא נרשם משוב או סקר לתושבים",
                "בלשונית הפרסומים אין עדיין פרסום כזה.",
                "לבחור אירוע או נושא אחד ולשאול עליו בקצרה.",
            ),
            en=Text(
                "No feedback form or survey is written down yet",
                "There is none among the publications.",
                "Choose an event or a topic and ask about it shortly.",
            ),
        ),
    },
)
def feedback_missing(book: Book, given: Given) -> Iterator[Finding]:
    """No feedback or survey for long, where anything is published at all."""
    publications = book["publications"]
    asked, began = published(book, FEEDBACK, given.today), given.settings.role_start
    if not any(day is not None and day <= given.today for _, day in publications.over("published")):
        return
    since = max(asked, default=began)
    if since is not None and (given.today - since).days < given["days"]:
        return
    figures: dict[str, Figure] = {"n": (given.today - max(asked)).days, "last": max(asked)} if asked else {}
    yield feedback_missing.finding(publications, None, figures, key="משוב או סקר", variant="" if asked else "never")
