"""The invented season's classes: when each is decided and how many registered, in days from today and in heads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from rules.dates import serial
from sheets_sync.demo.households import phone
from sheets_sync.demo.names import BOYS, GIRLS, SURNAMES
from sheets_sync.demo.parts import Record

OPEN, RUNS, PLANNED, OVER, NOT_OPENED = "פתוח להרשמה", "פעיל", "בתכנון", "הסתיים", "לא נפתח"
GRADES = ("א׳", "ב׳", "ג׳", "ד׳", "ה׳", "ו׳", "ז׳", "ח׳", "ט׳", "י׳", "י״א", "י״ב")
ADULTS = (18, 99)


@dataclass(frozen=True, slots=True)
class Offer:
    """A class and its state: `decision` in days from today; heads registered, on trial, waiting, cancelled."""

    name: str
    ages: tuple[int, int]
    weekday: str
    time: str
    place: str
    price: int
    minimum: int
    maximum: int
    decision: int
    status: str
    registered: int
    trial: int = 0
    waiting: int = 0
    cancelled: int = 0
    group: str = ""
    kind: str = "חוג"
    recent: int = 1
    """How many of the registered came in the last week."""

    unpaid: int = 0
    """How many of the registered have not paid yet."""

    insured: int = 300
    """For how many days from the start the insurance holds."""

    too_old: int = 0
    """By how many years one more of the registered is above the ages: 0 where nobody is."""

    @property
    def full_name(self) -> str:
        """The name as registrations give it: the class, and its group behind a comma."""
        return f"{self.name}, {self.group}" if self.group else self.name

    @property
    def is_for_adults(self) -> bool:
        """Whether it is for grown-ups."""
        return self.ages == ADULTS


CLOSING = Offer("קרמיקה", (6, 9), "ב׳", "16:30–17:45", "חדר יצירה", 230, 8, 12, 0, OPEN, 7, group="כיתות א׳–ג׳")
"""Lacks one registration on the day of decision: the demo's form answer is that one."""

FAR_BELOW = Offer("תיאטרון נוער", (12, 17), "ג׳", "19:00–20:30", "אולם המופעים", 240, 10, 18, -1, OPEN, 6, trial=3)
JUST_ENOUGH = Offer("בלט", (4, 7), "א׳", "16:30–17:15", "אולם תנועה", 210, 7, 14, 0, OPEN, 7, trial=1)
GIVEN_UP = Offer("כינור", (7, 12), "ה׳", "15:00–15:45", "חדר מוזיקה", 320, 6, 8, -9, NOT_OPENED, 2, cancelled=1)
ONE_SHORT = Offer("רובוטיקה", (9, 13), "ד׳", "17:00–18:30", "מעבדה", 260, 8, 14, 10, OPEN, 7, recent=3)
HALF_EMPTY = Offer("שחמט", (7, 13), "ב׳", "17:00–18:00", "ספרייה", 150, 10, 20, 4, OPEN, 5, recent=0)
TOO_EARLY = Offer("אפייה", (8, 13), "ו׳", "09:30–11:00", "מטבח המועדון", 190, 8, 12, 15, OPEN, 3)
SAFE = Offer("ציור ורישום", (8, 12), "ד׳", "16:30–18:00", "חדר יצירה", 220, 8, 14, 6, OPEN, 8)
CROWDED = Offer("ג׳ודו", (6, 11), "א׳, ד׳", "17:30–18:30", "אולם ספורט", 230, 10, 15, -50, RUNS, 16)
FULL = Offer("כדורסל", (9, 14), "ב׳, ה׳", "18:00–19:15", "אולם ספורט", 220, 10, 20, -50, RUNS, 19, trial=1, waiting=3)
UNDECIDED = Offer("אלקטרוניקה", (9, 13), "ג׳", "17:00–18:30", "מעבדה", 250, 6, 12, -20, OPEN, 7)
BEGINS_TODAY = Offer("תכנות", (10, 15), "ה׳", "17:00–18:30", "מעבדה", 270, 6, 12, -12, OPEN, 8)
SHRUNK = Offer("היפ הופ", (9, 14), "א׳", "18:00–19:00", "אולם תנועה", 220, 8, 16, -41, RUNS, 6, cancelled=3)
AT_MINIMUM = Offer("סריגה", ADULTS, "ב׳", "19:30–21:00", "ספרייה", 140, 7, 14, -40, RUNS, 7)
ONE_PLACE = Offer("תפירה", ADULTS, "ה׳", "19:30–21:30", "חדר יצירה", 260, 6, 10, -38, RUNS, 9, waiting=1, kind="סדנה")
NOT_ALL_PAID = Offer("מקהלה", ADULTS, "ג׳", "20:30–22:00", "אולם המופעים", 120, 12, 40, -52, RUNS, 31, unpaid=3)
JUST_BEGUN = Offer("תיאטרון בובות", (6, 9), "א׳", "16:30–17:30", "ספרייה", 190, 7, 14, -25, RUNS, 9, unpaid=1)
TOO_OLD = Offer("כדורגל", (6, 9), "ג׳", "16:30–17:30", "מגרש", 200, 10, 20, -48, RUNS, 15, cancelled=1, too_old=5)
A_YEAR_OLDER = Offer("אנגלית מדוברת", (8, 12), "א׳", "16:00–17:00", "כיתת חוגים", 210, 8, 14, -39, RUNS, 11, too_old=1)
INSURED_TOO_SHORT = Offer("גיטרה", (9, 16), "ד׳", "15:00–15:45", "חדר מוזיקה", 340, 4, 14, -41, RUNS, 9, insured=40)
INSURED_A_MONTH = Offer("יוגה", ADULTS, "ד׳", "20:00–21:15", "אולם תנועה", 200, 8, 18, -43, RUNS, 14, insured=61)
TRAINED = Offer("נאמני סביבה", ADULTS, "ד׳", "19:30–21:30", "מועדון", 0, 12, 25, -120, OVER, 16, kind="הכשרה")
JUST_TRAINED = Offer("מובילי קבוצות", ADULTS, "ב׳", "19:30–21:30", "מועדון", 0, 8, 20, -101, OVER, 9, kind="הכשרה")
"""Trainings that ended 48 and 29 days ago."""

