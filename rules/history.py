"""What the tables' own dates tell of earlier days: since when a row is there, and since when its values are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Came:
    """A date that says since when something is so.

    Before that day the date itself is empty, unless it `stays` (it is planned ahead); `undone` says, by field, what
    each value was before: a mapping of values, or () for an empty cell.
    """

    date: str
    undone: Mapping[str, Mapping[Any, Any] | tuple[()]] = field(default_factory=dict)
    stays: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a table's past.

    Rows are there `since` this date, for ever where it is ''. `newest` are dates of which each new one covers the one
    before; `undated` are fields that change and have no date: as they are today is all that is known of them.
    """

    since: str = ""
    came: tuple[Came, ...] = ()
    newest: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


HELD = Came(
    "date",
    {
        "status": {"התקיים": "בהכנה"},
        "participants": (),
        "feedback_score": (),
        "summary_done": {True: False},
        "actual_cost": (),
    },
    stays=True,
)
"""What is written of an event after it was held."""

HISTORIES: Mapping[str, History] = {
    "goals": History(undated=("actual_value", "status")),
    "plan": History(undated=("status", "approved")),
    "processes": History(undated=("next_date", "our_input")),
    "needs": History(since="submitted"),
    "budget": History(undated=("planned", "actual")),
    "expenses": History(since="date", came=(Came("paid_on"),), undated=("status", "approved")),
    "income": History(undated=("received", "status", "report_done")),
    "classes": History(undated=("status", "instructor_agreed", "agreement", "insurance")),
    "registrations": History(since="submitted", undated=("status", "payment", "amount_paid")),
    "people": History(since="since"),
    "volunteers": History(
        since="joined", came=(Came("trained"),), newest=("last_contact", "last_thanked"), undated=("status", "hours")
    ),
    "committees": History(newest=("last_meeting",), undated=("chair", "members", "work_plan", "state")),
    "meetings": History(since="last_date", undated=("next_date",)),
    "tasks": History(came=(Came("done_date", {"status": {"בוצע": "פתוח"}}),), undated=("status",)),
    "events": History(came=(HELD, Came("published")), undated=("status", "permits")),
    "event_volunteers": History(undated=("confirmed",)),
    "families": History(
        came=(
            Came("accompanied_until", {"stage": {"הליווי הסתיים": "בליווי"}}, stays=True),
            Came("arrival", {"stage": {"בליווי": "לפני מעבר", "הליווי הסתיים": "לפני מעבר"}}, stays=True),
        ),
        undated=("companion", "welcome_kit", "connected"),
    ),
    "followups": History(since="date", came=(Came("need_closed"),)),
    "emergency": History(newest=("verified", "trained"), undated=("holder", "deputy")),
    "drills": History(since="date", undated=("lessons_done",)),
    "welfare": History(
        since="received",
        came=(Came("closed", {"status": {"נסגרה": "בטיפול"}}),),
        newest=("last_contact",),
        undated=("handler",),
    ),
    "responses": History(newest=("last_checked",)),
    "youth": History(newest=("last_meeting",), undated=("next_date", "status")),
    "channels": History(undated=("rules_posted",)),
    "publications": History(came=(Came("published"),)),
    "inquiries": History(
        since="received", came=(Came("answered", {"status": {"נענה": "בטיפול"}}),), undated=("handler", "promised")
    ),
    "initiatives": History(newest=("last_contact",), undated=("stage", "next_date")),
    "partners": History(newest=("last_contact",)),
    "assets": History(
        came=(Came("reported", {"state": {"דורש טיפול": "תקין"}}),), newest=("last_checked",), undated=("state",)
    ),
    "hours": History(since="date"),
}
"""By the table's key; a table that is not here has no past but today's."""
