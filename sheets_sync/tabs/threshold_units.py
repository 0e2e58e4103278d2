"""Thresholds that people typed with a sign of another unit: `10%` where shekels are expected is no 10 ₪. Pure."""

import re
from collections.abc import Mapping

from rules.rule import Unit

SIGNS: Mapping[Unit, re.Pattern[str]] = {
    Unit.PERCENT: re.compile(r"%|אחוז|percent", re.IGNORECASE),
    Unit.SHEKEL: re.compile(r"₪|ש\s?[\"'״׳”]{1,2}\s?ח|שקל|NIS|ILS", re.IGNORECASE),
}

COUNTED = (Unit.DAYS, Unit.WORKING_DAYS, Unit.HOURS, Unit.COUNT)

EXPECTED: Mapping[Unit, str] = {
    Unit.SHEKEL: "צפוי כאן סכום ב־₪, ולא אחוז.\nAn amount in ₪ is expected here, not a percentage.",
    Unit.PERCENT: "צפוי כאן אחוז, ולא סכום ב־₪.\nA percentage is expected here, not an amount in ₪.",
    Unit.FLAG: "צפוי כאן 1 (כן) או 0 (לא).\n1 (yes) or 0 (no) is expected here.",
    **{
        unit: f"צפוי כאן מספר שלם, ביחידה: {unit.hebrew}.\nA whole number is expected here, in the unit: {unit}."
        for unit in COUNTED
    },
}
"""What to say of a threshold in another unit: Hebrew, a line end, English."""


def is_of_another(text: str, unit: Unit) -> bool:
    """Whether a text has a sign of a unit that is not this one."""
    return any(other is not unit and sign.search(text) for other, sign in SIGNS.items())
