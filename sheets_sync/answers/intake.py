"""Form answers from the inbox to their rows: claimed, looked up, written once, settled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import msgspec

from rules.reading import Reading
from rules.table import Book
from sheets_sync.answers.edited import trace_of
from sheets_sync.answers.placing import Answer, Row, is_known, is_there, requests_of, righted, row_of
from sheets_sync.answers.righting import write_righted
from sheets_sync.config import Form
from sheets_sync.errors import GoogleTrouble
from sheets_sync.faultpoints import reach
from sheets_sync.google.client import urgently
from sheets_sync.look import ALL_TABLES, reading_of
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.store import inbox, leases
from sheets_sync.store.database import writing
from sheets_sync.store.leases import Lease
from sheets_sync.tabs.told import NOTHING_TOLD, Told, answers_in
from sheets_sync.tabs.told_memory import tables_in
from sheets_sync.wiring import Service
from sheets_sync.writing.edits import Request
from sheets_sync.writing.mending import Again

CLAIM_SECONDS = 25.0
"""As long as a lease: the lease keeps other passes away, the claim only says in the inbox what is being done."""


class _Submission(msgspec.Struct):
    id: str
    submitted: datetime
    answers: dict[str, str | list[str]]


class _Body(msgspec.Struct):
    submission: _Submission


@dataclass(frozen=True)
class Taken:
    """What became of the answers that waited: the snapshot with their rows, how many were placed, how many still wait.

    `troubles` are those of writes, by the spreadsheet's name: nothing more is written there in this pass.
    """

    snapshot: Snapshot
    placed: int = 0
    waiting: int = 0
    troubles: Mapping[str, GoogleTrouble] = field(default_factory=dict)
    told: Told = NOTHING_TOLD


def take_in(service: Service, lease: Lease, snapshot: Snapshot, told: Told = NOTHING_TOLD) -> Taken:
    """Place the answers that wait, form by form; `told` is what people said of columns when it was last read."""
    taken = Taken(snapshot, told=told)
    for form in service.settings.forms:
        claimed = _claim(service, lease, form)
        if claimed:
            answers = {one.row: parse(one.message_id, one.body) for one in claimed}
            taken = _place(service, lease, taken, form, answers)
            with writing(service.engine) as connection:
                inbox.unclaim(connection, answers)
    return taken


def parse(message: str, body: bytes) -> Answer:
    """An answer out of a body that the web has taken in (`webhooks.payload` has checked its shape)."""
    submission = msgspec.json.decode(body, type=_Body).submission
    answers = {
        question: ", ".join(answer) if isinstance(answer, list) else answer
        for question, answer in submission.answers.items()
    }
    return Answer(message, submission.id, submission.submitted, answers)


def _claim(service: Service, lease: Lease, form: Form) -> list[inbox.Answer]:
    with writing(service.engine) as connection:
        now = service.now()
        leases.hold(connection, lease)
        return inbox.claim(connection, service.community, now, CLAIM_SECONDS, form=form.name, alone=True)


def _place(service: Service, lease: Lease, taken: Taken, form: Form, answers: Mapping[int, Answer]) -> Taken:
    """Place the answers of one form, in one write; nothing is placed while the form's tab cannot be found."""
    snapshot = taken.snapshot
    still = replace(taken, waiting=taken.waiting + len(answers))
    tabs = tables_in(service, snapshot)
    tab = tabs.get(form.table)
    if tab is None:
        return still
    spreadsheet = next(one for one in snapshot.spreadsheets if one.id == tab.place.spreadsheet)
    reading = reading_for(service, taken, form.table, tab)
    there = {row: answer for row, answer in answers.items() if is_there(form.name, answer, tab)}
    known = _known(answers, there, reading)
    community, names = service.settings.community, names_for(service, taken, snapshot)
    rows = {
        number: row_of(form.name, answer, form.fields, tab, reading, names, community.zone, community.language)
        for number, answer in answers.items()
        if number not in there and number not in known
    }
    traces = {number: trace_of(one, form.fields, tab, reading, names) for number, one in answers.items()}
    _settle(service, there, traces)
    _leave(service, lease, known)
    settled = replace(taken, placed=taken.placed + len(there))
    if not rows:
        return settled
    requests = [*requests_of([*rows.values()], tab, reading)]
    new = {number: answers[number] for number in rows}
    righted = partial(_righted, service, taken, form, new, rows)
    return _write_rows(service, lease, settled, spreadsheet, requests, new, traces, righted)


