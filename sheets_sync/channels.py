"""Drive's push channels: opened where the web is reached from outside, the next one before the last ends."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec

from sheets_sync.channel_memory import CHANNELS, PATH, Opened, channels, digest
from sheets_sync.errors import GoogleTrouble
from sheets_sync.feed import watch
from sheets_sync.log import log
from sheets_sync.member import Member, Shared
from sheets_sync.store import memory
from sheets_sync.store.database import reading, writing

LASTS, RENEWED = timedelta(days=7), timedelta(days=1)
"""The longest that Google lets a channel last; how long before its end the next one is opened."""

AGAIN = timedelta(hours=1)
"""After Google refused to open one."""


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


def _opened(shared: Shared, one: Member, now: datetime) -> Opened:
    channel, secret = uuid4().hex, secrets.token_urlsafe(32)
    address = one.service.settings.web.public_url.rstrip("/") + PATH
    try:
        answer = watch(shared.client, channel, secret, address, now + LASTS)
    except GoogleTrouble as trouble:
        log.warning("channel.refused", community=one.key, kind=type(trouble).__name__)
        return Opened(channel, "", now + AGAIN)
    ends = datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC)
    return Opened(channel, digest(secret), ends)
