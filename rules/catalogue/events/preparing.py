"""Rules of what an event needs: volunteers, publicity, permits, money, and a summary after it."""

from collections.abc import Iterator
from datetime import date

from rules.calendar import nth_working_day_after, work_year
from rules.catalogue.events.diary import CEREMONY, CULTURE, HOLIDAY, PUT_OFF, Event, diary
from rules.catalogue.money.bookings import Bookings, bookings
from rules.catalogue.money.ledger import positions
from rules.catalogue.phrases import ago, ago_en, ahead, ahead_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Money, Text, Wording

YES, NO = "כן", "לא"
ANSWERS = (NO, YES)
"""A volunteer who is written down twice said the last of these."""
NOT_SUBMITTED, SUBMITTED = "נדרש – טרם הוגש", "הוגש"


@rule(
    "event.volunteers_short",
    "חסרים מתנדבים לאירוע",
    "An event is short of volunteers",
    explanation_he="שבועיים לפני האירוע (שלושה, כשנדרשים 10 ומעלה), ושוב 5 ימים לפני: אישרו פחות מהנדרש.",
    explanation_en="Two weeks before (three when 10 are needed), and again 5 days before: too few have confirmed.",
    needs=("events", "event_volunteers"),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("days", 14, Unit.DAYS, "כמה ימים לפני", "Days before", 0, 365),
        Param("many", 10, Unit.COUNT, "מכמה מתנדבים זה אירוע גדול", "From this many needed it is large", 1, 1000),
        Param("many_days", 21, Unit.DAYS, "באירוע גדול: כמה ימים לפני", "Large: days before", 0, 365),
        Param("again", 5, Unit.DAYS, "ושוב, כמה ימים לפני", "And again, days before", 0, 365),
    ),
    wording=Wording(
        he=Text(
            "{event}: {m|חסר מתנדב אחד|חסרים שני מתנדבים|חסרים # מתנדבים}",
            f"האירוע {ahead('d')} ({{date:day}}). "
            "{n|=0 עוד אין אישורי הגעה|אישר מתנדב אחד|אישרו שני מתנדבים|אישרו # מתנדבים} מתוך {needed}; "
            "{k|=0 אין מי ששובץ ועוד לא השיב|מתנדב אחד שובץ ועוד לא השיב|שני מתנדבים שובצו ועוד לא השיבו|"
            "# מתנדבים שובצו ועוד לא השיבו}.",
            "לשאול את מי ששובץ, ואז לפנות למתנדבים פנויים מהרשימה.",
        ),
        en=Text(
            "{event}: {m|one volunteer is|# volunteers are} missing",
            f"The event is {ahead_en('d')} ({{date:day}}). "
            "{n|=0 Nobody has|One has|# have} confirmed of {needed}; {k|=0 nobody|one|#} assigned has not answered.",
            "Ask those who were assigned, then turn to free volunteers of the list.",
        ),
    ),
)
def volunteers_short(book: Book, given: Given) -> Iterator[Finding]:
    """Events ahead with fewer confirmed volunteers than they need."""
    events = book["events"]
    for event in diary(book):
        needed, days = events["volunteers_needed"][event.row] or 0, (event.day - given.today).days
        window = given["many_days"] if needed >= given["many"] else given["days"]
        if not event.is_ahead(given.today) or days > window:
            continue
        confirmed, waiting = _answers(book, event)
        if confirmed < needed:
            yield volunteers_short.finding(
                events,
                event.row,
                {
                    "event": event.name,
                    "d": days,
                    "date": event.day,
                    "m": needed - confirmed,
                    "n": confirmed,
                    "needed": needed,
                    "k": waiting,
                },
                severity=Severity.CARE if days <= given["again"] else Severity.INFO,
                cells=cells(events, event.row, "volunteers_needed", "date"),
            )


def _answers(book: Book, event: Event) -> tuple[int, int]:
    """How many volunteers confirmed an event, and how many have not answered yet."""
    rows = book["event_volunteers"].over("event", "volunteer", "confirmed")
    said = {
        fold(volunteer): answer
        for _, of, volunteer, answer in sorted(rows, key=lambda row: ANSWERS.index(row[3]) if row[3] in ANSWERS else -1)
        if of and volunteer and fold(of) == fold(event.name)
    }
    return sum(answer == YES for answer in said.values()), sum(answer not in (YES, NO) for answer in said.values())


