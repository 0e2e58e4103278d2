"""What every route needs: the caller, the query, the body, and the answer as JSON."""

from typing import Any

import orjson
from flask import Response, current_app, g, request

from sheets_sync.embedded import browser_session, fields, schema
from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.service import Service

AUTH = "https://www.googleapis.com/auth/"
WRITE_SCOPES = frozenset({f"{AUTH}drive", f"{AUTH}drive.file", f"{AUTH}spreadsheets"})
READ_SCOPES = WRITE_SCOPES | {f"{AUTH}drive.readonly", f"{AUTH}spreadsheets.readonly", f"{AUTH}drive.metadata.readonly"}


def service() -> Service:
    """The service of the running app."""
    found: Service = current_app.extensions["embedded_google"]
    return found


def base_url() -> str:
    """The address under which the server was started."""
    return str(current_app.config["BASE_URL"])


def caller(*, write: bool = False) -> Account:
    """Who calls, with a scope that suffices. Raises Google's 401 or 403."""
    if browser_session.HEADER in request.headers and request.path.startswith("/v4/spreadsheets/"):
        return page_caller()
    token = request.args.get("access_token")
    given = f"Bearer {token}" if token else request.headers.get("Authorization")
    account = service().accounts.caller(given, None if write else request.args.get("key"))
    if account.scopes.isdisjoint(WRITE_SCOPES if write else READ_SCOPES):
        reason = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
        }
        raise GoogleError(403, "Request had insufficient authentication scopes.", details=[reason])
    return account


def page_caller() -> Account:
    """The owner of the spreadsheet in the address, for a request of its page. Raises Google's 401 or 404."""
    return browser_session.account(service(), request, str((request.view_args or {}).get("file_id", "")))


def query(method: str, document: str = "sheets.v4") -> JSON:
    """The query parameters of a method, typed, and kept for the answer's field mask."""
    found = schema.query(document, method, request.args.to_dict(flat=False))
    response = schema.api(document).methods[method].get("response", {}).get("$ref")
    g.mask = fields.answer_mask(document, response, found.get("fields")) if response else None
    return found


def mask() -> fields.Mask | None:
    """The field mask of the answer; None for everything."""
    found: fields.Mask | None = g.get("mask")
    return found


def body(schema_name: str, document: str = "sheets.v4") -> JSON:
    """The JSON body, held against its schema. Raises Google's 400."""
    return schema.checked(document, schema_name, json_body())


def json_body() -> Any:
    """The JSON body; none is an empty object."""
    text = request.get_data()
    if not text.strip():
        return {}
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise invalid(f"Invalid JSON payload received. {error}") from None


def answer(found: Any, code: int = 200) -> Response:
    """An answer under the field mask; compact unless the caller asks for `prettyPrint=true`."""
    pretty = request.args.get("prettyPrint") == "true"
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if pretty else 0)
    text = orjson.dumps(fields.pick(found, mask()), option=option)
    return Response(text, code, content_type="application/json; charset=UTF-8")


def refuse(error: GoogleError) -> Response:
    """An error's answer."""
    g.mask = None
    return answer(error.body(), error.code)
