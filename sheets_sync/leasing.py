"""The lease under which a pass works: taken, renewed while the pass is at work, let go."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from sheets_sync.errors import LeaseHeld
from sheets_sync.store import leases
from sheets_sync.store.database import DatabaseTrouble, writing
from sheets_sync.store.holders import this_holder
from sheets_sync.store.leases import Lease, LeaseLost
from sheets_sync.wiring import Service

LEASE_SECONDS, RENEW_SECONDS, AGAIN_SECONDS = 25.0, 8.0, 1.0
"""Short, so that after a crash of its machine the next pass begins within half a minute (that of a process which was
killed ends with it, see `holders`); a pass at work renews it meanwhile.
"""


@contextmanager
def leased(service: Service) -> Iterator[Lease]:
    """Hold the community's lease; raises LeaseHeld when another does."""
    with writing(service.engine) as connection:
        lease = leases.acquire(connection, service.community, this_holder(), LEASE_SECONDS)
    if lease is None:
        raise LeaseHeld(
            "סיבוב אחר רץ עכשיו על אותם קבצים; אפשר לנסות שוב בעוד דקה.",
            "Another pass over the same spreadsheets is under way; try again in a minute.",
        )
    ended = Event()
    renewer = Thread(target=_keep, args=(service, lease, ended), daemon=True)
    renewer.start()
    try:
        yield lease
    finally:
        ended.set()
        renewer.join()
        with suppress(DatabaseTrouble), writing(service.engine) as connection:  # not let go, it runs out by itself
            leases.release(connection, lease)


def _keep(service: Service, lease: Lease, ended: Event) -> None:
    """Renew the lease until the pass has ended; a lost one is found out before the next effect (`leases.hold`).

    While the database is away it is tried again: what was away for less than the lease ends no pass.
    """
    pause = RENEW_SECONDS
    with suppress(LeaseLost):
        while not ended.wait(pause):
            pause = AGAIN_SECONDS
            with suppress(DatabaseTrouble), writing(service.engine) as connection:
                leases.renew(connection, lease, LEASE_SECONDS)
                pause = RENEW_SECONDS
