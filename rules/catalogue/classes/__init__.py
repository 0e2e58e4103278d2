"""Classes, workshops, courses and trainings, and their registrations."""

from rules.catalogue.classes.fills import WAITING
from rules.catalogue.classes.opening import at_risk, below_minimum, over_capacity
from rules.catalogue.classes.tables import CLASS_COSTS, CLASSES, REGISTRATIONS
from rules.rule import Rule
from rules.table import TableSpec

__all__ = ["RULES", "TABLES", "WAITING"]

TABLES: tuple[TableSpec, ...] = (CLASSES, REGISTRATIONS, CLASS_COSTS)
RULES: tuple[Rule, ...] = (below_minimum, at_risk, over_capacity)
