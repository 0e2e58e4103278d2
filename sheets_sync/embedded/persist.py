"""Spreadsheets in the database: one record a row, the order of rows beside them."""

import sqlite3
from typing import Any

import orjson

from sheets_sync.embedded.database import Database
from sheets_sync.embedded.model import Entered, Formula, Row, Sheet, Spreadsheet


def load(database: Database, file_id: str) -> Spreadsheet:
    """Read a spreadsheet that is known to exist."""
    record = database.one("select body from books where file = ?", file_id)
    assert record is not None, f"file {file_id} has no spreadsheet"
    body = orjson.loads(record["body"])
    book = Spreadsheet(file_id, body["properties"], named_ranges=body["namedRanges"], metadata=body["metadata"])
    for found in database.all("select sheet, body, row_order from sheets where file = ?", file_id):
        book.sheets.append(_sheet(database, file_id, found))
    book.has_formulas = any(type(v) is Formula for sheet in book.sheets for row in sheet.rows for v in row.values)
    book.sheets.sort(key=lambda sheet: sheet.properties["index"])
    return book


def _sheet(database: Database, file_id: str, found: sqlite3.Row) -> Sheet:
    body = orjson.loads(found["body"])
    sheet = Sheet(body["properties"], columns=body["columns"], things=body["things"], next_row=body["nextRow"])
    query = "select id, body from rows where file = ? and sheet = ?"
    rows = {record[0]: _row(record[0], record[1]) for record in database.all(query, file_id, found["sheet"])}
    for start, count in orjson.loads(found["row_order"]):
        sheet.rows.extend(rows.get(row_id) or Row(row_id) for row_id in range(start, start + count))
    return sheet


def _row(row_id: int, text: bytes) -> Row:
    values, extras, props = orjson.loads(text)
    if b'{"text":' in text:
        values = [Formula(value["text"]) if type(value) is dict else value for value in values]
    return Row(row_id, values, {int(column): fields for column, fields in extras.items()}, props)


def _row_text(row: Row) -> bytes:
    values: list[Entered] = row.values
    return orjson.dumps([values, row.extras, row.props], option=orjson.OPT_NON_STR_KEYS)


def save(connection: sqlite3.Connection, book: Spreadsheet) -> None:
    """Write what has changed since the last time, in the transaction of the caller."""
    body = {"properties": book.properties, "namedRanges": book.named_ranges, "metadata": book.metadata}
    connection.execute("insert or replace into books values (?, ?)", (book.id, orjson.dumps(body)))
    for sheet_id in book.removed:
        connection.execute("delete from sheets where file = ? and sheet = ?", (book.id, sheet_id))
        connection.execute("delete from rows where file = ? and sheet = ?", (book.id, sheet_id))
    book.removed.clear()
    for sheet in book.sheets:
        _save_sheet(connection, book.id, sheet)


def _save_sheet(connection: sqlite3.Connection, file_id: str, sheet: Sheet) -> None:
    body = orjson.dumps(
        {
            "properties": sheet.properties,
            "columns": sheet.columns,
            "things": sheet.things,
            "nextRow": sheet.next_row,
        }
    )
    known = "select 1 from sheets where file = ? and sheet = ?"
    if sheet.reordered or connection.execute(known, (file_id, sheet.id)).fetchone() is None:
        values: tuple[Any, ...] = (file_id, sheet.id, body, orjson.dumps(_runs(sheet.rows)))
        connection.execute("insert or replace into sheets values (?, ?, ?, ?)", values)
    else:
        connection.execute("update sheets set body = ? where file = ? and sheet = ?", (body, file_id, sheet.id))
    if sheet.gone:
        drop = "delete from rows where file = ? and sheet = ? and id = ?"
        connection.executemany(drop, [(file_id, sheet.id, row_id) for row_id in sheet.gone])
    if sheet.dirty:
        changed = ((file_id, sheet.id, row.id, _row_text(row)) for row in sheet.dirty.values())
        connection.executemany("insert or replace into rows values (?, ?, ?, ?)", changed)
    sheet.dirty.clear()
    sheet.gone.clear()
    sheet.reordered = False


def _runs(rows: list[Row]) -> list[tuple[int, int]]:
    """The order of the rows' ids as runs of consecutive ones: (first, count)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][0] + runs[-1][1] == row.id:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((row.id, 1))
    return runs
