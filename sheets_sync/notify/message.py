"""A message to one recipient over one channel."""

import hashlib
import re
from dataclasses import dataclass

PIERCING = "now:"
"""How the keys of messages begin that go out in quiet hours too."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent. `key` names the fact it tells: within a community, the same key is sent once.

    `channel` is a channel's name (`mail`), `recipient` its address there.
    """

    community: str
    key: str
    channel: str
    recipient: str
    subject: str
    text: str
    html: str = ""

    @property
    def id(self) -> str:
        """The same for every try, so that a mail server's repetition can be recognised: 32 hex digits."""
        return hashlib.sha256(f"{self.community}\n{self.key}".encode()).hexdigest()[:32]


UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Text that can stand in a header: line ends, other control characters and half surrogates become one space."""
    return UNFIT.sub(" ", text).strip()
