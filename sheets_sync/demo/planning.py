"""The invented year's goals and programmes, and the long processes beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from rules.finding import ProblemKind
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.parts import Record

POPULATIONS = ("גיל הרך", "ילדים", "נוער", "צעירים", "משפחות", "מבוגרים", "הגיל השלישי")
UNREACHED, HARDLY_REACHED = "צעירים", "הגיל השלישי"
"""A population without a programme, and one with a single programme."""

APPROVED_BY = 75
"""From this day of the work year on one asks whether the plan is whole and approved."""

CLASSES, EQUIPMENT, THANKS = "חוגים לכל ילד", "ציוד לחדרי החוגים", "ערב תודה"
BY_LINE: Mapping[str, str] = {"סבסוד חוגים": CLASSES, "ציוד לחוגים": EQUIPMENT}
"""The lines whose expenses name their programme."""

COMMUNITY, BELONGING, SAFE, GREEN = "קהילה פעילה", "תושבים חדשים מרגישים בבית", "יישוב ערוך לחירום", "יישוב ירוק"
MUTUAL = "ערבות הדדית"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that runs: first and last day counted from today, cost in shekels."""

    name: str
    kind: str
    goal: str
    population: str
    line: str
    cost: int
    start: int = -50
    end: int = 60
    status: str = "בביצוע"


PROGRAMMES = (
    Programme("חגי ישראל", "חברה ותרבות", COMMUNITY, "משפחות", "חגים", 15_000),
    Programme("עדלאידע", "חברה ותרבות", COMMUNITY, "משפחות", "פורים", 9_000),
    Programme("חגיגות העצמאות", "חברה ותרבות", COMMUNITY, "משפחות", "יום העצמאות", 14_000),
    Programme("ימי זיכרון וטקסים", "חברה ותרבות", COMMUNITY, "מבוגרים", "טקסי זיכרון", 3_500),
    Programme("ערבי תרבות בסלון", "חברה ותרבות", COMMUNITY, "מבוגרים", "ערבי תרבות", 15_000),
    Programme("קבלות שבת בקהילה", "חברה ותרבות", BELONGING, "משפחות", "קבלות שבת קהילתיות", 5_000),
    Programme("מועדון נוער", "נוער", COMMUNITY, "נוער", "פעילות נוער", 6_600),
    Programme("מסע נוער", "נוער", COMMUNITY, "נוער", "פעילות נוער", 15_400, 45, 52, "מתוכנן"),
    Programme("קורס מדריכים צעירים", "נוער", COMMUNITY, "נוער", "הכשרת מדריכים צעירים", 6_200),
    Programme(CLASSES, "חוגים", COMMUNITY, "ילדים", "סבסוד חוגים", 24_000),
    Programme(EQUIPMENT, "חוגים", COMMUNITY, "ילדים, נוער", "ציוד לחוגים", 8_000),
    Programme("סדנאות גיל הרך", "חוגים", BELONGING, "גיל הרך", "גיל רך", 6_500),
    Programme("מועדון הוותיקים", "חברה ותרבות", COMMUNITY, HARDLY_REACHED, "הגיל השלישי", 9_000),
    Programme("ספרייה פעילה", "חברה ותרבות", COMMUNITY, "ילדים", "ספרייה", 5_500),
    Programme("פעילות הוועדות", "חברה ותרבות", COMMUNITY, "מבוגרים", "ועדות", 3_600),
    Programme(THANKS, "חברה ותרבות", COMMUNITY, "מבוגרים", "הוקרת מתנדבים", 2_700, -50, -20, "בוצע"),
    Programme("ליווי משפחות חדשות", "חברה ותרבות", BELONGING, "משפחות", "קליטת משפחות", 6_500),
    Programme("ערכות קליטה", "חברה ותרבות", BELONGING, "משפחות", "ערכות קליטה", 3_000),
    Programme("כשירות צוות החירום", "מניעה וחוסן", SAFE, "מבוגרים", 'צוות חירום (צח"י)', 5_500),
    Programme("רשת חסד", "מניעה וחוסן", MUTUAL, "משפחות", "רווחה וחסד", 8_000),
    Programme("גינה קהילתית", "קיימות", GREEN, "משפחות", "גינה קהילתית", 5_000),
    Programme("ידיעון ופרסום", "אחר", COMMUNITY, "משפחות", "פרסום ודפוס", 5_000),
    Programme("ימי הכשרה לצוותים", "אחר", COMMUNITY, "מבוגרים", "הדרכות והשתלמויות", 5_500),
)


def planning(draft: Draft, year_start: date, owners: tuple[str, ...]) -> None:
    """The tables `goals`, `plan` and `processes`."""
    after = max(0, APPROVED_BY - (draft.today - year_start).days)
    _goals(draft, year_start, owners, after)
    rows = {one.name: _programme(draft, one, owners[at % len(owners)]) for at, one in enumerate(PROGRAMMES)}
    _gaps(draft, rows, owners, after)
    _processes(draft)


def _programme(draft: Draft, one: Programme, owner: str) -> Record:
    return draft.add(
        "plan",
        program=one.name,
        kind=one.kind,
        priority=2,
        goal=one.goal,
        population=one.population,
        owner=owner,
        start=one.start,
        end=one.end,
        planned_cost=one.cost,
        budget_line=one.line,
        status=one.status,
        approved=True,
        approved_by="מזכירות",
    )


