"""Needs, goals, the annual plan and long processes."""

from rules.catalogue.planning.tables import GOALS, NEEDS, PLAN, PROCESSES
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (GOALS, PLAN, PROCESSES, NEEDS)
RULES: tuple[Rule, ...] = ()
