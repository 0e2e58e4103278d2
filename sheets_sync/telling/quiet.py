"""When nothing is told: at night, on Shabbat and holidays, on days of mourning. Pure."""

from datetime import datetime

from rules.calendar import QuietHours, Spot, quiet_until
from sheets_sync.config import Clock


def is_quiet(clock: Clock, now: datetime) -> bool:
    """Whether nothing may be told at this moment (aware). What is new then is told by the first pass after."""
    if not clock.quiet:
        return False
    spot = Spot(clock.latitude, clock.longitude, clock.candle_minutes)
    return quiet_until(now, spot, QuietHours(*clock.night)) is not None
