"""Drive's push channels as they are remembered, and whether a push is of one of them."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from sheets_sync.store import memory
from sheets_sync.store.database import Connection

CHANNELS = "channels"
"""The name in the memory, with the community whose web is called."""

PATH = "/hints/drive"
"""Where pushes come in."""


@dataclass(frozen=True)
class Opened:
    """A channel; of the secret that its pushes bear only the digest is kept. One that was refused has no digest."""

    id: str
    digest: str
    ends: datetime


def channels(connection: Connection, community: str) -> list[Opened]:
    """The channels that were opened for a community's web."""
    return msgspec.convert(memory.recall(connection, community, CHANNELS, []), list[Opened])


def is_ours(opened: Sequence[Opened], channel: str, secret: str, now: datetime) -> bool:
    """Whether a push bears the secret of a channel that lasts; compared in constant time."""
    given = digest(secret)
    lasting = [one for one in opened if one.digest and one.ends > now and one.id == channel]
    return any(hmac.compare_digest(given, one.digest) for one in lasting)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
