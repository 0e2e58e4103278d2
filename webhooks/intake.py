"""`POST /forms/<form>`: a signed form answer becomes a durable row of the inbox, once."""

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from sheets_sync.faultpoints import reach
from sheets_sync.store.arrivals import Arrival, Taken
from webhooks import payload
from webhooks.answers import answer
from webhooks.config import WebConfig
from webhooks.refusal import Refusal, Why
from webhooks.signature import Signer
from webhooks.writer import NotStored, Writer

BODY_LIMIT = 256 * 1024


def routes(config: WebConfig, writer: Writer) -> Blueprint:
    """The intake's one route; raises BadSettings for a form whose secrets cannot be used."""
    signers = {form: Signer(form, secrets) for form, secrets in config.forms.items()}
    blueprint = Blueprint("intake", __name__)

    @blueprint.post("/forms/<form>")
    def take(form: str) -> Response:
        if form not in signers:
            raise Refusal(Why.UNKNOWN_FORM)
        body = _body(request)
        now = config.clock()
        message_id = signers[form].check(request.headers, body, now)
        payload.read(body)
        try:
            taken = writer.take(Arrival(config.community, form, message_id, body, now))
        except NotStored:
            raise Refusal(Why.BUSY) from None
        reach("inbox.answering")
        if taken is Taken.OTHER_BODY:
            raise Refusal(Why.ID_REUSED)
        return answer(202 if taken is Taken.NEW else 200, {"status": "accepted", "id": message_id})

    return blueprint


def _body(request: Request) -> bytes:
    """The body of a plain JSON request of bearable size; raises Refusal."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset != "utf-8" or "Content-Encoding" in request.headers:
        raise Refusal(Why.NOT_JSON)
    # One byte more than allowed: Werkzeug cuts a body without a length off at the limit, and does not say so.
    request.max_content_length = BODY_LIMIT + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Refusal(Why.TOO_LARGE) from None
    if len(body) > BODY_LIMIT:
        raise Refusal(Why.TOO_LARGE)
    return body
