"""Invented rows for a new spreadsheet, in both languages, and the rows with which some tables begin."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from rules.catalogue.care.tables import EMERGENCY_ROLES

Given: TypeAlias = tuple[str, str] | timedelta | str | int | float
"""(Hebrew, English), a choice's Hebrew word, a number, a tick, or a day counted from today."""

Row: TypeAlias = Mapping[str, Given]


def _day(days: int) -> timedelta:
    return timedelta(days=days)


PROGRAM, GOAL, LINE = (
    ("תוכנית לדוגמה", "Example programme"),
    ("מטרה לדוגמה", "Example goal"),
    ("סעיף לדוגמה", "Example line"),
)
EVENT, CLASS = ("אירוע לדוגמה", "Example event"), ("חוג לדוגמה", "Example class")
VOLUNTEER, FAMILY = ("מתנדבת לדוגמה", "Example Volunteer"), ("דוגמה", "Example")
OWNER, ALL = ("אחראית לדוגמה", "Example Owner"), ("כלל התושבים", "all residents")
MONTHLY, WEEKLY = ("חודשי", "30"), ("שבועי", "7")
PHONE = "050-0000001"

EXAMPLES: Mapping[str, Row] = {
    "goals": {"name": GOAL, "target_value": "100", "owner": OWNER, "due": _day(200), "status": "בביצוע"},
    "plan": {
        "program": PROGRAM, "kind": "חברה ותרבות", "goal": GOAL, "population": ALL, "owner": OWNER, "start": _day(-30),
        "end": _day(60), "planned_cost": 5_000, "budget_line": LINE, "status": "בביצוע", "approved": True,
    },
    "processes": {"process": ("תהליך לדוגמה", "Example process"), "kind": "חזון", "next_date": _day(30)},
    "needs": {"submitted": _day(-20), "source": "סקר", "population": ALL, "topic": ("תרבות", "culture")},
    "budget": {"line": LINE, "category": ("פרק לדוגמה", "Example category"), "planned": 10_000},
    "expenses": {
        "date": _day(-10), "line": LINE, "program": PROGRAM, "supplier": ("ספק לדוגמה", "Example supplier"),
        "invoice": "0001", "amount": 500, "kind": "תשלום", "status": "תקין", "approved": True, "paid_on": _day(-8),
    },
    "income": {
        "source": ("קול קורא לדוגמה", "Example grant"), "kind": "קול קורא", "requested": 20_000, "due": _day(60),
        "program": PROGRAM, "status": "הוגש",
    },
    "classes": {
        "name": CLASS, "kind": "חוג", "instructor": ("מדריכה לדוגמה", "Example Instructor"), "weekday": "ג׳",
        "time": "17:00–18:00", "price": 150, "price_per": "חודש", "minimum": 8, "maximum": 15,
        "decision_date": _day(20), "start": _day(30), "end": _day(200), "status": "פתוח להרשמה",
    },
    "registrations": {
        "submitted": _day(-3), "participant": ("ילדה לדוגמה", "Example Child"), "phone": PHONE, "class_name": CLASS,
        "status": "רשום/ה", "payment": "שולם",
    },
    "class_costs": {"name": CLASS, "instructor_cost": 200, "cost_per": "מפגש"},
    "people": {"role": "משפחה מלווה", "name": OWNER, "phone": PHONE},
    "volunteers": {"name": VOLUNTEER, "phone": PHONE, "source": "אישי", "joined": _day(-30), "status": "פעיל/ה"},
    "meetings": {
        "with_whom": ("בעל תפקיד לדוגמה", "Example role-holder"), "organisation": "היישוב", "kind": "פגישה",
        "cadence": MONTHLY, "last_date": _day(-10), "next_date": _day(20),
    },
    "tasks": {"task": ("משימה לדוגמה", "Example task"), "owner": OWNER, "due": _day(7), "status": "פתוח"},
    "events": {
        "name": EVENT, "kind": "תרבות", "lead": "אנחנו", "date": _day(60), "time": "19:00–21:00", "owner": OWNER,
        "program": PROGRAM, "volunteers_needed": 4, "permits": "לא נדרש", "status": "מתוכנן",
    },
    "event_volunteers": {"event": EVENT, "volunteer": VOLUNTEER, "confirmed": "כן"},
    "families": {"family": FAMILY, "arrival": _day(-20), "companion": OWNER, "welcome_kit": True, "stage": "בליווי"},
    "followups": {"family": FAMILY, "date": _day(-13), "step": "שבוע", "by": OWNER},
    "drills": {"date": _day(-60), "kind": "תרגיל", "subject": ("תרגיל לדוגמה", "Example drill"), "lessons_done": True},
    "welfare": {
        "case": "פ-2026-001", "received": _day(-10), "kind": "אחר", "urgency": "רגיל", "handler": OWNER,
        "last_contact": _day(-2), "status": "בטיפול",
    },
    "responses": {"service": ("שירות לדוגמה", "Example service"), "for_whom": ALL, "last_checked": _day(-10)},
    "youth": {
        "project": ("פרויקט לדוגמה", "Example project"), "kind": "מנהיגות", "owner": OWNER, "next_date": _day(7),
        "last_meeting": _day(-7), "status": "פעיל",
    },
    "channels": {"channel": "ווטסאפ", "group": ("קבוצה לדוגמה", "Example group"), "owner": OWNER, "cadence": WEEKLY},
    "publications": {
        "title": ("פרסום לדוגמה", "Example post"), "channel": "ווטסאפ", "event": EVENT, "due": _day(20), "owner": OWNER,
        "kind": "הזמנה",
    },
    "inquiries": {
        "received": _day(-1), "name": ("תושבת לדוגמה", "Example Resident"),
        "subject": ("נושא לדוגמה", "Example subject"),
        "status": "חדש",
    },
    "initiatives": {
        "name": ("יוזמה לדוגמה", "Example initiative"), "leader": OWNER, "stage": "פעיל", "last_contact": _day(-5),
    },
    "partners": {"organisation": ("ארגון לדוגמה", "Example organisation"), "kind": "עמותה", "last_contact": _day(-5)},
    "assets": {"name": ("גינה לדוגמה", "Example garden"), "kind": "גינה קהילתית", "owner": OWNER, "state": "תקין"},
    "hours": {"date": _day(-1), "start": 0.375, "end": 0.5, "kind": "עבודה"},
}  # fmt: skip
"""A row a table; the names of one stand in the others."""

COMMITTEES: Sequence[tuple[str, str]] = (
    ("ועדת תרבות", "Culture committee"),
    ("ועדת קליטה", "Absorption committee"),
    ("ועדת רווחה", "Welfare committee"),
    ("ועדת נוער", "Youth committee"),
    ("ועדת חסד", "Chesed committee"),
    ("יולדות", "New mothers"),
    ("קופת צדקה", "Charity fund"),
    ("פורום ביטחון", "Safety forum"),
    ('פורום יו"רים', "Forum of chairs"),
)
NEIGHBOURHOOD_FORUM = ("הפורום השכונתי", "Neighbourhood forum")


def _committee(name: tuple[str, str]) -> Row:
    kind = "פורום" if name[0].startswith(("פורום", "הפורום")) else "ועדה"
    return {"name": name, "kind": kind, "cadence": MONTHLY, "state": "אין"}


def first_rows(profile: str) -> Mapping[str, Sequence[Row]]:
    """The rows with which a profile's tables begin: the committees that are usual, and the emergency team's roles."""
    names = [NEIGHBOURHOOD_FORUM] if profile == "sustainability" else COMMITTEES
    return {"committees": [*map(_committee, names)], "emergency": [{"role": role} for role in EMERGENCY_ROLES]}
