"""What a channel is: a way to send a message, which may fail."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from sheets_sync.notify.message import Message


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


Channel: TypeAlias = Callable[[Message], None]
"""Sends a message, or raises SendFailed."""
