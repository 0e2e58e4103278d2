"""`/upload/drive`: files in."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from functools import partial

import orjson
from flask import Blueprint, Response, request

from sheets_sync.embedded import defaults, schema, xlsx_in
from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.cells import type_in
from sheets_sync.embedded.drive_routes import shown
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.export import CSV, XLSX
from sheets_sync.embedded.model import Spreadsheet
from sheets_sync.embedded.requests.cells import grow
from sheets_sync.embedded.resumable import Upload
from sheets_sync.embedded.web import answer, base_url, caller, query, service

routes = Blueprint("upload", __name__)
DRIVE = "drive.v3"
BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


def _parts() -> tuple[JSON, str, bytes]:
    """The metadata, content type and bytes of an upload in one request: multipart, or media alone."""
    kind = request.args.get("uploadType", "media")
    if kind == "media":
        return {}, request.mimetype, request.get_data()
    match = BOUNDARY.search(request.headers.get("Content-Type", ""))
    if kind != "multipart" or not match:
        raise GoogleError(501, f"The embedded Google does not support the upload type {kind}.")
    found = _multipart(request.get_data(), b"--" + match[1].encode())
    if len(found) != 2:
        raise invalid("A multipart upload has two parts: the metadata and the content.")
    return _metadata(found[0][1]), found[1][0], found[1][1]


def _metadata(text: bytes) -> JSON:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise invalid("Invalid JSON payload received.") from None
    if not isinstance(found, dict):
        raise invalid("Invalid JSON payload received.")
    return found


def _multipart(data: bytes, mark: bytes) -> list[tuple[str, bytes]]:
    """The content type and content of each part; lines may end as in mail (Google's own client) or as in HTTP."""
    start = max(data.find(mark), 0)
    end = b"\r\n" if data.startswith(mark + b"\r\n", start) else b"\n"
    return [_part(part, end) for part in (end + data[start:]).split(end + mark)[1:-1]]


def _part(text: bytes, end: bytes) -> tuple[str, bytes]:
    head, _, content = text.partition(end * 2)
    match = re.search(rb"content-type:\s*([^\s;]+)", head, re.IGNORECASE)
    return (match[1].decode().lower() if match else ""), content


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
    if request.args.get("uploadType") == "resumable":
        service().check_may_own(account)
        return _begin(account)
    return _created(account, *_parts())


def _created(account: Account, given: JSON, kind: str, data: bytes) -> Response:
    checked = schema.checked(DRIVE, "File", {"name": given.get("name") or given.get("title") or "Untitled"})
    book = _book(kind, data, service().fresh_id(), checked["name"])
    service().add(account, book)
    return answer(shown(service().files.allow_drive(book.id, account), account))


@routes.put("/upload/drive/v3/files")
@routes.put("/upload/drive/v2/files")
def create_piece() -> Response:
    """A piece of an upload that `create` began."""
    query("drive.files.create", DRIVE)
    return _piece(_created)


@routes.route("/upload/drive/v2/files/<file_id>", methods=["PUT"])
@routes.route("/upload/drive/v3/files/<file_id>", methods=["PATCH", "PUT"])
def replace(file_id: str) -> Response:
    """`files.update` with content: all sheets give way to the file's. A piece of it, when it names an upload."""
    query("drive.files.update", DRIVE)
    if "upload_id" in request.args:
        return _piece(partial(_replaced, file_id))
    account = caller(write=True)
    service().files.allow_drive(file_id, account, "writer")
    if request.args.get("uploadType") == "resumable":
        return _begin(account)
    return _replaced(file_id, account, *_parts())


def _replaced(file_id: str, account: Account, given: JSON, kind: str, data: bytes) -> Response:
    name = service().files.allow_drive(file_id, account, "writer").name
    made = _book(kind, data, file_id, given.get("name") or name)
    with service().changing(account, file_id) as call:
        old = call.book
        old.removed.update(sheet.id for sheet in old.sheets)
        old.sheets, old.named_ranges, old.metadata = made.sheets, [], []
        old.structure += 1
    return answer(shown(service().files.allow_drive(file_id, account), account))


def _begin(account: Account) -> Response:
    """The address to which the pieces of an upload go."""
    kind = request.headers.get("X-Upload-Content-Type", "").partition(";")[0].strip().lower()
    upload_id = service().uploads.begin(Upload(account, _metadata(request.get_data() or b"{}"), kind, request.path))
    address = f"{base_url()}{request.path}?uploadType=resumable&upload_id={upload_id}"
    return Response("", 200, {"Location": address, "X-GUploader-UploadID": upload_id})


def _piece(finish: Callable[[Account, JSON, str, bytes], Response]) -> Response:
    """Take a piece: 308 and how much has come, or the file when that was the last."""
    upload_id = request.args.get("upload_id", "")
    upload = service().uploads.find(upload_id, request.path)
    if not upload.take(request.get_data(), request.headers.get("Content-Range", "")):
        come = {"Range": f"bytes=0-{len(upload.data) - 1}"} if upload.data else {}
        return Response("", 308, come)
    service().uploads.end(upload_id)
    return finish(upload.account, upload.metadata, upload.kind or request.mimetype, bytes(upload.data))
