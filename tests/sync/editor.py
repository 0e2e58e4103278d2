"""A person at random work on a spreadsheet, and a twin in which the same is done and no service ever writes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import Any

from rules.finding import Problem
from rules.table import Cell
from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.reading.read import OWN_COLUMN
from sheets_sync.writing.edits import grid_range, set_cells, set_note
from sheets_sync.writing.marks import is_our_rule, persons_note
from tests.world import SPECS, World

TABS = ("classes", "registrations", "people")
BAD = {
    "phone": ["12", "05x", "abc", "4"],
    "email": ["a@", "@b", "נ"],
    "birth_year": ["שנה", "אלף"],
    "price": ["חינם?", "??"],
}
NAMES = ["יעל", "איתי", "נועה", "עומר", "תמר", "אורי", "מאיה", "דניאל", "שירה", "יונתן"]
FREE = "notes"
"""A column in which nothing is ever wrong: a note that somebody writes there in the very moment of a write is not hit."""  # noqa: E501

OWN_NUMBER = "מס "
"""How the person's own number of a row begins: by it a row is known wherever it moves."""

PERSONS = (
    "sheets(properties,merges,conditionalFormats,protectedRanges,basicFilter,"
    "data(columnMetadata(developerMetadata),rowMetadata(hiddenByUser),rowData.values(userEnteredValue,note)))"
)
"""What of a spreadsheet is compared."""


Tick = tuple[str, str, Cell, Cell]
"""A repair that was asked for: the table, the person's own number of the row, what stood there, what is proposed."""


