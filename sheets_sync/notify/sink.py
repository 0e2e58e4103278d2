"""A mail server on loopback that keeps what it gets: for the demo and for tests."""

import socket
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Kept:
    """A mail as it came: the envelope's sender and recipients, and the parsed content."""

    sender: str
    recipients: tuple[str, ...]
    mail: EmailMessage

    @property
    def text(self) -> str:
        """The plain text."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML, '' when there is none."""
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.mail.get_body((kind,))
        return str(part.get_content()) if part else ""


class Sink:
    """The server; as a context manager it runs inside the block. `port` 0 takes any free one."""

    def __init__(self, port: int = 0) -> None:
        self.kept: list[Kept] = []
        self.port = port or _free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "Sink":
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        content: Any = envelope.content
        mail = message_from_bytes(content, policy=default)
        self.kept.append(Kept(envelope.mail_from or "", tuple(envelope.rcpt_tos), mail))
        return "250 kept"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
