"""Needs, goals, the annual plan and long processes."""

from rules.catalogue.planning.coverage import (
    behind,
    field_missing,
    mapping_stale,
    no_program,
    population_missing,
    population_unmapped,
    unanswered,
)
from rules.catalogue.planning.plan import late, no_budget, no_goal, no_owner, unapproved
from rules.catalogue.planning.processes import no_input, stuck
from rules.catalogue.planning.tables import GOALS, NEEDS, PLAN, PROCESSES
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (GOALS, PLAN, PROCESSES, NEEDS)
RULES: tuple[Rule, ...] = (
    no_goal,
    no_budget,
    no_owner,
    late,
    population_missing,
    field_missing,
    unapproved,
    no_program,
    behind,
    stuck,
    no_input,
    unanswered,
    mapping_stale,
    population_unmapped,
)
