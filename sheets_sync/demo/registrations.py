"""The invented registrations: who registered for which class, and the answer that is still to come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from rules.dates import EPOCH, serial
from sheets_sync.demo.households import Household, Resident, phone
from sheets_sync.demo.offers import (
    A_DAY_LATER,
    A_YEAR_OLDER,
    AT_MINIMUM,
    BEGINS_TODAY,
    CLOSING,
    CROWDED,
    FAR_BELOW,
    FULL,
    GIVEN_UP,
    GRADES,
    HALF_EMPTY,
    INSURED_A_MONTH,
    INSURED_TOO_SHORT,
    JUST_BEGUN,
    JUST_ENOUGH,
    JUST_TRAINED,
    NO_INSTRUCTOR,
    NOT_ALL_PAID,
    OFFERS,
    ONE_PLACE,
    ONE_SHORT,
    OPEN,
    SAFE,
    SHRUNK,
    TOO_EARLY,
    TOO_OLD,
    TRAINED,
    UNDECIDED,
    Offer,
    class_rows,
    cost_rows,
)
from sheets_sync.demo.parts import Change, Nudge, Part, Record, Subject, number

Living = tuple[Household, Resident]
FOUND = (
    ("class.below_minimum", CLOSING),
    ("class.below_minimum", FAR_BELOW),
    ("class.loss", FAR_BELOW),
    ("class.at_risk", ONE_SHORT),
    ("class.at_risk", HALF_EMPTY),
    ("class.over_capacity", CROWDED),
    ("class.undecided", UNDECIDED),
    ("class.no_instructor", NO_INSTRUCTOR),
    ("class.dropout", SHRUNK),
    ("class.place_free", ONE_PLACE),
    ("class.unpaid", NOT_ALL_PAID),
    ("class.age", TOO_OLD),
    ("class.papers", INSURED_TOO_SHORT),
    ("class.graduates_uncontacted", TRAINED),
)
A_DAY_MORE = Nudge(days=1)
NEARLY = (
    ("class.at_risk", TOO_EARLY, A_DAY_MORE),
    ("class.undecided", BEGINS_TODAY, A_DAY_MORE),
    ("class.no_instructor", A_DAY_LATER, A_DAY_MORE),
    ("class.unpaid", JUST_BEGUN, A_DAY_MORE),
    ("class.age", A_YEAR_OLDER, Nudge(params={"grades": 0})),
    ("class.papers", INSURED_A_MONTH, A_DAY_MORE),
    ("class.graduates_uncontacted", JUST_TRAINED, A_DAY_MORE),
)
CHANGED = (
    ("class.below_minimum", JUST_ENOUGH, "minimum", 8),
    ("class.below_minimum", GIVEN_UP, "status", OPEN),
    ("class.at_risk", SAFE, "minimum", 9),
    ("class.over_capacity", FULL, "maximum", 19),
    ("class.place_free", FULL, "maximum", 21),
    ("class.dropout", AT_MINIMUM, "minimum", 8),
)
"""Near misses that a changed cell tips."""


def classes(random: Random, today: date, village: Sequence[Household]) -> Part:
    """The tables of classes, with what their rules are to find in them."""
    rows, costs = list(class_rows(random, today)), list(cost_rows())
    registrations = [row for offer in OFFERS for row in _of_class(random, today, offer, village)]
    cancelled = _changed_their_mind(registrations)
    registrations = sorted([*registrations, cancelled], key=lambda row: number(row, "submitted"))
    of = dict(zip(OFFERS, rows, strict=True))
    dearer = Change("class_costs", costs[OFFERS.index(CLOSING)], "instructor_cost", 1_700)
    again = Change("registrations", cancelled, "status", "רשום/ה")
    return Part(
        {"classes": rows, "registrations": registrations, "class_costs": costs},
        found=tuple(Subject(rule, "classes", of[offer]) for rule, offer in FOUND),
        spared=(
            *(Subject(rule, "classes", of[offer], nudge=nudge) for rule, offer, nudge in NEARLY),
            *(
                Subject(rule, "classes", of[offer], nudge=Nudge(change=Change("classes", of[offer], name, entry)))
                for rule, offer, name, entry in CHANGED
            ),
            Subject("class.loss", "classes", of[CLOSING], nudge=Nudge(change=dearer)),
            Subject("registration.duplicate", "registrations", cancelled, nudge=Nudge(change=again)),
        ),
    )


def _changed_their_mind(registrations: Sequence[Record]) -> Record:
    """A second registration of the same person, from another phone, that was cancelled."""
    first = next(row for row in registrations if row["class_name"] == "פילאטיס")
    other: Record = {"submitted": number(first, "submitted") + 1, "phone": phone(3001), "status": "בוטל"}
    return {**first, **other, "amount_due": None, "amount_paid": None, "payment": None, "payment_method": None}


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
    """Who could register, each with the household; of those of one name one."""
    low, high = offer.ages
    living = (
        (home, person)
        for home in village
        for person in (home.adults if offer.is_for_adults else home.children)
        if offer.is_for_adults or low <= today.year - person.born <= high
    )
    return list({person.name: (home, person) for home, person in living}.values())


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
        has_paid = index >= offer.unpaid
        yield _row(random, _submitted(random, today, offer, index), offer, status, *living, has_paid=has_paid)
    if offer.too_old:
        submitted = serial(datetime.combine(today - timedelta(30 - offer.decision), time(20, 15)))
        named = {person.name for _, person in chosen}
        others = (living for living in _children(village) if living[1].name not in named)
        older = next(one for one in others if _year(submitted) - one[1].born == offer.ages[1] + offer.too_old)
        yield _row(random, submitted, offer, "רשום/ה", *older, has_paid=True)


def _children(village: Sequence[Household]) -> Iterator[Living]:
    return ((home, child) for home in village for child in home.children)


def _submitted(random: Random, today: date, offer: Offer, index: int) -> int | float:
    """When the form was sent: before the decision, and `recent` of them in the last week of an open class."""
    if offer.status == OPEN:
        ago = random.randint(1, 5) if index < offer.recent else random.randint(9, 40)
    else:
        ago = random.randint(2, 40) - offer.decision
    clock = time(random.randint(7, 22), random.randint(0, 59), random.randint(0, 59))
    return serial(datetime.combine(today - timedelta(ago), clock))


def _row(
    random: Random,
    submitted: float,
    offer: Offer,
    status: str,
    home: Household,
    person: Resident,
    *,
    has_paid: bool,
) -> Record:
    goes = status == "רשום/ה"
    paid = goes and offer.status != OPEN and has_paid
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
    age = _year(submitted) - person.born
    return GRADES[age - 6] if 6 <= age < 18 else None


def _year(submitted: float) -> int:
    return (EPOCH + timedelta(days=int(submitted))).year