def _gaps(draft: Draft, rows: Mapping[str, Record], owners: tuple[str, ...], after: int) -> None:
    """Programmes in which something is missing or late, and those in which it nearly is."""
    compost = Programme("קומפוסט שכונתי", "קיימות", GREEN, "משפחות", "מחזור וקומפוסט", 3_000)
    aimless = _programme(draft, compost, owners[0])
    aimless["goal"] = None
    draft.find("plan.no_goal", "plan", aimless)
    unpriced = _programme(draft, Programme("ערבי הורים", "נוער", COMMUNITY, "נוער", "", 0), owners[1])
    unpriced |= {"planned_cost": None, "budget_line": None}
    draft.find("plan.no_budget", "plan", unpriced)
    nobodys = _programme(draft, Programme("שבוע הספר", "חברה ותרבות", COMMUNITY, "ילדים", "ספרייה", 600), "")
    draft.slip("plan", nobodys, "owner", ProblemKind.REQUIRED, None)
    draft.find("plan.no_owner", "plan", nobodys)
    ending = rows["סדנאות גיל הרך"]
    ended = rows["ספרייה פעילה"]
    ended["end"], ending["end"] = draft.entry("plan", "end", -12), draft.entry("plan", "end", 0)
    draft.find("plan.late", "plan", ended)
    draft.spare("plan.late", "plan", ending, days=1)
    waiting = rows["מסע נוער"]
    waiting |= {"approved": False, "approved_by": None}
    draft.find("plan.unapproved", "plan", waiting, after=after)
    _nearly(draft, rows, after)


def _nearly(draft: Draft, rows: Mapping[str, Record], after: int) -> None:
    whole, veterans, done = rows["רשת חסד"], rows["מועדון הוותיקים"], rows[THANKS]
    for rule, name in (("plan.no_goal", "goal"), ("plan.no_budget", "planned_cost"), ("plan.no_owner", "owner")):
        draft.spare(rule, "plan", whole, change=draft.change("plan", whole, name, None))
    done |= {"approved": False, "approved_by": None}
    reopened = draft.change("plan", done, "status", "בביצוע")
    draft.spare("plan.unapproved", "plan", done, change=reopened, after=after)
    draft.find("plan.population_missing", "plan", UNREACHED, after=after)
    others = draft.change("plan", veterans, "population", "מבוגרים")
    draft.spare("plan.population_missing", "plan", HARDLY_REACHED, change=others, after=after)


def _goals(draft: Draft, year_start: date, owners: tuple[str, ...], after: int) -> None:
    quarter = _quarter(draft.today)
    due = quarter + timedelta(40)
    for name, measure, target in (
        (COMMUNITY, "משתתפים באירועים", "600"),
        (SAFE, "תרגילים בשנה", "2"),
        (GREEN, "בתי אב שמפרידים פסולת", "120"),
    ):
        draft.add(
            "goals",
            name=name,
            objective=measure,
            measure=measure,
            target_value=target,
            owner=owners[0],
            status="בביצוע",
        )
    late: dict[str, str | date] = {"owner": owners[1], "due": due, "status": "בביצוע"}
    behind = draft.add("goals", name=BELONGING, measure="משפחות שהשתלבו", target_value="100", actual_value="2", **late)
    draft.find("goal.behind", "goals", behind)
    alone = draft.add("goals", name="קשר בין־דורי", measure="מפגשים", owner=owners[2], status="טרם החל")
    draft.find("goal.no_program", "goals", alone, after=after)
    nearly = ceil((_expected(quarter, year_start, due) - Fraction(24, 100)) * 1000)
    mutual = draft.add("goals", name=MUTUAL, target_value="1000", actual_value=str(nearly), **late)
    draft.spare("goal.behind", "goals", mutual, params={"points": 23})
    reached = draft.add("goals", name="אמון בהנהלה", measure="סקר אמון", owner=owners[0], status="הושג")
    draft.spare(
        "goal.no_program", "goals", reached, change=draft.change("goals", reached, "status", "בביצוע"), after=after
    )


def _quarter(today: date) -> date:
    """The first day of the quarter: on it goals are reckoned."""
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


def _expected(quarter: date, year_start: date, due: date) -> Fraction:
    """The share of a goal that is due by a day, evenly from the year's start."""
    return Fraction((quarter - year_start).days, (due - year_start).days)


def _processes(draft: Draft) -> None:
    stuck = draft.add(
        "processes",
        process="חזון היישוב 2040",
        kind="חזון",
        lead="ועד ההנהלה",
        stage="ניסוח",
        next_milestone="כנס תושבים",
        next_date=-9,
        our_input="סיכום חוגי הבית",
    )
    draft.find("process.stuck", "processes", stuck)
    today = draft.add(
        "processes",
        process="שיתוף פעולה עם היישוב השכן",
        kind="בין־קהילתי",
        lead="המועצה",
        stage="היכרות",
        next_milestone="מפגש ועדים",
        next_date=0,
        our_input="רשימת רעיונות משותפים",
    )
    draft.spare("process.stuck", "processes", today, days=1)
    soon = draft.add(
        "processes",
        process="תוכנית אב לשטחים ציבוריים",
        kind="אסטרטגי",
        lead="המועצה",
        stage="שיתוף ציבור",
        next_milestone="הגשת עמדת היישוב",
        next_date=9,
    )
    draft.find("process.no_input", "processes", soon)
    later = draft.add(
        "processes",
        process="חוסן קהילתי אחרי החירום",
        kind="התערבות",
        lead="רכזת הקהילה",
        stage="מיפוי",
        next_milestone="מפגש עם מרכז החוסן",
        next_date=15,
    )
    draft.spare("process.no_input", "processes", later, days=1)
    draft.add(
        "processes", process="אמנת קהילה", kind="אסטרטגי", lead="ועד ההנהלה", stage="הסתיים", outcome="אושרה באספה"
    )
