# mypy: disable-error-code="func-returns-value"
"""Every public method of gspread's Client, Spreadsheet and Worksheet, unmodified, against the embedded Google.

Each has a line in METHODS: what is called, and what must come back. A method of gspread that has no line fails the
first test, so that a new version of gspread is noticed.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import gspread
import pytest
from gspread.utils import Dimension, ExportFormat, PasteOrientation, PasteType, ValidationConditionType

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import OWNER, LocalClient, Person

GRID: list[list[Any]] = [["name", "places", "price"], ["judo", 12, 230], ["art", 8, 180], ["yoga", 20, 150]]


@dataclass
class Stage:
    """A person's gspread client with one spreadsheet, its first sheet filled with GRID."""

    google: EmbeddedGoogle
    client: gspread.Client
    book: gspread.Spreadsheet
    sheet: gspread.Worksheet


def person_client(google: EmbeddedGoogle, person: Person) -> gspread.Client:
    """gspread over a session that carries a person's token: a person may own files."""
    http = type("Local", (LocalClient,), {"base": google.url})
    client = gspread.Client(auth=cast(Any, None), session=person, http_client=http)
    client.set_timeout(30)
    return client


@pytest.fixture
def stage(google: EmbeddedGoogle, owner: Person) -> Stage:
    client = person_client(google, owner)
    book = client.create("classes")
    book.sheet1.update(GRID, "A1")
    return Stage(google, client, book, book.sheet1)


def after(act: object, look: Any) -> Any:
    """What is seen once something has been done."""
    return look


def column_a(s: Stage) -> list[Any]:
    return list(s.sheet.col_values(1))


def note_moves(s: Stage) -> Any:
    s.sheet.insert_notes({"A1": "x", "B2": "y"})
    s.sheet.update_notes({"A1": "z"})
    return s.sheet.get_notes()


def shared(s: Stage) -> list[tuple[str, str]]:
    return sorted((str(p["emailAddress"]), str(p["role"])) for p in s.client.list_permissions(s.book.id))


def permission_of(s: Stage, email: str) -> str:
    return next(str(p["id"]) for p in s.book.list_permissions() if p["emailAddress"] == email)


def metadata(s: Stage, index: int = 0) -> Any:
    return s.book.fetch_sheet_metadata({"includeGridData": True})["sheets"][index]


def rows_hidden(s: Stage) -> list[bool]:
    return [row.get("hiddenByUser", False) for row in metadata(s)["data"][0]["rowMetadata"][:3]]


def columns_hidden(s: Stage) -> list[bool]:
    return [column.get("hiddenByUser", False) for column in metadata(s)["data"][0]["columnMetadata"][:3]]


def fresh(s: Stage) -> gspread.Worksheet:
    return s.book.get_worksheet_by_id(s.sheet.id)


OTHER = "other@example.com"
Line = tuple[Callable[[Stage], Any], Any]

CLIENT: dict[str, Line] = {
    "copy": (lambda s: s.client.copy(s.book.id, "copy").sheet1.get_all_values()[1], ["judo", "12", "230"]),
    "create": (lambda s: s.client.create("new").sheet1.title, "Sheet1"),
    "del_spreadsheet": (lambda s: after(s.client.del_spreadsheet(s.book.id), s.client.openall()), []),
    "export": (lambda s: s.client.export(s.book.id, ExportFormat.CSV), b"name,places,price\r\njudo,12,230\r\n"
               b"art,8,180\r\nyoga,20,150\r\n"),
    "get_file_drive_metadata": (lambda s: s.client.get_file_drive_metadata(s.book.id)["name"], "classes"),
    "import_csv": (lambda s: after(s.client.import_csv(s.book.id, "a,b\n1,2"), s.book.sheet1.get_all_values()),
                   [["a", "b"], ["1", "2"]]),
    "insert_permission": (lambda s: after(s.client.insert_permission(s.book.id, OTHER, "user", "reader"), shared(s)),
                          [(OTHER, "reader"), (OWNER, "owner")]),
    "list_permissions": (shared, [(OWNER, "owner")]),
    "list_spreadsheet_files": (lambda s: [f["name"] for f in s.client.list_spreadsheet_files()], ["classes"]),
    "open": (lambda s: s.client.open("classes").id == s.book.id, True),
    "open_by_key": (lambda s: s.client.open_by_key(s.book.id).title, "classes"),
    "open_by_url": (lambda s: s.client.open_by_url(s.book.url).title, "classes"),
    "openall": (lambda s: [book.title for book in s.client.openall("classes")], ["classes"]),
    "remove_permission": (lambda s: after(
        [s.book.share(OTHER, "user", "writer"), s.client.remove_permission(s.book.id, permission_of(s, OTHER))],
        len(shared(s))), 1),
    "set_timeout": (lambda s: after(s.client.set_timeout(20), s.client.http_client.timeout), 20),
}  # fmt: skip

