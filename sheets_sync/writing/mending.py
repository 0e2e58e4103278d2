"""A write that verifies itself: what a simultaneous edit displaced is put back at once, and the marks are mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeAlias

from sheets_sync.errors import GoogleTrouble, Refused
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing.edits import Request
from sheets_sync.writing.parts import Outcome, write_in_parts
from sheets_sync.writing.verify import Checked, verify

ROUNDS = 3
"""Writes that mend; what is left after them waits for the next pass."""

FRESH_SECONDS = 15.0
"""How old a reading may be when a write that was decided from it sets out: longer than a pass takes undisturbed."""

Again: TypeAlias = Callable[[Spreadsheet], Sequence[Request]]
"""What is to be written in a spreadsheet as it stands now."""


@dataclass(frozen=True)
class Mended:
    """What became of a write and of the mending after it."""

    trouble: GoogleTrouble | None = None
    written: int = 0
    """How many requests stand, those that mended among them."""
    rounds: int = 0
    """How many writes mended."""
    tabs: frozenset[int] = frozenset()
    """The tabs in which something had changed meanwhile."""
    put_back: int = 0
    """How much of the person's was put back: notes, cells, colour rules, rows."""
    left: tuple[str, ...] = ()
    """Cells of the person's of which it is not known what stood there."""
    waits: bool = False
    """Whether something was still to be mended after the last round."""
    batches: int = 0
    """Into how many parts its size cut the write, before any mending; 1 for one within Google's advised size."""
    left_out: tuple[str, ...] = ()
    """The titles of tabs that were written in and are not verified: an answer had no room for them."""


def write_fresh(
    service: Service,
    lease: Lease,
    spreadsheet: Spreadsheet,
    requests: Sequence[Request],
    again: Again,
    *,
    read_at: float,
    is_repair: bool = False,
    urgent: bool = False,
) -> Mended:
    """Write as write_verified does; from another reading, where that of `read_at` (monotonic seconds) is no more fresh.

    What stands in place of a person's own value, a repair, goes by a reading made right before it: Google has no write
    that holds only while the old value stands.
    """
    if is_repair or monotonic() - read_at > FRESH_SECONDS:
        try:
            fresh = service.known.keep(read_spreadsheet(service.gateway, spreadsheet.settings, spreadsheet))
        except GoogleTrouble as trouble:
            return Mended(trouble)
        if fresh.tabs != spreadsheet.tabs:
            spreadsheet, requests = fresh, again(fresh)
    if not requests:
        return Mended()
    return write_verified(service, lease, spreadsheet, requests, again, urgent=urgent)


def write_verified(
    service: Service,
    lease: Lease,
    spreadsheet: Spreadsheet,
    requests: Sequence[Request],
    again: Again,
    *,
    urgent: bool = False,
) -> Mended:
    """Write, look at the write's own answer, and mend until it is as it should be. Raises LeaseLost."""
    mended, rounds, is_pending = Mended(), 0, False
    while True:
        outcome = write_in_parts(service, lease, spreadsheet, requests, urgent=urgent)
        outcome = _looked_at(service, spreadsheet, outcome, is_pending)
        checked = _checked(spreadsheet, outcome)
        mended = _with(mended, outcome, checked)
        is_over = not isinstance(outcome.trouble, Refused | None) or outcome.after is None
        if is_over or not (checked.moved or outcome.stale or is_pending):
            return mended
        requests = _mends(checked, again)
        if not requests or rounds == ROUNDS:
            return replace(mended, waits=bool(requests))
        rounds, is_pending = rounds + 1, bool(checked.rows)
        spreadsheet = checked.truth
        restored = len(checked.put_back) + len(checked.rows)
        mended = replace(mended, rounds=rounds, put_back=mended.put_back + restored)


def _with(mended: Mended, outcome: Outcome, checked: Checked) -> Mended:
    return replace(
        mended,
        trouble=mended.trouble or outcome.trouble,
        written=mended.written + len(outcome.sent),
        tabs=mended.tabs | checked.moved,
        left=(*mended.left, *checked.left),
        batches=mended.batches or outcome.batches,
        left_out=tuple(dict.fromkeys([*mended.left_out, *outcome.left_out])),
    )


def _looked_at(service: Service, spreadsheet: Spreadsheet, outcome: Outcome, is_pending: bool) -> Outcome:
    """Of a large spreadsheet the answers show the written rows; where those are not as they were, it is read again."""
    struck = any(verify(spreadsheet, batch.sent, batch.after).moved for batch in outcome.shown)
    if outcome.after is not None or not (struck or (is_pending and outcome.shown)):
        return outcome
    try:
        fresh = read_spreadsheet(service.gateway, spreadsheet.settings, spreadsheet)
    except GoogleTrouble as trouble:
        return replace(outcome, trouble=outcome.trouble or trouble)
    return replace(outcome, after=service.known.keep(fresh))


def _checked(spreadsheet: Spreadsheet, outcome: Outcome) -> Checked:
    if outcome.after is None or outcome.stale:
        return Checked(outcome.after or spreadsheet)
    return verify(spreadsheet, outcome.sent, outcome.after)


def _mends(checked: Checked, again: Again) -> Sequence[Request]:
    """Rows that come back go first, by themselves: what is decided counts on them."""
    if checked.rows:
        return [*checked.put_back, *checked.rows]
    return [*checked.put_back, *again(checked.truth)]
