"""The client and the limiter together: who is asked, who pauses, how long a read may hang."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from sheets_sync.errors import Unavailable
from sheets_sync.google.client import ANSWER_SECONDS, CarefulClient, urgently
from sheets_sync.google.gateway import open_gateway
from sheets_sync.google.kind import Kind
from tests.world import World


@dataclass
class Turns:
    """A gate that lets all pass and writes down what it was asked."""

    asked: list[tuple[Kind, bool]] = field(default_factory=list)
    pauses: list[tuple[Kind, float | None]] = field(default_factory=list)

    def take(self, kind: Kind, seconds: float, *, urgent: bool = False) -> float:
        self.asked.append((kind, urgent))
        return 0.0

    def refused(self, kind: Kind, retry_after: float | None = None) -> float:
        self.pauses.append((kind, retry_after))
        return 0.0


@dataclass
class Line(HTTPAdapter):
    """Answers first what it was told to, then what Google says; writes down for how long each was to be waited."""

    first: list[Exception | dict[str, str]]
    waits: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        self.waits.append(named["timeout"])
        if not self.first:
            return super().send(request, *arguments, **named)
        answer = self.first.pop(0)
        if isinstance(answer, Exception):
            raise answer
        made = requests.Response()
        made.status_code, made.request, made._content = 429, request, b"{}"
        made.headers.update(answer)
        return made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": ()})
    yield made
    made.close()


def client(
    world: World, *first: Exception | dict[str, str], deadline: float = 100
) -> tuple[CarefulClient, Turns, Line]:
    made = open_gateway(world.settings.google.key_file, world.google.url, deadline).client
    made.request("get", _address(world))  # a token, before anything fails
    turns, line = Turns(), Line(list(first))
    made.gate, made.sleep = turns, lambda _seconds: None
    made.session.mount(world.google.url, line)
    return made, turns, line


def _address(world: World) -> str:
    return f"https://sheets.googleapis.com/v4/spreadsheets/{world.ids['main']}"


def test_each_call_to_sheets_asks_for_its_turn_and_drives_do_not(world: World) -> None:
    careful, turns, _ = client(world)
    careful.request("get", _address(world))
    with urgently():
        careful.request("post", _address(world) + ":batchUpdate", json={"requests": [{"addSheet": {}}]})
    careful.request("post", _address(world) + "/values:batchGetByDataFilter", json={"dataFilters": []})
    careful.request("get", f"https://www.googleapis.com/drive/v3/files/{world.ids['main']}")
    assert turns.asked == [(Kind.READ, False), (Kind.WRITE, True), (Kind.READ, False)]


def test_a_refusal_is_told_to_the_limiter_with_what_google_asks_and_each_try_asks_again(world: World) -> None:
    careful, turns, _ = client(world, {"Retry-After": "7"}, {})
    careful.request("get", _address(world))
    assert turns.pauses == [(Kind.READ, 7.0), (Kind.READ, None)]
    assert turns.asked == [(Kind.READ, False)] * 3


def test_a_read_that_hangs_is_given_up_within_its_deadline_and_asked_again(world: World) -> None:
    hang = requests.ReadTimeout("Read timed out.")
    careful, _, line = client(world, hang, hang)
    now = iter([0.0, 0.0, 0.0, 50.0, 50.0, 50.0, 75.0, 75.0, 75.0])
    careful.clock = lambda: next(now, 75.0)
    careful.request("get", _address(world))
    assert [wait for _, wait in line.waits] == [50.0, 25.0, 12.5]


def test_a_write_is_waited_for_longer_than_google_may_work(world: World) -> None:
    careful, _, line = client(world)
    careful.request("post", _address(world) + ":batchUpdate", json={"requests": [{"addSheet": {}}]})
    assert [wait for _, wait in line.waits] == [ANSWER_SECONDS]


def test_who_gets_no_turn_sends_nothing(world: World) -> None:
    careful, turns, line = client(world)

    class Closed(Turns):
        def take(self, kind: Kind, seconds: float, *, urgent: bool = False) -> float:
            raise Unavailable("סגור", "closed")

    careful.gate = Closed()
    with pytest.raises(Unavailable):
        careful.request("get", _address(world))
    assert (line.waits, turns.asked) == ([], [])