SPREADSHEET: dict[str, Line] = {
    "accept_ownership": (lambda s: accepted(s), [(OTHER, "owner"), (OWNER, "writer")]),
    "add_worksheet": (lambda s: (s.book.add_worksheet("x", 5, 4).row_count, len(s.book.worksheets())), (5, 2)),
    "batch_update": (lambda s: s.book.batch_update({"requests": [{"addSheet": {}}]})["replies"][0]["addSheet"]
                     ["properties"]["title"], "Sheet2"),
    "del_worksheet": (lambda s: after(s.book.del_worksheet(s.book.add_worksheet("x", 5, 4)),
                                      len(s.book.worksheets())), 1),
    "del_worksheet_by_id": (lambda s: after(s.book.del_worksheet_by_id(s.book.add_worksheet("x", 5, 4).id),
                                            len(s.book.worksheets())), 1),
    "duplicate_sheet": (lambda s: s.book.duplicate_sheet(s.sheet.id, new_sheet_name="copy").acell("A2").value, "judo"),
    "export": (lambda s: s.book.export(ExportFormat.EXCEL)[:2], b"PK"),
    "fetch_sheet_metadata": (lambda s: s.book.fetch_sheet_metadata()["properties"]["title"], "classes"),
    "get_lastUpdateTime": (lambda s: s.book.get_lastUpdateTime()[-1], "Z"),
    "get_worksheet": (lambda s: s.book.get_worksheet(0).title, "Sheet1"),
    "get_worksheet_by_id": (lambda s: s.book.get_worksheet_by_id(0).title, "Sheet1"),
    "list_named_ranges": (lambda s: after(s.sheet.define_named_range("A1:B2", "top"),
                                          [n["name"] for n in s.book.list_named_ranges()]), ["top"]),
    "list_permissions": (lambda s: len(s.book.list_permissions()), 1),
    "list_protected_ranges": (lambda s: after(s.sheet.add_protected_range("A1:B2"),
                                              len(s.book.list_protected_ranges(0))), 1),
    "named_range": (lambda s: after(s.sheet.define_named_range("A1:B1", "top"),
                                    [c.value for c in s.book.named_range("top")]), ["name", "places"]),
    "remove_permissions": (lambda s: after([s.book.share(OTHER, "user", "writer"), s.book.remove_permissions(OTHER)],
                                           len(shared(s))), 1),
    "reorder_worksheets": (lambda s: after(
        s.book.reorder_worksheets([s.book.add_worksheet("x", 5, 4), s.sheet]),
        [sheet.title for sheet in s.book.worksheets()]), ["x", "Sheet1"]),
    "share": (lambda s: after(s.book.share(cast(Any, None), "anyone", "reader"),
                              [p["id"] for p in s.book.list_permissions() if p["type"] == "anyone"]),
              ["anyoneWithLink"]),
    "transfer_ownership": (lambda s: after(
        [s.book.share(OTHER, "user", "writer"), s.book.transfer_ownership(permission_of(s, OTHER))],
        shared(s)), [(OTHER, "writer"), (OWNER, "owner")]),
    "update_drive_metadata": (lambda s: after(s.book.update_drive_metadata(), s.book.creationTime[-1]), "Z"),
    "update_locale": (lambda s: after(s.book.update_locale("he_IL"), s.client.open_by_key(s.book.id).locale), "he_IL"),
    "update_timezone": (lambda s: after(s.book.update_timezone("Asia/Jerusalem"),
                                        s.client.open_by_key(s.book.id).timezone), "Asia/Jerusalem"),
    "update_title": (lambda s: after(s.book.update_title("חוגים"), s.client.open("חוגים").id == s.book.id), True),
    "values_append": (lambda s: s.book.values_append("Sheet1", {"valueInputOption": "RAW"}, {"values": [["x"]]})
                      ["updates"]["updatedRange"], "Sheet1!A5"),
    "values_batch_clear": (lambda s: s.book.values_batch_clear(body={"ranges": ["A1:B1", "C2"]})["clearedRanges"],
                           ["Sheet1!A1:B1", "Sheet1!C2"]),
    "values_batch_get": (lambda s: s.book.values_batch_get(["A1:A2", "C1"])["valueRanges"][1],
                         {"range": "Sheet1!C1", "majorDimension": "ROWS", "values": [["price"]]}),
    "values_batch_update": (lambda s: s.book.values_batch_update(
        {"valueInputOption": "RAW", "data": [{"range": "A1", "values": [["x"]]}, {"range": "B2", "values": [[1]]}]})
        ["totalUpdatedCells"], 2),
    "values_clear": (lambda s: after(s.book.values_clear("A1:C1"), s.sheet.row_values(1)), []),
    "values_get": (lambda s: s.book.values_get("A1:B1")["values"], [["name", "places"]]),
    "values_update": (lambda s: s.book.values_update("A1", {"valueInputOption": "RAW"}, {"values": [["x"]]})
                      ["updatedRange"], "Sheet1!A1"),
    "worksheet": (lambda s: s.book.worksheet("Sheet1").id, 0),
    "worksheets": (lambda s: len(s.book.worksheets(exclude_hidden=True)), 1),
}  # fmt: skip


