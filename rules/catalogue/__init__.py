"""Every table and every rule of the domain, family by family, in the order people see them."""

from rules.catalogue import care, classes, money, people
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (*money.TABLES, *classes.TABLES, *people.TABLES, *care.TABLES)
RULES: tuple[Rule, ...] = (*money.RULES, *classes.RULES, *people.RULES, *care.RULES)
