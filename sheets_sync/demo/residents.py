"""What the invented residents say: the needs they name, and what they turn to the coordinator about."""

from collections.abc import Sequence
from random import Random

from sheets_sync.demo.draft import Draft
from sheets_sync.demo.households import Household
from sheets_sync.demo.parts import Record, not_yet
from sheets_sync.demo.planning import CLASSES, POPULATIONS

TOPICS = ("תחבורה", "תאורה", "גני משחקים", "נוער", "רווחה", "תרבות", "ניקיון", "חינוך")
UNANSWERED, SELDOM = "תחבורה", "תאורה"
"""Needs without a programme: one that many name, and one that few do."""

UNHEARD, LONG_AGO = "צעירים", "הגיל השלישי"
"""Populations: not heard for a year, and heard for the last time almost a year ago."""

SURVEY, MEETING, TALK = "סקר", "חוג בית", "שיחה"
Told = tuple[str, int, str, str]
"""Topic, importance, population, what is missing."""

SURVEYED: Sequence[Told] = (
    (UNANSWERED, 5, "נוער", "אוטובוס אחרון מוקדם מדי"),
    (UNANSWERED, 4, "מבוגרים", "אין קו ישיר לתחנת הרכבת"),
    (UNANSWERED, 5, "משפחות", "הסעה לחוגים בעיר"),
    (UNANSWERED, 4, "נוער", "תחבורה בסופי שבוע"),
    (UNANSWERED, 5, "מבוגרים", "תדירות הקווים בבוקר"),
    (SELDOM, 5, "משפחות", "שביל הגן חשוך"),
    (SELDOM, 4, "נוער", "תאורה במגרש"),
    ("גני משחקים", 3, "גיל הרך", "הצללה בגן"),
    ("גני משחקים", 3, "משפחות", "ספסלים"),
    ("גני משחקים", 2, "ילדים", "מתקן טיפוס"),
    ("גני משחקים", 3, "גיל הרך", "ארגז חול מגודר"),
    ("גני משחקים", 4, "משפחות", "ברזיית מים"),
    ("נוער", 5, "נוער", "מקום להיפגש בערב"),
    ("נוער", 4, "משפחות", "מסגרת אחרי הצהריים"),
    ("תרבות", 3, "מבוגרים", "יותר ערבי שירה"),
    ("תרבות", 2, "מבוגרים", "סרטים במועדון"),
    ("ניקיון", 3, "משפחות", "פחים ליד המכולת"),
    ("ניקיון", 2, "מבוגרים", "גזם ברחובות"),
    ("חינוך", 4, "ילדים", "שעורי עזר"),
    ("חינוך", 4, "משפחות", "צהרון עד ארבע"),
)
HEARD: Sequence[tuple[int, str, Told]] = (
    (-520, MEETING, ("תרבות", 4, UNHEARD, "ערב לצעירים")),
    (-510, MEETING, ("חינוך", 3, UNHEARD, "הכוונה ללימודים")),
    (-364, MEETING, ("רווחה", 4, LONG_AGO, "ביקורי בית")),
    (-90, TALK, (UNANSWERED, 5, "משפחות", "הסעה למרפאה")),
    (-60, TALK, (SELDOM, 5, "ילדים", "מעבר חצייה חשוך")),
    (-44, TALK, ("נוער", 5, "נוער", "חדר מוזיקה")),
    (-30, TALK, (SELDOM, 4, "משפחות", "הכניסה למועדון")),
    (-12, TALK, ("ניקיון", 3, "גיל הרך", "חול נקי בגן")),
)


def needs(draft: Draft) -> None:
    """The table `needs`: a survey of a spring, and what came up beside it."""
    for at, told in enumerate(SURVEYED):
        _need(draft, -140 + at, SURVEY, told)
    _need(draft, -400, SURVEY, ("תרבות", 3, "מבוגרים", "חוג מטיילים"))
    rows = [_need(draft, day, source, told) for day, source, told in HEARD]
    draft.find("need.unanswered", "needs", UNANSWERED)
    draft.spare("need.unanswered", "needs", SELDOM, params={"mentions": 4})
    draft.find("need.population_unmapped", "needs", UNHEARD)
    draft.spare("need.population_unmapped", "needs", LONG_AGO, days=1)
    draft.spare("need.mapping_stale", "needs", "מיפוי צרכים", days=731 - 121)
    assert rows[2]["population"] in POPULATIONS


def _need(draft: Draft, day: int, source: str, told: Told) -> Record:
    topic, importance, population, need = told
    return draft.add(
        "needs",
        submitted=day,
        source=source,
        population=population,
        topic=topic,
        need=need,
        importance=importance,
        volunteer=day % 5 == 0,
        program={"חינוך": CLASSES, "נוער": "מועדון נוער"}.get(topic),
    )


REPEATED, ALMOST = "תאורה", "ניקיון"
"""Topics of four inquiries within two months, and of three."""

ANSWERED: Sequence[tuple[int, str, str]] = (
    (-52, REPEATED, "פנס שבור ברחוב"),
    (-38, REPEATED, "תאורה בשביל הגן"),
    (-27, REPEATED, "פנסים שדולקים ביום"),
    (-55, ALMOST, "פחים שלא רוקנו"),
    (-33, ALMOST, "גזם ליד הגינה"),
    (-18, ALMOST, "עשב גבוה בחצר המועדון"),
    (-95, "תרבות", "מועד ערב השירה"),
    (-80, "חינוך", "הרשמה לצהרון"),
    (-150, "תחבורה", "שינוי בקו ההסעה"),
)


def inquiries(draft: Draft, random: Random, village: Sequence[Household], handler: str) -> None:
    """The table `inquiries`: the coordinator's own."""
    askers = random.sample(list(village), len(ANSWERED) + 5)
    for (day, topic, subject), home in zip(ANSWERED, askers, strict=False):
        _inquiry(draft, home, handler, day, topic, subject, answered=day + 2, status="נענה")
    old, lamp, fresh, promised, quiet = askers[len(ANSWERED) :]
    _inquiry(draft, old, handler, -420, "רווחה", "שעות הספרייה", answered=-418, status="נענה")
    late = _inquiry(draft, lamp, handler, -20, REPEATED, "תאורה בגן המשחקים", status="בטיפול")
    draft.find("inquiry.unanswered", "inquiries", late)
    since, days = not_yet(draft.today, 3)
    new = _inquiry(draft, fresh, handler, since, "תרבות", "ציוד הגברה להשאלה", status="חדש")
    draft.spare("inquiry.unanswered", "inquiries", new, days=days)
    _inquiry(draft, promised, handler, -25, "נוער", "פתיחת המועדון בקיץ", promised=6, status="בטיפול")
    _inquiry(draft, quiet, handler, -12, "חינוך", "ספרי לימוד משומשים", answered=-11, status="נענה")
    draft.find("inquiry.trend", "inquiries", REPEATED)
    draft.spare("inquiry.trend", "inquiries", ALMOST, params={"count": 3})
    draft.find("privacy.retention", "inquiries", "inquiries")


def _inquiry(
    draft: Draft, home: Household, handler: str, day: int, topic: str, subject: str, **more: int | str
) -> Record:
    return draft.add(
        "inquiries",
        received=day,
        name=home.adults[0].name,
        contact=home.phone,
        channel="ווטסאפ" if day % 2 else "מייל",
        topic=topic,
        subject=subject,
        handler=handler,
        **more,
    )
