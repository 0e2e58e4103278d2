"""Every answer of Google's, in the shapes that it sends, and what a person is told: what is wrong, and what to do."""

from typing import Any

import orjson
import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError

from sheets_sync.errors import (
    BadCredentials,
    Full,
    GoogleTrouble,
    NotFound,
    Protected,
    Refused,
    Unavailable,
    Unshared,
)
from sheets_sync.google.network import never_connected, no_token, unreachable
from sheets_sync.google.outcomes import busy, outcome

ACCOUNT = "sheets-sync@village.iam.gserviceaccount.com"
HTML_502 = "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p><b>502.</b>"
HTML_413 = "<!DOCTYPE html><html lang=en><title>Error 413 (Request Entity Too Large)!!1</title>"


def body(code: int, message: str, status: str, details: list[Any] | None = None, **more: Any) -> str:
    """An error as Sheets sends it; Drive adds the list `errors`."""
    error = {"code": code, "message": message, "status": status, "details": details or [], **more}
    return orjson.dumps({"error": error}).decode()


def info(reason: str) -> list[Any]:
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return [{"@type": kind, "reason": reason, "domain": "googleapis.com", "metadata": {"consumer": "projects/1"}}]


def drive(code: int, message: str, reason: str) -> str:
    errors = [{"message": message, "domain": "usageLimits", "reason": reason}]
    return orjson.dumps({"error": {"errors": errors, "code": code, "message": message}}).decode()


PROTECTED = (
    "Invalid requests[3].updateCells: You are trying to edit a protected cell or object. Please contact the "
    "spreadsheet owner to remove protection if you need to edit."
)
DISABLED = (
    "Google Sheets API has not been used in project 1 before or it is disabled. Enable it by visiting "
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1 then retry."
)
CELLS = (
    "Invalid requests[0].appendDimension: This action would increase the number of cells in the workbook above the "
    "limit of 10000000 cells."
)
QUOTA = (
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
    "'sheets.googleapis.com' for consumer 'project_number:1'."
)
NO_FIELD = "Invalid JSON payload received. Unknown name \"titel\" at 'requests[0].add_sheet': Cannot find field."
OFFICE = "This operation is not supported for this document"
VIOLATION = {"field": "requests[0].add_sheet", "description": NO_FIELD}
BAD_REQUEST = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [VIOLATION]}]
NO_PERMISSION = body(403, "The caller does not have permission", "PERMISSION_DENIED")

