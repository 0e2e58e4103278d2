"""The invented emergency team, welfare cases (codes alone), the services that exist, and youth projects."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rules.catalogue.care.tables import EMERGENCY_ROLES
from rules.catalogue.classes.grades import months_later
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.households import Household
from sheets_sync.demo.parts import Record, not_yet


def emergency(draft: Draft, chair: str, village: Sequence[Household]) -> None:
    """The tables `emergency` and `drills`: roles by the template, some without holder or deputy."""
    people = list(_namesakes_of_none(village, chair))
    rows = {role: _role(draft, role, at, people) for at, role in enumerate(EMERGENCY_ROLES)}
    rows['יו"ר']["holder"] = chair
    empty, health, security = rows["תשתיות"], rows["בריאות ורפואה"], rows["ביטחון"]
    for name in ("holder", "phone", "deputy", "deputy_phone", "verified"):
        empty[name] = None
    draft.find("emergency.vacant", "emergency", empty)
    left = draft.change("emergency", health, "holder", None)
    draft.spare("emergency.vacant", "emergency", health, change=left)
    rows["מרכז מידע"] |= {"deputy": None, "deputy_phone": None}
    draft.find("emergency.vacant", "emergency", "ממלאי מקום")
    old, soon = rows["לוגיסטיקה"], rows["חינוך ונוער"]
    old["verified"] = draft.entry("emergency", "verified", -101)
    soon["verified"] = draft.entry("emergency", "verified", -89)
    draft.find("emergency.unverified", "emergency", old)
    draft.spare("emergency.unverified", "emergency", soon, days=1)
    twice, information = rows["מרכז מידע"], rows["הסברה ומידע"]
    twice |= {name: information[name] for name in ("holder", "phone")}
    draft.find("emergency.double", "emergency", twice)
    security["deputy"], security["deputy_phone"] = health["holder"], health["phone"]
    both = draft.change("emergency", security, "holder", health["holder"])
    draft.spare("emergency.double", "emergency", security, change=both)
    _drills(draft)


def _namesakes_of_none(village: Sequence[Household], chair: str) -> Iterator[Household]:
    """Households in which nobody has the name of somebody before."""
    seen = {chair}
    for home in village:
        names = {adult.name for adult in home.adults}
        if not names & seen:
            seen |= names
            yield home


def _role(draft: Draft, role: str, at: int, people: Sequence[Household]) -> Record:
    holder, deputy = people[2 * at], people[2 * at + 1]
    return draft.add(
        "emergency",
        role=role,
        holder=holder.adults[0].name,
        phone=holder.phone,
        deputy=deputy.adults[-1].name,
        deputy_phone=deputy.phone,
        verified=-20 - at,
        trained=-200 - 9 * at,
    )


def _drills(draft: Draft) -> None:
    draft.add("drills", date=-210, kind="תרגיל", subject="רעידת אדמה", participants=34, lessons_done=True)
    draft.add("drills", date=-120, kind="אירוע אמת", subject="שרפה בחורשה", participants=18, lessons_done=True)
    late = draft.add("drills", date=-45, kind="תרגיל", subject="פתיחת מקלטים", participants=52, lessons_done=False)
    draft.find("emergency.no_drill", "drills", late)
    today = draft.add("drills", date=-12, kind="תרגיל", subject="מרכז מידע", participants=9, lessons_done=False)
    today["lessons_due"] = draft.entry("drills", "lessons_due", 0)
    draft.spare("emergency.no_drill", "drills", today, days=1)


OPEN, IN_CARE, HANDED, CLOSED = "פתוחה", "בטיפול", "הועברה לטיפול", "נסגרה"
KINDS = ("כלכלי", "משפחה", "בריאות וסיעוד", "אבל ומשבר", "בדידות וזקנה")


def welfare(draft: Draft, handler: str, name: str) -> None:
    """The table `welfare`; `name` is somebody's, which must not stand in it."""
    for at, (days, status) in enumerate(((-200, CLOSED), (-170, CLOSED), (-90, HANDED), (-70, HANDED), (-40, IN_CARE))):
        closed = days + 60 if status == CLOSED else None
        _case(draft, at, handler, days, status, last_contact=-10, closed=closed, referred_to='עו"ס')
    old = _case(draft, 5, handler, -480, CLOSED, last_contact=-380)
    day = _kept_a_little_longer(draft.today)
    old["closed"] = draft.entry("welfare", "closed", day)
    draft.spare("privacy.retention", "welfare", "welfare", days=(months_later(day, 12) - draft.today).days)
    draft.find("welfare.no_handler", "welfare", _case(draft, 6, None, -10, OPEN))
    since, days = not_yet(draft.today, 2)
    draft.spare("welfare.no_handler", "welfare", _case(draft, 7, None, since, OPEN), days=days)
    draft.find("welfare.silent", "welfare", _case(draft, 8, handler, -60, IN_CARE, last_contact=-25))
    draft.spare("welfare.silent", "welfare", _case(draft, 9, handler, -50, IN_CARE, last_contact=-20), days=1)
    told = _case(draft, 10, handler, -30, IN_CARE, last_contact=-3, notes=f"סוכם עם {name} על סיוע במזון")
    draft.find("privacy.code_like_name", "welfare", told)
    discreet = _case(draft, 11, handler, -28, IN_CARE, last_contact=-4, notes="הוסדר סיוע במזון")
    more = draft.change("welfare", discreet, "notes", "הוסדר סיוע במזון, לתאם 04-0123456")
    draft.spare("privacy.code_like_name", "welfare", discreet, change=more)