@rule(
    "event.not_published",
    "אירוע שעוד לא פורסם",
    "An event is not published yet",
    explanation_he="עבר המועד לפרסום; ואם לא נקבע: 21 יום לפני חג, טקס או יותר מ־100 משתתפים, ו־10 ימים לפני כל השאר.",
    explanation_en="Past its date for publicity; else 21 days before a holiday or a large one, 10 before others.",
    needs=("events",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("days", 10, Unit.DAYS, "כמה ימים לפני", "Days before", 0, 365),
        Param(
            "large_days", 21, Unit.DAYS, "חג, טקס או אירוע גדול: כמה ימים לפני", "Holiday or large: days before", 0, 365
        ),
        Param(
            "people",
            100,
            Unit.COUNT,
            "יותר מכמה משתתפים זה אירוע גדול",
            "Large: more than this many people",
            1,
            100_000,
        ),
    ),
    wording=Wording(
        he=Text(
            "{event}: עוד לא פורסם",
            f"האירוע {ahead('d')} ({{date:day}}).[ לפרסם עד: {{publish_by}}.]",
            'לפרסם ולרשום תאריך בעמודה "פורסם בתאריך".',
        ),
        en=Text(
            "{event} is not published yet",
            f"The event is {ahead_en('d')} ({{date:day}}).[ To be published by {{publish_by}}.]",
            "Publish it and write the date in the column “published”.",
        ),
    ),
)
def not_published(book: Book, given: Given) -> Iterator[Finding]:
    """Our events ahead that should be known by now; a publication that went out counts."""
    events, out = book["events"], _published_events(book, given.today)
    for event in diary(book):
        published, by = events["published"][event.row], events["publish_by"][event.row]
        if not event.is_ours or not event.is_ahead(given.today) or fold(event.name) in out:
            continue
        if published is not None and published <= given.today:
            continue
        days = (event.day - given.today).days
        large = event.kind in (HOLIDAY, CEREMONY) or event.people > given["people"]
        late = by < given.today if by else days <= given["large_days" if large else "days"]
        if late:
            yield not_published.finding(
                events,
                event.row,
                {"event": event.name, "d": days, "date": event.day, "publish_by": by},
                cells=cells(events, event.row, "publish_by", "published", "date"),
            )


def _published_events(book: Book, today: date) -> set[str]:
    if "publications" not in book:
        return set()
    rows = book["publications"].over("event", "published")
    return {fold(event) for _, event, day in rows if event and day and day <= today}


@rule(
    "event.permits",
    "רישוי ובטיחות של אירוע",
    "Permits of an event",
    explanation_he="45 יום לפני האירוע והבקשה לא הוגשה, או 21 יום לפני והיא הוגשה ועוד לא אושרה. שבוע לפני זה דחוף.",
    explanation_en="45 days before and not submitted, or 21 days before and not granted; urgent a week before.",
    needs=("events",),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    params=(
        Param("days", 45, Unit.DAYS, "לא הוגש: כמה ימים לפני", "Not submitted: days before", 0, 365),
        Param("granted_days", 21, Unit.DAYS, "הוגש ולא אושר: כמה ימים לפני", "Not granted: days before", 0, 365),
        Param("urgent_days", 7, Unit.DAYS, "דחוף: כמה ימים לפני", "Urgent: days before", 0, 365),
    ),
    wording={
        variant: Wording(
            he=Text(f"{{event}}: {what}", f"האירוע {ahead('d')} ({{date:day}}).", then),
            en=Text(f"{{event}}: {what_en}", f"The event is {ahead_en('d')} ({{date:day}}).", then_en),
        )
        for variant, what, what_en, then, then_en in (
            (
                "",
                "בקשת הרישוי עוד לא הוגשה",
                "the request for permits is not submitted yet",
                "להגיש את הבקשה ולעדכן את הסטטוס בעמודת הרישוי.",
                "Submit the request and update the column “permits”.",
            ),
            (
                "submitted",
                "אישור הרישוי עוד לא התקבל",
                "the permits are not granted yet",
                "לברר מה חסר לאישור, ולעדכן את הסטטוס בעמודת הרישוי.",
                "Find out what is missing, and update the column “permits”.",
            ),
        )
    },
)
def permits(book: Book, given: Given) -> Iterator[Finding]:
    """Our events ahead whose permits are not submitted or not granted in time."""
    events = book["events"]
    for event in diary(book):
        state, days = events["permits"][event.row], (event.day - given.today).days
        if not event.is_ours or not event.is_ahead(given.today) or state not in (NOT_SUBMITTED, SUBMITTED):
            continue
        if days <= given["granted_days" if state == SUBMITTED else "days"]:
            yield permits.finding(
                events,
                event.row,
                {"event": event.name, "d": days, "date": event.day},
                severity=Severity.URGENT if days <= given["urgent_days"] else Severity.CARE,
                variant="submitted" if state == SUBMITTED else "",
                cells=cells(events, event.row, "permits", "date"),
            )


