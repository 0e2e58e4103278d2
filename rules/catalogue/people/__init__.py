"""Who holds a role, volunteers, committees, meetings and tasks."""

from rules.catalogue.people.committees import no_chair, no_meeting, no_work_plan, short, term_ending
from rules.catalogue.people.meetings import cadence, overdue
from rules.catalogue.people.tables import COMMITTEES, MEETINGS, PEOPLE, TASKS, VOLUNTEERS
from rules.catalogue.people.volunteers import dormant, not_contacted, overload, thanks
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (PEOPLE, VOLUNTEERS, COMMITTEES, MEETINGS, TASKS)
RULES: tuple[Rule, ...] = (
    not_contacted,
    thanks,
    overload,
    dormant,
    no_meeting,
    no_chair,
    no_work_plan,
    short,
    term_ending,
    overdue,
    cadence,
)