def _kept_a_little_longer(today: date) -> date:
    """The first day of which a year has not passed yet."""
    days = (today - timedelta(days=370 - ago) for ago in range(370))
    return next(day for day in days if months_later(day, 12) > today)


def _case(draft: Draft, at: int, handler: str | None, received: int, status: str, **more: object) -> Record:
    return draft.add(
        "welfare",
        case=f"פ-{draft.today.year}-{at + 1:03d}",
        received=received,
        kind=KINDS[at % len(KINDS)],
        urgency="רגיל",
        handler=handler,
        status=status,
        **more,
    )


def responses(draft: Draft) -> None:
    """The table `responses`."""
    rows = [
        draft.add(
            "responses",
            service=service,
            for_whom=whom,
            offered_by=offered,
            contact=contact,
            how="בטלפון",
            last_checked=checked,
        )
        for service, whom, offered, contact, checked in (
            ("ייעוץ משפחתי", "משפחות", "המועצה", "מוקד המועצה", -60),
            ("בנק מזון", "משפחות", "עמותת שכן טוב", "מוקד העמותה", -210),
            ("הסעות לטיפולים", "הגיל השלישי", "רשת החסד", "רכזת ההסעות", -179),
            ("ליווי אחרי אובדן", "מבוגרים", "מרכז החוסן", "מזכירות המרכז", -30),
            ("השאלת ציוד רפואי", "כולם", 'גמ"ח היישוב', 'תורן/ית הגמ"ח', -90),
        )
    ]
    draft.find("response.stale", "responses", rows[1])
    draft.spare("response.stale", "responses", rows[2], days=1)


def youth(draft: Draft, owner: str) -> None:
    """The table `youth`."""
    common: Mapping[str, object] = {"owner": owner, "status": "פעיל"}
    draft.add(
        "youth",
        project="פרלמנט נוער",
        kind="מנהיגות",
        partners="המועצה",
        last_meeting=-8,
        next_date=13,
        participants=14,
        hours=120,
        **common,
    )
    silent = draft.add(
        "youth", project="נוער מתנדב בגינה", kind="התנדבות", last_meeting=-51, next_date=5, participants=9, **common
    )
    draft.find("youth.inactive", "youth", silent)
    nearly = draft.add(
        "youth", project="חוסן בכיתות ט׳", kind="חוסן", last_meeting=-44, next_date=6, participants=22, **common
    )
    draft.spare("youth.inactive", "youth", nearly, days=1)
    draft.add(
        "youth", project="מעגל הורים", kind="הורים", owner=owner, last_meeting=-140, participants=11, status="הסתיים"
    )
