"""Every table and every rule of the domain, family by family, in the order people see them."""

from rules.catalogue import care, classes, events, money, outreach, people, planning, service, sustainability
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (
    *planning.TABLES,
    *money.TABLES,
    *classes.TABLES,
    *people.TABLES,
    *events.TABLES,
    *care.TABLES,
    *outreach.TABLES,
    *sustainability.TABLES,
)
RULES: tuple[Rule, ...] = (
    *planning.RULES,
    *money.RULES,
    *classes.RULES,
    *people.RULES,
    *events.RULES,
    *care.RULES,
    *outreach.RULES,
    *sustainability.RULES,
    *service.RULES,
)
