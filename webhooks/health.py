"""`GET /health`: whether form answers can be stored, whether passes are done, how much waits; nothing personal."""

from datetime import datetime, timedelta

from flask import Blueprint, Response

from sheets_sync.store import inbox, outbox
from sheets_sync.store.database import DatabaseFault, reading
from sheets_sync.store.figures import Signs, signs
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
                clock = signs(connection, config.community)
        except DatabaseFault:
            return answer(503, {"status": "database out of reach"})
        if not writer.thread.is_alive():
            return answer(503, {"status": "writer gone"})
        if config.tick is not None and has_stopped(clock, began, config.clock(), config.tick):
            return answer(503, {"status": "no passes are done", "inbox": answers, "outbox": messages})
        return answer(200, {"status": "ok", "inbox": answers, "outbox": messages})

    return blueprint


def has_stopped(clock: Signs, began: datetime, now: datetime, tick: timedelta) -> bool:
    """Whether a clock that looks every `tick` gives no sign of life, or ends no pass; counted from `began` at most."""
    last = max(clock.last or began, began)
    failing = max(clock.failing_since or now, began)
    return now - min(last, failing) > max(TICKS * tick, LEAST)
