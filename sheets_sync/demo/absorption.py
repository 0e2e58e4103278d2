"""The invented newcomers: families of the last year, who accompanies them, and the talks with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from sheets_sync.demo.households import Household
from sheets_sync.demo.parts import Part, Record, Subject, days_from, number

STEPS = {7: "שבוע", 30: "חודש", 90: "שלושה חודשים", 180: "חצי שנה"}
NEEDS = ("מסגרת לילדים", "תעסוקה", "תחבורה", "חברים", "דיור")
ALONE, FORGOTTEN = "family.no_companion", "family.followup_due"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A family that came so many days ago (negative: is coming), and the days after arrival when one spoke to them."""

    ago: int
    talks: tuple[int, ...] = ()
    companion: bool = True
    stage: str = "בליווי"
    found: str = ""
    spared: tuple[str, ...] = ()


ARRIVALS = (
    Arrival(330, (5, 33, 92, 181), stage="הליווי הסתיים"),
    Arrival(296, (7, 29, 88, 180), stage="הליווי הסתיים"),
    Arrival(260, (6, 31, 91, 179)),
    Arrival(228, (8, 30, 90, 182)),
    Arrival(201, (4, 28, 93, 180)),
    Arrival(150, (7, 32, 90)),
    Arrival(112, (6, 30, 89)),
    Arrival(75, (7, 31)),
    Arrival(60, (6,), found=FORGOTTEN),
    Arrival(40, companion=False, stage="לא הגיעו", spared=(ALONE, FORGOTTEN)),
    Arrival(33, (7,), spared=(FORGOTTEN,)),
    Arrival(12, found=FORGOTTEN),
    Arrival(10, spared=(FORGOTTEN,)),
    Arrival(5, companion=False, found=ALONE),
    Arrival(1, companion=False, spared=(ALONE,)),
    Arrival(-18, companion=False, stage="לפני מעבר", spared=(ALONE,)),
)


def absorption(random: Random, today: date, homes: Sequence[Household], companions: Sequence[Household]) -> Part:
    """The tables `families` and `followups`; `homes` are the newcomers', one an arrival."""
    families: list[Record] = []
    followups: list[Record] = []
    found: list[Subject] = []
    spared: list[Subject] = []
    for index, (arrival, home) in enumerate(zip(ARRIVALS, homes, strict=False)):
        companion = companions[index % len(companions)] if arrival.companion else None
        family = _family(random, today, arrival, home, companion)
        families.append(family)
        followups += _talks(random, today, arrival, home, companion)
        found += [Subject(arrival.found, "families", family)] if arrival.found else []
        spared += [Subject(rule, "families", family) for rule in arrival.spared]
    followups.sort(key=lambda row: number(row, "date"))
    return Part({"families": families, "followups": followups}, tuple(found), tuple(spared))


def _family(random: Random, today: date, arrival: Arrival, home: Household, companion: Household | None) -> Record:
    there = arrival.ago > 0 and arrival.stage != "לא הגיעו"
    ages = sorted(today.year - child.born for child in home.children)
    return {
        "family": home.surname,
        "arrival": days_from(today, -arrival.ago),
        "phone": home.phone,
        "email": home.email,
        "house": home.address,
        "adults": len(home.adults),
        "children": len(home.children),
        "children_ages": ", ".join(map(str, ages)) or None,
        "housing": random.choice(("שכירות", "שכירות", "רכישה", "בנייה")),
        "accompanied_until": days_from(today, 365 - arrival.ago) if there else None,
        "neighbourhood": home.neighbourhood,
        "companion": companion.together if companion else None,
        "welcome_kit": arrival.ago > 3 and there,
        "stage": arrival.stage,
        "needs": ", ".join(random.sample(NEEDS, random.randint(0, 2))) or None,
        "connected": ", ".join(random.sample(("חוג", "אירוע", "ועדה"), 2)) if arrival.ago > 60 else None,
    }


def _talks(
    random: Random, today: date, arrival: Arrival, home: Household, companion: Household | None
) -> Iterator[Record]:
    for talk, step in zip(arrival.talks, STEPS.values(), strict=False):
        need = random.choice(NEEDS) if random.random() < 0.4 else None
        yield {
            "family": home.surname,
            "date": days_from(today, talk - arrival.ago),
            "step": step,
            "by": companion.adults[0].name if companion and random.random() < 0.7 else "רכזת הקהילה",
            "open_need": need,
            "need_closed": days_from(today, talk - arrival.ago + 6) if need else None,
        }
