"""A write held against its own answer: what a person changed meanwhile, and what of theirs is to be put back. Pure.

A batch's places are those of the reading before it. Where rows, columns or colour rules moved in between, it struck
others: their notes, values and rules are known from that reading, or from Google's reply, and are put back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from rules.table import Cell, Grid
from sheets_sync.reading.grid_data import At
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.tabs.service_tabs import is_summary
from sheets_sync.writing.alignment import Alignment, align, is_calm
from sheets_sync.writing.areas import moved_rule
from sheets_sync.writing.edits import Request, a1, cell_value, delete_row, insert_rows, set_note
from sheets_sync.writing.marks import is_our_rule, persons_note
from sheets_sync.writing.replay import Replay, Rule, replay, says

Sent = Sequence[tuple[Request, Mapping[str, Any]]]
"""The requests of a batch with Google's reply to each."""

OWN_ROW = re.compile(r"(?<![A-Za-z\d_!'$.])(\$?[A-Z]{1,3})(\$?)(\d+)(?![\d(A-Za-z_])")

"""A reference to a cell: its column, whether its row is fixed, its row."""
QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!?)""")


@dataclass(frozen=True)
class Checked:
    """What a write's answer shows."""

    truth: Spreadsheet
    """The spreadsheet as it stands once `put_back` is applied; its rows as the answer has them."""
    put_back: tuple[Request, ...] = ()
    rows: tuple[Request, ...] = ()
    """Rows of our keyed tabs to put back or take out: they go by themselves, and what is decided comes after them."""
    moved: frozenset[int] = frozenset()
    """The tabs in which something had changed."""
    left: tuple[str, ...] = ()
    """Cells of which it is not known what stood there, by tab and place."""


@dataclass(frozen=True)
class _Struck:
    """What is to be put back in one tab."""

    tab: Tab
    requests: tuple[Request, ...] = ()
    rows: tuple[Request, ...] = ()
    left: tuple[str, ...] = ()


def verify(before: Spreadsheet, sent: Sent, after: Spreadsheet) -> Checked:
    """Compare a reading, the batch that followed it, and the answer's reading of the tabs it shows."""
    known = {tab.place.sheet: tab for tab in before.tabs}
    struck: dict[int, _Struck] = {}
    for tab in after.tabs:
        one = known.get(tab.place.sheet)
        if one is None or is_summary(tab):
            continue
        done = replay(sent, tab.place.sheet, tab.row_count)
        if not is_calm(one, tab, done):
            struck[tab.place.sheet] = _struck(one, tab, done)
    truth = tuple(struck[tab.place.sheet].tab if tab.place.sheet in struck else tab for tab in after.tabs)
    return Checked(
        replace(after, tabs=truth),
        tuple(chain.from_iterable(one.requests for one in struck.values())),
        tuple(chain.from_iterable(one.rows for one in struck.values())),
        frozenset(struck),
        tuple(chain.from_iterable(one.left for one in struck.values())),
    )


def _struck(before: Tab, after: Tab, done: Replay) -> _Struck:
    found = align(before, after, done)
    place = {name: row for row, name in enumerate(done.rows)}
    shifted, shifting = _shifted(before, after, done, found)
    rules, adding = _rules(before, replace(after, rules=shifted), done)
    notes = {(place[name], column): note for (name, column), note in _notes(before, done, found, place)}
    cells: dict[At, tuple[Cell, str]] = {}
    left: list[str] = []
    for (name, column), there in _struck_values(before, after, done, found, place):
        at = place[name], column
        if there is None:
            left.append(f"{after.title} {a1(*at)}")
        else:
            cells[at] = there
    truth = replace(
        after,
        notes={at: note for at, note in {**after.notes, **notes}.items() if note},
        grid=_with_cells(after.grid, {at: cell for at, (cell, _) in cells.items()}),
        rules=rules,
    )
    sheet = after.place.sheet
    requests = [*shifting, *adding]
    requests += [set_note(sheet, *at, note) for at, note in notes.items() if after.notes.get(at, "") != note]
    requests += [_set(sheet, at, *there) for at, there in cells.items()]
    return _Struck(truth, tuple(requests), tuple(_rows(before, after, done, found)), tuple(left))