ANSWERS: dict[str, tuple[int, str, type[GoogleTrouble], str, str]] = {
    "not shared": (403, NO_PERMISSION, Unshared, ACCOUNT, ACCOUNT),
    "no such file": (404, body(404, "Requested entity was not found.", "NOT_FOUND"), NotFound, "הכתובת", "url"),
    "no such file, by Drive": (404, drive(404, "File not found: x.", "notFound"), NotFound, "הכתובת", "url"),
    "key refused": (
        401,
        body(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED", info("ACCESS_TOKEN_EXPIRED")),
        BadCredentials,
        "google.key_file",
        "google.key_file",
    ),
    "no place of its own": (
        403,
        drive(403, "The user's Drive storage quota has been exceeded.", "storageQuotaExceeded"),
        Refused,
        "אדם יוצר את הקובץ",
        "a person creates it",
    ),
    "protected": (400, body(400, PROTECTED, "INVALID_ARGUMENT"), Protected, ACCOUNT, "Protect sheets and ranges"),
    "protected, as 403": (403, body(403, PROTECTED, "PERMISSION_DENIED"), Protected, ACCOUNT, ACCOUNT),
    "API off": (
        403,
        body(403, DISABLED, "PERMISSION_DENIED", info("SERVICE_DISABLED")),
        BadCredentials,
        "Enable APIs",
        "Enable it in Google Cloud",
    ),
    "scopes": (
        403,
        body(
            403,
            "Request had insufficient authentication scopes.",
            "PERMISSION_DENIED",
            info("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        ),
        BadCredentials,
        "scopes",
        "scopes",
    ),
    "a field that is none": (
        400,
        body(400, NO_FIELD, "INVALID_ARGUMENT", BAD_REQUEST),
        Refused,
        "requests[0].add_sheet",
        "requests[0].add_sheet",
    ),
    "ten million cells": (400, body(400, CELLS, "INVALID_ARGUMENT"), Full, "10 מיליון", "10 million"),
    "too large": (413, HTML_413, Refused, "גדולה מדי", "too large"),
    "too large, in words": (
        400,
        body(400, "Request payload size exceeds the limit: 10485760 bytes.", "INVALID_ARGUMENT"),
        Refused,
        "גדולה מדי",
        "too large",
    ),
    "an Excel file": (400, body(400, OFFICE, "FAILED_PRECONDITION"), Refused, "Excel", "Google Sheets"),
    "over quota": (
        429,
        body(429, QUOTA, "RESOURCE_EXHAUSTED", info("RATE_LIMIT_EXCEEDED")),
        Unavailable,
        "ננסה שוב",
        "busy (429)",
    ),
    "over quota, by Drive": (
        403,
        drive(403, "User Rate Limit Exceeded", "userRateLimitExceeded"),
        Unavailable,
        "ננסה שוב",
        "busy (403)",
    ),
    "fault of Google's": (500, body(500, "Internal error encountered.", "INTERNAL"), Unavailable, "ננסה", "busy (500)"),
    "HTML": (502, HTML_502, Unavailable, "ננסה שוב", "busy (502)"),
    "not now": (503, body(503, "The service is currently unavailable.", "UNAVAILABLE"), Unavailable, "ננסה", "(503)"),
    "too long": (504, body(504, "Deadline expired.", "DEADLINE_EXCEEDED"), Unavailable, "ננסה שוב", "busy (504)"),
    "something else": (409, body(409, "The operation was aborted.", "ABORTED"), Refused, "aborted", "(409)"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=list(ANSWERS))
def test_an_answer_in_words(answer: tuple[int, str, type[GoogleTrouble], str, str]) -> None:
    status, text, kind, he, en = answer
    trouble = outcome(status, text, ACCOUNT)
    assert type(trouble) is kind
    assert he in trouble.he
    assert en in trouble.en
    assert any("א" <= letter <= "ת" for letter in trouble.he)
    assert "<" not in trouble.he + trouble.en


def test_what_only_means_later_is_told_from_what_is_refused() -> None:
    assert {name for name, (status, text, *_) in ANSWERS.items() if busy(status, text)} == {
        "over quota",
        "over quota, by Drive",
    }


POOL = HTTPSConnectionPool("sheets.googleapis.com")
CONNECTION = HTTPSConnection("sheets.googleapis.com")
NO_NAME = NameResolutionError("sheets.googleapis.com", CONNECTION, OSError(-2, "Name or service not known"))  # type: ignore[arg-type]
NOBODY = NewConnectionError(CONNECTION, "Failed to establish a new connection: [Errno 111] Connection refused")
ABORTED = ProtocolError("Connection aborted.", ConnectionResetError(104, "Connection reset by peer"))

LINES: dict[str, tuple[Exception, bool, str]] = {
    "DNS": (requests.ConnectionError(MaxRetryError(POOL, "/v4", NO_NAME)), True, "(DNS)"),
    "nobody listens": (requests.ConnectionError(MaxRetryError(POOL, "/v4", NOBODY)), True, "out of reach"),
    "no connection in time": (requests.ConnectTimeout("timed out"), True, "out of reach"),
    "hang": (requests.ReadTimeout("Read timed out. (read timeout=50)"), False, "in time"),
    "cut": (requests.ConnectionError(ABORTED), False, "out of reach"),
    "TLS": (requests.exceptions.SSLError("certificate verify failed"), False, "certificates"),
}


@pytest.mark.parametrize("line", LINES.values(), ids=list(LINES))
def test_a_line_that_fails_in_words(line: tuple[Exception, bool, str]) -> None:
    """Whether anything can have been applied, and what to look at."""
    error, never, said = line
    assert never_connected(error) is never
    assert said in unreachable(error).en


UNREACHED: Exception = TransportError("Failed to resolve oauth2.googleapis.com")  # type: ignore[no-untyped-call]
GRANT = "invalid_grant"
SKEW = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp "
    "values in the JWT claim."
)


def refusal(said: str, **named: Any) -> Exception:
    """As google-auth raises it."""
    made: Exception = RefreshError(said, **named)  # type: ignore[no-untyped-call]
    return made


TOKENS: dict[str, tuple[Any, type[GoogleTrouble], str]] = {
    "clock": (refusal(f"{GRANT}: {SKEW}"), BadCredentials, "NTP"),
    "key deleted": (refusal(f"{GRANT}: Invalid JWT Signature."), BadCredentials, "no longer good"),
    "account gone": (refusal(f"{GRANT}: Invalid grant: account not found"), BadCredentials, ACCOUNT),
    "endpoint down": (UNREACHED, Unavailable, "token service"),
    "endpoint busy": (refusal("internal_failure", retryable=True), Unavailable, "token service"),
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=list(TOKENS))
def test_a_token_that_is_not_given_in_words(token: tuple[Any, type[GoogleTrouble], str]) -> None:
    error, kind, said = token
    trouble = no_token(error, ACCOUNT)
    assert type(trouble) is kind
    assert said in trouble.en
    assert any("א" <= letter <= "ת" for letter in trouble.he)
