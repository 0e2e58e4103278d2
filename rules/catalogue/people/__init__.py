"""Who holds a role, volunteers, committees, meetings and tasks."""

from rules.catalogue.people.tables import PEOPLE
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (PEOPLE,)
RULES: tuple[Rule, ...] = ()
