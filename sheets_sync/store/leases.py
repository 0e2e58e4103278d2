"""One pass a community at a time: a lease that runs out, with a fencing token that only rises.

Time is the database's (`database.moment`), read after the lease's row is locked: a process whose time of day jumps
neither loses its lease nor takes another's. Even a jump of the database server's own clock, which can end a lease
early, never lets two holders through: `hold` asks for the token, and a later lease has a greater one.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sheets_sync.errors import Trouble
from sheets_sync.store.database import insert_new, moment
from sheets_sync.store.holders import is_gone
from sheets_sync.store.schema import leases

SLACK = timedelta(seconds=1)
"""A lease renewed later than this after now was given before the machine started anew, or by a server's clock that has
since been set back: it counts as over."""


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


def acquire(connection: Connection, community: str, holder: str, seconds: float) -> Lease | None:
    """Take the community's lease for `seconds`, or None while another holds it.

    A holder that `holders.this_holder` named, and that was killed, holds nothing any more.
    """
    start = moment(connection)
    first = {"community": community, "token": 0, "holder": holder, "renewed": start, "expires": start}
    insert_new(connection, leases, first)
    row, now = _locked(connection, community)
    if row is None or not (row.expires <= now or row.renewed > now + SLACK or is_gone(row.holder)):
        return None
    lease = Lease(community, holder, row.token + 1, now + timedelta(seconds=seconds))
    _put(connection, lease, now)
    return lease


def renew(connection: Connection, lease: Lease, seconds: float) -> Lease:
    """Hold on for longer; raises LeaseLost."""
    now = hold(connection, lease)
    longer = replace(lease, expires=now + timedelta(seconds=seconds))
    _put(connection, longer, now)
    return longer


def release(connection: Connection, lease: Lease) -> None:
    """Let the next one in at once; does nothing when the lease is another's already."""
    row, now = _locked(connection, lease.community)
    if row is not None and row.token == lease.token:
        _put(connection, replace(lease, expires=now), now)


def hold(connection: Connection, lease: Lease) -> datetime:
    """Make sure, to the end of this transaction, that the lease is still ours; the time by its clock.

    Every transaction that records an effect of the pass calls this first. Raises LeaseLost.
    """
    row, now = _locked(connection, lease.community)
    if row is None or row.token != lease.token or row.expires <= now:
        raise LeaseLost(lease.community)
    return now


def _locked(connection: Connection, community: str) -> tuple[Row[Any] | None, datetime]:
    """The community's lease, locked to the end of the transaction, and the time after that."""
    query = select(leases).where(leases.c.community == community).with_for_update()
    row = connection.execute(query).one_or_none()
    return row, moment(connection)


def _put(connection: Connection, lease: Lease, now: datetime) -> None:
    values = {"token": lease.token, "holder": lease.holder, "renewed": now, "expires": lease.expires}
    connection.execute(update(leases).where(leases.c.community == lease.community).values(**values))
