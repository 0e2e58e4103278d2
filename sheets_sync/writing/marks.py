"""Problems beside their cells: a note under a marker line, and one colour rule a tab and severity.

A person's own note stays as it is, ours stands between MARKER and END; only lines that are ours to the letter are ever
changed or removed, and what a person types among them is theirs (see note_lines.py). Our colour rules are known by a
formula that no person writes, and stand after the person's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rules.finding import Problem
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request, boxes, grid_range, set_note
from sheets_sync.writing.note_lines import OPEN, sealed, seen, unsealed

MARKER, END = "— Sheets Sync —", "— · —"
BLOCK = re.compile(rf"(?:\A|\n){MARKER}(?=\n|\Z)(?:.*?\n{END}(?=\n|\Z)|\Z)", re.DOTALL)
"""Our part of a note that was written before its lines were sealed."""

COLOURS = {
    "problem": {"red": 0.98, "green": 0.84, "blue": 0.82},
    "remark": {"red": 1.0, "green": 0.95, "blue": 0.78},
}


def mark_requests(tab: Tab, problems: Sequence[Problem], words: Callable[[Problem], str]) -> Iterator[Request]:
    """What to change so that the tab carries notes and colour for just these problems; nothing when it does."""
    yield from _notes(tab, problems, words)
    yield from _rules(tab, problems)


def merge_note(note: str, ours: str) -> str:
    """The person's part of a note with ours below it; '' when neither is left."""
    persons = persons_note(note)
    if not ours:
        return persons
    block = "\n".join(map(sealed, [MARKER, *ours.split("\n"), END]))
    return f"{persons}\n{block}" if persons else block


def persons_note(note: str) -> str:
    """The part of a note that a person wrote, to the letter and in its order, also among our lines and within them."""
    if OPEN not in note:
        return _before_seals(note)
    return "\n".join(line for line in map(_theirs, note.split("\n")) if line is not None)


def _theirs(line: str) -> str | None:
    """What a person typed in a line; None for one of ours alone, also of an end whose seal was cut."""
    kept = unsealed(line)
    is_cut = seen(kept) != kept and seen(kept).strip("\r") in (MARKER, END)
    return None if is_cut or (kept != line and kept in ("", "\r")) else kept


def _before_seals(note: str) -> str:
    ours = BLOCK.search(note)
    if ours is None:
        return note
    above, below = note[: ours.start()], note[ours.end() :]
    return above + below if above else below.removeprefix("\n")


def _notes(tab: Tab, problems: Iterable[Problem], words: Callable[[Problem], str]) -> Iterator[Request]:
    ours: dict[tuple[int, int], list[str]] = {
        cell: [] for cell, note in tab.notes.items() if persons_note(note) != note
    }
    for problem in problems:
        ours.setdefault((problem.row, problem.column), []).append(words(problem))
    for (row, column), lines in sorted(ours.items()):
        before = tab.notes.get((row, column), "")
        after = merge_note(before, "\n".join(lines))
        if after != before:
            yield set_note(tab.place.sheet, row, column, after)


def _rules(tab: Tab, problems: Iterable[Problem]) -> Iterator[Request]:
    cells: dict[str, set[tuple[int, int]]] = {kind: set() for kind in COLOURS}
    for problem in problems:
        cells["remark" if problem.is_remark else "problem"].add((problem.row, problem.column))
    cells["remark"] -= cells["problem"]
    wanted = [_rule(tab.place.sheet, kind, where) for kind, where in cells.items() if where]
    present = [(index, rule) for index, rule in enumerate(tab.rules) if is_our_rule(rule)]
    tail = list(enumerate(tab.rules))[len(tab.rules) - len(present) :]
    if present == tail and [_shape(rule) for _, rule in present] == [_shape(rule) for rule in wanted]:
        return
    for index, _ in reversed(present):
        yield {"deleteConditionalFormatRule": {"sheetId": tab.place.sheet, "index": index}}
    for offset, rule in enumerate(wanted):
        index = len(tab.rules) - len(present) + offset
        yield {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _rule(sheet: int, kind: str, cells: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """One rule of ours; its condition always holds and names the kind."""
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": f'=LEN("sheets-sync:{kind}")>0'}]}
    return {
        "ranges": [grid_range(sheet, row, column, count) for column, row, count in boxes(cells)],
        "booleanRule": {"condition": condition, "format": {"backgroundColor": COLOURS[kind]}},
    }


def _formula(rule: Mapping[str, Any]) -> str:
    values = rule.get("booleanRule", {}).get("condition", {}).get("values", ())
    return str(values[0].get("userEnteredValue", "")) if values else ""


def is_our_rule(rule: Mapping[str, Any]) -> bool:
    """Whether a colour rule is one of ours, by its formula."""
    return '"sheets-sync:' in _formula(rule)


def _shape(rule: Mapping[str, Any]) -> tuple[str, list[tuple[int, ...]]]:
    """What makes two of our rules the same: the kind and the cells, however Google writes the ranges."""
    edges = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return _formula(rule), sorted(tuple(area.get(edge, 0) for edge in edges) for area in rule.get("ranges", ()))
