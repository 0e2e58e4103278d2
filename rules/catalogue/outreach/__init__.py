"""Channels, publications and residents' inquiries."""

from rules.catalogue.outreach.channels import board_update, no_rules, silent
from rules.catalogue.outreach.inquiries import trend, unanswered
from rules.catalogue.outreach.publications import feedback_missing, late, monthly_letter, weekly_answer
from rules.catalogue.outreach.tables import CHANNELS, INQUIRIES, PUBLICATIONS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (CHANNELS, PUBLICATIONS, INQUIRIES)
RULES: tuple[Rule, ...] = (
    late,
    board_update,
    weekly_answer,
    monthly_letter,
    silent,
    no_rules,
    feedback_missing,
    unanswered,
    trend,
)
