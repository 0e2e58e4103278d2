"""Classes, workshops, courses and trainings, and their registrations."""

from rules.catalogue.classes.tables import CLASSES, REGISTRATIONS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (CLASSES, REGISTRATIONS)
RULES: tuple[Rule, ...] = ()
