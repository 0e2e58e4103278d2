"""Rules of volunteers: to be called, thanked, spared and met again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rules.catalogue.phrases import ago, ago_en, short_name
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Person, Text, Wording

ACTIVE, INTERESTED, YES = "פעיל/ה", "מתעניין/ת", "כן"
OFFERED = ("סקר", "טופס")
MOVED = ("נדחה", "בוטל")


def assignments(book: Book) -> Mapping[str, Sequence[date]]:
    """The days of the events that each volunteer, by folded name, confirmed; in their order, past and ahead."""
    if "event_volunteers" not in book or "events" not in book:
        return {}
    days: dict[str, date] = {}
    for _, name, day, status in book["events"].over("name", "date", "status"):
        if name and day and status not in MOVED:
            days[fold(name)] = max(day, days.get(fold(name), day))
    found: dict[str, set[tuple[date, str]]] = defaultdict(set)
    for _, event, volunteer, confirmed in book["event_volunteers"].over("event", "volunteer", "confirmed"):
        if event and volunteer and confirmed == YES and fold(event) in days:
            found[fold(volunteer)].add((days[fold(event)], fold(event)))
    return {name: [day for day, _ in sorted(each)] for name, each in found.items()}


@rule(
    "volunteer.not_contacted",
    "הצעה להתנדב שעוד לא נענתה",
    "An offer to volunteer not answered yet",
    explanation_he="מישהו הציע להתנדב בסקר או בטופס, ועברו 7 ימים בלי שנרשם קשר.",
    explanation_en="Someone offered to volunteer in a survey or form, and 7 days passed without a contact.",
    needs=("volunteers",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 7, Unit.DAYS, "כמה ימים מההצעה", "Days since the offer", 0, 365),),
    wording={
        "": Wording(
            he=Text(
                "{volunteer}: הצעה להתנדב שמחכה לשיחה",
                f"ההצעה מ־{{joined}}, {ago('n')}.[ תחומי עניין: {{interests}}.]",
                'לשיחה קצרה, ואחר כך לרשום תאריך בעמודה "קשר אחרון".',
            ),
            en=Text(
                "{volunteer}: an offer to volunteer waits for a talk",
                f"Offered on {{joined}}, {ago_en('n')}.[ Interests: {{interests}}.]",
                "Have a short talk, then write its date in the column “last contact”.",
            ),
        ),
        "many": Wording(
            he=Text("{n|הצעה אחת להתנדב מחכה|שתי הצעות להתנדב מחכות|# הצעות להתנדב מחכות} לשיחה", "", ""),
            en=Text("{n|One offer|# offers} to volunteer {n|waits|wait} for a talk", "", ""),
        ),
    },
)
def not_contacted(book: Book, given: Given) -> Iterator[Finding]:
    """Offers to volunteer that nobody answered for some days."""
    volunteers = book["volunteers"]
    rows = volunteers.over("name", "joined", "source", "status", "last_contact", "interests")
    for index, name, joined, source, status, contact, interests in rows:
        if not name or joined is None or source not in OFFERED or status != INTERESTED:
            continue
        if (contact is not None and contact >= joined) or (given.today - joined).days < given["days"]:
            continue
        yield not_contacted.finding(
            volunteers,
            index,
            {
                "volunteer": Person(name),
                "joined": joined,
                "n": (given.today - joined).days,
                "interests": interests,
            },
            cells=cells(volunteers, index, "joined", "last_contact"),
        )


@rule(
    "volunteer.thanks",
    "הזדמנות לתודה",
    "A chance to say thank you",
    explanation_he="מאז ההוקרה האחרונה: 10 שעות התנדבות, שלושה אירועים, או שנה בוועדה.",
    explanation_en="Since last thanked: 10 hours, three events held, or a year in a committee.",
    needs=("volunteers",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("hours", 10, Unit.COUNT, "שעות התנדבות", "Hours", 1, 1000),
        Param("events", 3, Unit.COUNT, "אירועים", "Events held", 1, 100),
        Param("year", 365, Unit.DAYS, "ימים בוועדה", "Days in a committee", 30, 3660),
    ),
    wording={
        variant: Wording(
            he=Text(
                f"הזדמנות לתודה: {{volunteer}}, {what}",
                "[ההוקרה האחרונה: {thanked}. ][ההצטרפות: {joined}.]",
                'שיחה, מילה בעלון או שי קטן, ואז תאריך בעמודה "הוקרה אחרונה".',
            ),
            en=Text(
                f"A chance to say thank you: {{volunteer}}, {what_en}",
                "[Last thanked: {thanked}. ][Joined: {joined}.]",
                "A talk, a word in the newsletter or a small gift, then the date in the column “last thanked”.",
            ),
        )
        for variant, what, what_en in (
            ("hours", "{n|שעת התנדבות אחת|שעתיים של התנדבות|# שעות התנדבות}", "{n|an hour|# hours} of volunteering"),
            ("events", "{n|אירוע אחד|שני אירועים|# אירועים}", "{n|one event|# events}"),
            ("year", "שנה בוועדה", "a year in a committee"),
        )
    },
)
def thanks(book: Book, given: Given) -> Iterator[Finding]:
    """Volunteers who did much since they were last thanked."""
    volunteers, held = book["volunteers"], assignments(book)
    rows = volunteers.over("name", "hours", "committees", "joined", "last_thanked", "status")
    for index, name, hours, committees, joined, thanked, status in rows:
        if not name or status == INTERESTED:
            continue
        since = thanked or date.min
        events = sum(since < day < given.today for day in held.get(fold(name), ()))
        served = thanked or joined
        in_committee = bool(committees) and served is not None and (given.today - served).days >= given["year"]
        variant, count = _reason(hours or 0, events, in_committee, given)
        if variant:
            yield thanks.finding(
                volunteers,
                index,
                {
                    "volunteer": Person(short_name(name)),
                    "n": count,
                    "thanked": thanked,
                    "joined": None if thanked else joined,
                },
                variant=variant,
                cells=cells(volunteers, index, "hours", "last_thanked"),
            )


def _reason(hours: int, events: int, in_committee: bool, given: Given) -> tuple[str, int]:
    """What the thanks are for, and how much of it; '' for nothing."""
    if hours >= given["hours"]:
        return "hours", hours
    if events >= given["events"]:
        return "events", events
    return ("year" if in_committee else "", 1)


@rule(
    "volunteer.overload",
    "עומס על מתנדבים",
    "A volunteer with many events",
    explanation_he="אישור השתתפות בארבעה אירועים או יותר בתוך 30 יום.",
    explanation_en="Confirmed for four events or more within 30 days.",
    needs=("volunteers", "event_volunteers", "events"),
    roles=(Role.COORDINATOR,),
    params=(
        Param("events", 4, Unit.COUNT, "כמה אירועים", "Events", 2, 100),
        Param("days", 30, Unit.DAYS, "בתוך כמה ימים", "Within days", 1, 365),
    ),
    wording=Wording(
        he=Text(
            "{volunteer}: {n|אירוע אחד|שני אירועים|# אירועים} בתוך {days|יום|יומיים|# ימים}",
            "הראשון ב־{first}, והאחרון ב־{last}.",
            "לשאול אם זה נוח, ולצרף עוד מישהו לחלק מהאירועים.",
        ),
        en=Text(
            "{volunteer}: {n|one event|# events} within {days|a day|# days}",
            "The first on {first}, the last on {last}.",
            "Ask if this is comfortable, and add someone to some of the events.",
        ),
    ),
)
def overload(book: Book, given: Given) -> Iterator[Finding]:
    """Volunteers who confirmed many events in some weeks that begin today or later."""
    volunteers, confirmed = book["volunteers"], assignments(book)
    for index, name in volunteers.over("name"):
        ahead = [day for day in confirmed.get(fold(name or ""), ()) if day >= given.today]
        busiest = _busiest(ahead, given["days"])
        if name and len(busiest) >= given["events"]:
            yield overload.finding(
                volunteers,
                index,
                {
                    "volunteer": Person(short_name(name)),
                    "n": len(busiest),
                    "days": given["days"],
                    "first": busiest[0],
                    "last": busiest[-1],
                },
                cells=cells(volunteers, index, "name"),
            )


def _busiest(days: Sequence[date], within: int) -> Sequence[date]:
    """The most of these ordered days that lie within so many days of the first of them."""
    runs = [[day for day in days[at:] if day - first <= timedelta(days=within)] for at, first in enumerate(days)]
    return max(runs, key=len, default=[])


@rule(
    "volunteer.dormant",
    "מתנדבים שלא נפגשנו איתם זמן רב",
    "A volunteer not met for long",
    explanation_he="סטטוס פעיל, ובמשך 180 יום לא היו קשר, שיבוץ או ישיבת ועדה.",
    explanation_en="Active, and for 180 days no contact, no assignment and no committee meeting.",
    needs=("volunteers",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(Param("days", 180, Unit.DAYS, "כמה ימים", "Days", 1, 3660),),
    wording=Wording(
        he=Text(
            "{volunteer}: לא נרשם קשר {n|יום|יומיים|# ימים}",
            "הפעם האחרונה: {last}.",
            "לשיחה קצרה: מה מתאים עכשיו. אפשר גם לעדכן את הסטטוס.",
        ),
        en=Text(
            "{volunteer}: no contact for {n|a day|# days}",
            "The last time: {last}.",
            "Have a short talk about what fits now, or update the status.",
        ),
    ),
)
def dormant(book: Book, given: Given) -> Iterator[Finding]:
    """Active volunteers without any contact for long, of those of whom some date is known."""
    volunteers, assigned, meetings = book["volunteers"], assignments(book), _committee_meetings(book)
    rows = volunteers.over("name", "status", "last_contact", "joined", "last_thanked", "committees")
    for index, name, status, contact, joined, thanked, committees in rows:
        if not name or status != ACTIVE:
            continue
        days = [contact, joined, thanked, *assigned.get(fold(name), ())]
        days += [meetings.get(fold(committee)) for committee in committees or ()]
        known = [day for day in days if day is not None]
        if known and (given.today - max(known)).days >= given["days"]:
            yield dormant.finding(
                volunteers,
                index,
                {"volunteer": Person(short_name(name)), "n": (given.today - max(known)).days, "last": max(known)},
                cells=cells(volunteers, index, "last_contact", "status"),
            )


def _committee_meetings(book: Book) -> Mapping[str, date]:
    """The last meeting of each committee, by folded name."""
    if "committees" not in book:
        return {}
    found: dict[str, date] = {}
    for _, name, met in book["committees"].over("name", "last_meeting"):
        if name and met:
            found[fold(name)] = max(met, found.get(fold(name), met))
    return found
