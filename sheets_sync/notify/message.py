"""A message to one recipient over one channel, and how sending it can fail."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent. `key` names the fact it tells: within a community, the same key is sent once.

    `channel` is a channel's name (`mail`), `recipient` its address there; before `not_before` nothing is sent.
    """

    community: str
    key: str
    channel: str
    recipient: str
    subject: str
    text: str
    html: str = ""
    not_before: datetime | None = None

    @property
    def id(self) -> str:
        """The same for every try, so that a mail server's repetition can be recognised: 32 hex digits."""
        return hashlib.sha256(f"{self.community}\n{self.key}".encode()).hexdigest()[:32]


UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Failure(StrEnum):
    """How a message failed: for good, for now, or because the whole channel is out of reach."""

    REFUSED = "refused"
    LATER = "later"
    UNREACHABLE = "unreachable"


class SendFailed(Exception):
    """A message was not sent. `reason` is for the log: it names neither recipient nor content."""

    def __init__(self, failure: Failure, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure
        self.reason = reason


def one_line(text: str) -> str:
    """Text that can stand in a header: line ends, other control characters and half surrogates become one space."""
    return UNFIT.sub(" ", text).strip()
