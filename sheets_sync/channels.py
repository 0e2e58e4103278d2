"""Drive's push channels: opened where the web is reached from outside, the next one before the last ends."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec

from sheets_sync.errors import GoogleTrouble
from sheets_sync.feed import watch
from sheets_sync.log import log
from sheets_sync.member import Member, Shared
from sheets_sync.store import memory
from sheets_sync.store.database import Connection, reading, writing

CHANNELS = "channels"
"""The name in the memory, with the community whose web is called."""

LASTS, RENEWED = timedelta(days=7), timedelta(days=1)
"""The longest that Google lets a channel last; how long before its end the next one is opened."""

AGAIN = timedelta(hours=1)
"""After Google refused to open one."""

PATH = "/hints/drive"


@dataclass(frozen=True)
class Opened:
    """A channel; of the secret that its pushes bear only the digest is kept. One that was refused has no digest."""

    id: str
    digest: str
    ends: datetime


def open_next(shared: Shared, now: datetime) -> None:
    """Open a channel for the account where one is wanted and none lasts long enough; a refusal is told in the log."""
    one = next((one for one in shared.members if one.service.settings.web.public_url), None)
    if one is None:
        return
    with reading(one.engine) as connection:
        opened = channels(connection, one.key)
    if any(channel.ends - now > (RENEWED if channel.digest else timedelta()) for channel in opened):
        return
    made = _opened(shared, one, now)
    lasting = [channel for channel in opened if channel.digest and channel.ends > now]
    with writing(one.engine) as connection:
        memory.remember(connection, one.key, CHANNELS, msgspec.to_builtins([*lasting, made]))


def channels(connection: Connection, community: str) -> list[Opened]:
    """The channels that were opened for a community's web."""
    return msgspec.convert(memory.recall(connection, community, CHANNELS, []), list[Opened])


def is_ours(opened: Sequence[Opened], channel: str, secret: str, now: datetime) -> bool:
    """Whether a push bears the secret of a channel that lasts; compared in constant time."""
    given = _digest(secret)
    lasting = [one for one in opened if one.digest and one.ends > now and one.id == channel]
    return any(hmac.compare_digest(given, one.digest) for one in lasting)


def _opened(shared: Shared, one: Member, now: datetime) -> Opened:
    channel, secret = uuid4().hex, secrets.token_urlsafe(32)
    address = one.service.settings.web.public_url.rstrip("/") + PATH
    try:
        answer = watch(shared.client, channel, secret, address, now + LASTS)
    except GoogleTrouble as trouble:
        log.warning("channel.refused", community=one.key, kind=type(trouble).__name__)
        return Opened(channel, "", now + AGAIN)
    ends = datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC)
    return Opened(channel, _digest(secret), ends)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
