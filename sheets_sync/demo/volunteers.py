"""The invented volunteers: who offered, who helps, who accompanies families, and who is to be thanked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from rules.finding import ProblemKind
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.households import Household
from sheets_sync.demo.offers import TRAINED
from sheets_sync.demo.parts import Record

CONTACTED = 10
"""How many graduates of the training were asked to volunteer."""

SKILLS = ("גינון", "הוראה", "נהיגה", "בישול", "צילום", "מוזיקה", "נגרות", "הדרכה", "תפירה", "מחשבים")
AVAILABLE = ("ערבים", "סופי שבוע", "בקרים", "ימי ב׳ וה׳", "חגים")
HELPING, OFFERED, RESTING = "פעיל/ה", "מתעניין/ת", "בהפסקה"


@dataclass(frozen=True)
class Helpers:
    """The volunteers whom events name: rows of the table."""

    usual: Sequence[Record] = field(default_factory=tuple)

    def name(self, at: int) -> str:
        """The name of one of them."""
        return str(self.usual[at]["name"])


def volunteers(
    draft: Draft,
    random: Random,
    companions: Sequence[Household],
    others: Sequence[Household],
    graduates: Sequence[Record],
) -> Helpers:
    """The table `volunteers`; `graduates` are the registrations of the training."""
    for at, home in enumerate(companions):
        _add(draft, random, home.together, home, at, companion=True, clearance="יש")
    reached = {home.phone for home in companions}
    names = {home.together for home in companions} | {str(row["participant"]) for row in graduates}
    trained = {row["phone"] for row in graduates}
    homes = [home for home in others if home.adults[0].name not in names and home.phone not in trained]
    homes = list({home.adults[0].name: home for home in homes}.values())
    usual = [_add(draft, random, home.adults[0].name, home, at) for at, home in enumerate(homes[:20])]
    others_trained = [row for row in graduates if row["phone"] not in reached]
    for at, row in enumerate(others_trained[:CONTACTED]):
        draft.add(
            "volunteers",
            name=row["participant"],
            phone=row["phone"],
            skills=SKILLS[at % len(SKILLS)],
            source="בוגר/ת הכשרה",
            trained=TRAINED.decision + 72,
            joined=-40,
            last_contact=-40 + at,
            status=HELPING,
        )
    _noticed(draft, usual)
    _offers(draft, homes[20:22])
    draft.slip("volunteers", usual[5], "phone", ProblemKind.LOST_ZERO, int(str(usual[5]["phone"]).replace("-", "")))
    return Helpers(usual[6:])


def _add(draft: Draft, random: Random, name: str, home: Household, at: int, **more: object) -> Record:
    return draft.add(
        "volunteers",
        **{
            "name": name,
            "phone": home.phone,
            "email": home.email,
            "neighbourhood": home.neighbourhood,
            "skills": SKILLS[at % len(SKILLS)],
            "interests": SKILLS[(at + 3) % len(SKILLS)],
            "availability": random.choice(AVAILABLE),
            "source": random.choice(("אישי", "טופס", "יוזמה")),
            "joined": -300 - 11 * at,
            "hours": at % 7,
            "last_contact": -random.randint(6, 90),
            "last_thanked": -random.randint(60, 240),
            "status": HELPING,
            **more,
        },
    )


def _noticed(draft: Draft, usual: Sequence[Record]) -> None:
    busy, almost, gone, soon, resting = usual[:5]
    busy["hours"], almost["hours"] = 14, 9
    draft.find("volunteer.thanks", "volunteers", busy)
    draft.spare("volunteer.thanks", "volunteers", almost, params={"hours": 9})
    for row, day in ((gone, -206), (soon, -179)):
        row |= {name: draft.entry("volunteers", name, day) for name in ("last_contact", "last_thanked")}
    draft.find("volunteer.dormant", "volunteers", gone)
    draft.spare("volunteer.dormant", "volunteers", soon, days=1)
    resting["status"] = RESTING
    committees = ("ועדת תרבות", "ועדת קליטה", "ועדת נוער, ועדת תרבות", "ועדת חסד", "צוות יולדות")
    for row, names in zip(usual[6:], committees, strict=False):
        row["committees"] = names


def _offers(draft: Draft, homes: Sequence[Household]) -> None:
    """Two who offered in the survey: nobody has talked with them yet."""
    for home, day in zip(homes, (-9, -6), strict=True):
        row = draft.add(
            "volunteers",
            name=home.adults[0].name,
            phone=home.phone,
            interests="גינון, אירועים",
            source="סקר",
            joined=day,
            status=OFFERED,
        )
        if day == -9:
            draft.find("volunteer.not_contacted", "volunteers", row)
        else:
            draft.spare("volunteer.not_contacted", "volunteers", row, days=1)
