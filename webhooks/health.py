"""`GET /health`: whether form answers can be stored, whether passes are done, how much waits; nothing personal."""

from datetime import datetime, timedelta

from flask import Blueprint, Response

from sheets_sync.store import inbox, outbox
from sheets_sync.store.database import DatabaseFault, reading
from sheets_sync.store.figures import last_ended
from webhooks.answers import answer
from webhooks.config import WebConfig
from webhooks.writer import Writer

TICKS, LEAST = 10, timedelta(minutes=5)
"""A clock that ended no pass for so many of its ticks, and for this long at least, has stopped."""


def routes(config: WebConfig, writer: Writer) -> Blueprint:
    """The health page for monitors: 200, or 503 when the database, the writer or the clock beside is gone."""
    blueprint = Blueprint("health", __name__)
    began = config.clock()

    @blueprint.get("/health")
    def health() -> Response:
        try:
            with reading(config.engine) as connection:
                answers = inbox.counts(connection, config.community)
                messages = outbox.counts(connection, config.community)
                ended = last_ended(connection, config.community)
        except DatabaseFault:
            return answer(503, {"status": "database out of reach"})
        if not writer.thread.is_alive():
            return answer(503, {"status": "writer gone"})
        if config.tick is not None and has_stopped(max(ended or began, began), config.clock(), config.tick):
            return answer(503, {"status": "no passes are done", "inbox": answers, "outbox": messages})
        return answer(200, {"status": "ok", "inbox": answers, "outbox": messages})

    return blueprint


def has_stopped(last: datetime, now: datetime, tick: timedelta) -> bool:
    """Whether a clock that gave its last sign of life then, and looks every `tick`, has stopped."""
    return now - last > max(TICKS * tick, LEAST)
