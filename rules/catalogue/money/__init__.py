"""Budget, expenses and income."""

from rules.catalogue.money.budget import nearly_spent, overrun
from rules.catalogue.money.expenses import duplicate
from rules.catalogue.money.tables import BUDGET, EXPENSES, INCOME
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (BUDGET, EXPENSES, INCOME)
RULES: tuple[Rule, ...] = (overrun, nearly_spent, duplicate)
