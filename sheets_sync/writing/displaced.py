"""What a write displaced whose process was killed before it could look at it. Pure.

Hours may lie between that write and this look, and people go on editing: nothing is concluded from places alone. A
cell was struck where it holds what we wrote for another; and that it was we who emptied a cell or took a rule away
shows in our own, which the same write then missed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rules.table import Cell
from sheets_sync.reading.grid_data import At
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.writing.alignment import Alignment, align
from sheets_sync.writing.areas import moved_rule
from sheets_sync.writing.edits import Request, cell_value, set_cells, set_note
from sheets_sync.writing.marks import is_our_rule, persons_note
from sheets_sync.writing.replay import Replay, Rule, growth, replay, says
from sheets_sync.writing.unmended import Unmended

Said = tuple[tuple[str, Any], ...]
"""What is written in a cell, an ExtendedValue that can be compared; () for nothing."""
V = TypeVar("V", str, Said)


def displaced(write: Unmended, now: Spreadsheet) -> list[Request]:
    """What puts back the notes, cells and colour rules of people's that the write struck; [] where it struck none."""
    there = {tab.place.sheet: tab for tab in now.tabs}
    found: list[Request] = []
    for before in write.tabs:
        if after := there.get(before.place.sheet):
            found += _of_tab(_moved(before, after), write.requests)
    return found


@dataclass(frozen=True)
class _Moved:
    """A tab as it was read before the write, as it stands now, and which cell of then stands where."""

    before: Tab
    now: Tab
    found: Alignment
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def place(self, at: At) -> At | None:
        """Where a cell of then stands now."""
        row, column = self.rows.get(at[0]), self.columns.get(at[1])
        return None if row is None or column is None else (row, column)


def _moved(before: Tab, now: Tab) -> _Moved:
    found = align(before, now, Replay([*range(now.row_count)]))
    rows, columns = ({old: new for new, old in axis.items()} for axis in (found.rows, found.columns))
    return _Moved(before, now, found, rows, columns)


def _of_tab(moved: _Moved, requests: Sequence[Request]) -> Iterator[Request]:
    sheet = moved.now.place.sheet
    meant = replay([(one, {}) for one in requests], sheet, moved.before.row_count + growth(requests, sheet))
    yield from _rules(moved, requests)
    for at, note in _notes(moved, {at: note for at, note in meant.notes.items() if at[0] >= 0}):
        yield set_note(sheet, *at, note)
    for at, value in _values(moved, {at: _said(value) for at, value in meant.values.items() if at[0] >= 0}):
        yield set_cells(sheet, *at, [[value]])


def _notes(moved: _Moved, meant: Mapping[At, str]) -> Iterator[tuple[At, str]]:
    before, now = moved.before.notes, moved.now.notes
    for at, stood in _struck(moved, meant, before, now):
        yield at, persons_note(before.get(stood, "")) if stood else ""
    emptied = {at[1] for at in _missed(moved, meant, now) if not meant[at]}
    for at, note in before.items():
        here = moved.place(at) if at[1] in emptied and at not in meant and persons_note(note) else None
        if here and not now.get(here):
            yield here, persons_note(note)


def _values(moved: _Moved, meant: Mapping[At, Said]) -> Iterator[tuple[At, Cell]]:
    """Only in the person's columns; what a formula of theirs said is not kept."""
    before, now = (_cells(tab) for tab in (moved.before, moved.now))
    persons = {at: value for at, value in now.items() if at[1] not in moved.now.own and at not in moved.now.formulas}
    for at, stood in _struck(moved, meant, before, persons):
        if stood and stood not in moved.before.formulas:
            yield at, moved.before.grid.cell(*stood)


def _struck(
    moved: _Moved, meant: Mapping[At, V], before: Mapping[At, V], now: Mapping[At, V]
) -> Iterator[tuple[At, At | None]]:
    """The cells that hold what was meant for others, and where each stood; of one that is new only where it is sure."""
    groups: dict[V, set[At]] = defaultdict(set)
    for at, value in meant.items():
        groups[value].add(at)
    missed = _missed(moved, meant, now)
    for at, value in now.items():
        group = groups.get(value, set())
        if not value or not group & missed:
            continue
        stood = moved.found.before(at)
        if stood is None:
            if all(one in missed and moved.place(one) for one in group):
                yield at, None
        elif stood not in group and before.get(stood) != value:
            yield at, stood


def _missed(moved: _Moved, meant: Mapping[At, V], now: Mapping[At, V]) -> set[At]:
    """The cells that do not hold what was meant for them; one that is not there any more is among them."""
    missed = set()
    for at, value in meant.items():
        place = moved.place(at)
        if place is None or (now.get(place) or None) != (value or None):
            missed.add(at)
    return missed


def _rules(moved: _Moved, requests: Sequence[Request]) -> Iterator[Request]:
    """The person's colour rules that are gone, where ours that were to go are still there."""
    before, now = moved.before.rules, [*moved.now.rules]
    ours, there = (_counted(rules, ours=True) for rules in (_meant(moved, requests), now))
    if not there - ours:
        return
    gone = _counted(before, ours=False) - _counted(now, ours=False)
    order = [says(rule) for rule in before if not is_our_rule(rule)]
    for rule in before:
        if gone[says(rule)]:
            gone[says(rule)] -= 1
            above = order[: order.index(says(rule))]
            index = max((at + 1 for at, one in enumerate(now) if says(one) in above), default=0)
            back = moved_rule(rule, sorted(moved.rows.items()), sorted(moved.columns.items()))
            now.insert(index, back)
            yield {"addConditionalFormatRule": {"rule": back, "index": index}}


def _meant(moved: _Moved, requests: Sequence[Request]) -> list[Rule]:
    """The colour rules of the tab as they would be had nobody come between."""
    rules, sheet = [*moved.before.rules], moved.before.place.sheet
    for kind, body in ((kind, body) for request in requests for kind, body in request.items()):
        if kind == "deleteConditionalFormatRule" and body.get("sheetId", 0) == sheet:
            del rules[body["index"]]
        elif kind == "addConditionalFormatRule" and body["rule"]["ranges"][0].get("sheetId", 0) == sheet:
            rules.insert(body["index"], body["rule"])
    return rules


def _counted(rules: Sequence[Rule], *, ours: bool) -> Counter[str]:
    return Counter(says(rule) for rule in rules if is_our_rule(rule) == ours)


def _cells(tab: Tab) -> dict[At, Said]:
    """All filled cells, as a write says them."""
    return {
        (row, column): _said(cell_value(cell))
        for column, cells in enumerate(tab.grid.columns)
        for row, cell in enumerate(cells)
        if cell not in (None, "")
    }


def _said(value: Mapping[str, Any]) -> Said:
    return tuple(value.items())
