"""Writes to spreadsheets, each written down before it is sent and settled by what the spreadsheet says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sheets_sync.errors import GoogleTrouble, Unclear
from sheets_sync.faultpoints import reach
from sheets_sync.reading.read import Spreadsheet, spreadsheet_of
from sheets_sync.reading.sizes import batches, is_large
from sheets_sync.store import journal, leases
from sheets_sync.store.database import Connection, writing
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing import unmended
from sheets_sync.writing.edits import Request, mark_write
from sheets_sync.writing.fences import fence_id, passing
from sheets_sync.writing.glimpse import Shown, glimpse_of, shown
from sheets_sync.writing.marks import persons_note

CONTENT = frozenset({"rows", "cell", "values", "note", "userEnteredValue", "find", "replacement", "data"})
"""The parts of requests that hold what people wrote or are told."""


@dataclass(frozen=True)
class Written:
    """What became of a write: its (last) number in the journal, the trouble that kept it from standing, its batches."""

    number: int
    trouble: GoogleTrouble | None = None
    batches: int = 1
    sent: tuple[tuple[Request, Mapping[str, Any]], ...] = ()
    """The requests that stand, with Google's reply to each."""
    after: Spreadsheet | None = None
    """The spreadsheet as the last batch left it, where it was asked for and came: a reading like any other."""
    shown: tuple[Shown, ...] = ()
    """Of a large spreadsheet, what each batch's answer shows of it instead."""
    left_out: tuple[str, ...] = ()
    """The titles of tabs for which an answer had no room."""


def write(service: Service, lease: Lease, spreadsheet: Spreadsheet, requests: Sequence[Request]) -> Written:
    """Journal the requests, send them as one atomic batch, and settle the journal by the answer.

    More than Google's advised 2 MB goes as several batches, each with its own number, one after the other until one
    has trouble. Raises LeaseLost, with nothing sent, when another holder has taken over. A trouble of Google's is given
    back: the other spreadsheets go on, and the next pass begins from what stands.
    """
    written, parts = Written(0), batches(requests)
    for batch in parts:
        last = _write(service, lease, spreadsheet, batch)
        written = replace(
            last,
            batches=len(parts),
            sent=(*written.sent, *last.sent),
            shown=(*written.shown, *last.shown),
            left_out=(*written.left_out, *last.left_out),
        )
        if written.trouble is not None:
            break
        spreadsheet = replace(spreadsheet, last_write=written.number)
    return written


def _write(service: Service, lease: Lease, spreadsheet: Spreadsheet, requests: Sequence[Request]) -> Written:
    """One batch."""
    reach("write.before_journal")
    service.known.doubt(spreadsheet.id)
    glimpse = glimpse_of(spreadsheet, requests) if is_large(spreadsheet, requests) else None
    is_seen, ranges = (True, ()) if glimpse is None else (bool(glimpse.ranges), glimpse.ranges)
    number, batch = _plan(service, lease, spreadsheet, requests)
    reach("write.journalled")
    try:
        answer = service.gateway.write(spreadsheet.id, batch, with_state=is_seen, ranges=ranges)
    except Unclear as trouble:
        _settle(service, number, journal.unclear)
        return Written(number, trouble)
    except GoogleTrouble as trouble:
        _drop(service, spreadsheet.id, number)
        return Written(number, trouble)
    reach("write.answered")
    _settle(service, number, journal.done)
    reach("write.committed")
    replied = tuple(zip(requests, answer["replies"], strict=False))
    if glimpse is None:
        return Written(number, sent=replied, after=_after(service, spreadsheet, answer))
    there = [spreadsheet_of(spreadsheet.settings, answer["updatedSpreadsheet"])] if is_seen else []
    seen = tuple(shown(spreadsheet, glimpse, replied, one) for one in there)
    return Written(number, sent=replied, shown=seen, left_out=glimpse.left_out)


def _after(service: Service, spreadsheet: Spreadsheet, answer: Mapping[str, Any]) -> Spreadsheet | None:
    """The answer's reading, kept as the last one."""
    if "updatedSpreadsheet" not in answer:
        return None
    service.known.keep(spreadsheet_of(spreadsheet.settings, answer["updatedSpreadsheet"]))
    return service.known.last(spreadsheet.id)


def _plan(
    service: Service, lease: Lease, spreadsheet: Spreadsheet, requests: Sequence[Request]
) -> tuple[int, list[Request]]:
    """Write down what is about to be sent, with the notes it changes; the number and the batch that carries it."""
    now = service.now()
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        before = [] if spreadsheet.settings.restricted else notes_before(spreadsheet, requests)
        meant = [outline(request) for request in requests]
        number = journal.planned(connection, service.community, spreadsheet.id, lease.token, meant, before, now)
        journal.sent(connection, number, now)
        unmended.keep(connection, service.community, spreadsheet, number, requests)
    fence = passing(fence_id(service.community, number, now))
    return number, [*requests, *fence, mark_write(number, spreadsheet.last_write)]


def notes_before(spreadsheet: Spreadsheet, requests: Sequence[Request]) -> list[dict[str, object]]:
    """What people wrote in the notes that the requests change."""
    notes = {tab.place.sheet: tab.notes for tab in spreadsheet.tabs}
    touched = (
        update["start"] for request in requests if (update := request.get("updateCells")) and update["fields"] == "note"
    )
    return [
        {**start, "note": persons_note(notes[start["sheetId"]].get((start["rowIndex"], start["columnIndex"]), ""))}
        for start in touched
    ]


def outline(request: Mapping[str, Any]) -> dict[str, Any]:
    """A request without what it writes: which change, and where. The journal is no copy of the sheets."""
    return {
        name: outline(part) if isinstance(part, Mapping) else part
        for name, part in request.items()
        if name not in CONTENT
    }


def _drop(service: Service, spreadsheet: str, number: int) -> None:
    with writing(service.engine) as connection:
        journal.dropped(connection, number, service.now())
        unmended.drop(connection, service.community, spreadsheet, number)


def _settle(service: Service, number: int, how: Callable[[Connection, int, datetime], None]) -> None:
    with writing(service.engine) as connection:
        how(connection, number, service.now())
