"""`/upload/drive`: files in."""

import csv
import io
import re
from datetime import date

import orjson
from flask import Blueprint, Response, request

from sheets_sync.embedded import defaults, schema, xlsx_in
from sheets_sync.embedded.cells import type_in
from sheets_sync.embedded.drive_routes import shown
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.export import CSV, XLSX
from sheets_sync.embedded.model import Spreadsheet
from sheets_sync.embedded.requests.cells import grow
from sheets_sync.embedded.web import answer, caller, query, service

routes = Blueprint("upload", __name__)
DRIVE = "drive.v3"
BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


def _parts() -> tuple[JSON, str, bytes]:
    """The metadata, content type and bytes of an upload: multipart, or media alone."""
    kind = request.args.get("uploadType", "media")
    if kind == "media":
        return {}, request.mimetype, request.get_data()
    match = BOUNDARY.search(request.headers.get("Content-Type", ""))
    if kind != "multipart" or not match:
        raise GoogleError(501, f"The embedded Google does not support the upload type {kind}.")
    found = [_part(part) for part in request.get_data().split(b"--" + match[1].encode())[1:-1]]
    if len(found) != 2:
        raise invalid("A multipart upload has two parts: the metadata and the content.")
    try:
        metadata = orjson.loads(found[0][1])
    except orjson.JSONDecodeError:
        raise invalid("Invalid JSON payload received.") from None
    return metadata, found[1][0], found[1][1]


def _part(text: bytes) -> tuple[str, bytes]:
    head, _, content = text.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    match = re.search(rb"content-type:\s*([^\s;]+)", head, re.IGNORECASE)
    return (match[1].decode().lower() if match else ""), content.removesuffix(b"\r\n")


def _book(kind: str, data: bytes, file_id: str, title: str) -> Spreadsheet:
    if kind == XLSX:
        return xlsx_in.read(data, file_id, title)
    if kind == CSV:
        return _from_csv(data, file_id, title)
    raise GoogleError(400, f"Bad Request: {kind or 'no type'} cannot be converted.", reason="badRequest")


def _from_csv(data: bytes, file_id: str, title: str) -> Spreadsheet:
    """A spreadsheet of one sheet; each field is entered as a person types it."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise GoogleError(400, f"Bad Request: the CSV cannot be read: {error}", reason="badRequest") from None
    book = defaults.new_spreadsheet(file_id, title)
    sheet = book.sheets[0]
    grow(sheet, len(rows), max(map(len, rows), default=0))
    today = date.fromisoformat(service().files.stamp()[:10])
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                type_in(sheet, index, column, text, "en_US", today)
    return book


@routes.post("/upload/drive/v3/files")
@routes.post("/upload/drive/v2/files")
def create() -> Response:
    """`files.create` with content: an .xlsx or .csv becomes a spreadsheet."""
    query("drive.files.create", DRIVE)
    account = caller(write=True)
    given, kind, data = _parts()
    checked = schema.checked(DRIVE, "File", {"name": given.get("name") or given.get("title") or "Untitled"})
    book = _book(kind, data, service().fresh_id(), checked["name"])
    service().add(account, book)
    return answer(shown(service().files.allow_drive(book.id, account), account))


@routes.route("/upload/drive/v2/files/<file_id>", methods=["PUT"])
@routes.route("/upload/drive/v3/files/<file_id>", methods=["PATCH"])
def replace(file_id: str) -> Response:
    """`files.update` with content: all sheets give way to the file's."""
    query("drive.files.update", DRIVE)
    account = caller(write=True)
    given, kind, data = _parts()
    name = service().files.allow_drive(file_id, account, "writer").name
    made = _book(kind, data, file_id, given.get("name") or name)
    with service().changing(account, file_id) as call:
        old = call.book
        old.removed.update(sheet.id for sheet in old.sheets)
        old.sheets, old.named_ranges, old.metadata = made.sheets, [], []
        old.structure += 1
    return answer(shown(service().files.allow_drive(file_id, account), account))
