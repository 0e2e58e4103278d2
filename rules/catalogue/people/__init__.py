"""Who holds a role, volunteers, committees, meetings and tasks."""

from rules.catalogue.people.tables import COMMITTEES, MEETINGS, PEOPLE, TASKS, VOLUNTEERS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (PEOPLE, VOLUNTEERS, COMMITTEES, MEETINGS, TASKS)
RULES: tuple[Rule, ...] = ()
