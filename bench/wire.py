"""Notes each call that leaves for a Google: its kind, its time, and its bytes both ways."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from sheets_sync.google.client import READS

KINDS = ("read", "write")


@dataclass(frozen=True)
class Sent:
    """One call: read, write or drive; seconds on the given clock; bytes of the body sent and of the answer."""

    kind: str
    at: float
    up: int
    down: int


@dataclass
class Wire(HTTPAdapter):
    """The end of a session's connections; `clock` gives seconds."""

    clock: Callable[[], float]
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        path, at = request.path_url.partition("?")[0], self.clock()
        answer = super().send(request, *arguments, **named)
        if not path.startswith("/token"):
            self.sent.append(
                Sent(kind_of(request.method or "", path), at, len(request.body or b""), len(answer.content))
            )
        return answer

    def taken(self) -> list[Sent]:
        """What was sent since this was asked last."""
        found, self.sent = self.sent, []
        return found


def kind_of(method: str, path: str) -> str:
    if not path.startswith("/v4/"):
        return "drive"
    return "read" if method == "GET" or path.endswith(READS) else "write"


def most_in_a_minute(sent: list[Sent], kind: str) -> int:
    """The most calls of a kind in any 60 seconds."""
    moments = sorted(one.at for one in sent if one.kind == kind)
    return max((sum(start <= at < start + 60 for at in moments[n:]) for n, start in enumerate(moments)), default=0)
