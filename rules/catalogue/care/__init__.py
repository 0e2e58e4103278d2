"""New families, welfare, emergency and youth."""

from rules.catalogue.care.families import followup_due, no_companion
from rules.catalogue.care.tables import FAMILIES, FOLLOWUPS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (FAMILIES, FOLLOWUPS)
RULES: tuple[Rule, ...] = (no_companion, followup_due)
