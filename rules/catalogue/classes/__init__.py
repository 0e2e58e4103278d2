"""Classes, workshops, courses and trainings, and their registrations."""

from rules.catalogue.classes.fills import WAITING
from rules.catalogue.classes.opening import at_risk, below_minimum, over_capacity
from rules.catalogue.classes.participants import age, duplicate, graduates_uncontacted
from rules.catalogue.classes.preparing import loss, no_instructor, not_published, papers
from rules.catalogue.classes.running import dropout, place_free, undecided, unpaid
from rules.catalogue.classes.tables import CLASS_COSTS, CLASSES, REGISTRATIONS
from rules.rule import Rule
from rules.table import TableSpec

__all__ = ["RULES", "TABLES", "WAITING"]

TABLES: tuple[TableSpec, ...] = (CLASSES, REGISTRATIONS, CLASS_COSTS)
RULES: tuple[Rule, ...] = (
    no_instructor,
    not_published,
    below_minimum,
    at_risk,
    undecided,
    dropout,
    over_capacity,
    place_free,
    unpaid,
    age,
    papers,
    loss,
    graduates_uncontacted,
    duplicate,
)
