"""Drive's push channels: opened where the web is reached from outside, the next one before the last ends."""

import secrets
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec

from sheets_sync.clock.channel_memory import CHANNELS, PATH, Opened, channels, digest
from sheets_sync.clock.feed import watch
from sheets_sync.clock.member import Member, Shared
from sheets_sync.errors import GoogleTrouble, Trouble
from sheets_sync.google.client import CarefulClient
from sheets_sync.google.sibling import sibling
from sheets_sync.log import log
from sheets_sync.store import memory
from sheets_sync.store.database import reading, writing

LASTS, RENEWED = timedelta(days=7), timedelta(days=1)
"""The longest that Google lets a channel last; how long before its end the next one is opened."""

PATIENCE = 5.0
"""Seconds for each answer of Google's while one is opened."""

WAIT = 1.0
"""Seconds in which most are open."""

AGAIN = timedelta(hours=1)
"""After Google refused to open one."""


class Opener:
    """Opens the channels of an account beside the clock, which waits `WAIT` seconds for it and not longer."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.under_way: threading.Thread | None = None

    def open_next(self, now: datetime) -> None:
        """Open one as `open_next` does; nothing is begun while the last is still under way."""
        if self.under_way is not None and self.under_way.is_alive():
            return
        self.under_way = threading.Thread(target=self._open, args=(now,), name="channel", daemon=True)
        self.under_way.start()
        self.under_way.join(WAIT)

    def _open(self, now: datetime) -> None:
        try:
            open_next(self.shared, now)
        except Trouble as trouble:
            log.warning("channel.refused", kind=type(trouble).__name__)


def open_next(shared: Shared, now: datetime) -> None:
    """Open a channel for the account where one is wanted and none lasts long enough; a refusal is told in the log."""
    one = next((one for one in shared.members if one.service.settings.web.public_url), None)
    if one is None:
        return
    with reading(one.engine) as connection:
        opened = channels(connection, one.key)
    if any(channel.ends - now > (RENEWED if channel.digest else timedelta()) for channel in opened):
        return
    made = _opened(_impatient(shared.client), one, now)
    lasting = [channel for channel in opened if channel.digest and channel.ends > now]
    with writing(one.engine) as connection:
        memory.remember(connection, one.key, CHANNELS, msgspec.to_builtins([*lasting, made]))


def _impatient(client: CarefulClient) -> CarefulClient:
    """A client that gives up soon: nothing waits for a channel, and without one the feed is asked all the same."""
    made = sibling(client)
    made.hurry(PATIENCE)
    return made


def _opened(client: CarefulClient, one: Member, now: datetime) -> Opened:
    channel, secret = uuid4().hex, secrets.token_urlsafe(32)
    address = one.service.settings.web.public_url.rstrip("/") + PATH
    try:
        answer = watch(client, channel, secret, address, now + LASTS)
    except GoogleTrouble as trouble:
        log.warning("channel.refused", community=one.key, kind=type(trouble).__name__)
        return Opened(channel, "", now + AGAIN)
    ends = datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC)
    return Opened(channel, digest(secret), ends)