def _righted(
    service: Service,
    taken: Taken,
    form: Form,
    answers: Mapping[int, Answer],
    meant: Mapping[int, Row],
    now: Spreadsheet,
) -> list[Request]:
    """What to write in our new rows where the columns moved meanwhile; each row is known by its mark."""
    spreadsheets = tuple(now if one.id == now.id else one for one in taken.snapshot.spreadsheets)
    taken = replace(taken, snapshot=replace(taken.snapshot, spreadsheets=spreadsheets))
    tab = tables_in(service, taken.snapshot).get(form.table)
    if tab is None:
        return []
    table, names = reading_for(service, taken, form.table, tab), names_for(service, taken, taken.snapshot)
    zone, language = service.settings.community.zone, service.settings.community.language
    requests: list[Request] = []
    for number, one in answers.items():
        wanted = row_of(form.name, one, form.fields, tab, table, names, zone, language)
        requests += righted(tab, wanted, meant[number])
    return requests


def reading_for(service: Service, taken: Taken, key: str, tab: Tab) -> Reading:
    """The form's tab as a table, its columns as people said."""
    answers = answers_in(taken.snapshot, service.settings, {ALL_TABLES[key]: tab}, taken.told)
    return reading_of(key, tab, service.settings, answers)


def _write_rows(
    service: Service,
    lease: Lease,
    taken: Taken,
    spreadsheet: Spreadsheet,
    requests: list[Request],
    rows: Mapping[int, Answer],
    traces: Mapping[int, bytes],
    righted_in: Again,
) -> Taken:
    """Write the rows; when it is unclear whether they stand, or Google refused, the next pass looks and tries again."""
    reach("intake.claimed")
    with urgently():
        trouble = write_righted(service, lease, spreadsheet, requests, righted_in).trouble
    if trouble is not None:
        troubles = {**taken.troubles, spreadsheet.settings.name: trouble}
        return replace(taken, waiting=taken.waiting + len(rows), troubles=troubles)
    reach("intake.written")
    _settle(service, rows, traces)
    reach("intake.settled")
    return replace(taken, snapshot=again(service, taken.snapshot, spreadsheet), placed=taken.placed + len(rows))


def _known(answers: Mapping[int, Answer], there: Collection[int], reading: Reading) -> set[int]:
    """The messages whose answer has a row already, or an earlier message among these: edited ones."""
    known: set[int] = set()
    ids: set[str] = set()
    for row, answer in answers.items():
        if row not in there and (answer.id in ids or is_known(answer, reading.table)):
            known.add(row)
        ids.add(answer.id)
    return known


def _settle(service: Service, answers: Mapping[int, Answer], traces: Mapping[int, bytes]) -> None:
    now = service.now()
    with writing(service.engine) as connection:
        for row, answer in answers.items():
            inbox.placed(connection, row, answer.id, now, traces.get(row))


def _leave(service: Service, lease: Lease, rows: Collection[int]) -> None:
    """Keep, for a person to look at, answers whose id some row already has: edited ones are not merged by guess."""
    now = service.now()
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        for row in rows:
            inbox.left(connection, row, "edited", now)


def names_for(service: Service, taken: Taken, snapshot: Snapshot) -> Book:
    """The tables that answers name rows of."""
    tabs = tables_in(service, snapshot)
    return {key: reading_for(service, taken, key, tabs[key]).table for key in ("classes",) if key in tabs}


def again(service: Service, snapshot: Snapshot, changed: Spreadsheet) -> Snapshot:
    """The snapshot with one spreadsheet read anew."""
    fresh = service.known.keep(read_spreadsheet(service.gateway, changed.settings, changed))
    return replace(snapshot, spreadsheets=tuple(fresh if one is changed else one for one in snapshot.spreadsheets))
