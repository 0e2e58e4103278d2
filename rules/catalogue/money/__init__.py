"""Budget, expenses and income."""

from rules.catalogue.money.tables import BUDGET, EXPENSES
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (BUDGET, EXPENSES)
RULES: tuple[Rule, ...] = ()