def accepted(s: Stage) -> list[tuple[str, str]]:
    """The owner offers, the other accepts."""
    s.book.share(OTHER, "user", "writer")
    s.book.transfer_ownership(permission_of(s, OTHER))
    other = person_client(s.google, Person(s.google, OTHER)).open_by_key(s.book.id)
    other.accept_ownership(permission_of(s, OTHER))
    return sorted((str(p["emailAddress"]), str(p["role"])) for p in other.list_permissions())


def grouped(s: Stage, rows: bool) -> list[tuple[int, int]]:
    found = s.sheet.list_dimension_group_rows() if rows else s.sheet.list_dimension_group_columns()
    return [(group["range"]["startIndex"], group["range"]["endIndex"]) for group in found]


WORKSHEET: dict[str, Line] = {
    "acell": (lambda s: s.sheet.acell("B2").numeric_value, 12),
    "add_cols": (lambda s: after(s.sheet.add_cols(2), s.sheet.col_count), 28),
    "add_dimension_group_columns": (lambda s: after(s.sheet.add_dimension_group_columns(1, 2), grouped(s, False)),
                                    [(1, 2)]),
    "add_dimension_group_rows": (lambda s: after(s.sheet.add_dimension_group_rows(1, 3), grouped(s, True)), [(1, 3)]),
    "add_protected_range": (lambda s: after(s.sheet.add_protected_range("A1:B1", warning_only=True),
                                            metadata(s)["protectedRanges"][0]["warningOnly"]), True),
    "add_rows": (lambda s: after(s.sheet.add_rows(5), s.sheet.row_count), 1005),
    "add_validation": (lambda s: after(s.sheet.add_validation("A2:A4", ValidationConditionType.one_of_list, ["judo"]),
                                       metadata(s)["data"][0]["rowData"][1]["values"][0]["dataValidation"]["condition"]
                                       ["type"]), "ONE_OF_LIST"),
    "append_row": (lambda s: s.sheet.append_row(["new", 1])["updates"]["updatedRange"], "Sheet1!A5:B5"),
    "append_rows": (lambda s: s.sheet.append_rows([["new"], ["newer"]])["updates"]["updatedRows"], 2),
    "batch_clear": (lambda s: after(s.sheet.batch_clear(["A1:A2"]), column_a(s)), ["", "", "art", "yoga"]),
    "batch_format": (lambda s: after(s.sheet.batch_format([{"range": "A1", "format": {"textFormat": {"bold": True}}}]),
                                     metadata(s)["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]),
                     {"textFormat": {"bold": True}}),
    "batch_get": (lambda s: s.sheet.batch_get(["A1:B1"])[0], [["name", "places"]]),
    "batch_merge": (lambda s: after(s.sheet.batch_merge([{"range": "A1:B1"}]), len(metadata(s)["merges"])), 1),
    "batch_update": (lambda s: after(s.sheet.batch_update([{"range": "A1", "values": [["x"]]}]), column_a(s)[0]), "x"),
    "cell": (lambda s: s.sheet.cell(2, 1).value, "judo"),
    "clear": (lambda s: after(s.sheet.clear(), s.sheet.get_all_values()), [[]]),
    "clear_basic_filter": (lambda s: after([s.sheet.set_basic_filter(), s.sheet.clear_basic_filter()],
                                           "basicFilter" in metadata(s)), False),
    "clear_note": (lambda s: after([s.sheet.insert_note("A1", "x"), s.sheet.clear_note("A1")], s.sheet.get_note("A1")),
                   ""),
    "clear_notes": (lambda s: after([s.sheet.insert_note("A1", "x"), s.sheet.clear_notes(["A1:B2"])],
                                    s.sheet.get_note("A1")), ""),
    "clear_tab_color": (lambda s: after([s.sheet.update_tab_color("#ff0000"), s.sheet.clear_tab_color()],
                                        fresh(s).get_tab_color()), None),
    "col_values": (column_a, ["name", "judo", "art", "yoga"]),
    "columns_auto_resize": (lambda s: after(s.sheet.columns_auto_resize(0, 1),
                                            metadata(s)["data"][0]["columnMetadata"][0]["pixelSize"]), 40),
    "copy_range": (lambda s: after(s.sheet.copy_range("A1:A2", "E1:F1", PasteType.values, PasteOrientation.transpose),
                                   s.sheet.get("E1:F1")), [["name", "judo"]]),
    "copy_to": (lambda s: s.sheet.copy_to(s.book.id)["title"], "Copy of Sheet1"),
    "cut_range": (lambda s: after(s.sheet.cut_range("A2:A3", "F1"), (s.sheet.get("F1:F2"), column_a(s))),
                  ([["judo"], ["art"]], ["name", "", "", "yoga"])),
    "define_named_range": (lambda s: s.sheet.define_named_range("A1", "one")["replies"][0]["addNamedRange"]
                           ["namedRange"]["name"], "one"),
    "delete_columns": (lambda s: after(s.sheet.delete_columns(1), column_a(s)[0]), "places"),
    "delete_dimension": (lambda s: after(s.sheet.delete_dimension(Dimension.rows, 2, 3), column_a(s)),
                         ["name", "yoga"]),
    "delete_dimension_group_columns": (lambda s: after(
        [s.sheet.add_dimension_group_columns(1, 2), s.sheet.delete_dimension_group_columns(1, 2)], grouped(s, False)),
        []),
    "delete_dimension_group_rows": (lambda s: after(
        [s.sheet.add_dimension_group_rows(1, 2), s.sheet.delete_dimension_group_rows(1, 2)], grouped(s, True)), []),
    "delete_named_range": (lambda s: after(
        s.sheet.delete_named_range(s.sheet.define_named_range("A1", "x")["replies"][0]["addNamedRange"]["namedRange"]
                                   ["namedRangeId"]), s.book.list_named_ranges()), []),
    "delete_protected_range": (lambda s: after(
        s.sheet.delete_protected_range(s.sheet.add_protected_range("A1:B1")["replies"][0]["addProtectedRange"]
                                       ["protectedRange"]["protectedRangeId"]), s.book.list_protected_ranges(0)), []),
    "delete_rows": (lambda s: after(s.sheet.delete_rows(2), column_a(s)), ["name", "art", "yoga"]),
    "duplicate": (lambda s: s.sheet.duplicate(new_sheet_name="again").row_values(2), ["judo", "12", "230"]),
    "expand": (lambda s: s.sheet.expand("A1")[-1], ["yoga", "20", "150"]),
    "find": (lambda s: [s.sheet.find("art")][0] == s.sheet.cell(3, 1), True),
    "findall": (lambda s: len(s.sheet.findall("judo")), 1),
    "format": (lambda s: after(s.sheet.format("B2", {"numberFormat": {"type": "NUMBER", "pattern": "0.0"}}),
                               s.sheet.acell("B2").value), "12.0"),
    "freeze": (lambda s: after(s.sheet.freeze(1, 2), (fresh(s).frozen_row_count, fresh(s).frozen_col_count)), (1, 2)),
    "get": (lambda s: s.sheet.get("A1:B2"), [["name", "places"], ["judo", "12"]]),
    "get_all_cells": (lambda s: [cell.value for cell in s.sheet.get_all_cells()][26:28], ["judo", "12"]),
    "get_all_records": (lambda s: s.sheet.get_all_records()[0], {"name": "judo", "places": 12, "price": 230}),
    "get_all_values": (lambda s: len(s.sheet.get_all_values()), 4),
    "get_note": (lambda s: after(s.sheet.insert_note("A1", "x"), s.sheet.get_note("A1")), "x"),
    "get_notes": (note_moves, [["z"], ["", "y"]]),
    "get_tab_color": (lambda s: after(s.sheet.update_tab_color("#ff0000"), fresh(s).get_tab_color()), "#FF0000"),
    "get_values": (lambda s: s.sheet.get_values("A4:C4"), [["yoga", "20", "150"]]),
    "hide": (lambda s: after([s.book.add_worksheet("x", 1, 1), s.sheet.hide()], fresh(s).isSheetHidden), True),
    "hide_columns": (lambda s: after(s.sheet.hide_columns(0, 1), columns_hidden(s)), [True, False, False]),
    "hide_gridlines": (lambda s: after(s.sheet.hide_gridlines(), fresh(s).is_gridlines_hidden), True),
    "hide_rows": (lambda s: after(s.sheet.hide_rows(1, 2), rows_hidden(s)), [False, True, False]),
    "insert_cols": (lambda s: after(s.sheet.insert_cols([["x", "y"]], 2), s.sheet.row_values(1)),
                    ["name", "x", "places", "price"]),
    "insert_note": (lambda s: after(s.sheet.insert_note("B1", "n"), s.sheet.get_note("B1")), "n"),
    "insert_notes": (lambda s: after(s.sheet.insert_notes({"B1": "n"}), s.sheet.get_note("B1")), "n"),
    "insert_row": (lambda s: after(s.sheet.insert_row(["x"], 2), column_a(s)[:3]), ["name", "x", "judo"]),
    "insert_rows": (lambda s: after(s.sheet.insert_rows([["x"], ["y"]], 2), column_a(s)[:3]), ["name", "x", "y"]),
    "list_dimension_group_columns": (lambda s: s.sheet.list_dimension_group_columns(), []),
    "list_dimension_group_rows": (lambda s: s.sheet.list_dimension_group_rows(), []),
    "merge_cells": (lambda s: after(s.sheet.merge_cells("A1:C1"), s.sheet.row_values(1)), ["name"]),
    "range": (lambda s: [cell.value for cell in s.sheet.range("A1:B1")], ["name", "places"]),
    "resize": (lambda s: after(s.sheet.resize(2, 2), fresh(s).get_all_values()), [["name", "places"], ["judo", "12"]]),
    "row_values": (lambda s: s.sheet.row_values(3), ["art", "8", "180"]),
    "rows_auto_resize": (lambda s: s.sheet.rows_auto_resize(0, 2)["replies"], [{}]),
    "set_basic_filter": (lambda s: after(s.sheet.set_basic_filter("A1:C4"), metadata(s)["basicFilter"]["range"]
                                         ["endRowIndex"]), 4),
    "show": (lambda s: after([s.book.add_worksheet("x", 1, 1), s.sheet.hide(), s.sheet.show()],
                             fresh(s).isSheetHidden), False),
    "show_gridlines": (lambda s: after([s.sheet.hide_gridlines(), s.sheet.show_gridlines()],
                                       fresh(s).is_gridlines_hidden), False),
    "sort": (lambda s: after(s.sheet.sort((2, "asc"), range="A2:C4"), column_a(s)), ["name", "art", "judo", "yoga"]),
    "unhide_columns": (lambda s: after([s.sheet.hide_columns(0, 1), s.sheet.unhide_columns(0, 1)], columns_hidden(s)),
                       [False, False, False]),
    "unhide_rows": (lambda s: after([s.sheet.hide_rows(1, 2), s.sheet.unhide_rows(1, 2)], rows_hidden(s)),
                    [False, False, False]),
    "unmerge_cells": (lambda s: after([s.sheet.merge_cells("A1:C1"), s.sheet.unmerge_cells("A1:C1")],
                                      "merges" in metadata(s)), False),
    "update": (lambda s: s.sheet.update([["x", 1]], "A6")["updatedCells"], 2),
    "update_acell": (lambda s: after(s.sheet.update_acell("A1", "=1+1"), s.sheet.acell("A1").value), "2"),
    "update_cell": (lambda s: after(s.sheet.update_cell(1, 1, "x"), column_a(s)[0]), "x"),
    "update_cells": (lambda s: s.sheet.update_cells([gspread.Cell(1, 1, "x"), gspread.Cell(2, 2, "5")])["updatedCells"],
                     2),
    "update_index": (lambda s: after([s.book.add_worksheet("x", 1, 1), s.sheet.update_index(1)],
                                     [w.title for w in s.book.worksheets()]), ["Sheet1", "x"]),
    "update_note": (lambda s: after(s.sheet.update_note("A1", "n"), s.sheet.get_note("A1")), "n"),
    "update_notes": (note_moves, [["z"], ["", "y"]]),
    "update_tab_color": (lambda s: after(s.sheet.update_tab_color("#00ff00"), fresh(s).get_tab_color()), "#00FF00"),
    "update_title": (lambda s: after(s.sheet.update_title("חוגים"), s.book.worksheet("חוגים").acell("A2").value),
                     "judo"),
}  # fmt: skip

METHODS = {gspread.Client: CLIENT, gspread.Spreadsheet: SPREADSHEET, gspread.Worksheet: WORKSHEET}


@pytest.mark.parametrize("kind", METHODS, ids=lambda kind: kind.__name__)
def test_every_public_method_has_its_line(kind: type) -> None:
    public = {name for name, value in inspect.getmembers(kind, callable) if not name.startswith("_")}
    assert METHODS[kind].keys() == public


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, id=f"{kind.__name__}.{name}")
        for kind, lines in METHODS.items()
        for name, line in lines.items()
    ],
)
def test_method(stage: Stage, line: Line) -> None:
    act, expected = line
    assert act(stage) == expected
