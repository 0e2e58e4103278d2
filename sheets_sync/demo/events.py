"""The invented events, held and to come, the holidays among them, and who helps in each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rules.calendar import SATURDAY
from rules.finding import ProblemKind
from rules.holidays import BY_CIVIL_YEAR, next_holiday
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.parts import Record, not_yet
from sheets_sync.demo.volunteers import Helpers

HELD, AHEAD, READY = "התקיים", "מתוכנן", "בהכנה"
YES, WAITING = "כן", "טרם השיב/ה"
FOUNDING, FALLEN = "יום היישוב", "ערב לזכר הנופלים"
"""Days of the community's own: one has no event yet, of the other one does not ask before tomorrow."""

NAMES = ("ראש השנה", "סוכות", "חנוכה", 'ט"ו בשבט', "פורים", "יום הזיכרון", "יום העצמאות", "שבועות", 'ט"ו באב')
LOOK_AHEAD = 80
"""Holidays within so many days have their event."""


def holidays(today: date) -> tuple[str, ...]:
    """The settings' list: holidays that are marked here, and days of the community's own."""
    return (*NAMES, f"{FOUNDING} = {today + timedelta(33)}", f"{FALLEN} = {today + timedelta(46)}")


def events(draft: Draft, owners: Sequence[str], helpers: Helpers) -> None:
    """The tables `events` and `event_volunteers`."""
    rows = {name: _event(draft, owners[at % len(owners)], name, **more) for at, (name, more) in enumerate(EVENTS)}
    for name in NAMES:
        _holiday(draft, owners[0], name)
    _own_days(draft)
    _preparing(draft, rows)
    _dates(draft, rows, owners)
    _summaries(draft, owners)
    _assigned(draft, rows, helpers)


Fields = Mapping[str, object]
EVENTS: Sequence[tuple[str, Fields]] = (
    ("ערב שירה בציבור", {"kind": "תרבות", "date": -75, "place": "מועדון", "participants": 90, "feedback_score": "4.6"}),
    ("סיור לילה בחורשה", {"kind": "סיור", "date": -58, "place": "החורשה", "participants": 40}),
    ("יריד קהילתי", {"kind": "קהילה", "date": -40, "place": "רחבת הדשא", "participants": 160, "feedback_score": "4.2"}),
    ("הרצאה: גיל ההתבגרות", {"kind": "הכשרה", "date": -33, "place": "אולם המופעים", "participants": 45}),
    ("סדנת עזרה ראשונה", {"kind": "הכשרה", "date": 8, "place": "כיתת חוגים", "population": "מתנדבים"}),
    ("סיור פריחה", {"kind": "סיור", "date": 11, "place": "השביל הירוק", "population": "הגיל השלישי"}),
    ("יום ניקיון ושתילה", {"kind": "מועד", "date": 10, "place": "הוואדי", "population": "משפחות"}),
    ("מפגש דורות", {"kind": "מועד", "date": 15, "place": "מועדון", "population": "כולם"}),
    (
        "סדנת בישול",
        {"kind": "הכשרה", "date": 18, "time": "17:00–19:00", "place": "מטבח המועדון", "population": "הורים"},
    ),
    (
        "מפגש הורים",
        {"kind": "הכשרה", "date": 18, "time": "18:00–20:00", "place": "מטבח המועדון", "population": "מחנכים"},
    ),
    ("סדנת נגרות", {"kind": "הכשרה", "date": 23, "time": "15:00–17:00", "place": "סדנת הנגרות", "population": "נוער"}),
    (
        "נגרות להורים",
        {"kind": "הכשרה", "date": 23, "time": "17:00–18:00", "place": "סדנת הנגרות", "population": "הורים"},
    ),
    ("ערב לימוד פתוח", {"kind": "הכשרה", "date": 25, "place": "בית הכנסת", "population": "מבוגרים"}),
    ("קבלת שבת על הדשא", {"kind": "מועד", "date": 28, "place": "רחבת הדשא", "population": "שכונת הפרחים"}),
    ("מרוץ קהילתי", {"kind": "מועד", "date": 30, "place": "הכביש הישן", "population": "רצים"}),
    ("פסטיבל אוכל", {"kind": "מועד", "date": 46, "place": "החניון", "population": "יישובי האזור"}),
)


def _event(draft: Draft, owner: str, name: str, **more: object) -> Record:
    past = isinstance(day := more["date"], int) and day < 0
    usual = {
        "lead": "אנחנו",
        "time": "17:00–19:00",
        "accessible": True,
        "owner": owner,
        "published": -2 if not past else None,
        "permits": "לא נדרש",
        "status": HELD if past else AHEAD,
        "summary_done": past,
    }
    return draft.add("events", **{"name": name, **usual, **more})


def _holiday(draft: Draft, owner: str, name: str) -> None:
    """The event of a holiday that is not far: on the day itself where it is of this state, else a few days before."""
    day = next_holiday(name, draft.today)
    assert day, f"no such holiday: {name}"
    if (day - draft.today).days > LOOK_AHEAD:
        return
    civil = name in BY_CIVIL_YEAR
    called = {"יום הזיכרון": "טקס יום הזיכרון", "יום העצמאות": "חגיגת יום העצמאות"}.get(name, f"לקראת {name}")
    _event(
        draft,
        owner,
        called,
        kind="טקס" if name == "יום הזיכרון" else "חג",
        date=day if civil else max(draft.today, day - timedelta(3)),
        time="10:00–11:30",
        place=f"רחבת המועדון, {name}",
        population="כל היישוב",
        holiday=name,
        status=READY,
    )


