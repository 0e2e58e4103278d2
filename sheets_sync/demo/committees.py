"""The invented committees, the regular meetings of the coordinator's, and tasks."""

from collections.abc import Mapping

from rules.finding import ProblemKind
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.parts import Record

APPROVED, TEAM, FORUM = "אושרה", "צוות", "פורום"


def committees(draft: Draft, chairs: Mapping[str, str]) -> None:
    """The table `committees`; `chairs` by name of the committee."""
    rows = {name: _committee(draft, name, chairs, **more) for name, more in COMMITTEES.items()}
    late, nearly = rows["ועדת נוער"], rows["ועדת רווחה"]
    draft.find("committee.no_meeting", "committees", late)
    draft.spare("committee.no_meeting", "committees", nearly, days=1)
    nobodys, planned = rows['גמ"ח'], rows["צוות קיימות"]
    draft.find("committee.no_chair", "committees", nobodys)
    there = draft.change("committees", planned, "state", "קיימת")
    draft.spare("committee.no_chair", "committees", planned, change=there)
    draft.find("committee.no_work_plan", "committees", rows["ועדת קליטה"])
    culture = rows["ועדת תרבות"]
    sketch = draft.change("committees", culture, "work_plan", "טיוטה")
    draft.spare("committee.no_work_plan", "committees", culture, change=sketch)
    draft.find("committee.short", "committees", rows["צוות גינון"])
    left = draft.change("committees", culture, "members", 5)
    draft.spare("committee.short", "committees", culture, change=left)
    draft.find("committee.term_ending", "committees", rows["ועדת חסד"])
    draft.spare("committee.term_ending", "committees", rows["צוות יולדות"], days=1)
    draft.find("forum.not_met", "committees", rows["פורום בטיחות"])
    draft.spare("forum.not_met", "committees", rows["פורום יושבי ראש"], days=1)


COMMITTEES: Mapping[str, Mapping[str, object]] = {
    "ועדת תרבות": {"last_meeting": -16, "members": 6, "members_needed": 6, "budget_line": "ערבי תרבות"},
    "ועדת קליטה": {"last_meeting": -21, "work_plan": "טיוטה", "budget_line": "קליטת משפחות"},
    "ועדת רווחה": {"last_meeting": -43, "budget_line": "רווחה וחסד"},
    "ועדת נוער": {"last_meeting": -52, "members": 4, "budget_line": "פעילות נוער"},
    "ועדת חסד": {"cadence": "פעם בחודשיים", "last_meeting": -30, "term_end": 40},
    "צוות יולדות": {"kind": TEAM, "cadence": "רבעוני", "last_meeting": -35, "term_end": 61},
    'גמ"ח': {"kind": TEAM, "cadence": "רבעוני", "last_meeting": -50, "chair": None},
    "צוות גינון": {"kind": TEAM, "last_meeting": -9, "members": 3, "members_needed": 5},
    "צוות קיימות": {"kind": TEAM, "state": "בהקמה", "chair": None, "work_plan": "אין", "members": 2},
    "פורום בטיחות": {"kind": FORUM, "cadence": "רבעוני", "last_meeting": -97, "work_plan": None},
    "פורום יושבי ראש": {"kind": FORUM, "cadence": "רבעוני", "last_meeting": -90, "work_plan": None},
}


def _committee(draft: Draft, name: str, chairs: Mapping[str, str], **more: object) -> Record:
    usual = {"kind": "ועדה", "members": 5, "cadence": "חודשי", "work_plan": APPROVED, "state": "קיימת"}
    chair = chairs.get(name, chairs[""])
    return draft.add("committees", **{"name": name, "chair": chair, "board_contact": chairs["ועד"], **usual, **more})


def meetings(draft: Draft) -> None:
    """The table `meetings`: with whom the coordinator sits regularly."""
    common = {"kind": "פגישה", "cadence": "חודשי"}
    draft.add(
        "meetings",
        with_whom="מזכיר/ת היישוב",
        organisation="היישוב",
        last_date=-8,
        next_date=20,
        agenda="תוכנית שנתית, תקציב חגים",
        decisions="להעביר טיוטת תקציב",
        **common,
    )
    board = draft.add(
        "meetings",
        with_whom="ועד ההנהלה",
        organisation="היישוב",
        last_date=-20,
        next_date=12,
        agenda="דיווח רבעוני",
        decisions="אושר תקציב האירועים",
        **common,
    )
    draft.find("publication.board_update", "meetings", board)
    late = draft.add(
        "meetings",
        with_whom="עובדת סוציאלית יישובית",
        organisation="המועצה",
        last_date=-41,
        agenda="מענים חדשים",
        **common,
    )
    draft.find("meeting.cadence", "meetings", late)
    nearly = draft.add("meetings", with_whom="רכזת נוער אזורית", organisation="המועצה", last_date=-30, **common)
    draft.spare("meeting.cadence", "meetings", nearly, days=1)
    draft.add(
        "meetings",
        with_whom="פורום רכזות קהילה",
        organisation="המועצה",
        kind="פורום",
        cadence="רבעוני",
        last_date=-62,
        next_date=28,
    )
    draft.add("meetings", with_whom="השתלמות ניהול מתנדבים", organisation="עמותה", kind="השתלמות", last_date=-75)


def tasks(draft: Draft, owners: Mapping[str, str]) -> None:
    """The table `tasks`; `owners` by role."""
    coordinator, youth, classes = owners["coordinator"], owners["youth"], owners["classes"]
    for task, source, owner, due, done in (
        ("לאסוף הצעות מחיר להגברה", "ערבי תרבות בסלון", coordinator, -30, -33),
        ("לעדכן רשימת טלפונים של ועדת נוער", "ועדת נוער", youth, -12, -14),
        ("לתאם סיור בחדרי החוגים", "ציוד לחדרי החוגים", classes, 14, None),
        ("להכין דוח רבעוני לוועד", "ועד ההנהלה", coordinator, 10, None),
    ):
        status = "בביצוע" if done is None else "בוצע"
        draft.add("tasks", task=task, source=source, owner=owner, due=due, status=status, done_date=done)
    late = draft.add(
        "tasks", task="להזמין כיסאות לערב השירה", source="ערב שירה בציבור", owner=youth, due=-4, status="פתוח"
    )
    draft.find("task.overdue", "tasks", late)
    today = draft.add("tasks", task="לסגור תאריך עם המרצה", source="ערב תודה", owner=classes, due=0, status="פתוח")
    draft.spare("task.overdue", "tasks", today, days=1)
    dropped = draft.add("tasks", task="לברר מחיר לאוהל", source="עדלאידע", owner=coordinator, due=-25, status="בוטל")
    draft.slip("tasks", dropped, "status", ProblemKind.CHOICE, "ירד מהפרק")
    dropped["done_date"] = draft.entry("tasks", "done_date", -26)
