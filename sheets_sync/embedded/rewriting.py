"""Requests written in the other ways that Google takes, brought to the one that the routes know."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

# Clients that join a base and a path write `…/<id>/` and `…/<id>/:batchUpdate` (google-spreadsheet 5).
SLASHED = re.compile(r"^(/v4/spreadsheets/[^/:]+|/drive/v3/files/[^/]+)/(:\w+)?$")
MOST_QUERY = 2**20


def rewriting(app: "WSGIApplication") -> "WSGIApplication":
    """The app, for which all ways of writing a request are one."""

    def call(environ: dict[str, Any], start: "StartResponse") -> Iterable[bytes]:
        environ["PATH_INFO"] = SLASHED.sub(r"\1\2", environ["PATH_INFO"])
        override = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").upper()
        if override and environ["REQUEST_METHOD"] == "POST":
            _override(environ, override)
        return app(environ, start)

    return call


def _override(environ: dict[str, Any], method: str) -> None:
    """The method that a header names; for GET the body is the query, too long for an address (over 2,048 letters)."""
    environ["REQUEST_METHOD"] = method
    if method == "GET" and environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        length = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_QUERY)
        environ["QUERY_STRING"] = environ["wsgi.input"].read(length).decode("latin-1")
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(), "0"
