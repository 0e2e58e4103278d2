"""The pages: the list of spreadsheets, each to work in, and each as plain HTML to read or print."""

import secrets
from datetime import date
from typing import Any

import orjson
from flask import Blueprint, Response, abort, make_response, render_template, request

from sheets_sync.embedded import browser_session
from sheets_sync.embedded.dates import zone
from sheets_sync.embedded.errors import not_found
from sheets_sync.embedded.look import look
from sheets_sync.embedded.model import Sheet, Spreadsheet
from sheets_sync.embedded.page_texts import TEXTS, WORDS
from sheets_sync.embedded.view import view
from sheets_sync.embedded.web import answer, page_caller, service

routes = Blueprint("page", __name__)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def _language() -> str:
    return request.accept_languages.best_match(["he", "en"], default="he")


def _page(template: str, **values: Any) -> Response:
    """A page in the reader's language under a strict content policy."""
    language = _language()
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
    """The spreadsheet to work in; `gid` says which sheet is opened."""
    google = service()
    file = google.files.get(file_id)
    if file is None:
        abort(404)
    session = browser_session.session_of(request)
    token = browser_session.page_token(google, session, file_id)
    words = orjson.dumps(WORDS[_language()]).decode()
    made = _page("work.html", title=file.name, file_id=file_id, token=token, words=words)
    made.set_cookie(browser_session.COOKIE, session, httponly=True, samesite="Lax")
    return made


@routes.get("/spreadsheets/d/<file_id>/version")
def version(file_id: str) -> Response:
    """A number that rises with every change of the spreadsheet: `version`."""
    page_caller()
    file = service().files.get(file_id)
    return answer({"version": file.version if file else 0})


@routes.get("/spreadsheets/d/<file_id>/view")
def shown(file_id: str) -> Response:
    """A sheet's cells for the page, with the `version` that they are of; `gid` says which sheet."""
    page_caller()
    google = service()
    with google.books.reading(file_id) as book:
        file = google.files.get(file_id)
        if file is None:
            raise not_found()
        sheet = _chosen(book, request.args.get("gid", ""))
        found = view(book, sheet, lambda formulas: google.books.evaluate(book, formulas), _today(book))
    return answer({**found, "version": file.version, "name": file.name})


@routes.get("/spreadsheets/d/<file_id>/htmlview")
def html(file_id: str) -> Response:
    """One sheet of a spreadsheet as plain HTML, to read or print; `gid` says which."""
    google = service()
    if google.files.get(file_id) is None:
        abort(404)
    with google.books.reading(file_id) as book:
        sheet = _chosen(book, request.args.get("gid", ""))
        made = look(book, sheet, lambda formulas: google.books.evaluate(book, formulas), _today(book))
        tabs = [
            {"gid": each.id, "title": each.title, "hidden": bool(each.properties.get("hidden"))} for each in book.sheets
        ]
        title, rtl = book.properties["title"], bool(sheet.properties.get("rightToLeft"))
    return _page(
        "sheet.html", title=title, tabs=tabs, gid=sheet.id, tab=sheet.title, look=made, sheet_direction=_direction(rtl)
    )


def _today(book: Spreadsheet) -> date:
    return service().clock().astimezone(zone(book.properties.get("timeZone", "UTC"))).date()


def _direction(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def _chosen(book: Spreadsheet, gid: str) -> Sheet:
    """The sheet of that gid, else the first that is not hidden."""
    for sheet in book.sheets:
        if gid and str(sheet.id) == gid:
            return sheet
    return next((sheet for sheet in book.sheets if not sheet.properties.get("hidden")), book.sheets[0])
