"""Push channels of `changes.watch`: told to loopback addresses that something changed; never what."""

import http.client
import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime
from email.utils import formatdate
from urllib.parse import urlsplit

import orjson

from sheets_sync.embedded.database import Database
from sheets_sync.embedded.errors import JSON, GoogleError

LOCAL = ("127.0.0.1", "localhost", "::1")
LONGEST = 7 * 86_400
USUAL = 3_600
RESOURCE = "embedded-changes"
TIMEOUT = 5.0


class Pushes:
    """The channels in the database, and the thread that delivers. A push that fails is lost, as Google's may be."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._waiting: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._numbers: dict[str, int] = {}

    def watch(self, given: JSON, email: str) -> JSON:
        """Open a channel; it lasts an hour, or as long as asked up to a week. Raises a 400."""
        address, channel_id = str(given.get("address", "")), str(given.get("id", ""))
        if not channel_id or given.get("type") not in ("web_hook", "webhook"):
            raise GoogleError(400, "A channel needs an id and the type web_hook.", reason="required")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or parts.hostname not in LOCAL:
            message = "WebHook callback must be HTTPS, or a loopback address of the embedded Google's machine."
            raise GoogleError(400, message, reason="push.webhookUrlUnauthorized")
        if self._database.one("select 1 from channels where id = ?", channel_id):
            message = f"Channel id {channel_id} not unique"
            raise GoogleError(400, message, reason="channelIdNotUnique")
        now = self._clock().timestamp()
        ends = min(int(given["expiration"]) / 1000 if "expiration" in given else now + USUAL, now + LONGEST)
        body = {"address": address, "token": str(given.get("token", "")), "ends": ends, "email": email.lower()}
        with self._database.transaction() as connection:
            connection.execute("insert into channels values (?, ?)", (channel_id, orjson.dumps(body).decode()))
        self._start()
        self._waiting.put([f"sync:{channel_id}"])
        return {
            "kind": "api#channel",
            "id": channel_id,
            "resourceId": RESOURCE,
            "resourceUri": "https://www.googleapis.com/drive/v3/changes",
            "token": body["token"],
            "expiration": str(int(ends * 1000)),
        }

    def stop(self, channel_id: str) -> None:
        """Close a channel. Raises a 404 for one that is not open."""
        with self._database.transaction() as connection:
            found = connection.execute("delete from channels where id = ?", (channel_id,)).rowcount
        if not found:
            raise GoogleError(404, f"Channel '{channel_id}' not found for project 'embedded-google'", reason="notFound")

    def changed(self, readers: list[str]) -> None:
        """Something changed that these addresses may see."""
        if self._thread is not None or self._database.one("select 1 from channels"):
            self._start()
            self._waiting.put(readers)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver, name="embedded-google-pushes", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def _deliver(self) -> None:
        while (readers := self._waiting.get()) is not None:
            for record in self._database.all("select * from channels"):
                body = orjson.loads(record["body"])
                sync = f"sync:{record['id']}" in readers
                if body["ends"] > self._clock().timestamp() and (sync or body["email"] in readers):
                    self._push(record["id"], body, "sync" if sync else "change")

    def _push(self, channel_id: str, body: JSON, state: str) -> None:
        self._numbers[channel_id] = self._numbers.get(channel_id, 0) + 1
        headers = {
            "X-Goog-Channel-ID": channel_id,
            "X-Goog-Channel-Token": body["token"],
            "X-Goog-Channel-Expiration": formatdate(body["ends"], usegmt=True),
            "X-Goog-Resource-ID": RESOURCE,
            "X-Goog-Resource-URI": "https://www.googleapis.com/drive/v3/changes",
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(self._numbers[channel_id]),
            "Content-Length": "0",
        }
        parts = urlsplit(body["address"])
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=TIMEOUT)
        try:
            connection.request("POST", parts.path or "/", headers=headers)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            logging.getLogger(__name__).info("push to channel %s was lost: %s", channel_id, error)
        finally:
            connection.close()
