"""Writes whose answer is not known: looked up, and shut out where they do not stand, before anything else is sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sheets_sync.errors import GoogleTrouble, Refused
from sheets_sync.store import journal, leases
from sheets_sync.store.database import writing
from sheets_sync.store.journal import State, Write
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing import unmended
from sheets_sync.writing.edits import WRITE_MARK
from sheets_sync.writing.fences import clearing, fence_id, shutting

OVER = timedelta(seconds=200)
"""Google works on a request for 180 s at most: what does not stand after that never will. It is relied on only where no
fence can be put: the time of day may jump."""


def settle_open(service: Service, lease: Lease, without: Collection[str] = ()) -> dict[str, GoogleTrouble]:
    """Settle what earlier passes left open, but for the spreadsheets named in `without`.

    By the spreadsheet's name, the troubles that keep a write open: nothing may be written there in this pass. Raises
    LeaseLost.
    """
    names = {one.id: one.name for one in service.settings.spreadsheets if one.name not in without}
    held: dict[str, GoogleTrouble] = {}
    for write in _open(service, lease):
        name = names.get(write.spreadsheet)
        if name is None or name in held:
            continue
        service.known.doubt(write.spreadsheet)
        try:
            state = _settled(service, lease, write)
        except GoogleTrouble as trouble:
            held[name] = trouble
            continue
        with writing(service.engine) as connection:
            (journal.done if state is State.DONE else journal.dropped)(connection, write.id, service.now())
            if state is State.DROPPED:
                unmended.drop(connection, service.community, write.spreadsheet, write.id)
    return held


def _settled(service: Service, lease: Lease, write: Write) -> State:
    """DONE or DROPPED, for good. Raises the GoogleTrouble that keeps it from being known."""
    marks = service.gateway.marks(write.spreadsheet)
    state = _state(service, write, marks)
    if state is not None:
        return state
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
    now = service.now()
    try:
        fence = shutting(fence_id(service.community, write.id, write.planned), now)
        service.gateway.write(write.spreadsheet, [*clearing(marks, now), fence])
    except Refused:  # the write was applied just now, or a fence stands already
        state = _state(service, write, service.gateway.marks(write.spreadsheet))
        if state is None and service.now() - write.planned <= OVER:
            raise
        return state or State.DROPPED
    return State.DROPPED


def _state(service: Service, write: Write, marks: Sequence[Mapping[str, Any]]) -> State | None:
    """What the spreadsheet's marks say of a write; None where it may still come."""
    by_id = {mark["metadataId"]: mark for mark in marks}
    if by_id.get(WRITE_MARK, {}).get("metadataValue") == str(write.id):
        return State.DONE
    fenced = fence_id(service.community, write.id, write.planned) in by_id
    return State.DROPPED if fenced else None


def _open(service: Service, lease: Lease) -> list[Write]:
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        return journal.open_writes(connection, service.community)
