"""What a batch did to a tab: which row stands where after it, and in which cells it wrote. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sheets_sync.reading.grid_data import At
from sheets_sync.writing.edits import Request
from sheets_sync.writing.marks import is_our_rule

Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Replay:
    """A batch's effect on one tab. A row is called by its 0-based number just before the batch; rows that the batch
    put in have negative names. Columns are numbered as after the batch."""

    rows: Sequence[int]
    """The names of the rows, from the top, as they stand after the batch."""
    notes: Mapping[At, str] = field(default_factory=dict)
    """(row's name, column) of each cell whose note was written, and what it says; '' where it was removed."""
    values: Mapping[At, Any] = field(default_factory=dict)
    """(row's name, column) of each cell whose value was written, and Google's ExtendedValue of it."""
    deleted: tuple[int, ...] = ()
    """The names of the rows that were deleted."""
    rules: tuple[Rule, ...] = ()
    """Colour rules that are not ours and were deleted, in the order of their deletion."""
    restored: tuple[Rule, ...] = ()
    """Colour rules that are not ours and were put back, as they were put back."""


def replay(requests: Iterable[tuple[Request, Mapping[str, Any]]], sheet: int, row_count: int) -> Replay:
    """Go through requests with Google's replies, for the tab that has `row_count` rows after them."""
    batch = [(*next(iter(request.items())), reply) for request, reply in requests]
    rows = [*range(row_count - sum(_growth(kind, body, sheet) for kind, body, _ in batch))]
    notes: dict[At, str] = {}
    values: dict[At, Any] = {}
    deleted: list[int] = []
    rules: list[Rule] = []
    restored: list[Rule] = []
    for kind, body, reply in batch:
        if kind == "updateCells" and body.get("start", {}).get("sheetId") == sheet:
            for at, cell in _written(body, rows):
                notes |= {at: cell.get("note", "")} if "note" in body["fields"] else {}
                values |= {at: cell.get("userEnteredValue", {})} if "userEnteredValue" in body["fields"] else {}
        elif kind == "deleteConditionalFormatRule" and body.get("sheetId", 0) == sheet:
            rule = reply.get(kind, {}).get("rule")
            rules += [rule] if rule and not is_our_rule(rule) else []
        elif kind == "addConditionalFormatRule" and not is_our_rule(body["rule"]):
            again = [body["rule"]] if _sheet_of(body["rule"]) == sheet else []
            restored += again
            rules = [one for one in rules if says(one) not in map(says, again)]  # taken out to stand elsewhere
        elif _growth(kind, body, sheet):
            deleted += _reshaped(rows, kind, body)
    return Replay(rows, notes, values, tuple(deleted), tuple(rules), tuple(restored))


def says(rule: Rule) -> str:
    """What a rule says, whatever cells it is for."""
    return repr({kind: said for kind, said in rule.items() if kind != "ranges"})


def _sheet_of(rule: Rule) -> int:
    return next((int(area.get("sheetId", 0)) for area in rule.get("ranges", ())), 0)


def growth(requests: Iterable[Request], sheet: int) -> int:
    """How many rows requests add to a tab."""
    return sum(_growth(*next(iter(request.items())), sheet) for request in requests)


def _growth(kind: str, body: Mapping[str, Any], sheet: int) -> int:
    """How many rows a request adds to the tab."""
    span = body.get("range", body) if kind in ("insertDimension", "deleteDimension", "appendDimension") else {}
    if span.get("sheetId") != sheet or span.get("dimension") != "ROWS":
        return 0
    if kind == "appendDimension":
        return int(body["length"])
    size = int(span["endIndex"] - span["startIndex"])
    return size if kind == "insertDimension" else -size


def _reshaped(rows: list[int], kind: str, body: Mapping[str, Any]) -> list[int]:
    """Insert or delete rows; the names of those deleted."""
    count = body["length"] if kind == "appendDimension" else 0
    span = body.get("range", {"startIndex": len(rows), "endIndex": len(rows) + count})
    start, end = span["startIndex"], span["endIndex"]
    if kind == "deleteDimension":
        gone = rows[start:end]
        del rows[start:end]
        return gone
    fresh = min([0, *rows])
    rows[start:start] = range(fresh - 1, fresh - 1 - (end - start), -1)
    return []


def _written(body: Mapping[str, Any], rows: Sequence[int]) -> Iterator[tuple[At, Mapping[str, Any]]]:
    start = body["start"]
    for row, data in enumerate(body["rows"], start.get("rowIndex", 0)):
        for column, cell in enumerate(data.get("values", ()), start.get("columnIndex", 0)):
            if row < len(rows):
                yield (rows[row], column), cell
