"""A TCP proxy that cuts a connection at byte N, in either direction."""

import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field

UP, DOWN = "up", "down"
"""From the client to the server, and back."""

NO_LINGER = struct.pack("ii", 1, 0)


@dataclass
class Cut:
    """Cut when so many more bytes have passed in a direction; with a reset, or with an ordinary end."""

    way: str
    left: int
    reset: bool = False


@dataclass
class Proxy:
    """Passes on to `port` on loopback; a context manager listens on `own`."""

    port: int
    own: int = 0
    order: Cut | None = None
    cuts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Proxy":
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.own = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def cut(self, order: Cut | None) -> None:
        """Arm: one connection is cut, then all goes on; None disarms."""
        with self.lock:
            self.order = order

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                for one in (client, server):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for way, source, target in ((UP, client, server), (DOWN, server, client)):
                    threading.Thread(target=self._pump, args=(way, source, target), daemon=True).start()

    def _pump(self, way: str, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                some, cut = self._some(way, data)
                target.sendall(some)
                if cut:
                    _end(target, reset=cut.reset)
                    _end(source, reset=cut.reset)
                    return
        _end(target)

    def _some(self, way: str, data: bytes) -> tuple[bytes, Cut | None]:
        """What of the data is passed on, and the cut that follows, if any."""
        with self.lock:
            order = self.order
            if order is None or order.way != way:
                return data, None
            if len(data) <= order.left:
                order.left -= len(data)
                return data, None
            self.order, self.cuts = None, self.cuts + 1
            return data[: order.left], order


def _end(one: socket.socket, *, reset: bool = False) -> None:
    """End both directions, whoever waits in the other thread."""
    with suppress(OSError):
        if reset:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        one.shutdown(socket.SHUT_RDWR)
    one.close()
