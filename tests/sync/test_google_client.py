"""The careful client against a Google that fails on demand: reads come again, writes only where nothing was applied."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.errors import BadCredentials, GoogleTrouble, NotFound, Refused, Unavailable, Unclear, Unshared
from sheets_sync.google.client import ANSWER_SECONDS, CONNECT_SECONDS, CarefulClient
from sheets_sync.google.gateway import open_gateway
from sheets_sync.google.outcomes import outcome
from tests.proxy import DOWN, Cut, Proxy
from tests.world import World

TITLE = "חדשה"
ADD = {"addSheet": {"properties": {"title": TITLE}}}


class Line:
    """A gateway whose waiting is counted and not waited for."""

    def __init__(self, world: World, deadline: float = 60.0) -> None:
        self.world = world
        self.id = world.ids["main"]
        self.gateway = open_gateway(world.settings.google.key_file, world.google.url, deadline)
        self.pauses: list[float] = []
        self.gateway.client.sleep = self.pauses.append
        self.gateway.state(self.id)  # a token, before anything fails
        self.gateway.client.calls.clear()

    def read(self) -> Any:
        return self.gateway.state(self.id)

    def write(self) -> Any:
        return self.gateway.write(self.id, [ADD])

    @property
    def calls(self) -> dict[str, int]:
        return dict(self.gateway.client.calls)

    @property
    def written(self) -> int:
        """How often the write was applied."""
        self.world.faults()
        return sum(sheet["properties"]["title"] == TITLE for sheet in self.world.whole("main")["sheets"])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": ()})
    yield made
    made.close()


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)


PASSING = [
    {"do": "status", "code": 429},
    {"do": "status", "code": 500},
    {"do": "status", "code": 503},
    {"do": "html"},
    {"do": "portal"},
    {"do": "lose_answer"},
    {"do": "hang"},
]


def name(fault: dict[str, Any]) -> str:
    return " ".join(map(str, fault.values()))


@pytest.mark.parametrize("fault", PASSING, ids=name)
def test_a_read_is_tried_again(line: Line, fault: dict[str, Any]) -> None:
    line.world.faults({"match": "/v4/", "times": 3, **fault})
    assert line.read()["sheets"]
    assert line.calls == {"reads": 4}
    assert len(line.pauses) == 3


def test_reads_sent_as_posts_are_reads(line: Line) -> None:
    line.world.faults({"match": ":batchGetByDataFilter", "do": "status", "code": 503, "times": 2})
    assert line.gateway.values(line.id, [{"sheetId": 0}]) == [[]]
    assert line.calls == {"reads": 3}


def test_the_pauses_grow_and_are_never_alike(line: Line) -> None:
    line.world.faults({"match": "/v4/", "do": "status", "code": 503, "times": 9})
    line.read()
    assert len(set(line.pauses)) == 9
    assert all(0 <= pause <= min(2.0**i, 32) for i, pause in enumerate(line.pauses))
    assert max(line.pauses) > 1


def test_a_read_ends_at_its_deadline(world: World) -> None:
    line = Line(world, deadline=0.0)
    world.faults({"match": "/v4/", "do": "status", "code": 503, "times": 9})
    with pytest.raises(Unavailable):
        line.read()
    assert line.calls == {"reads": 1}


@pytest.mark.parametrize("fault", [{"do": "status", "code": 429}], ids=name)
def test_a_write_that_was_turned_away_is_sent_again(line: Line, fault: dict[str, Any]) -> None:
    line.world.faults({"match": ":batchUpdate", "times": 3, **fault})
    line.write()
    assert line.calls == {"writes": 4}
    assert line.written == 1


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        ({"do": "lose_answer"}, 1),
        ({"do": "hang"}, 0),
        ({"do": "status", "code": 500}, 0),
        ({"do": "status", "code": 503}, 0),
        ({"do": "html"}, 0),
        ({"do": "portal"}, 0),
        ({"do": "status", "code": 408}, 0),
        ({"do": "status", "code": 409}, 0),
        ({"do": "status", "code": 499}, 0),
    ],
    ids=["applied", "not applied", "500", "503", "HTML", "another's page", "408", "409", "499"],
)
def test_a_write_whose_answer_is_lost_is_never_sent_again(line: Line, fault: dict[str, Any], applied: int) -> None:
    line.world.faults({"match": ":batchUpdate", "times": 9, **fault})
    with pytest.raises(Unclear):
        line.write()
    assert line.calls == {"writes": 1}
    assert line.pauses == []
    assert line.written == applied


@pytest.mark.parametrize(("code", "kind"), [(400, Refused), (401, BadCredentials), (403, Unshared), (404, NotFound)])
@pytest.mark.parametrize("does", ["read", "write"])
def test_what_google_refuses_is_not_asked_again(line: Line, code: int, kind: type[GoogleTrouble], does: str) -> None:
    line.world.faults({"match": "/v4/", "do": "status", "code": code, "times": 9})
    with pytest.raises(kind):
        line.read() if does == "read" else line.write()
    assert sum(line.calls.values()) == 1
    assert line.written == 0


@pytest.mark.parametrize("does", ["read", "write"])
def test_nobody_listens(line: Line, does: str) -> None:
    """No connection was made, so nothing can have been applied: a write, too, is sent once somebody does."""
    client = line.gateway.client

    def wait(pause: float) -> None:
        line.pauses.append(pause)
        if len(line.pauses) == 3:
            client.base_url = line.world.google.url

    client.base_url, client.sleep = "http://127.0.0.1:9", wait
    line.read() if does == "read" else line.write()
    assert line.calls == {f"{does}s": 4}
    client.base_url, client.deadline = "http://127.0.0.1:9", 0
    with pytest.raises(Unavailable):
        line.read() if does == "read" else line.write()


@pytest.mark.parametrize("does", ["read", "write"])
def test_an_answer_that_does_not_come_in_time(line: Line, does: str) -> None:
    line.world.faults({"match": "/v4/", "do": "hold_answer", "seconds": 1.5, "times": 1})
    line.gateway.client.set_timeout((1, 0.3))
    if does == "read":
        assert line.read()["sheets"]
        assert line.calls == {"reads": 2}
    else:
        with pytest.raises(Unclear):
            line.write()
        assert line.calls == {"writes": 1}


def test_who_answers_in_googles_stead_is_named(world: World) -> None:
    line = Line(world, deadline=0.5)
    line.world.faults({"match": "/v4/", "do": "portal", "times": 99})
    with pytest.raises(Unavailable, match="in Google's stead"):
        line.read()


def test_time_outs_are_set_and_longer_than_google_works(line: Line) -> None:
    assert isinstance(line.gateway.client, CarefulClient)
    assert line.gateway.client.timeout == (CONNECT_SECONDS, ANSWER_SECONDS)
    assert ANSWER_SECONDS > 180


def test_a_token_that_cannot_be_had_for_now(world: World) -> None:
    """The token endpoint is busy: nobody's key is wrong, nothing was sent, and even a write may come again."""
    world.faults({"match": "/token", "do": "status", "code": 503, "times": 4})  # google-auth tries four times itself
    gateway = open_gateway(world.settings.google.key_file, world.google.url)
    pauses: list[float] = []
    gateway.client.sleep = pauses.append
    gateway.write(world.ids["main"], [ADD])
    assert len(pauses) == 1
    assert str(world.whole("main")).count(TITLE) == 1


