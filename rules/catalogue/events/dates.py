"""Rules of when events are: rest and memorial days, two at a time, and holidays nobody planned for."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from rules.calendar import candle_lighting, holocaust_day, is_rest_day, memorial_day, nightfall, rest_names
from rules.catalogue.events.diary import COMMUNITY, CULTURE, HOLIDAY, Event, diary
from rules.catalogue.phrases import ahead, ahead_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.holidays import next_holiday
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Text, Wording

RELIGIOUS, MIXED = "דתי", "מעורב"
JOYFUL = (HOLIDAY, CULTURE, COMMUNITY)
EVENING = 18 * 60
DAY = timedelta(days=1)
DATED = re.compile(r"\s*=\s*")
EARLY = frozenset(
    map(fold, ("ראש השנה", "יום כיפור", "יום הכיפורים", "סוכות", "שמחת תורה", "חנוכה", "פורים", "יום העצמאות"))
)
"""Holidays that are prepared for long before."""
BELONGS = timedelta(days=30)
"""How far from a holiday an event in its name may be."""


@rule(
    "event.sacred_time",
    "אירוע בזמן רגיש",
    "An event at a sacred time",
    explanation_he="לפי אופי היישוב שבהגדרות: אירוע בשבת או בחג (ביישוב מעורב: רק עם הגברה); "
    "ובכל יישוב: אירוע שמח ביום השואה, ביום הזיכרון ובערביהם.",
    explanation_en="By the settings' character: events on Shabbat or a holiday (mixed: only with amplification); "
    "for all: joyful events on memorial days and their eves.",
    needs=("events",),
    roles=(Role.COORDINATOR,),
    wording={
        variant: Wording(
            he=Text(f"{{event}}: {what}", "התאריך: {date:day}.", "לבדוק אם התאריך והשעה מתאימים, או לקבוע אחרים."),
            en=Text(f"{{event}}: {what_en}", "The date: {date:day}.", "See if date and time suit, or choose others."),
        )
        for variant, what, what_en in (
            ("rest", "האירוע בזמן {rest}", "it is during {rest_en}"),
            ("memorial", "אירוע שמח ביום זיכרון או בערבו", "a joyful event on a memorial day or its eve"),
        )
    },
)
def sacred_time(book: Book, given: Given) -> Iterator[Finding]:
    """Events ahead at a time that the community keeps."""
    events = book["events"]
    for event in diary(book):
        if not event.is_ahead(given.today):
            continue
        kept = _kept_rest(event, given, amplified=bool(events["amplified"][event.row]))
        solemn = event.kind in JOYFUL and _is_memorial(event, given)
        if kept is None and not solemn:
            continue
        rest, rest_en = rest_names(kept) if kept else ("", "")
        yield sacred_time.finding(
            events,
            event.row,
            {"event": event.name, "date": event.day, "rest": rest, "rest_en": rest_en},
            variant="rest" if kept else "memorial",
            cells=cells(events, event.row, "date", "time"),
        )


def _kept_rest(event: Event, given: Given, *, amplified: bool) -> date | None:
    """The Shabbat or holiday that an event touches, where the community's character minds it."""
    character, spot = given.settings.character, given.settings.spot
    if character != RELIGIOUS and not (character == MIXED and amplified):
        return None
    if is_rest_day(event.day) and (event.begin is None or event.moment(event.begin) < nightfall(event.day, spot)):
        return event.day
    following = event.day + DAY
    if is_rest_day(following) and event.end is not None and event.moment(event.end) > candle_lighting(event.day, spot):
        return following
    return None


def _is_memorial(event: Event, given: Given) -> bool:
    """Whether an event is on a memorial day before its end, or on its eve in the evening."""
    memorial = {of(event.day.year) for of in (holocaust_day, memorial_day)}
    if event.day in memorial:
        return event.begin is None or event.moment(event.begin) < nightfall(event.day, given.settings.spot)
    return event.day + DAY in memorial and (event.end is None or event.end > EVENING)


