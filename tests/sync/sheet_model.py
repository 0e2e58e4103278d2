"""A sheet as plain rows, and what the requests of `edits.py` do to it: an oracle for the requests' order and place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rules.table import Cell, Grid, Place
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request

PLACE = Place("book", 7, "לשונית")


@dataclass
class Sheet:
    """Rows of cells; `notes` and `marks` by row move with their rows."""

    rows: list[list[Cell]]
    width: int
    notes: list[dict[int, str]] = field(default_factory=list)
    marks: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [[*row, *[None] * (self.width - len(row))] for row in self.rows]
        self.notes = [{} for _ in self.rows]
        self.marks = [[] for _ in self.rows]

    def tab(self, **changes: Any) -> Tab:
        """The sheet as it would be read; Google leaves out empty rows and columns at the end."""
        last = max((i for i, row in enumerate(self.rows) if any(cell not in (None, "") for cell in row)), default=-1)
        columns = [[row[column] for row in self.rows[: last + 1]] for column in range(self.width)]
        return Tab(PLACE, Grid(PLACE, columns), len(self.rows), self.width, **changes)

    def apply(self, requests: Iterable[Request]) -> None:
        for request in requests:
            [(kind, body)] = request.items()
            getattr(self, f"_{kind}")(body)

    def _updateCells(self, body: Any) -> None:
        start = body.get("start") or {
            "rowIndex": body["range"]["startRowIndex"],
            "columnIndex": body["range"]["startColumnIndex"],
        }
        for down, data in enumerate(body["rows"]):
            for along, cell in enumerate(data["values"]):
                row, column = start["rowIndex"] + down, start["columnIndex"] + along
                if "userEnteredValue" in body["fields"]:
                    self.rows[row][column] = _entered(cell.get("userEnteredValue", {}))
                if body["fields"] == "note":
                    self.notes[row][column] = cell.get("note", "")

    def _insertDimension(self, body: Any) -> None:
        span = body["range"]
        assert span["startIndex"] < len(self.rows), "Google refuses to insert below the last row"
        for _ in range(span["startIndex"], span["endIndex"]):
            self.rows.insert(span["startIndex"], [None] * self.width)
            self.notes.insert(span["startIndex"], {})
            self.marks.insert(span["startIndex"], [])

    def _deleteDimension(self, body: Any) -> None:
        span = body["range"]
        for part in (self.rows, self.notes, self.marks):
            del part[span["startIndex"] : span["endIndex"]]
        assert len(self.rows) > 1, "Google refuses to delete all rows that are not frozen"

    def _appendDimension(self, body: Any) -> None:
        self.rows += [[None] * self.width for _ in range(body["length"])]
        self.notes += [{} for _ in range(body["length"])]
        self.marks += [[] for _ in range(body["length"])]

    def _createDeveloperMetadata(self, body: Any) -> None:
        metadata = body["developerMetadata"]
        self.marks[metadata["location"]["dimensionRange"]["startIndex"]].append(metadata["metadataId"])


def _entered(value: Any) -> Cell:
    if "formulaValue" in value:
        return str(value["formulaValue"])
    found: Cell = next(iter(value.values()), None)
    return found
