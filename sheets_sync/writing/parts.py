"""A batch that Google refuses is written in parts, so that only the tab it refuses goes without."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sheets_sync.errors import GoogleTrouble, Refused
from sheets_sync.google.client import urgently
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing.breakers import PATIENCE, TAB, left_alone, note
from sheets_sync.writing.edits import Request
from sheets_sync.writing.glimpse import Shown
from sheets_sync.writing.journal import Written, write

WHAT_PEOPLE_WROTE = frozenset({"rows", "cell"})

Parts = Mapping[int | None, Sequence[Request]]
"""Requests by sheetId; None for those of no tab."""


@dataclass(frozen=True)
class Outcome:
    """What became of requests: those that stand, with Google's replies, and how the last batch left the spreadsheet."""

    trouble: GoogleTrouble | None = None
    """What kept some or all of them out."""
    sent: tuple[tuple[Request, Mapping[str, Any]], ...] = ()
    after: Spreadsheet | None = None
    shown: tuple[Shown, ...] = ()
    """Of a large spreadsheet, what the batches' answers show of it instead."""
    left_out: tuple[str, ...] = ()
    """The titles of tabs for which an answer had no room."""
    batches: int = 0
    """Into how many batches its size cut it."""
    stale: bool = False
    """Whether Google refused as somebody had changed the spreadsheet: `after` is how it stands, nothing is sent."""


def write_in_parts(
    service: Service, lease: Lease, spreadsheet: Spreadsheet, requests: Sequence[Request], *, urgent: bool = False
) -> Outcome:
    """Write the requests in one batch if Google lets them.

    A tab that was refused is left out for growing times, and its trouble is given back when it was tried.
    """
    alone = left_alone(service)
    parts = {sheet: made for sheet, made in by_tab(requests).items() if _key(spreadsheet, sheet) not in alone}
    if not parts:
        return Outcome()
    with urgently() if urgent else nullcontext():
        refused, outcome = _write(service, lease, spreadsheet, parts)
    if outcome.trouble is None and not outcome.stale:
        titles = {_key(spreadsheet, tab.place.sheet): tab.title for tab in spreadsheet.tabs}
        note(service, {_key(spreadsheet, sheet): refused.get(sheet) for sheet in parts}, PATIENCE, titles)
    return replace(outcome, trouble=outcome.trouble or (_named(spreadsheet, refused) if refused else None))


def by_tab(requests: Sequence[Request]) -> Parts:
    """Requests by the tab they change, in their order."""
    found: dict[int | None, list[Request]] = {}
    for request in requests:
        found.setdefault(next(_sheets(request), None), []).append(request)
    return found


def _write(
    service: Service, lease: Lease, spreadsheet: Spreadsheet, parts: Parts
) -> tuple[dict[int | None, GoogleTrouble], Outcome]:
    """The tabs that were refused, and the outcome; its trouble is of another kind, and ended it."""
    refused: dict[int | None, GoogleTrouble] = {}
    outcome, waiting = Outcome(), [parts]
    while waiting:
        part = waiting.pop(0)
        written = write(service, lease, spreadsheet, [*chain.from_iterable(part.values())])
        outcome = _with(outcome, written)
        if written.trouble is None:
            spreadsheet = replace(spreadsheet, last_write=written.number)
        elif not isinstance(written.trouble, Refused) or written.batches > 1:  # some of it stands already
            return refused, replace(outcome, trouble=written.trouble)
        elif part is parts and (now := _if_changed(service, spreadsheet)):
            return {}, Outcome(after=now, stale=True)
        elif len(part) == 1:
            refused[next(iter(part))] = written.trouble
        else:
            waiting[:0] = _halves(part)
    return refused, outcome


def _with(outcome: Outcome, written: Written) -> Outcome:
    return replace(
        outcome,
        sent=(*outcome.sent, *written.sent),
        after=written.after or outcome.after,
        shown=(*outcome.shown, *written.shown),
        left_out=(*outcome.left_out, *written.left_out),
        batches=max(outcome.batches, written.batches),
    )


def _if_changed(service: Service, spreadsheet: Spreadsheet) -> Spreadsheet | None:
    """The spreadsheet as it stands where somebody changed it since it was read: then its places were old."""
    try:
        fresh = read_spreadsheet(service.gateway, spreadsheet.settings, spreadsheet)
    except GoogleTrouble:
        return None
    service.known.keep(fresh)
    return fresh if fresh.tabs != spreadsheet.tabs else None


def _halves(part: Parts) -> list[Parts]:
    tabs = list(part)
    middle = len(tabs) // 2
    return [{tab: part[tab] for tab in half} for half in (tabs[:middle], tabs[middle:])]


def _named(spreadsheet: Spreadsheet, refused: Mapping[int | None, GoogleTrouble]) -> GoogleTrouble:
    """What Google said, with the tabs it refused."""
    titles = {tab.place.sheet: tab.title for tab in spreadsheet.tabs}
    named = ", ".join(titles[sheet] for sheet in refused if sheet in titles)
    first = next(iter(refused.values()))
    if not named:
        return first
    return type(first)(
        f"בלשונית {named}: {first.he.rstrip('.')}. שאר הלשוניות עודכנו.",
        f"In the tab {named}: {first.en.rstrip('.')}. The others are up to date.",
    )


def tabs_in(spreadsheet: Spreadsheet, requests: Sequence[Request]) -> list[str]:
    """The keys, as breakers have them, of the tabs that the requests change."""
    return [_key(spreadsheet, sheet) for sheet in by_tab(requests)]


def _key(spreadsheet: Spreadsheet, sheet: int | None) -> str:
    return f"{spreadsheet.settings.name}{TAB}{sheet}"


def _sheets(part: Any) -> Iterator[int]:
    """The sheetIds that a request names, outermost first."""
    if isinstance(part, Mapping):
        if isinstance(part.get("sheetId"), int):
            yield part["sheetId"]
        for name, inner in part.items():
            if name not in WHAT_PEOPLE_WROTE:
                yield from _sheets(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _sheets(inner)
