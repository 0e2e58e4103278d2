"""Answers in JSON, and the headers that every answer bears."""

from typing import Any

import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from webhooks.refusal import Refusal

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

OTHERWISE = {
    404: ("אין כאן דבר.", "There is nothing here."),
    405: ("הכתובת אינה מקבלת בקשה כזאת.", "This address does not take such a request."),
    500: ("אירעה תקלה בשירות.", "The service met an error."),
}
"""Words for what Flask answers by itself."""

MALFORMED = ("הבקשה אינה תקינה.", "The request is malformed.")


def answer(status: int, content: Any) -> Response:
    """An answer in JSON."""
    return Response(orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS), status, mimetype="application/json")


def error(status: int, code: str, he: str, en: str) -> Response:
    """An error, in the one shape that all have."""
    return answer(status, {"error": {"code": code, "message_he": he, "message_en": en}})


def refused(refusal: Refusal) -> Response:
    """The answer to what was refused."""
    words = refusal.why.value
    response = error(words.status, refusal.why.name.lower(), words.he, words.en)
    if words.retry_after is not None:
        response.headers["Retry-After"] = str(words.retry_after)
    return response


def failed(exception: HTTPException) -> Response:
    """The answer to what Flask or Werkzeug refused, or to an error of ours; it says nothing of the request."""
    status = exception.code or 500
    he, en = OTHERWISE.get(status, MALFORMED)
    response = error(status, exception.name.lower().replace(" ", "_"), he, en)
    if allowed := dict(exception.get_headers()).get("Allow"):
        response.headers["Allow"] = allowed
    return response


def secured(response: Response) -> Response:
    """The answer with the headers that keep browsers from misusing it, unless its page set its own."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