@rule(
    "event.over_budget",
    "אירוע שעולה יותר ממה שנשאר",
    "An event costs more than is left",
    explanation_he="העלות של האירוע, פחות מה שכבר נרשם עליו, גדולה ממה שנשאר בסעיף או בתוכנית שלו.",
    explanation_en="An event's cost, less what is booked on it, exceeds what is left on its line or programme.",
    needs=("events", "budget"),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    wording={
        variant: Wording(
            he=Text(
                f'{{event}}: העלות גבוהה ממה שנשאר {where} "{{of}}"',
                "העלות {cost}[, מתוכה כבר נרשמו {booked}], ונשארו {left}: פער של {gap}.",
                "להחליט מה מצמצמים או מאיפה משלימים {gap}.",
            ),
            en=Text(
                f'{{event}} costs more than is left on the {where_en} "{{of}}"',
                "The cost is {cost}[, of which {booked} is booked], and {left} is left: {gap} short.",
                "Decide what to cut or where the missing {gap} will come from.",
            ),
        )
        for variant, where, where_en in (("line", "בסעיף", "line"), ("program", "בתוכנית", "programme"))
    },
)
def over_budget(book: Book, given: Given) -> Iterator[Finding]:
    """Our events of the year that cost more than is left for them."""
    events = book["events"]
    first, last = work_year(given.settings.work_year_start, given.today)
    booked = bookings(book, given.settings, given.today)
    left = {**_left_of_programs(book, booked), **_left_of_lines(book, given)}
    for event in diary(book):
        row = event.row
        actual, planned = events["actual_cost"][row], events["planned_cost"][row]
        cost = planned if actual is None else actual
        if not event.is_ours or not cost or not first <= event.day <= last:
            continue
        already = sum(one.amount for one in booked.counted if one.booking.event == fold(event.name))
        for kind, name in (("line", events["budget_line"][row]), ("program", events["program"][row])):
            remaining = left.get((kind, fold(name or "")))
            if remaining is None or cost - already <= remaining:
                continue
            yield over_budget.finding(
                events,
                row,
                {
                    "event": event.name,
                    "of": name,
                    "cost": Money(cost),
                    "booked": Money(already) if already else None,
                    "left": Money(remaining),
                    "gap": Money(cost - already - remaining),
                },
                variant=kind,
                cells=cells(events, row, "planned_cost", "actual_cost", "budget_line", "program"),
            )
            break


def _left_of_lines(book: Book, given: Given) -> dict[tuple[str, str], int]:
    found = positions(book, given.settings, given.today)
    return {("line", name): position.remaining for name, position in found.items()}


def _left_of_programs(book: Book, booked: Bookings) -> dict[tuple[str, str], int]:
    """What is left of each programme's planned cost."""
    if "plan" not in book:
        return {}
    left: dict[tuple[str, str], int] = {}
    for _, name, cost in book["plan"].over("program", "planned_cost"):
        if name and cost is not None:
            left["program", fold(name)] = left.get(("program", fold(name)), 0) + cost
    for one in booked.counted:
        if ("program", one.booking.program) in left:
            left["program", one.booking.program] -= one.amount
    return left


@rule(
    "event.no_summary",
    "אירוע בלי סיכום",
    "An event without a summary",
    explanation_he="עברו 7 ימי עבודה מאירוע חג, טקס, תרבות או יותר מ־50 משתתפים, ועוד לא סומן שנעשה סיכום.",
    explanation_en="7 working days after a holiday, ceremony, culture event or over 50 people, no summary is ticked.",
    needs=("events",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("working_days", 7, Unit.WORKING_DAYS, "כמה ימי עבודה אחרי", "Working days after", 0, 60),
        Param("people", 50, Unit.COUNT, "או יותר מכמה משתתפים", "Or more than this many people", 0, 100_000),
        Param("until", 182, Unit.DAYS, "ועד כמה ימים אחרי", "Until this many days after", 1, 3660),
    ),
    wording=Wording(
        he=Text(
            "{event}: עוד לא נרשם סיכום",
            f"האירוע היה ב־{{date}}, {ago('n')}.",
            "לרשום כמה היו, מה הצליח ומה לשפר, ולסמן שנעשה סיכום.",
        ),
        en=Text(
            "{event} has no summary yet",
            f"It was on {{date}}, {ago_en('n')}.",
            "Write how many came, what went well and what to better, and tick the summary.",
        ),
    ),
)
def no_summary(book: Book, given: Given) -> Iterator[Finding]:
    """Larger events held some working days ago without a summary."""
    events = book["events"]
    for event in diary(book):
        days = (given.today - event.day).days
        matters = event.kind in (HOLIDAY, CEREMONY, CULTURE) or event.people > given["people"]
        if not matters or event.status == PUT_OFF or events["summary_done"][event.row] or days > given["until"]:
            continue
        if events.has("summary_done") and given.today >= nth_working_day_after(event.day, given["working_days"]):
            yield no_summary.finding(
                events,
                event.row,
                {"event": event.name, "date": event.day, "n": days},
                cells=cells(events, event.row, "summary_done", "date"),
            )
