"""Form answers from the inbox to their rows: claimed, looked up, written once, settled."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

import msgspec

from rules.reading import Reading, read_table
from rules.table import Book
from sheets_sync.config import Form
from sheets_sync.faultpoints import reach
from sheets_sync.journal import write
from sheets_sync.look import ALL_TABLES, place_tables, work_year_of
from sheets_sync.placing import Answer, Row, is_known, is_there, requests_of, row_of
from sheets_sync.read import Snapshot, Spreadsheet, Tab, read_spreadsheet
from sheets_sync.store import inbox, leases
from sheets_sync.store.database import writing
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service

CLAIM_SECONDS = 25.0
"""As long as a lease: the lease keeps other passes away, the claim only says in the inbox what is being done."""


class _Submission(msgspec.Struct):
    id: str
    submitted: datetime
    answers: dict[str, str | list[str]]


class _Body(msgspec.Struct):
    submission: _Submission


def take_in(service: Service, lease: Lease, snapshot: Snapshot) -> tuple[Snapshot, int, int]:
    """Place the answers that wait; the snapshot with their rows, how many were placed and how many still wait."""
    claimed = _claim(service, lease)
    if not claimed:
        return snapshot, 0, 0
    placed = 0
    for form in service.settings.forms:
        answers = {one.row: parse(one.message_id, one.body) for one in claimed if one.form == form.name}
        if answers:
            snapshot, count = _place(service, lease, snapshot, form, answers)
            placed += count
    with writing(service.engine) as connection:
        inbox.unclaim(connection, [one.row for one in claimed])
    return snapshot, placed, len(claimed) - placed


def parse(message: str, body: bytes) -> Answer:
    """An answer out of a body that the web has taken in (`webhooks.payload` has checked its shape)."""
    submission = msgspec.json.decode(body, type=_Body).submission
    answers = {
        question: ", ".join(answer) if isinstance(answer, list) else answer
        for question, answer in submission.answers.items()
    }
    return Answer(message, submission.id, submission.submitted, answers)


def _claim(service: Service, lease: Lease) -> list[inbox.Answer]:
    with writing(service.engine) as connection:
        now = service.now()
        leases.hold(connection, lease, now)
        return inbox.claim(connection, service.community, now, CLAIM_SECONDS)


def _place(
    service: Service, lease: Lease, snapshot: Snapshot, form: Form, answers: Mapping[int, Answer]
) -> tuple[Snapshot, int]:
    """Place the answers of one form, in one write; nothing is placed while the form's tab cannot be found."""
    tabs = place_tables(snapshot, work_year_of(service.settings, service.now().date()))
    tab = tabs.get(form.table)
    if tab is None:
        return snapshot, 0
    spreadsheet = next(one for one in snapshot.spreadsheets if one.id == tab.place.spreadsheet)
    reading = read_table(ALL_TABLES[form.table], tab.grid)
    there = {row: answer for row, answer in answers.items() if is_there(form.name, answer, tab)}
    known = {row for row, answer in answers.items() if row not in there and is_known(answer, reading.table)}
    rows = {
        number: row_of(form.name, answer, form.fields, tab, reading, _names(tabs), service.settings.community.zone)
        for number, answer in answers.items()
        if number not in there and number not in known
    }
    _settle(service, there)
    _leave(service, known)
    if not rows or not _written(service, lease, spreadsheet, tab, reading, [*rows.values()]):
        return snapshot, len(there)
    reach("intake.written")
    _settle(service, {number: answers[number] for number in rows})
    reach("intake.settled")
    return _again(service, snapshot, spreadsheet), len(there) + len(rows)


def _written(
    service: Service, lease: Lease, spreadsheet: Spreadsheet, tab: Tab, reading: Reading, rows: list[Row]
) -> bool:
    """Whether the rows stand; when that is unclear, or Google refused, the next pass looks and tries again."""
    reach("intake.claimed")
    return write(service, lease, spreadsheet, [*requests_of(rows, tab, reading)]).trouble is None


def _settle(service: Service, answers: Mapping[int, Answer]) -> None:
    now = service.now()
    with writing(service.engine) as connection:
        for row, answer in answers.items():
            inbox.placed(connection, row, answer.id, now)


def _leave(service: Service, rows: Collection[int]) -> None:
    """Keep, for a person to look at, answers whose id some row already has: edited ones are not merged by guess."""
    now = service.now()
    with writing(service.engine) as connection:
        for row in rows:
            inbox.left(connection, row, "a row with this answer's id is in the sheet", now)


def _names(tabs: Mapping[str, Tab]) -> Book:
    """The tables that answers name rows of."""
    return {key: read_table(ALL_TABLES[key], tabs[key].grid).table for key in ("classes",) if key in tabs}


def _again(service: Service, snapshot: Snapshot, changed: Spreadsheet) -> Snapshot:
    """The snapshot with one spreadsheet read anew."""
    fresh = read_spreadsheet(service.gateway, changed.settings)
    return replace(snapshot, spreadsheets=tuple(fresh if one is changed else one for one in snapshot.spreadsheets))
