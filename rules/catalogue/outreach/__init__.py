"""Channels, publications and residents' inquiries."""

from rules.catalogue.outreach.tables import CHANNELS, INQUIRIES, PUBLICATIONS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (CHANNELS, PUBLICATIONS, INQUIRIES)
RULES: tuple[Rule, ...] = ()