def _notes(before: Tab, done: Replay, found: Alignment, place: Mapping[int, int]) -> Iterator[tuple[At, str]]:
    """The persons' notes of the cells that ours struck in place of others."""
    for at in done.notes:
        if at[0] in place and at[0] >= 0 and (stood := found.before(at)) != at:
            yield at, persons_note(before.notes.get(stood, "")) if stood else ""


def _struck_values(
    before: Tab, after: Tab, done: Replay, found: Alignment, place: Mapping[int, int]
) -> Iterator[tuple[At, tuple[Cell, str] | None]]:
    """The persons' cells that a value of ours struck in place of another: what stood there, and its formula.

    None where it cannot be known. What is not as we wrote it any more is left as it is.
    """
    are_in_place = _are_in_place(before, done, found)
    for at, wrote in done.values.items():
        name, column = at
        if name not in place or name < 0 or (stood := found.before(at)) == at:
            continue
        if stood is None and are_in_place and found.columns.get(column) == column:
            continue  # a row that shows nothing but the cell we wrote is known by its place
        row = place[name]
        if not _stands(after, (row, column), wrote) or (stood is None and column in after.own):
            continue
        if stood is None:
            others = (after.grid.cell(row, one) for one in range(len(after.grid.columns)) if one != column)
            yield at, (None, "") if all(cell in (None, "", False) for cell in others) else None
        elif stood not in before.formulas:
            yield at, (before.grid.cell(*stood), "")
        else:
            text = _moved_formula(before.formula_texts.get(stood, ""), stood[0], row)
            yield at, None if text is None else (before.grid.cell(*stood), text)


def _are_in_place(before: Tab, done: Replay, found: Alignment) -> bool:
    """Whether every row that is known stood, when the batch came, where it was read, and none had come or gone."""
    count = sum(name >= 0 for name in (*done.rows, *done.deleted))
    return count == before.row_count and all(name == old for name, old in found.rows.items())


def _stands(tab: Tab, at: At, wrote: Mapping[str, Any]) -> bool:
    """Whether a cell is as it was written."""
    if "formulaValue" in wrote:
        return tab.formula_texts.get(at) == str(wrote["formulaValue"])
    return at not in tab.formula_texts and cell_value(tab.grid.cell(*at)) == dict(wrote)


def _moved_formula(text: str, old: int, new: int) -> str | None:
    """A formula as it reads in another row; None where it looks at other rows, which may have moved too."""
    parts = QUOTED.split(text)
    looks = [int(row) for part in parts[::2] for _, fixed, row in OWN_ROW.findall(part) if not fixed]
    if not text or any(row != old + 1 for row in looks):
        return None
    parts[::2] = [OWN_ROW.sub(lambda at: at[0] if at[2] else f"{at[1]}{new + 1}", part) for part in parts[::2]]
    return "".join(parts)


def _rules(before: Tab, after: Tab, done: Replay) -> tuple[Sequence[Rule], list[Request]]:
    """The tab's colour rules with the persons' that were deleted in place of ours, each in its place."""
    rules = [*after.rules]
    requests: list[Request] = []
    order = [says(rule) for rule in before.rules if not is_our_rule(rule)]
    for rule in done.rules:
        above = order[: order.index(says(rule))] if says(rule) in order else []
        index = max((at + 1 for at, one in enumerate(rules) if says(one) in above), default=0)
        rules.insert(index, rule)
        requests.append({"addConditionalFormatRule": {"rule": rule, "index": index}})
    return rules, requests


