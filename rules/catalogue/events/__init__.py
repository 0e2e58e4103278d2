"""Events and their volunteers."""

from rules.catalogue.events.dates import clash, holiday_missing, sacred_time
from rules.catalogue.events.preparing import no_summary, not_published, over_budget, permits, volunteers_short
from rules.catalogue.events.tables import EVENT_VOLUNTEERS, EVENTS
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (EVENTS, EVENT_VOLUNTEERS)
RULES: tuple[Rule, ...] = (
    volunteers_short,
    not_published,
    permits,
    over_budget,
    sacred_time,
    clash,
    holiday_missing,
    no_summary,
)
