"""What the clock remembers and hears through the database: standings, hints, pushes, the feed's token."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from sheets_sync.clock.due import Standing
from sheets_sync.config import Settings
from sheets_sync.store import memory
from sheets_sync.store.clocked import named, newest_answers
from sheets_sync.store.database import Connection, Engine, reading, writing

STANDING, HINTS, PUSH, FEED, BEAT = "clock", "hints", "push", "feed", "beat"
"""The names in the memory. HINTS: spreadsheet id → moment; PUSH: moment; FEED: a page token; BEAT: moment."""

NOBODY = ""
"""In the place of the community where something belongs to none of them."""


@dataclass(frozen=True)
class Heard:
    """What stands in a database, by community. Moments of hints and pushes are ISO texts in UTC."""

    standings: Mapping[str, Standing]
    answers: Mapping[str, int]
    hints: Mapping[str, Mapping[str, str]]
    pushes: Mapping[str, str]


def listen(engine: Engine) -> Heard:
    """Look at everything that may make a pass due, in one transaction."""
    with reading(engine) as connection:
        kept = named(connection, STANDING)
        return Heard(
            {community: _standing(value) for community, value in kept.items()},
            newest_answers(connection),
            named(connection, HINTS),
            named(connection, PUSH),
        )


def standing_of(connection: Connection, community: str) -> Standing:
    """How a community stands; as one that never had a pass where nothing is remembered."""
    return _standing(memory.recall(connection, community, STANDING, {}))


def keep(connection: Connection, community: str, standing: Standing) -> None:
    """Remember how a community stands."""
    memory.remember(connection, community, STANDING, msgspec.to_builtins(standing))


def hint(engine: Engine, community: str, spreadsheet: str, now: datetime) -> None:
    """Let the clock know that a spreadsheet changed."""
    with writing(engine) as connection:
        hints = memory.recall(connection, community, HINTS, {})
        memory.remember(connection, community, HINTS, {**hints, spreadsheet: stamp(now)})


def push(engine: Engine, community: str, now: datetime) -> None:
    """Let the clock know that the feed has news."""
    with writing(engine) as connection:
        memory.remember(connection, community, PUSH, stamp(now))


def feed_token(connection: Connection, account: str) -> str:
    """Where the feed of a service account was read to; '' where it never was."""
    return str(memory.recall(connection, NOBODY, f"{FEED}:{account}", ""))


def keep_feed_token(connection: Connection, account: str, token: str, now: datetime) -> None:
    """Remember where the feed was read to, and that the clock goes."""
    memory.remember(connection, NOBODY, f"{FEED}:{account}", token)
    memory.remember(connection, NOBODY, BEAT, stamp(now))


def last_beat(connection: Connection) -> datetime | None:
    """When the clock last listened to the feed."""
    said = memory.recall(connection, NOBODY, BEAT)
    return None if said is None else datetime.fromisoformat(said)


def stamp(moment: datetime) -> str:
    """A moment as a text whose order is that of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digest(settings: Settings) -> str:
    """What changes when the settings or the program do."""
    text = msgspec.json.encode(settings, enc_hook=_plain, order="sorted")
    return hashlib.sha256(version("sheets-sync").encode() + text).hexdigest()[:32]


def _standing(value: Any) -> Standing:
    return msgspec.convert(value, Standing)


def _plain(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)