def _shifted(before: Tab, after: Tab, done: Replay, found: Alignment) -> tuple[Sequence[Rule], list[Request]]:
    """The tab's colour rules; one that was put back while lines came or went goes where it would have gone with them.

    A line that is empty is known by its neighbours alone.
    """
    rules, requests = [*after.rules], list[Request]()
    rows = sorted((old, name) for name, old in found.rows.items() if _is_filled(before, old, None))
    columns = sorted((old, new) for new, old in found.columns.items() if _is_filled(before, None, old))
    for rule in done.restored if min([0, *done.rows]) == 0 else ():
        moved = moved_rule(rule, rows, columns)
        if moved != rule and rule in rules:
            index = rules.index(rule)
            rules[index] = moved
            requests.append({"deleteConditionalFormatRule": {"sheetId": after.place.sheet, "index": index}})
            requests.append({"addConditionalFormatRule": {"rule": moved, "index": index}})
    return rules, requests


def _is_filled(tab: Tab, row: int | None, column: int | None) -> bool:
    rows = range(tab.grid.height) if row is None else (row,)
    columns = range(len(tab.grid.columns)) if column is None else (column,)
    return any(tab.grid.cell(one, other) not in (None, "") for one in rows for other in columns)


def _rows(before: Tab, after: Tab, done: Replay, found: Alignment) -> Iterator[Request]:
    """In a keyed tab: rows that were deleted in place of others come back; new rows that went astray are taken out."""
    marks = {name: column for column, name in after.own.items()}
    key = next((name for name in marks if name.endswith(".id")), None)
    if key is None or key not in before.own.values():
        return
    old_id, new_id = next(at for at, name in before.own.items() if name == key), marks[key]
    old = {str(one): row for row in range(before.grid.height) if (one := before.grid.cell(row, old_id))}
    new = {str(one): row for row in range(after.grid.height) if (one := after.grid.cell(row, new_id))}
    header = new.get(str(before.grid.cell(min(old.values()), old_id))) if old else None
    names = {row: one for one, row in old.items()}
    spared = [name for name in done.deleted if names.get(name) in new]
    lost = [row for one, row in old.items() if one not in new and row not in done.deleted] if spared else []
    has_moved = any(column != stood for column, stood in found.columns.items())
    top = -1 if header is None else header
    for row in sorted(
        (row for row, name in enumerate(done.rows) if name < 0 and (has_moved or row <= top)), reverse=True
    ):
        yield delete_row(after.place.sheet, row)
    if lost and not has_moved:
        yield insert_rows(after.place.sheet, top + 1, len(lost), like_above=False)
        for row, gone in enumerate(lost, top + 1):
            yield _whole_row(before, gone, after.place.sheet, row)


def _whole_row(tab: Tab, row: int, sheet: int, at: int) -> Request:
    """A row as it stood, with its notes."""
    cells = []
    for column in range(len(tab.grid.columns)):
        text = (
            _moved_formula(tab.formula_texts.get((row, column), ""), row, at) if (row, column) in tab.formulas else ""
        )
        cells.append(
            {
                "userEnteredValue": _value(tab.grid.cell(row, column), text or ""),
                "note": tab.notes.get((row, column), ""),
            }
        )
    start = {"sheetId": sheet, "rowIndex": at, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue,note"}}


def _set(sheet: int, at: At, cell: Cell, formula: str) -> Request:
    start = {"sheetId": sheet, "rowIndex": at[0], "columnIndex": at[1]}
    rows = [{"values": [{"userEnteredValue": _value(cell, formula)}]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _value(cell: Cell, formula: str) -> Mapping[str, Any]:
    return {"formulaValue": formula} if formula else cell_value(cell)


def _with_cells(grid: Grid, cells: Mapping[At, Cell]) -> Grid:
    if not cells:
        return grid
    columns = [[*column] for column in grid.columns]
    for (row, column), cell in cells.items():
        columns[column][row] = cell
    return Grid(grid.place, columns)