ACCOUNT = "service@x.example"
QUOTA = '{"error": {"message": "The user\'s Drive storage quota has been exceeded."}}'


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (400, '{"error": {"message": "Invalid requests[0]"}}', Refused, "Invalid requests[0]"),
        (401, "{}", BadCredentials, "google.key_file"),
        (403, '{"error": {"message": "The caller does not have permission"}}', Unshared, ACCOUNT),
        (403, QUOTA, Refused, "owns no files"),
        (404, "", NotFound, "Check its url"),
        (429, "", Unavailable, "busy (429)"),
        (500, "<html>", Unavailable, "busy (500)"),
        (502, "<html>", Unavailable, "busy (502)"),
        (503, "[]", Unavailable, "busy (503)"),
        (504, "null", Unavailable, "busy (504)"),
        (418, "a" * 999, Refused, "a" * 200),
    ],
)
def test_every_answer_has_an_outcome_in_words(status: int, body: str, kind: type[GoogleTrouble], said: str) -> None:
    trouble = outcome(status, body, ACCOUNT)
    assert type(trouble) is kind
    assert said in trouble.en
    assert trouble.status == 3
    assert len(trouble.en) < 400
    assert any("א" <= letter <= "ת" for letter in trouble.he)


@pytest.mark.parametrize("does", ["read", "write"])
def test_a_connection_that_ends_within_the_head_of_an_answer(world: World, does: str) -> None:
    """To http.client that is an answer without a body; a read comes again, a write is looked up."""
    with Proxy(int(world.google.url.rpartition(":")[2])) as proxy:
        gateway = open_gateway(world.settings.google.key_file, f"http://127.0.0.1:{proxy.own}")
        gateway.client.sleep = lambda _: None
        proxy.cut(Cut(DOWN, 30))
        if does == "read":
            assert gateway.state(world.ids["main"])["spreadsheetId"]
            assert gateway.client.calls == {"reads": 2}
        else:
            with pytest.raises(Unclear):
                gateway.write(world.ids["main"], [ADD])
        assert proxy.cuts == 1
