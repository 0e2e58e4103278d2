"""Budget, expenses and income."""

from rules.catalogue.money.approval import unapproved
from rules.catalogue.money.budget import nearly_spent, overrun
from rules.catalogue.money.expenses import duplicate
from rules.catalogue.money.income import overdue, report_due, submit_due
from rules.catalogue.money.outlook import overplanned, pace, unspent
from rules.catalogue.money.tables import BUDGET, EXPENSES, INCOME
from rules.catalogue.money.totals import total_overrun
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (BUDGET, EXPENSES, INCOME)
RULES: tuple[Rule, ...] = (
    overrun,
    nearly_spent,
    pace,
    unspent,
    overplanned,
    total_overrun,
    unapproved,
    duplicate,
    submit_due,
    report_due,
    overdue,
)
