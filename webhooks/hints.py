"""Hints that a sheet changed: Drive's pushes, and signed ones of a sheet's own script. They only wake the clock."""

import orjson
from flask import Blueprint, Response, request

from sheets_sync.clock import beats
from sheets_sync.clock.channel_memory import PATH, channels, is_ours
from sheets_sync.store.database import DatabaseFault, reading
from webhooks.answers import answer
from webhooks.config import WebConfig
from webhooks.refusal import Refusal, Why
from webhooks.signature import Signer

CHANGE = "/hints/change"
BODY_LIMIT = 4_096


def routes(config: WebConfig) -> Blueprint:
    """The two routes; raises BadSettings for a secret that cannot be used."""
    signer = Signer("hint", config.hint_secrets) if config.hint_secrets else None
    blueprint = Blueprint("hints", __name__)

    @blueprint.post(PATH)
    def drive() -> Response:
        """A push: of its headers only the channel and its secret are looked at."""
        channel, secret = (request.headers.get(f"X-Goog-Channel-{name}", "") for name in ("ID", "Token"))
        now = config.clock()
        try:
            with reading(config.engine) as connection:
                opened = channels(connection, config.community)
            if not is_ours(opened, channel, secret, now):
                raise Refusal(Why.NO_CHANNEL)
            if request.headers.get("X-Goog-Resource-State") != "sync":
                beats.push(config.engine, config.community, now)
        except DatabaseFault:
            raise Refusal(Why.BUSY) from None
        return Response(status=204)

    @blueprint.post(CHANGE)
    def change() -> Response:
        """A script's hint: `{"spreadsheet": id}`, signed as a form's answers are."""
        if signer is None:
            raise Refusal(Why.NO_HINTS)
        request.max_content_length = BODY_LIMIT
        body = request.get_data(cache=False)
        now = config.clock()
        signer.check(request.headers, body, now)
        spreadsheet = _spreadsheet(body)
        if spreadsheet not in config.spreadsheets:
            raise Refusal(Why.OTHER_SHEET)
        try:
            beats.hint(config.engine, config.community, spreadsheet, now)
        except DatabaseFault:
            raise Refusal(Why.BUSY) from None
        return answer(202, {"status": "accepted"})

    return blueprint


def _spreadsheet(body: bytes) -> str:
    """The spreadsheet's id in a hint; raises Refusal for any other body."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refusal(Why.BAD_BODY) from None
    if not isinstance(found, dict) or not isinstance(found.get("spreadsheet"), str):
        raise Refusal(Why.BAD_BODY)
    return str(found["spreadsheet"])
