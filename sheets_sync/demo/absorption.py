"""The invented newcomers: families of the last years, who accompanies them, and the talks with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rules.calendar import nth_working_day_after
from rules.names import fold
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.households import Household
from sheets_sync.demo.parts import Part, Record, number

STEPS = {7: "שבוע", 30: "חודש", 90: "שלושה חודשים", 180: "חצי שנה"}
NEEDS = ("מסגרת לילדים", "תעסוקה", "תחבורה", "חברים", "דיור")
ALONE, FORGOTTEN, SILENT = "family.no_companion", "family.followup_due", "family.silent"
PREPARE, NOT_CONNECTED = "family.prepare", "family.not_connected"
BUSY = 2
"""The companion, by number, with more families than others."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A family that came so many days ago (negative: is coming), and the days after arrival when one spoke to them.

    `by` is the number of the companion, None where there is none. `spared` has the days that tip each near miss.
    """

    ago: int
    talks: tuple[int, ...] = ()
    by: int | None = None
    stage: str = "בליווי"
    found: tuple[str, ...] = ()
    spared: Mapping[str, int] = field(default_factory=dict)
    is_connected: bool = True


ENDED, BEFORE, NEVER_CAME = "הליווי הסתיים", "לפני מעבר", "לא הגיעו"
ARRIVALS = (
    Arrival(800, (7, 31, 90, 181), 0, ENDED),
    Arrival(330, (5, 33, 92, 181), 0, ENDED),
    Arrival(296, (7, 29, 88, 180), 1, ENDED),
    Arrival(260, (6, 31, 91, 179), BUSY, found=(SILENT,)),
    Arrival(228, (8, 30, 90, 182), 3),
    Arrival(201, (4, 28, 93, 180), 4),
    Arrival(150, (7, 32, 91), 5, spared={SILENT: 1}),
    Arrival(112, (6, 30, 89), 0, found=(NOT_CONNECTED,), is_connected=False),
    Arrival(89, (6, 31), 1, spared={NOT_CONNECTED: 1}, is_connected=False),
    Arrival(75, (7, 31), BUSY),
    Arrival(60, (6,), BUSY, found=(FORGOTTEN,), is_connected=False),
    Arrival(40, stage=NEVER_CAME, is_connected=False),
    Arrival(33, (7,), 4, is_connected=False),
    Arrival(12, (), 5, found=(FORGOTTEN,), is_connected=False),
    Arrival(10, (), 0, spared={FORGOTTEN: 1}, is_connected=False),
    Arrival(5, found=(ALONE,), is_connected=False),
    Arrival(1, spared={ALONE: 1}, is_connected=False),
    Arrival(-18, stage=BEFORE, found=(PREPARE,), spared={ALONE: 20}, is_connected=False),
    Arrival(-22, (), 1, BEFORE, spared={PREPARE: 1}, is_connected=False),
)


def absorption(random: Random, today: date, homes: Sequence[Household], companions: Sequence[Household]) -> Part:
    """The tables `families` and `followups`; `homes` are the newcomers', one an arrival."""
    draft = Draft(today)
    talks: list[Record] = []
    for arrival, home in zip(ARRIVALS, homes, strict=True):
        companion = None if arrival.by is None else companions[arrival.by]
        family = draft.add("families", **_family(random, today, arrival, home, companion))
        talks += _talks(random, arrival, home, companion, draft)
        _noticed(draft, arrival, family)
    draft.tables["followups"] = sorted(talks, key=lambda row: number(row, "date"))
    _needs(draft)
    _loads(draft, companions)
    draft.find("privacy.retention", "families", "families")
    return draft.part()


def _noticed(draft: Draft, arrival: Arrival, family: Record) -> None:
    for rule in arrival.found:
        draft.find(rule, "families", family)
    for rule, days in arrival.spared.items():
        draft.spare(rule, "families", family, days=days)
    if arrival.stage == NEVER_CAME:
        came = draft.change("families", family, "stage", "בליווי")
        draft.spare(ALONE, "families", family, change=came)
        draft.spare(FORGOTTEN, "families", family, change=came)
    if arrival.ago == 33:
        month = nth_working_day_after(draft.today - timedelta(arrival.ago - 30), 7)
        draft.spare(FORGOTTEN, "families", family, days=(month - draft.today).days + 1)


def _loads(draft: Draft, companions: Sequence[Household]) -> None:
    """One companion has three families, two by two."""
    busy, another = fold(companions[BUSY].together), fold(companions[0].together)
    draft.find("family.companion_overload", "families", busy)
    draft.spare("family.companion_overload", "families", another, params={"families": 1})


def _needs(draft: Draft) -> None:
    """What came up in two late talks and is still open: one waits for longer than two weeks."""
    talks = {number(row, "date"): row for row in draft.tables["followups"]}
    waiting = talks[float(_serial(draft, -21))]
    waiting |= {"open_need": "מסגרת לילדים", "need_closed": None}
    draft.find("family.open_need", "followups", waiting)
    fresh = draft.add("followups", family=_newest_name(draft), date=-14, step="אחר", by="רכזת הקהילה")
    fresh["open_need"] = "תחבורה, חברים"
    draft.spare("family.open_need", "followups", fresh, days=1)


def _serial(draft: Draft, days: int) -> float:
    entry = draft.entry("followups", "date", days)
    assert isinstance(entry, int)
    return entry


def _newest_name(draft: Draft) -> str:
    """The family of 112 days ago: one more talk with them changes nothing else."""
    at = next(index for index, arrival in enumerate(ARRIVALS) if arrival.ago == 112)
    return str(draft.tables["families"][at]["family"])


def _family(
    random: Random, today: date, arrival: Arrival, home: Household, companion: Household | None
) -> dict[str, object]:
    there = arrival.ago > 0 and arrival.stage != NEVER_CAME
    ages = sorted(today.year - child.born for child in home.children)
    return {
        "family": home.surname,
        "arrival": -arrival.ago,
        "phone": home.phone,
        "email": home.email,
        "house": home.address,
        "adults": len(home.adults),
        "children": len(home.children),
        "children_ages": ", ".join(map(str, ages)) or None,
        "housing": random.choice(("שכירות", "שכירות", "רכישה", "בנייה")),
        "accompanied_until": 365 - arrival.ago if there else None,
        "neighbourhood": home.neighbourhood,
        "companion": companion.together if companion else None,
        "welcome_kit": arrival.ago > 3 and there,
        "stage": arrival.stage,
        "needs": ", ".join(random.sample(NEEDS, random.randint(0, 2))) or None,
        "connected": ", ".join(random.sample(("חוג", "אירוע", "ועדה"), 2)) if arrival.is_connected else None,
    }


def _talks(
    random: Random, arrival: Arrival, home: Household, companion: Household | None, draft: Draft
) -> Iterator[Record]:
    for talk, step in zip(arrival.talks, STEPS.values(), strict=False):
        came = talk - arrival.ago
        need = random.choice(NEEDS) if random.random() < 0.4 and came < -6 else None
        yield {
            "family": home.surname,
            "date": draft.entry("followups", "date", came),
            "step": step,
            "by": companion.adults[0].name if companion and random.random() < 0.7 else "רכזת הקהילה",
            "open_need": need,
            "need_closed": draft.entry("followups", "need_closed", came + 6) if need else None,
        }
