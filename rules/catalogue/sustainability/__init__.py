"""Initiatives, partners, installations and hours."""

from rules.catalogue.sustainability.assets import check_due, stuck
from rules.catalogue.sustainability.hours import hours_quota
from rules.catalogue.sustainability.partnership import dormant, not_met, silent
from rules.catalogue.sustainability.tables import ASSETS, HOURS, INITIATIVES, PARTNERS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (INITIATIVES, PARTNERS, ASSETS, HOURS)
RULES: tuple[Rule, ...] = (silent, dormant, not_met, check_due, stuck, hours_quota)
