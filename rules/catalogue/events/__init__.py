"""Events and their volunteers."""

from rules.catalogue.events.tables import EVENT_VOLUNTEERS, EVENTS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (EVENTS, EVENT_VOLUNTEERS)
RULES: tuple[Rule, ...] = ()
