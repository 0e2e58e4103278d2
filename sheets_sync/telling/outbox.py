"""Send what the outbox holds: claim a message, send it, mark it; each step in a transaction of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_sync.faultpoints import reach
from sheets_sync.log import log
from sheets_sync.notify.channel import Channel, Failure, SendFailed
from sheets_sync.store import outbox
from sheets_sync.store.database import Engine, writing
from sheets_sync.store.outbox import Claimed, State

CLAIM_SECONDS = 300.0
"""Longer than any channel tries; after it, a message whose sender was killed is due again."""

GIVE_UP_AFTER = timedelta(days=5)
"""For a message put off again and again, as mail servers do (RFC 5321, 4.5.4.1); never while a channel is away."""

NO_CHANNEL = SendFailed(Failure.UNREACHABLE, "there is no such channel")


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many messages went out, how many wait for their time or another try, how many failed for good now."""

    sent: int
    waiting: int
    failed: int


def deliver(
    engine: Engine,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    community: str | None = None,
    *,
    quiet: bool = False,
) -> Delivered:
    """Send what is due, over the channels by name, for one community or all; while it is `quiet` only what pierces.

    A channel that is out of reach is left alone until the next time. A message is sent again only if we are killed
    between a channel's yes and our mark of it; it then bears the same id.
    """
    done = {State.SENT: 0, State.FAILED: 0, State.WAITING: 0}
    away: tuple[str, ...] = ()
    while claimed := _claim(engine, clock(), community, away, quiet):
        failure = _send(claimed, channels)
        done[_mark(engine, claimed, failure, clock())] += 1
        if failure and failure.failure is Failure.UNREACHABLE:
            away = (*away, claimed.message.channel)
    with writing(engine) as connection:
        standing = outbox.counts(connection, community)
    return Delivered(done[State.SENT], standing[State.WAITING] + standing[State.CLAIMED], done[State.FAILED])


def _claim(engine: Engine, now: datetime, community: str | None, away: tuple[str, ...], quiet: bool) -> Claimed | None:
    with writing(engine) as connection:
        claimed = outbox.claim(connection, now, CLAIM_SECONDS, community, away, quiet=quiet)
    reach("outbox.claimed")
    return claimed


def _send(claimed: Claimed, channels: Mapping[str, Channel]) -> SendFailed | None:
    channel = channels.get(claimed.message.channel)
    if channel is None:
        return NO_CHANNEL
    try:
        channel(claimed.message)
    except SendFailed as failure:
        log.warning("message.failed", message=claimed.message.id, reason=failure.reason, failure=str(failure.failure))
        return failure
    reach("outbox.sent")
    return None


def _mark(engine: Engine, claimed: Claimed, failure: SendFailed | None, now: datetime) -> State:
    """Record what became of it, and say how it stands now."""
    with writing(engine) as connection:
        if failure is None:
            return outbox.sent(connection, claimed, now)
        late = failure.failure is Failure.LATER and now - claimed.created > GIVE_UP_AFTER
        permanent = failure.failure is Failure.REFUSED or late
        return outbox.failed(connection, claimed, now, failure.reason, permanent=permanent)
