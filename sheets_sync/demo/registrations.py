"""The invented registrations: who registered for which class, and the answer that is still to come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from rules.dates import serial
from sheets_sync.demo.households import Household, Resident
from sheets_sync.demo.offers import (
    CLOSING,
    CROWDED,
    FAR_BELOW,
    FULL,
    GIVEN_UP,
    GRADES,
    HALF_EMPTY,
    JUST_ENOUGH,
    OFFERS,
    ONE_SHORT,
    OPEN,
    SAFE,
    TOO_EARLY,
    Offer,
    class_rows,
)
from sheets_sync.demo.parts import Part, Record, Subject, number

Living = tuple[Household, Resident]


def classes(random: Random, today: date, village: Sequence[Household]) -> Part:
    """The tables `classes` and `registrations`, with what the rules of classes are to find in them."""
    rows = list(class_rows(random, today))
    registrations = [row for offer in OFFERS for row in _of_class(random, today, offer, village)]
    registrations.sort(key=lambda row: number(row, "submitted"))
    of = dict(zip(OFFERS, rows, strict=True))
    return Part(
        {"classes": rows, "registrations": registrations},
        found=(
            Subject("class.below_minimum", "classes", of[CLOSING]),
            Subject("class.below_minimum", "classes", of[FAR_BELOW]),
            Subject("class.at_risk", "classes", of[ONE_SHORT]),
            Subject("class.at_risk", "classes", of[HALF_EMPTY]),
            Subject("class.over_capacity", "classes", of[CROWDED]),
        ),
        spared=(
            Subject("class.below_minimum", "classes", of[JUST_ENOUGH]),
            Subject("class.below_minimum", "classes", of[GIVEN_UP]),
            Subject("class.at_risk", "classes", of[TOO_EARLY]),
            Subject("class.at_risk", "classes", of[SAFE]),
            Subject("class.over_capacity", "classes", of[FULL]),
        ),
    )


def form_answer(today: date, village: Sequence[Household]) -> Mapping[str, str]:
    """The answer, by the form's questions, that brings CLOSING to its minimum: a child of a name that nobody has."""
    home, child = _eligible(CLOSING, today, village)[-1]
    return {
        "שם המשתתף/ת": f"אליענה {child.surname}",
        "כיתה": GRADES[1],
        "שנת לידה": str(today.year - 7),
        "שם ההורה": home.adults[0].name,
        "טלפון": home.phone,
        "מייל": home.email,
        "חוג": CLOSING.full_name,
        "אישור צילום": "כן",
        "אישור קבלת הודעות": "כן",
    }


def _eligible(offer: Offer, today: date, village: Sequence[Household]) -> list[Living]:
    """Who could register, each with the household."""
    if offer.is_for_adults:
        return [(home, adult) for home in village for adult in home.adults]
    low, high = offer.ages
    return [(home, child) for home in village for child in home.children if low <= today.year - child.born <= high]


def _of_class(random: Random, today: date, offer: Offer, village: Sequence[Household]) -> Iterator[Record]:
    statuses = (
        *["רשום/ה"] * offer.registered,
        *["שיעור ניסיון"] * offer.trial,
        *["רשימת המתנה"] * offer.waiting,
        *["בוטל"] * offer.cancelled,
    )
    chosen = random.sample(_eligible(offer, today, village), len(statuses))
    for index, (status, living) in enumerate(zip(statuses, chosen, strict=True)):
        if offer.status == OPEN and status == "רשום/ה" and random.random() < 0.4:
            status = "התקבל"
        yield _row(random, _submitted(random, today, offer, index), offer, status, *living)


def _submitted(random: Random, today: date, offer: Offer, index: int) -> int | float:
    """When the form was sent: before the decision, and `recent` of them in the last week of an open class."""
    if offer.status == OPEN:
        ago = random.randint(1, 5) if index < offer.recent else random.randint(9, 40)
    else:
        ago = random.randint(2, 40) - offer.decision
    clock = time(random.randint(7, 22), random.randint(0, 59), random.randint(0, 59))
    return serial(datetime.combine(today - timedelta(ago), clock))


def _row(random: Random, submitted: float, offer: Offer, status: str, home: Household, person: Resident) -> Record:
    goes = status == "רשום/ה"
    paid = goes and offer.status != OPEN and random.random() < 0.9
    due = offer.price if goes else None
    return {
        "submitted": submitted,
        "participant": person.name,
        "grade": None if offer.is_for_adults else _grade(submitted, person),
        "birth_year": None if offer.is_for_adults else person.born,
        "parent": None if offer.is_for_adults else random.choice(home.adults).name,
        "phone": home.phone,
        "email": home.email,
        "class_name": offer.full_name,
        "status": status,
        "amount_due": due,
        "amount_paid": due if paid else None,
        "payment": None if not due else "שולם" if paid else "טרם שולם",
        "payment_method": random.choice(("ביט", "העברה", "אשראי", "מזומן")) if paid and due else None,
        "photo_consent": random.random() < 0.8,
        "health_declaration": goes,
        "contact_consent": True,
    }


def _grade(submitted: float, person: Resident) -> str | None:
    """The school grade by the calendar year of the submission."""
    age = int(1900 + submitted / 365.25) - person.born
    return GRADES[age - 6] if 6 <= age < 18 else None
