"""Reading with care: what brings only trouble is left alone, what an earlier pass left open is settled first."""

from dataclasses import replace

import msgspec

from sheets_sync.breakers import left_alone, note
from sheets_sync.fetch import read
from sheets_sync.read import Snapshot
from sheets_sync.settling import settle_open
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service


def read_guarded(service: Service, lease: Lease, *, eager: bool = False) -> Snapshot:
    """Read all spreadsheets but those left alone; `eager` leaves none alone.

    One whose open write cannot be settled counts as unreadable: whatever was decided from it might be decided twice.
    """
    names = {one.name for one in service.settings.spreadsheets}
    alone = {} if eager else {name: trouble for name, trouble in left_alone(service).items() if name in names}
    open_ = settle_open(service, lease, alone)
    wanted = [one for one in service.settings.spreadsheets if one.name not in {**alone, **open_}]
    snapshot = read(service.gateway, msgspec.structs.replace(service.settings, spreadsheets=wanted), service.known)
    troubles = {**open_, **snapshot.troubles}
    note(service, {name: troubles.get(name) for name in names - alone.keys()})
    return replace(snapshot, troubles={**alone, **troubles})
