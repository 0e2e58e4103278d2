"""`GET /health`: whether form answers can be stored, and how much waits; nothing personal."""

from flask import Blueprint, Response

from sheets_sync.store import inbox, outbox
from sheets_sync.store.database import DatabaseFault, reading
from webhooks.answers import answer
from webhooks.config import WebConfig
from webhooks.writer import Writer


def routes(config: WebConfig, writer: Writer) -> Blueprint:
    """The health page for monitors: 200, or 503 when the database is out of reach or the writer is gone."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/health")
    def health() -> Response:
        try:
            with reading(config.engine) as connection:
                answers = inbox.counts(connection, config.community)
                messages = outbox.counts(connection, config.community)
        except DatabaseFault:
            return answer(503, {"status": "database out of reach"})
        if not writer.thread.is_alive():
            return answer(503, {"status": "writer gone"})
        return answer(200, {"status": "ok", "inbox": answers, "outbox": messages})

    return blueprint
