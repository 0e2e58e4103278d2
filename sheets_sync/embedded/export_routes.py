"""Files out: Drive's `files.export`, and the download address of the spreadsheet's own page."""

from flask import Blueprint, Response, request

from sheets_sync.embedded import export
from sheets_sync.embedded.errors import GoogleError, invalid
from sheets_sync.embedded.web import caller, query, service

routes = Blueprint("export", __name__)
DRIVE = "drive.v3"
KINDS = {"xlsx": export.XLSX, "csv": export.CSV, "tsv": export.TSV}
NOT_MADE = ("pdf", "ods", "zip", "html")


@routes.get("/drive/v3/files/<file_id>/export")
def exported(file_id: str) -> Response:
    """`files.export`: the spreadsheet as .xlsx, its first sheet as .csv or .tsv."""
    options = query("drive.files.export", DRIVE)
    account, kind = caller(), options.get("mimeType", "")
    service().files.allow_drive(file_id, account)
    if kind not in KINDS.values():
        message = "The requested conversion is not supported."
        raise GoogleError(400, message, reason="badRequest")
    with service().reading(account, file_id) as call:
        return Response(export.to_file(call.book, kind), content_type=kind)


@routes.get("/spreadsheets/d/<file_id>/export")
def download(file_id: str) -> Response:
    """What Google's own page downloads, and clients with a token as well: `format`, and `gid` for one sheet."""
    wanted, gid = request.args.get("format", "xlsx"), request.args.get("gid", "")
    if wanted in NOT_MADE:
        raise GoogleError(501, f"The embedded Google does not export {wanted}.")
    if wanted not in KINDS:
        raise invalid(f"Unknown format: {wanted}")
    with service().reading(caller(), file_id) as call:
        sheet = call.book.sheet(int(gid)) if gid.isdecimal() else None
        return Response(export.to_file(call.book, KINDS[wanted], sheet), content_type=KINDS[wanted])