class Editor:
    """Does the same in two spreadsheets; `done` counts what."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance, self.done = world, chance, Counter[str]()
        self.books = ("main", "twin")
        self.ticks: set[Tick] = set()
        self.repaired: set[Tick] = set()
        self.problems: Mapping[str, Problem] = {}
        """What the rows of `checks` speak of, by id, as the last pass left them."""
        self.comments: dict[str, str] = {}
        self.number = 0
        self.log: list[str] = []
        """The last edits in the windows, for who looks for a fault."""
        self.has_changed_rules = False
        """Whether colour rules came or went in this pass. One that is put back then does not go along with a line that
        is moved in the very next window: from a sort, with which none goes, that cannot be told."""

    # The furnishing of a village.

    def settle_in(self) -> None:
        for key in TABS:
            fields = [column.field for column in offered(SPECS[key])]
            rows = []
            for n in range(12):
                row = {
                    "name": f"{self.chance.choice(NAMES)} {n}",
                    "participant": f"{self.chance.choice(NAMES)} {n}",
                    "phone": self.chance.choice([*BAD["phone"], "0501234567"]),
                    "email": self.chance.choice([*BAD["email"], "a@village.example"]),
                    "birth_year": self.chance.choice([*BAD["birth_year"], 2015]),
                    "price": self.chance.choice([*BAD["price"], 120]),
                    "notes": f"=LEN(B{n + 2})*2" if n % 3 == 0 else f"דבר {n}",
                }
                rows.append([*(row.get(field) for field in fields), f"{OWN_NUMBER}{n}"])
            values = [{"values": [_entered(cell) for cell in row]} for row in rows]
            start = {"sheetId": sheet_id(key), "rowIndex": 1, "columnIndex": 0}
            self.both([{"updateCells": {"start": start, "rows": values, "fields": "userEnteredValue"}}])
            for _ in range(2):
                self.add_rule(key)
            for _ in range(8):
                self.note_anywhere(key)

    def both(self, requests: Iterable[Mapping[str, Any]]) -> None:
        for book in self.books:
            self.world.edit(self.world.ids[book], list(requests))

    # What a person may do at any moment.

    def something(self) -> None:
        """One random edit."""
        deeds: list[Callable[[str], None]] = [
            self.type, self.sort, self.sort, self.insert, self.delete, self.move_row, self.move_column, self.insert_column,  # noqa: E501
            self.rename_tab, self.rename_header, self.note, self.add_rule, self.add_rule, self.drop_rule, self.drop_rule,  # noqa: E501
            self.filter, self.unfilter, self.protect, self.hide, self.sort_alerts, self.insert_in_checks, self.sort_checks,  # noqa: E501
        ]  # fmt: skip
        if self.has_changed_rules:
            deeds = [one for one in deeds if one not in (self.move_row, self.move_column)]
        deed, key = self.chance.choice(deeds), self.chance.choice(TABS)
        self.has_changed_rules |= deed in (self.add_rule, self.drop_rule)
        self.log = [*self.log[-5:], f"{deed.__name__} {key}"]
        deed(key)
        self.done[deed.__name__] += 1

    def type(self, key: str) -> None:
        sheet, field = sheet_id(key), self.chance.choice(sorted({"name", "participant", *BAD} & self._fields(key)))
        column = self._column(key, field)
        value = self.chance.choice([*BAD.get(field, []), f"חדש {self._next()}"])
        if column is not None:
            self.both([set_cells(sheet, self.chance.randrange(1, 14), column, [[value]])])

    def sort(self, key: str) -> None:
        order = self.chance.choice(["ASCENDING", "DESCENDING"])
        width = self._width(key)
        area = {"sheetId": sheet_id(key), "startRowIndex": 1}
        spec = {"dimensionIndex": self.chance.randrange(min(width, 8)), "sortOrder": order}
        self.both([{"sortRange": {"range": area, "sortSpecs": [spec]}}])

    def insert(self, key: str) -> None:
        self.both([_insert(sheet_id(key), "ROWS", self.chance.randrange(1, 12), self.chance.choice([1, 1, 2]))])

    def delete(self, key: str) -> None:
        at = self.chance.randrange(1, 12)
        span = {"sheetId": sheet_id(key), "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
        self.both([{"deleteDimension": {"range": span}}])

    def move_row(self, key: str) -> None:
        at = self.chance.randrange(1, 10)
        self._move(key, "ROWS", at, self.chance.choice([1, at + 3]))

    def move_column(self, key: str) -> None:
        at = self.chance.randrange(0, 8)
        self._move(key, "COLUMNS", at, self.chance.choice([0, at + 2]))

    def insert_column(self, key: str) -> None:
        if self._width(key) < 40:
            self.both([_insert(sheet_id(key), "COLUMNS", self.chance.randrange(1, 6), 1)])

    def rename_tab(self, key: str) -> None:
        """Renamed to another name of the same table, as people do."""
        title = f"{SPECS[key].hebrew} {self._next()}"
        self.both(
            [{"updateSheetProperties": {"properties": {"sheetId": sheet_id(key), "title": title}, "fields": "title"}}]
        )

    def rename_header(self, key: str) -> None:
        column = self._column(key, FREE)
        if column is not None:
            self.both([set_cells(sheet_id(key), 0, column, [[self.chance.choice(["הערות", "הערה", "הערות נוספות"])]])])

    def note(self, key: str) -> None:
        column = self._column(key, FREE)
        if column is not None:
            at = self.chance.randrange(1, 14)
            self.both([set_note(sheet_id(key), at, column, f"בשוליים {self._next()}")])

    def add_rule(self, key: str) -> None:
        area = grid_range(sheet_id(key), self.chance.randrange(1, 6), self.chance.randrange(0, 6), 5, 2)
        condition = {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": f"כלל {self._next()}"}]}
        rule = {"ranges": [area], "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}}}
        self.both([{"addConditionalFormatRule": {"rule": rule, "index": 0}}])

    def drop_rule(self, key: str) -> None:
        """The first rule of the person's, wherever it stands."""
        for book in self.books:
            rules = self._sheet(book, key).get("conditionalFormats", [])
            index = next((at for at, rule in enumerate(rules) if not is_our_rule(rule)), None)
            if index is not None:
                request = {"deleteConditionalFormatRule": {"sheetId": sheet_id(key), "index": index}}
                self.world.edit(self.world.ids[book], [request])

    def filter(self, key: str) -> None:
        area = {
            "sheetId": sheet_id(key),
            "startRowIndex": 0,
            "endRowIndex": 20,
            "startColumnIndex": 0,
            "endColumnIndex": 6,
        }
        self.both([{"setBasicFilter": {"filter": {"range": area}}}])

    def unfilter(self, key: str) -> None:
        self.both([{"clearBasicFilter": {"sheetId": sheet_id(key)}}])

    def protect(self, key: str) -> None:
        protected = {"range": {"sheetId": sheet_id(key)}, "warningOnly": True, "protectedRangeId": 9000 + self._next()}
        self.both([{"addProtectedRange": {"protectedRange": protected}}])

    def hide(self, key: str) -> None:
        at = self.chance.randrange(1, 12)
        span = {"sheetId": sheet_id(key), "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
        hidden = {"hiddenByUser": self.chance.random() < 0.5}
        self.both([{"updateDimensionProperties": {"range": span, "properties": hidden, "fields": "hiddenByUser"}}])

    # In the service's tabs, which the twin has not.

    def sort_alerts(self, _: str) -> None:
        self._sort_own("alerts")

    def sort_checks(self, _: str) -> None:
        self._sort_own("checks")

    def insert_in_checks(self, _: str) -> None:
        if sheet := self._own("checks"):
            self.world.edit(self.world.ids["main"], [_insert(sheet, "ROWS", self.chance.randrange(1, 4), 1)])

    def comment(self) -> None:
        """A remark beside a row of `checks`, in a column of the person's own, and a tick now and then."""
        sheet, rows = self._own("checks"), self.checks()
        if not sheet or not rows:
            return
        id, row = self.chance.choice(sorted(rows.items()))
        text = f"לטפל {self._next()}"
        self.comments[id] = text
        self.world.edit(self.world.ids["main"], [set_cells(sheet, row[0], 9, [[text]])])

    def tick(self) -> None:
        sheet, rows = self._own("checks"), self.checks()
        able = sorted((id, row) for id, row in rows.items() if row[1][3] and id in self.problems)
        if sheet and able:
            id, (at, _) = self.chance.choice(able)
            self.ticks.add(self._tick(self.problems[id]))
            self.world.edit(self.world.ids["main"], [set_cells(sheet, at, 5, [[True]])])

    def note_anywhere(self, key: str) -> None:
        """While no write is under way: on any cell, below what the service says there."""
        row, column = self.chance.randrange(1, 14), self.chance.randrange(0, 8)
        text = f"הערה {self._next()}"
        for book in self.books:
            old = _cell(self._sheet(book, key), row, column).get("note", "")
            ours = old[len(persons_note(old)) :] if old.startswith(persons_note(old)) else ""
            joint = "\n" if ours and not ours.startswith("\n") else ""
            self.world.edit(self.world.ids[book], [set_note(sheet_id(key), row, column, text + joint + ours)])

    # The oracle.

    def differences(self) -> list[str]:
        """What of the person's is not as they left it."""
        found = []
        wholes = {book: _by_id(self._whole(book)) for book in self.books}
        for key in TABS:
            one, other = (_persons(wholes[book][sheet_id(key)]) for book in self.books)
            for part in one.keys() | other.keys():
                if one.get(part) != other.get(part) and not self._was_asked(key, part, one, other):
                    found.append(f"{key} {part}: {one.get(part)} for {other.get(part)}")
        rows = self.checks()
        found += [f"comment of {id}" for id, text in self.comments.items() if id not in rows or text not in rows[id][1]]
        return found

    def checks(self) -> dict[str, tuple[int, list[Any]]]:
        """The rows of `checks`: id → row and cells, padded."""
        sheet = self._own("checks")
        if not sheet:
            return {}
        rows = [[*row, *[""] * (12 - len(row))] for row in self.world.values("main", SPECS["checks"].hebrew)]
        return {str(row[6]): (at, row) for at, row in enumerate(rows) if row[6] and at and row[6] != rows[0][6]}

    def _tick(self, problem: Problem) -> Tick:
        row = self._sheet("main", problem.table)["data"][0]["rowData"][problem.row].get("values", [])
        return problem.table, _own_number(map(_value, row)), problem.value, problem.proposal

    def _was_asked(self, key: str, part: Any, real: Mapping[Any, Any], twin: Mapping[Any, Any]) -> bool:
        """Whether a cell differs by a repair that was ticked, of its own row, and by nothing else."""
        if not isinstance(part, tuple):
            return False
        number = _own_number(_value(cell) for at, cell in real.items() if isinstance(at, tuple) and at[0] == part[0])
        one, other = ({**sheet.get(part, {})} for sheet in (real, twin))
        values = [_value(cell) for cell in (other, one)]
        notes = [cell.get("note") for cell in (other, one)]
        was_asked = (key, number, *values) in self.ticks and notes[0] == notes[1]
        self.repaired |= {(key, number, *values)} if was_asked else set()
        return was_asked

    def _whole(self, book: str) -> Any:
        return self.world.call("get", f"/v4/spreadsheets/{self.world.ids[book]}?includeGridData=true&fields={PERSONS}")

    def _sheet(self, book: str, key: str) -> Any:
        """A tab of the person's."""
        path = f"/v4/spreadsheets/{self.world.ids[book]}:getByDataFilter?fields={PERSONS}"
        body = {"dataFilters": [{"gridRange": {"sheetId": sheet_id(key)}}], "includeGridData": True}
        return self.world.call("post", path, body)["sheets"][0]

    def _own(self, key: str) -> int:
        """The sheetId of a tab of ours; 0 where it is not made yet."""
        path = f"/v4/spreadsheets/{self.world.ids['main']}?fields=sheets.properties"
        sheets = self.world.call("get", path)["sheets"]
        return next((s["properties"]["sheetId"] for s in sheets if s["properties"]["title"] == SPECS[key].hebrew), 0)

    def _sort_own(self, key: str) -> None:
        if sheet := self._own(key):
            order = self.chance.choice(["ASCENDING", "DESCENDING"])
            spec = {"dimensionIndex": self.chance.randrange(0, 4), "sortOrder": order}
            area = {"sheetId": sheet, "startRowIndex": 1}
            self.world.edit(self.world.ids["main"], [{"sortRange": {"range": area, "sortSpecs": [spec]}}])

    def _move(self, key: str, dimension: str, at: int, to: int) -> None:
        span = {"sheetId": sheet_id(key), "dimension": dimension, "startIndex": at, "endIndex": at + 1}
        if to not in (at, at + 1):
            self.both([{"moveDimension": {"source": span, "destinationIndex": to}}])

    def _fields(self, key: str) -> set[str]:
        return {column.field for column in offered(SPECS[key])}

    def _column(self, key: str, field: str) -> int | None:
        header = self._sheet("twin", key)["data"][0]["rowData"][0].get("values", [])
        names = {SPECS[key].by_field[field].hebrew, *SPECS[key].by_field[field].aliases, "הערה", "הערות נוספות"}
        if field != FREE:
            names = {SPECS[key].by_field[field].hebrew}
        said = [cell.get("userEnteredValue", {}).get("stringValue") for cell in header]
        return next((at for at, one in enumerate(said) if one in names), None)

    def _width(self, key: str) -> int:
        return int(self._sheet("twin", key)["properties"]["gridProperties"]["columnCount"])

    def _next(self) -> int:
        self.number += 1
        return self.number


def _value(cell: Mapping[str, Any]) -> Any:
    return next(iter(cell.get("userEnteredValue", {}).values()), None)


def _own_number(values: Iterable[Any]) -> str:
    return next((one for one in values if isinstance(one, str) and one.startswith(OWN_NUMBER)), "")


def _by_id(whole: Any) -> dict[int, Any]:
    return {int(sheet["properties"].get("sheetId", 0)): sheet for sheet in whole["sheets"]}


def _persons(sheet: Any) -> dict[Any, Any]:
    """All in a tab that is the person's, by place."""
    data = sheet["data"][0]
    own = {
        at
        for at, column in enumerate(data.get("columnMetadata", []))
        if any(mark.get("metadataKey") == OWN_COLUMN for mark in column.get("developerMetadata", []))
    }
    found: dict[Any, Any] = {"properties": {k: v for k, v in sheet["properties"].items() if k != "index"}}
    found["rules"] = [rule for rule in sheet.get("conditionalFormats", []) if not is_our_rule(rule)]
    found |= {part: sheet.get(part) for part in ("basicFilter", "merges")}
    protected = [{k: v for k, v in one.items() if k != "protectedRangeId"} for one in sheet.get("protectedRanges", [])]
    found["protected"] = protected
    found["hidden"] = [row.get("hiddenByUser", False) for row in data.get("rowMetadata", [])]
    for row, line in enumerate(data.get("rowData", [])):
        for column, cell in enumerate(line.get("values", [])):
            kept = {**cell, "note": persons_note(cell.get("note", ""))}
            if column in own:
                kept.pop("userEnteredValue", None)
            if kept := {name: value for name, value in kept.items() if value not in ("", {}, None)}:
                found[row, column] = kept
    return found


def _cell(sheet: Any, row: int, column: int) -> Any:
    rows = sheet["data"][0].get("rowData", [])
    cells = rows[row].get("values", []) if row < len(rows) else []
    return cells[column] if column < len(cells) else {}


def _insert(sheet: int, dimension: str, at: int, count: int) -> Any:
    span = {"sheetId": sheet, "dimension": dimension, "startIndex": at, "endIndex": at + count}
    return {"insertDimension": {"range": span, "inheritFromBefore": False}}


def _entered(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, int):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"formulaValue" if value.startswith("=") else "stringValue": value}}
