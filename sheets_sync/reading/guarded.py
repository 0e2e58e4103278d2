"""Reading with care: what brings only trouble is left alone; what an earlier pass left open is settled first, and what
the writes of one that was killed displaced is put back.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import msgspec

from sheets_sync.errors import GoogleTrouble
from sheets_sync.reading.fetch import read, read_spreadsheet
from sheets_sync.reading.read import Snapshot, Spreadsheet
from sheets_sync.store.database import reading
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing import unmended
from sheets_sync.writing.breakers import left_alone, note
from sheets_sync.writing.displaced import displaced
from sheets_sync.writing.edits import Request
from sheets_sync.writing.mending import write_verified
from sheets_sync.writing.settling import settle_open
from sheets_sync.writing.unmended import Unmended


def read_guarded(service: Service, lease: Lease, *, eager: bool = False) -> Snapshot:
    """Read all spreadsheets but those left alone; `eager` leaves none alone.

    One whose open write cannot be settled counts as unreadable: whatever was decided from it might be decided twice.
    """
    names = {one.name for one in service.settings.spreadsheets}
    alone = {} if eager else {name: trouble for name, trouble in left_alone(service).items() if name in names}
    open_ = settle_open(service, lease, alone)
    wanted = [one for one in service.settings.spreadsheets if one.name not in {**alone, **open_}]
    snapshot = read(service.gateway, msgspec.structs.replace(service.settings, spreadsheets=wanted), service.known)
    snapshot = _with_put_back(service, lease, snapshot)
    troubles = {**open_, **snapshot.troubles}
    note(service, {name: troubles.get(name) for name in names - alone.keys()})
    return replace(snapshot, troubles={**alone, **troubles})


def _with_put_back(service: Service, lease: Lease, snapshot: Snapshot) -> Snapshot:
    """The spreadsheets once what nobody looked at is mended; one for which that fails counts as unreadable."""
    with reading(service.engine) as connection:
        left = unmended.recall(connection, service.community)
    spreadsheets, troubles = list[Spreadsheet](), dict(snapshot.troubles)
    for one in snapshot.spreadsheets:
        try:
            spreadsheets.append(_mended(service, lease, one, left.get(one.id, ())))
        except GoogleTrouble as trouble:
            troubles[one.settings.name] = trouble
    return Snapshot(tuple(spreadsheets), troubles)


def _mended(service: Service, lease: Lease, spreadsheet: Spreadsheet, writes: Sequence[Unmended]) -> Spreadsheet:
    """The spreadsheet with what these writes struck put back. Raises LeaseLost, and the GoogleTrouble met."""

    def back(now: Spreadsheet) -> list[Request]:
        return [*chain.from_iterable(displaced(write, now) for write in writes)]

    requests = back(spreadsheet)
    if not requests:
        return spreadsheet
    mended = write_verified(service, lease, spreadsheet, requests, back)
    if mended.trouble is not None:
        raise mended.trouble
    return service.known.keep(read_spreadsheet(service.gateway, spreadsheet.settings, spreadsheet))