NO_INSTRUCTOR = Offer("פסנתר", (7, 15), "ג׳", "15:00–15:40", "חדר מוזיקה", 350, 4, 10, 33, PLANNED, 0)
A_DAY_LATER = Offer("חליל צד", (8, 15), "ד׳", "16:00–16:40", "חדר מוזיקה", 330, 4, 10, 34, PLANNED, 0)
ROOMY = Offer("התעמלות בוקר", ADULTS, "א׳, ג׳", "08:30–09:30", "מועדון", 180, 8, 24, -45, RUNS, 14)
"""A class in which a registration more or less makes no rule speak: mistakes are planted among its registrations."""

OFFERS = (
    CLOSING,
    FAR_BELOW,
    JUST_ENOUGH,
    GIVEN_UP,
    ONE_SHORT,
    HALF_EMPTY,
    TOO_EARLY,
    SAFE,
    UNDECIDED,
    BEGINS_TODAY,
    CROWDED,
    FULL,
    ROOMY,
    Offer("קרמיקה", (10, 13), "ב׳", "18:00–19:15", "חדר יצירה", 230, 8, 12, -40, RUNS, 10, group="כיתות ד׳–ו׳"),
    TOO_OLD,
    Offer("מחול מודרני", (9, 15), "ה׳", "17:00–18:15", "אולם תנועה", 230, 8, 16, -44, RUNS, 13, cancelled=1),
    INSURED_TOO_SHORT,
    A_YEAR_OLDER,
    Offer("טבע ושדה", (7, 12), "ו׳", "14:00–16:00", "החורשה", 160, 10, 22, -46, RUNS, 17),
    Offer("קפוארה", (6, 13), "ב׳", "16:00–17:00", "אולם תנועה", 220, 10, 18, -42, RUNS, 14, trial=1),
    INSURED_A_MONTH,
    Offer("פילאטיס", ADULTS, "ב׳", "20:15–21:15", "אולם תנועה", 210, 8, 16, -43, RUNS, 15),
    NOT_ALL_PAID,
    ONE_PLACE,
    JUST_BEGUN,
    SHRUNK,
    AT_MINIMUM,
    Offer("צילום בטלפון", ADULTS, "א׳", "20:00–21:30", "כיתת חוגים", 380, 8, 16, -95, OVER, 12, kind="סדנה"),
    TRAINED,
    JUST_TRAINED,
    NO_INSTRUCTOR,
    A_DAY_LATER,
)


def class_rows(random: Random, today: date) -> Iterator[Record]:
    """A row a class."""
    for number, offer in enumerate(OFFERS, start=1):
        yield _row(random, today, offer, number)


def cost_rows() -> Iterator[Record]:
    """What each class costs: a row a class, in the budget's workbook."""
    for offer in OFFERS:
        per = "חודש" if offer.kind == "חוג" else "קורס"
        yield {"name": offer.full_name, "instructor_cost": offer.price * offer.minimum * 7 // 10, "cost_per": per}


def _row(random: Random, today: date, offer: Offer, number: int) -> Record:
    decision = today + timedelta(offer.decision)
    start = decision + timedelta(12)
    agreed = offer.status != PLANNED
    low, high = offer.ages
    return {
        "name": offer.name,
        "group": offer.group or None,
        "kind": offer.kind,
        "population": "מבוגרים" if offer.is_for_adults else "ילדים" if high < 13 else "ילדים ונוער",
        "instructor": f"{random.choice((*GIRLS, *BOYS))} {random.choice(SURNAMES)}",
        "phone": phone(2000 + number),
        "email": f"madrich{number:02d}@example.org",
        "instructor_agreed": agreed,
        "grade_from": None if offer.is_for_adults or low < 6 else GRADES[low - 6],
        "grade_to": None if offer.is_for_adults or low < 6 else GRADES[min(high, 17) - 6],
        "age_from": low,
        "age_to": high,
        "weekday": offer.weekday,
        "time": offer.time,
        "place": offer.place,
        "price": offer.price,
        "price_per": "חודש" if offer.kind == "חוג" else "קורס",
        "sessions": 34 if offer.kind == "חוג" else 8,
        "minimum": offer.minimum,
        "maximum": offer.maximum,
        "decision_date": serial(decision),
        "start": serial(start),
        "end": serial(start + timedelta(270 if offer.kind == "חוג" else 60)),
        "status": offer.status,
        "agreement": agreed,
        "clearance": "לא נדרש" if offer.is_for_adults else "יש",
        "insurance": agreed,
        "insurance_until": serial(start + timedelta(offer.insured)) if agreed else None,
    }
