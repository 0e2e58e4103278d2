"""The pages: the list of spreadsheets, and each as a grid."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request

from sheets_sync.embedded.dates import zone
from sheets_sync.embedded.look import look
from sheets_sync.embedded.model import Sheet, Spreadsheet
from sheets_sync.embedded.page_texts import TEXTS
from sheets_sync.embedded.web import service

routes = Blueprint("page", __name__)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def _page(template: str, **values: Any) -> Response:
    """A page in the reader's language under a strict content policy."""
    language = request.accept_languages.best_match(["he", "en"], default="he")
    nonce = secrets.token_urlsafe(16)
    direction = "rtl" if language == "he" else "ltr"
    made = make_response(
        render_template(template, t=TEXTS[language], language=language, direction=direction, nonce=nonce, **values)
    )
    made.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    made.headers["X-Content-Type-Options"] = "nosniff"
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["Cache-Control"] = "no-store"
    return made


@routes.get("/")
def index() -> Response:
    """The list of spreadsheets."""
    files = [file for file in service().files.all() if not file.trashed]
    return _page("index.html", files=files)


@routes.get("/spreadsheets/d/<file_id>")
@routes.get("/spreadsheets/d/<file_id>/edit")
def spreadsheet(file_id: str) -> Response:
    """One sheet of a spreadsheet as a grid; `gid` says which."""
    google = service()
    if google.files.get(file_id) is None:
        abort(404)
    with google.books.reading(file_id) as book:
        sheet = _chosen(book, request.args.get("gid", ""))
        today = google.clock().astimezone(zone(book.properties.get("timeZone", "UTC"))).date()
        made = look(book, sheet, lambda formulas: google.books.evaluate(book, formulas), today)
        tabs = [
            {"gid": each.id, "title": each.title, "hidden": bool(each.properties.get("hidden"))} for each in book.sheets
        ]
        title, rtl = book.properties["title"], bool(sheet.properties.get("rightToLeft"))
    return _page(
        "sheet.html", title=title, tabs=tabs, gid=sheet.id, tab=sheet.title, look=made, sheet_direction=_direction(rtl)
    )


def _direction(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def _chosen(book: Spreadsheet, gid: str) -> Sheet:
    """The sheet of that gid, else the first that is not hidden."""
    for sheet in book.sheets:
        if gid and str(sheet.id) == gid:
            return sheet
    return next((sheet for sheet in book.sheets if not sheet.properties.get("hidden")), book.sheets[0])
