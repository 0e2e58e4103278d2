"""Initiatives, partners, installations and hours."""

from rules.catalogue.sustainability.tables import ASSETS, HOURS, INITIATIVES, PARTNERS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (INITIATIVES, PARTNERS, ASSETS, HOURS)
RULES: tuple[Rule, ...] = ()
