"""Form answers that wait for a person: gathered for the tab `intake`, and dealt with as was decided there."""

from dataclasses import dataclass, replace
from functools import partial

from rules.reading import Reading
from rules.values import read_cell
from sheets_sync.answers.edited import Edit, edit_of, rows_of, trace_of
from sheets_sync.answers.intake import Taken, again, names_for, parse, reading_for
from sheets_sync.answers.placing import Answer
from sheets_sync.answers.righting import write_righted
from sheets_sync.config import TABLES_BY_KEY, Form
from sheets_sync.facts import Stood
from sheets_sync.faultpoints import reach
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.store import inbox, leases
from sheets_sync.store.database import reading, writing
from sheets_sync.store.inbox import State
from sheets_sync.store.leases import Lease
from sheets_sync.tabs.intake_spec import INTAKE, Choice
from sheets_sync.tabs.intake_tab import Kept, decisions, intake_tab
from sheets_sync.tabs.told_memory import tables_in
from sheets_sync.wiring import Service
from sheets_sync.writing.edits import Request, set_cells

ANSWER, CONFLICT = "a", "c"
"""How the ids of rows begin: an answer that waits, or one under whose id another body came."""

MANY_TRIES = 5
MOST_SHOWN = 2_000
"""Characters of what was sent."""


def kept_answers(service: Service, snapshot: Snapshot, stood: Stood) -> tuple[Kept, ...]:
    """The answers to decide about, each for the spreadsheet its form's table stands in."""
    with reading(service.engine) as connection:
        found = inbox.to_decide(connection, service.community)
    forms = {form.name: form for form in service.settings.forms}
    tabs = tables_in(service, snapshot)
    kept: list[Kept] = []
    for one in found:
        form = forms.get(one.form)
        tab = tabs.get(form.table) if form else None
        home = _home(service, form, tab, stood)
        received = one.received.astimezone(service.settings.community.zone)
        if (reason := _reason(one, tab)) is not None:
            sent = _sent(parse(one.message_id, one.body))
            place = tab.title if tab else ""
            kept.append(Kept(f"{ANSWER}{one.row}", home, one.form, received, sent, reason, place))
        if one.conflicts:
            kept.append(Kept(f"{CONFLICT}{one.row}", home, one.form, received, "", "conflict"))
    return tuple(kept)


def _reason(one: inbox.Answer, tab: Tab | None) -> str | None:
    """Why a person is asked; None where the next pass places the answer by itself, or it is settled."""
    if one.state is State.LEFT:
        return one.reason or "edited"
    if one.state is not State.WAITING:
        return None
    return "no tab" if tab is None else "refused" if one.tries >= MANY_TRIES else None


def _home(service: Service, form: Form | None, tab: Tab | None, stood: Stood) -> str:
    """The spreadsheet in which what was sent may be seen: the table's, be it that of the last reading or the usual."""
    if tab is not None:
        return tab.place.spreadsheet
    if form is None:
        return service.settings.main.id
    last = next((id for id, keys in stood.items() if form.table in keys), None)
    usual = {one.name: one.id for one in service.settings.spreadsheets}
    return last or usual.get(TABLES_BY_KEY[form.table].workbook, service.settings.main.id)


def _sent(answer: Answer) -> str:
    text = "\n".join(f"{question}: {said}" for question, said in answer.answers.items())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


@dataclass(frozen=True)
class _Case:
    """An answer to put in its row, with all that this needs."""

    kept: inbox.Answer
    answer: Answer
    form: Form
    tab: Tab
    reading: Reading


def carry_out(service: Service, lease: Lease, taken: Taken) -> Taken:
    """Do what people decided in the tabs `intake`; each decision once, though a pass be cut short."""
    chosen = {
        id: choice
        for spreadsheet in taken.snapshot.spreadsheets
        if (tab := intake_tab(spreadsheet.tabs)) is not None
        for id, said in decisions(tab).items()
        if (choice := _choice(said)) is not None
    }
    if not chosen:
        return taken
    with reading(service.engine) as connection:
        open_ = {one.row: one for one in inbox.to_decide(connection, service.community)}
    put: list[inbox.Answer] = []
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        for id, choice in chosen.items():
            one = open_.get(int(id[1:])) if id[1:].isdecimal() else None
            if one is None:
                continue
            if id.startswith(CONFLICT):
                inbox.noted(connection, one.row)
            elif choice is Choice.DISCARD:
                inbox.discarded(connection, one.row, service.now())
            elif one.state is State.LEFT and choice is Choice.AGAIN:
                inbox.again(connection, one.row)
            elif one.state is State.LEFT:
                put.append(one)
    for one in put:
        taken = _put(service, lease, taken, one)
    return taken


