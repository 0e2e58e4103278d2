"""Rules of meetings with role-holders and of tasks."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.catalogue.cadence import cadence_days
from rules.catalogue.phrases import ago, ago_en, ahead, ahead_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Person, Text, Wording

CLOSED = ("בוצע", "בוטל")


@rule(
    "task.overdue",
    "משימה שעבר מועדה",
    "A task is overdue",
    explanation_he="המועד עבר, והמשימה עוד לא סומנה כבוצעה. רק מי שבוחרים בכך: אחרי עוד ימים נאמר גם למזכירות היישוב, "
    "ולרכזות נאמר על כך מראש.",
    explanation_en="The date has passed and the task is not marked as done. Only by choice it is told to the secretary "
    "some days later, which the coordinator is told before.",
    needs=("tasks",),
    roles=(Role.OWNER, Role.COORDINATOR),
    params=(
        Param(
            "climb_days",
            0,
            Unit.DAYS,
            "גם למזכירות היישוב: כמה ימים אחרי המועד (אפס: אף פעם)",
            "To the secretary too: days after it was due (0: never)",
            0,
            365,
        ),
        Param("announce_days", 3, Unit.DAYS, "כמה ימים לפני כן זה נאמר", "Days before that it is announced", 0, 30),
    ),
    wording={
        "": Wording(
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
        "announced": Wording(
            he=Text(
                f'המשימה "{{task}}" תגיע {ahead("n")} גם למזכירות היישוב',
                "היא הייתה לביצוע עד {due}. המעבר ב־{climbs} נבחר בכללי ההתראה.",
                "עדכון של הסטטוס או של המועד עד אז מבטל את המעבר.",
            ),
            en=Text(
                f'The secretary will be told of the task "{{task}}" {ahead_en("n")}',
                "It was due on {due}. That it is told on {climbs} was chosen in the rules.",
                "Once its status or date is updated, it will not be told.",
            ),
        ),
    },
)
def overdue(book: Book, given: Given) -> Iterator[Finding]:
    """Tasks not done the day after they were due; by choice the secretary's too later, announced before."""
    tasks = book["tasks"]
    climbs_after = given["climb_days"] and max(given["climb_days"], given["announce_days"] + 1)
    for index, task, owner, due, status, done in tasks.over("task", "owner", "due", "status", "done_date"):
        if not task or due is None or due >= given.today or status in CLOSED or done:
            continue
        days = (given.today - due).days
        roles = overdue.roles if owner else (Role.COORDINATOR,)
        yield overdue.finding(
            tasks,
            index,
            {"task": task, "due": due, "n": days, "owner": Person(owner) if owner else None},
            roles=(*roles, Role.SECRETARY) if climbs_after and days >= climbs_after else roles,
            named={Role.OWNER: owner} if owner else {},
            cells=cells(tasks, index, "due", "status"),
        )
        if climbs_after - given["announce_days"] <= days < climbs_after:
            yield _announced(tasks, index, due + timedelta(days=climbs_after), given)


def _announced(tasks: Table, index: int, climbs: date, given: Given) -> Finding:
    """That a task will be told to the secretary, for the coordinator alone."""
    return overdue.finding(
        tasks,
        index,
        {
            "task": tasks["task"][index],
            "due": tasks["due"][index],
            "n": (climbs - given.today).days,
            "climbs": climbs,
        },
        key=f"{tasks.key(index)} · {Role.SECRETARY.hebrew}",
        roles=(Role.COORDINATOR,),
        variant="announced",
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
