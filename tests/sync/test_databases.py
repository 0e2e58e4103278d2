"""The whole way over either database: a signed answer through the web's writer, a pass, a row, once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from rules.dates import serial
from sheets_sync.pass_ import run_pass
from sheets_sync.store import outbox
from sheets_sync.store.database import DatabaseTrouble, open_database, reading
from tests.postgres import Server
from tests.webhooks.wire import SECRET, Request, get, send, submission
from tests.world import World
from webhooks.app import create_app
from webhooks.config import WebConfig

TODAY = serial(date(2026, 11, 23))


@pytest.fixture
def village(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database=database_url)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.fill("budget", {"line": "חגים", "planned": 100})
    spent = {"date": TODAY, "line": "חגים", "supplier": "גל", "invoice": "7", "amount": 900, "kind": "תשלום"}
    world.fill("expenses", spent)
    yield world
    world.close()


@contextmanager
def web(world: World, url: str) -> Iterator[int]:
    engine = open_database(url)
    config = WebConfig(engine, "test", {"registrations": (SECRET,)}, lambda: world.now)
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        engine.dispose()


def answer(world: World, number: int) -> Request:
    """A signed answer of somebody's."""
    asked = {"שם המשתתף/ת": f"משתתף {number}", "טלפון": "050-1234567", "חוג": "קרמיקה"}
    body = submission(**asked).replace(b'"r-1"', b'"r-%d"' % number)
    seconds = str(int(world.now.timestamp()))
    return Request(body=body, form="registrations", seconds=seconds, message_id=f"m-{number}")


def names(world: World) -> list[str]:
    header, *rows = world.values("main", "נרשמים")
    at = header.index("שם המשתתף/ת")
    return [row[at] for row in rows]


def test_answers_become_rows_once_and_a_second_pass_is_quiet(village: World, database_url: str) -> None:
    with web(village, database_url) as port:
        assert [send(port, answer(village, n)).status for n in (1, 2, 1)] == [202, 202, 200]
        assert get(port, "/health").status == 200
    first = village.run()
    assert (first.placed, names(village)) == (2, ["משתתף 1", "משתתף 2"])
    with reading(village.service.engine) as connection:
        assert outbox.counts(connection, "test")[outbox.State.WAITING] == 1
    village.now += timedelta(minutes=1)
    second = village.run()
    assert (second.requests, second.placed, len(second.plan.post.letters)) == (0, 0, 0)


def test_a_database_that_is_away_is_told_in_words_and_nothing_is_lost(tmp_path: Path) -> None:
    """The server ends under a village at work: answers get 503, a pass its words; when it is back both go on."""
    server = Server().begin()
    url = server.new()
    world = World(tmp_path, database=url)
    try:
        with web(world, url) as port:
            assert send(port, answer(world, 1)).status == 202
            server.stop()
            assert send(port, answer(world, 2)).status == 503
            assert get(port, "/health").status == 503
            with pytest.raises(DatabaseTrouble, match="out of reach"):
                run_pass(world.service)
            assert names(world) == []
            server.start()
            assert send(port, answer(world, 2)).status == 202
            assert get(port, "/health").status == 200
        assert world.run().placed == 2
        assert names(world) == ["משתתף 1", "משתתף 2"]
    finally:
        world.close()
        server.end()


@pytest.mark.parametrize(
    ("url", "he", "en"),
    [
        ("postgresql://dana:hunter2@127.0.0.1:1/x", "אין קשר", "out of reach"),
        ("postgresql://dana@127.0.0.1:1/x?password=hunter2", "אין קשר", "out of reach"),
        ("postgresql://dana:hunter2@no-such-host.invalid/x", "אין קשר", "out of reach"),
        ("postgresql://dana:hunter2@127.0.0.1:port/x", "הכתובת צריכה להיות", "its url should be"),
        ("mysql://dana:hunter2@127.0.0.1/x", "אי אפשר לפתוח", "sqlite or postgresql was expected"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(url: str, he: str, en: str) -> None:
    with pytest.raises(DatabaseTrouble) as caught, reading(open_database(url, password="hunter2")):
        pass
    assert he in caught.value.he
    assert en in caught.value.en
    assert "hunter2" not in caught.value.he + caught.value.en
    assert caught.value.status == 4


def test_a_database_that_is_not_there_is_named(postgres: Server) -> None:
    with pytest.raises(DatabaseTrouble, match="no database nowhere"), reading(open_database(postgres.url("nowhere"))):
        pass
