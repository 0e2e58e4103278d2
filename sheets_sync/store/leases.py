"""One pass a community at a time: a lease that runs out, with a fencing token that only rises."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from sheets_sync.errors import Trouble
from sheets_sync.store.database import insert_new
from sheets_sync.store.schema import leases

SLACK = timedelta(minutes=1)
"""A lease renewed later than this after `now` was given by a clock that has since been set back: it counts as over."""


class LeaseLost(Trouble):
    """The lease ran out or went to another holder: nothing more may be written in its name."""

    status = 4

    def __init__(self, community: str) -> None:
        super().__init__(
            f"סבב אחר כבר עובד על {community}; הסבב הזה נעצר ולא כתב דבר נוסף.",
            f"another pass has taken over {community}; this one stopped and wrote nothing more.",
        )


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write for a community until `expires`; `token` is greater than that of every lease before it."""

    community: str
    holder: str
    token: int
    expires: datetime


def acquire(connection: Connection, community: str, holder: str, now: datetime, seconds: float) -> Lease | None:
    """Take the community's lease, or None while another holds it."""
    expires = now + timedelta(seconds=seconds)
    first = {"community": community, "token": 1, "holder": holder, "renewed": now, "expires": expires}
    if insert_new(connection, leases, first):
        return Lease(community, holder, 1, expires)
    free = or_(leases.c.expires <= now, leases.c.renewed > now + SLACK)
    taken = connection.execute(
        update(leases)
        .where(leases.c.community == community, free)
        .values(token=leases.c.token + 1, holder=holder, renewed=now, expires=expires)
    )
    if taken.rowcount == 0:
        return None
    token = connection.execute(select(leases.c.token).where(leases.c.community == community)).scalar_one()
    return Lease(community, holder, token, expires)


def renew(connection: Connection, lease: Lease, now: datetime, seconds: float) -> Lease:
    """Hold on for longer; raises LeaseLost."""
    hold(connection, lease, now)
    expires = now + timedelta(seconds=seconds)
    connection.execute(update(leases).where(leases.c.community == lease.community).values(renewed=now, expires=expires))
    return Lease(lease.community, lease.holder, lease.token, expires)


def release(connection: Connection, lease: Lease, now: datetime) -> None:
    """Let the next one in at once; does nothing when the lease is another's already."""
    mine = (leases.c.community == lease.community, leases.c.token == lease.token)
    connection.execute(update(leases).where(*mine).values(expires=now))


def hold(connection: Connection, lease: Lease, now: datetime) -> None:
    """Make sure, to the end of this transaction, that the lease is still ours; raises LeaseLost.

    Every transaction that records an effect of the pass calls this first.
    """
    row = connection.execute(
        select(leases.c.token, leases.c.expires).where(leases.c.community == lease.community).with_for_update()
    ).one_or_none()
    if row is None or row.token != lease.token or row.expires <= now:
        raise LeaseLost(lease.community)