def _own_days(draft: Draft) -> None:
    missing, later = (draft.today + timedelta(days) for days in (33, 46))
    draft.find("event.holiday_missing", "events", f"{FOUNDING} · {missing}")
    draft.spare("event.holiday_missing", "events", f"{FALLEN} · {later}", days=1)


def _preparing(draft: Draft, rows: Mapping[str, Record]) -> None:
    """Publicity, permits and costs."""
    aid, bloom, race, feast = (rows[name] for name in ("סדנת עזרה ראשונה", "סיור פריחה", "מרוץ קהילתי", "פסטיבל אוכל"))
    aid["published"] = bloom["published"] = None
    draft.find("event.not_published", "events", aid)
    draft.spare("event.not_published", "events", bloom, days=1)
    race["permits"] = feast["permits"] = "נדרש – טרם הוגש"
    draft.find("event.permits", "events", race)
    draft.spare("event.permits", "events", feast, days=1)
    learning, sabbath = rows["ערב לימוד פתוח"], rows["קבלת שבת על הדשא"]
    learning |= {"budget_line": "טקסי זיכרון", "program": "ימי זיכרון וטקסים", "planned_cost": 2_600}
    sabbath |= {"budget_line": "קבלות שבת קהילתיות", "program": "קבלות שבת בקהילה", "planned_cost": 2_280}
    draft.find("event.over_budget", "events", learning)
    dearer = draft.change("events", sabbath, "planned_cost", 2_281)
    draft.spare("event.over_budget", "events", sabbath, change=dearer)


def _dates(draft: Draft, rows: Mapping[str, Record], owners: Sequence[str]) -> None:
    """Two events in one kitchen at one time, and two on Shabbat, one of them amplified."""
    draft.find("event.clash", "events", rows["מפגש הורים"])
    wood = rows["נגרות להורים"]
    draft.spare("event.clash", "events", wood, change=draft.change("events", wood, "time", "16:30–17:50"))
    first, second = _saturdays(draft.today)
    loud = _event(
        draft,
        owners[1],
        "הופעה במגרש",
        kind="מועד",
        date=first,
        time="11:00–13:00",
        place="מגרש הכדורגל",
        population="אוהבי מוזיקה",
        amplified=True,
    )
    draft.find("event.sacred_time", "events", loud)
    quiet = _event(
        draft,
        owners[2],
        "טיול שבת",
        kind="סיור",
        date=second,
        time="09:00–12:00",
        place="שער היישוב",
        population="מטיילים",
        amplified=False,
    )
    draft.spare("event.sacred_time", "events", quiet, change=draft.change("events", quiet, "amplified", cell=True))


def _saturdays(today: date) -> Iterator[date]:
    """The two Saturdays from a week ahead on."""
    first = today + timedelta(7 + (SATURDAY - today.weekday()) % 7)
    return iter((first, first + timedelta(7)))


def _summaries(draft: Draft, owners: Sequence[str]) -> None:
    old = _event(
        draft,
        owners[0],
        "מופע סטנד־אפ",
        kind="תרבות",
        date=-25,
        place="אולם המופעים",
        participants=120,
        summary_done=False,
    )
    draft.find("event.no_summary", "events", old)
    since, days = not_yet(draft.today, 7)
    new = _event(
        draft,
        owners[1],
        "ערב סרט ישראלי",
        kind="תרבות",
        date=min(since, -1),
        place="מועדון",
        participants=35,
        summary_done=False,
    )
    draft.spare("event.no_summary", "events", new, days=days)


def _assigned(draft: Draft, rows: Mapping[str, Record], helpers: Helpers) -> None:
    """Who helps: an event that lacks some, one of which it is too early to say, and one helper in many events."""
    cleaning, generations = rows["יום ניקיון ושתילה"], rows["מפגש דורות"]
    cleaning["volunteers_needed"], generations["volunteers_needed"] = 5, 3
    draft.find("event.volunteers_short", "events", cleaning)
    draft.spare("event.volunteers_short", "events", generations, days=1)
    busy, nearly = helpers.name(0), helpers.name(1)
    for name in ("סדנת עזרה ראשונה", "סיור פריחה", "סדנת בישול", "סדנת נגרות"):
        _assign(draft, name, busy, YES)
    answers = [
        _assign(draft, name, nearly, YES) for name in ("סיור פריחה", "מפגש הורים", "ערב לימוד פתוח", "מרוץ קהילתי")
    ]
    answers[-1]["confirmed"] = WAITING
    _assign(draft, "יום ניקיון ושתילה", helpers.name(2), YES)
    _assign(draft, "יום ניקיון ושתילה", helpers.name(3), YES)
    _assign(draft, "יום ניקיון ושתילה", helpers.name(4), WAITING)
    for at, name in ((5, "יריד קהילתי"), (6, "יריד קהילתי"), (7, "ערב שירה בציבור"), (8, "הרצאה: גיל ההתבגרות")):
        _assign(draft, name, helpers.name(at), YES)
    strange = _assign(draft, "יריד קהילתי", helpers.name(9), YES)
    draft.slip("event_volunteers", strange, "event", ProblemKind.REFERENCE, "יריד קהילה")
    table = {str(row["name"]): row for row in draft.tables.get("volunteers", helpers.usual)}
    draft.find("volunteer.overload", "volunteers", table[busy])
    came = draft.change("event_volunteers", answers[-1], "confirmed", YES)
    draft.spare("volunteer.overload", "volunteers", table[nearly], change=came)


def _assign(draft: Draft, event: str, volunteer: str, confirmed: str) -> Record:
    return draft.add("event_volunteers", event=event, volunteer=volunteer, task="סידור", confirmed=confirmed)
