"""Whose turn it is to call Google: the quota over a sliding minute, fair between communities, urgent first. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sheets_sync.store.calls import Call, State

WINDOW = 62.0
"""Google counts 60 s; two more, because a call takes its time from its turn here to Google's own clock."""

STALE = 5.0
"""Who waits asks again every second; one not heard of for so long has gone, and is waited for by nobody."""

POLL = 1.0
URGENT_RUN = 3
"""After so many urgent calls in a row an ordinary one that waits comes first: nobody starves."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls of one kind a minute, by service account and by Google project (Google's own numbers)."""

    account: int = 60
    project: int = 300


def seconds_to_wait(mine: Call, calls: Sequence[Call], quota: Quota) -> float:
    """0 when the call may go now; else how long it has to wait at least, or a moment where others come first.

    `calls` are all of the project's and of one kind, `mine` among them.
    """
    closed = max((call.seconds - call.age for call in calls if call.state is State.PAUSE), default=0.0)
    if closed > 0:
        return closed
    backed = backing(calls)
    given = [call for call in calls if call.state is State.GIVEN and call.age < WINDOW]
    own = [call for call in given if call.account == mine.account]
    limits = (max(1, quota.account >> backed), max(1, quota.project >> backed))
    full = max(_until_free(own, limits[0]), _until_free(given, limits[1]))
    if full > 0:
        return full
    first = ahead(mine, calls)
    own_first = sum(call.account == mine.account for call in first)
    room = own_first < limits[0] - len(own) and len(first) < limits[1] - len(given)
    return 0.0 if room else POLL


def backing(calls: Collection[Call]) -> int:
    """How often Google refused in the last minute all the same: by so many halvings the window is backed off."""
    return sum(call.state is State.PAUSE and call.age - call.seconds < WINDOW for call in calls)


def ahead(mine: Call, calls: Sequence[Call]) -> list[Call]:
    """Who of those that wait comes before: the urgent, then whose community was served longest ago."""
    served: dict[str, float] = {}
    for call in calls:
        if call.state is State.GIVEN:
            served[call.community] = min(call.age, served.get(call.community, call.age))
    last = sorted((call for call in calls if call.state is State.GIVEN), key=lambda call: call.age)[:URGENT_RUN]
    sated = len(last) == URGENT_RUN and all(call.urgent for call in last)

    def order(call: Call) -> tuple[bool, float, int]:
        return call.urgent == sated, -served.get(call.community, float("inf")), call.id

    waiting = (call for call in calls if call.state is State.WAITING and call.age < STALE and call.id != mine.id)
    return [call for call in waiting if order(call) < order(mine)]


def _until_free(given: Collection[Call], limit: int) -> float:
    """Seconds until fewer than `limit` of these calls lie within the window."""
    if len(given) < limit:
        return 0.0
    return WINDOW - sorted(call.age for call in given)[limit - 1]
