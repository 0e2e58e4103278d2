"""Rules of meetings with role-holders and of tasks."""

from collections.abc import Iterator

from rules.catalogue.cadence import cadence_days
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.rule import Given, rule
from rules.table import Book
from rules.wording import Person, Text, Wording

CLOSED = ("בוצע", "בוטל")


@rule(
    "task.overdue",
    "משימה שעבר מועדה",
    "A task is overdue",
    explanation_he="המועד עבר, והמשימה עוד לא סומנה כבוצעה.",
    explanation_en="The date has passed and the task is not marked as done.",
    needs=("tasks",),
    roles=(Role.OWNER, Role.COORDINATOR),
    wording=Wording(
        he=Text(
            "משימה שעבר מועדה: {task}",
            f"לביצוע עד {{due}}, {ago('n')}.[ באחריות: {{owner}}.]",
            'לעדכן סטטוס: "בוצע", מועד חדש או "בוטל".',
        ),
        en=Text(
            "A task is overdue: {task}",
            f"It was due on {{due}}, {ago_en('n')}.[ Owner: {{owner}}.]",
            "Update it: done, a new date or cancelled.",
        ),
    ),
)
def overdue(book: Book, given: Given) -> Iterator[Finding]:
    """Tasks not done the day after they were due."""
    tasks = book["tasks"]
    for index, task, owner, due, status, done in tasks.over("task", "owner", "due", "status", "done_date"):
        if not task or due is None or due >= given.today or status in CLOSED or done:
            continue
        yield overdue.finding(
            tasks,
            index,
            {"task": task, "due": due, "n": (given.today - due).days, "owner": Person(owner) if owner else None},
            roles=overdue.roles if owner else (Role.COORDINATOR,),
            named={Role.OWNER: owner} if owner else {},
            cells=cells(tasks, index, "due", "status"),
        )


@rule(
    "meeting.cadence",
    "פגישת עבודה שהגיע זמנה",
    "A regular meeting is due",
    explanation_he="מאז הפגישה האחרונה עברה התדירות, ועוד לא נקבעה הבאה.",
    explanation_en="The cadence has passed since the last meeting and no next one is set.",
    needs=("meetings",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            "הגיע הזמן לפגישה עם {with_whom}",
            f"הפגישה האחרונה: {{last}}, {ago('n')}. התדירות: {{cadence}}. עוד לא נקבעה פגישה נוספת.",
            'לקבוע מועד ולרשום בעמודה "פגישה הבאה".',
        ),
        en=Text(
            "It is time to meet {with_whom}",
            f"The last meeting: {{last}}, {ago_en('n')}. Cadence: {{cadence}}. No next one is set.",
            "Set a date and write it in the column “next date”.",
        ),
    ),
)
def cadence(book: Book, given: Given) -> Iterator[Finding]:
    """Meetings past their cadence, with no next date ahead."""
    meetings = book["meetings"]
    rows = meetings.over("with_whom", "cadence", "last_date", "next_date")
    for index, with_whom, every, last, following in rows:
        days = cadence_days(every)
        if not with_whom or days is None or last is None or (given.today - last).days <= days:
            continue
        if following is not None and following >= given.today:
            continue
        yield cadence.finding(
            meetings,
            index,
            {"with_whom": Person(with_whom), "last": last, "n": (given.today - last).days, "cadence": every},
            cells=cells(meetings, index, "last_date", "next_date", "cadence"),
        )
