"""New families, emergency, welfare and youth."""

from rules.catalogue.care.families import followup_due, no_companion
from rules.catalogue.care.tables import DRILLS, EMERGENCY, FAMILIES, FOLLOWUPS, RESPONSES, WELFARE, YOUTH
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (FAMILIES, FOLLOWUPS, EMERGENCY, DRILLS, WELFARE, RESPONSES, YOUTH)
RULES: tuple[Rule, ...] = (no_companion, followup_due)