def _cells(case: _Case, edit: Edit, row: int) -> list[Request]:
    return [set_cells(case.tab.place.sheet, row, column, [[cell]]) for column, cell in edit.cells.items()]


def _again_in(service: Service, taken: Taken, one: inbox.Answer, now: Spreadsheet) -> list[Request]:
    """The edit's cells in a spreadsheet as it stands now, wherever its row is."""
    spreadsheets = tuple(now if other.id == now.id else other for other in taken.snapshot.spreadsheets)
    taken = replace(taken, snapshot=replace(taken.snapshot, spreadsheets=spreadsheets))
    case = _case(service, taken, one)
    rows = rows_of(case.answer, case.reading) if case else []
    return _cells(case, _edit(service, taken, case, rows[0]), rows[0]) if case and len(rows) == 1 else []


def _edit(service: Service, taken: Taken, case: _Case, row: int) -> Edit:
    with reading(service.engine) as connection:
        trace = inbox.trace(connection, service.community, case.kept.form, case.answer.id)
    names = names_for(service, taken, taken.snapshot)
    return edit_of(case.answer, trace, row, case.form.fields, case.tab, case.reading, names)


def _choice(said: str) -> Choice | None:
    value, _ = read_cell(INTAKE.by_field["decision"], said)
    return Choice(value) if value else None


def _put(service: Service, lease: Lease, taken: Taken, one: inbox.Answer) -> Taken:
    """Put an edited answer's changes in its row; where its row is gone it becomes a row again at the next pass."""
    case = _case(service, taken, one)
    if case is None:
        return taken
    rows = rows_of(case.answer, case.reading)
    if len(rows) != 1:
        with writing(service.engine) as connection:
            leases.hold(connection, lease)
            if rows:
                inbox.left(connection, one.row, "two rows", service.now())
            else:
                inbox.again(connection, one.row)
        return taken
    return _written(service, lease, taken, case, _edit(service, taken, case, rows[0]), rows[0])


def _case(service: Service, taken: Taken, one: inbox.Answer) -> _Case | None:
    form = next((form for form in service.settings.forms if form.name == one.form), None)
    if form is None:
        return None
    tabs = tables_in(service, taken.snapshot)
    tab = tabs.get(form.table)
    if tab is None:
        return None
    return _Case(one, parse(one.message_id, one.body), form, tab, reading_for(service, taken, form.table, tab))


def _written(service: Service, lease: Lease, taken: Taken, case: _Case, edit: Edit, row: int) -> Taken:
    """Write the edit, then settle it; a trouble leaves all as it was, to be done by the next pass."""
    spreadsheet = next(one for one in taken.snapshot.spreadsheets if one.id == case.tab.place.spreadsheet)
    if spreadsheet.settings.name in taken.troubles:
        return taken
    trace = trace_of(case.answer, case.form.fields, case.tab, case.reading, names_for(service, taken, taken.snapshot))
    if edit.cells:
        again_in = partial(_again_in, service, taken, case.kept)
        trouble = write_righted(service, lease, spreadsheet, _cells(case, edit, row), again_in).trouble
        if trouble is not None:
            troubles = {**taken.troubles, spreadsheet.settings.name: trouble}
            return replace(taken, troubles=troubles)
        reach("intake.edited")
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        if edit.left:
            inbox.left(connection, case.kept.row, f"left:{', '.join(edit.left)}", service.now())
        else:
            inbox.placed(connection, case.kept.row, case.answer.id, service.now(), trace)
    return replace(taken, snapshot=again(service, taken.snapshot, spreadsheet)) if edit.cells else taken
