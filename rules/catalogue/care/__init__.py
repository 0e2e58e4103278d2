"""New families, emergency, welfare and youth."""

from rules.catalogue.care.absorption import companion_overload, not_connected, open_need, prepare, silent
from rules.catalogue.care.emergency import double, no_drill, unverified, vacant
from rules.catalogue.care.families import followup_due, no_companion
from rules.catalogue.care.privacy import code_like_name, retention
from rules.catalogue.care.sharing import shared
from rules.catalogue.care.tables import DRILLS, EMERGENCY, FAMILIES, FOLLOWUPS, RESPONSES, WELFARE, YOUTH
from rules.catalogue.care.welfare import inactive, no_handler, stale
from rules.catalogue.care.welfare import silent as welfare_silent
from rules.rule import Rule
from rules.table import TableSpec

TABLES: tuple[TableSpec, ...] = (FAMILIES, FOLLOWUPS, EMERGENCY, DRILLS, WELFARE, RESPONSES, YOUTH)
RULES: tuple[Rule, ...] = (
    prepare,
    no_companion,
    companion_overload,
    followup_due,
    silent,
    open_need,
    not_connected,
    vacant,
    unverified,
    double,
    no_drill,
    no_handler,
    welfare_silent,
    stale,
    inactive,
    shared,
    retention,
    code_like_name,
)