@rule(
    "event.clash",
    "שני אירועים באותו זמן",
    "Two events at one time",
    explanation_he="אותו מקום בשעות חופפות, או אותו קהל יעד באותו ערב.",
    explanation_en="One place at overlapping hours, or one population on one evening.",
    needs=("events",),
    roles=(Role.COORDINATOR,),
    wording={
        variant: Wording(
            he=Text("{event} ו{other}: " + what, "התאריך: {date:day}. {of}.", "לבדוק אם נכון כך, או להזיז אחד מהם."),
            en=Text(
                "{event} and {other}: " + what_en, "The date: {date:day}. {of}.", "See if this is meant, or move one."
            ),
        )
        for variant, what, what_en in (
            ("place", "באותו מקום ובאותן שעות", "in one place at the same hours"),
            ("population", "לאותו קהל ובאותו ערב", "for one population on one evening"),
        )
    },
)
def clash(book: Book, given: Given) -> Iterator[Finding]:
    """Pairs of events ahead that meet in place and hours, or in population and evening; at the later row."""
    events = book["events"]
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in diary(book):
        if event.is_ahead(given.today):
            by_day[event.day].append(event)
    for pair in (pair for each in by_day.values() for pair in combinations(each, 2)):
        field = _meet_in(book, *pair)
        if field:
            first, second = sorted(event.name for event in pair)
            yield clash.finding(
                events,
                max(event.row for event in pair),
                {
                    "event": first,
                    "other": second,
                    "date": pair[0].day,
                    "of": min(events[field][one.row] for one in pair),
                },
                key=f"{first} · {second} · {pair[0].day}",
                variant=field,
                cells=[cell for event in pair for cell in cells(events, event.row, "date", "time", field)],
            )


def _meet_in(book: Book, one: Event, other: Event) -> str:
    """The field in which two events of a day meet; '' when they do not."""
    if one.begin is None or other.begin is None or one.end is None or other.end is None:
        return ""
    if _same(book, "place", one, other) and one.begin < other.end and other.begin < one.end:
        return "place"
    evening = one.end > EVENING and other.end > EVENING
    return "population" if evening and _same(book, "population", one, other) else ""


def _same(book: Book, field: str, one: Event, other: Event) -> bool:
    values = [fold(book["events"][field][event.row] or "") for event in (one, other)]
    return values[0] == values[1] != ""


@rule(
    "event.holiday_missing",
    "חג שעוד לא תוכנן לו אירוע",
    "A holiday without an event",
    explanation_he="חג מהרשימה שבהגדרות קרוב (45 יום; לחגי תשרי, חנוכה, פורים ויום העצמאות 75), ועוד אין לו אירוע.",
    explanation_en="A holiday of the settings' list is near and has no event yet.",
    needs=("events",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("days", 45, Unit.DAYS, "כמה ימים לפני החג", "Days before it", 0, 365),
        Param("early_days", 75, Unit.DAYS, "לחגים הגדולים: כמה ימים לפני", "The large ones: days before", 0, 365),
    ),
    wording=Wording(
        he=Text(
            "{holiday}: עוד לא נרשם אירוע",
            f"החג {ahead('n')} ({{date:day}}).",
            "להוסיף אירוע ללשונית האירועים, או להוריד את החג מהרשימה שבהגדרות.",
        ),
        en=Text(
            "{holiday} has no event yet",
            f"It is {ahead_en('n')} ({{date:day}}).",
            "Add an event, or take the holiday off the settings' list.",
        ),
    ),
)
def holiday_missing(book: Book, given: Given) -> Iterator[Finding]:
    """Holidays of the settings that are near and have no event, by its holiday or its name."""
    planned = [(event.day, fold(f"{book['events']['holiday'][event.row] or ''} {event.name}")) for event in diary(book)]
    for entry in given.settings.holidays:
        name, day = dated(entry, given.today)
        if day is None:
            continue
        days = (day - given.today).days
        early = given["early_days" if fold(name) in EARLY else "days"]
        if 0 <= days <= early and not _is_planned(planned, fold(name), day):
            yield holiday_missing.finding(
                book["events"], None, {"holiday": name, "date": day, "n": days}, key=f"{name} · {day}"
            )


def dated(entry: str, today: date) -> tuple[str, date | None]:
    """A holiday of the settings and its first day: as `name = 2026-12-05` says, else when it is next."""
    name, *written = DATED.split(entry.strip(), maxsplit=1)
    if not written:
        return name, next_holiday(name, today)
    try:
        return name, date.fromisoformat(written[0].strip())
    except ValueError:
        return name, None


def _is_planned(planned: Sequence[tuple[date, str]], name: str, day: date) -> bool:
    return any(name in called and abs(of - day) <= BELONGS for of, called in planned)
