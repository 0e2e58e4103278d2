"""A load generator: so many connections, each sending one signed form answer after another."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.webhooks.wire import Request, submission

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
MOST_A_SECOND = 6_000
"""So many answers are signed beforehand: that is not to be measured."""
TEXT = "ש" * 400


@dataclass(frozen=True)
class Load:
    """Where to, for how long, over how many connections."""

    port: int
    seconds: float
    connections: int = 64


@dataclass(frozen=True)
class Sent:
    """One answer: its id, the status (0 where the connection broke), and the seconds it took."""

    id: str
    status: int
    seconds: float


def generate(load: Load) -> list[Sent]:
    """Send until the time is over."""
    return asyncio.run(_generate(load))


async def _generate(load: Load) -> list[Sent]:
    requests = [*_requests(int(MOST_A_SECOND * load.seconds))]
    loop, sent, left = asyncio.get_running_loop(), list[Sent](), iter(requests)
    until = time.perf_counter() + load.seconds
    ends: list[asyncio.Future[None]] = []
    for _ in range(load.connections):
        end: asyncio.Future[None] = loop.create_future()
        ends.append(end)
        await loop.create_connection(lambda end=end: Sender(left, until, sent, end), "127.0.0.1", load.port)  # type: ignore[misc]
    await asyncio.gather(*ends)
    return sent


class Sender(asyncio.Protocol):
    """One connection; the next answer goes out when the last was answered."""

    def __init__(
        self, requests: Iterator[tuple[str, bytes]], until: float, sent: list[Sent], end: "asyncio.Future[None]"
    ) -> None:
        self.requests, self.until, self.sent, self.end = requests, until, sent, end
        self.id, self.began, self.buffer = "", 0.0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if found and length and len(body) >= int(length[1]):
            self.sent.append(Sent(self.id, int(head[9:12]), time.perf_counter() - self.began))
            self.id, self.buffer = "", b""
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.id:
            self.sent.append(Sent(self.id, 0, time.perf_counter() - self.began))
        if not self.end.done():
            self.end.set_result(None)

    def _send(self) -> None:
        following = next(self.requests, None) if time.perf_counter() < self.until else None
        if following is None:
            self.transport.close()
        else:
            self.id, request = following
            self.began = time.perf_counter()
            self.transport.write(request)


def _requests(count: int) -> Iterator[tuple[str, bytes]]:
    """Answers of 1 KB, each with an id of its own, signed now."""
    body, seconds = submission(**{"שם": TEXT}), str(int(time.time()))
    for number in range(count):
        one = Request(body=body, message_id=f"m-{number}", seconds=seconds)
        headers = "".join(
            f"{name}: {value}\r\n" for name, value in one.sent_headers().items() if isinstance(value, str)
        )
        head = f"POST /forms/classes HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        yield one.message_id, head.encode() + body
