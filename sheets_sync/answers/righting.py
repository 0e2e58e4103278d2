"""A write of form answers that looks at its own answer: what moved meanwhile is put right at once."""

from collections.abc import Sequence

from sheets_sync.reading.read import Spreadsheet
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing.edits import Request
from sheets_sync.writing.journal import Written, write
from sheets_sync.writing.mending import ROUNDS, Again
from sheets_sync.writing.verify import verify


def write_righted(
    service: Service, lease: Lease, spreadsheet: Spreadsheet, requests: Sequence[Request], again: Again
) -> Written:
    """Write; where rows or columns moved since they were read, put back what was struck and write what `again` says.

    Raises LeaseLost. The trouble of any of the writes is given back.
    """
    for _ in range(ROUNDS):
        written = write(service, lease, spreadsheet, requests)
        if written.trouble is not None or written.after is None:
            return written
        checked = verify(spreadsheet, written.sent, written.after)
        spreadsheet = checked.truth
        requests = [*checked.put_back, *again(spreadsheet)] if checked.moved else []
        if not requests:
            return written
    return write(service, lease, spreadsheet, requests)
