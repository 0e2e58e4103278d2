"""`serve`: the web takes a signed answer, the clock places it, and nothing outlives the process that started it."""

import os
import signal
import socket
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import requests

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.cli.processes import Running, living, running, wait_for
from tests.webhooks.wire import SECRET, Request, get, send, submission
from tests.world import World

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def settings(world: World, port: int) -> Path:
    file = world.settings_file()
    text = file.read_text(encoding="utf-8").replace("[clock]\n", "[clock]\nseconds = 5\n")
    file.write_text(f"{text}\n[web]\nport = {port}\n", encoding="utf-8")
    return file


def is_healthy(port: int) -> bool:
    try:
        return get(port, "/health").status == 200
    except OSError:
        return False


def names(world: World) -> list[str]:
    header, *rows = world.values("main", "נרשמים")
    at = header.index("שם המשתתף/ת")
    return [row[at] for row in rows]


def serve(world: World, port: int) -> AbstractContextManager[Running]:
    secret = {"SHEETS_SYNC_FORM_REGISTRATIONS": SECRET}
    return running(world.folder / "serve.log", "serve", "--settings", settings(world, port), **secret)


def started(one: Running, port: int) -> set[int]:
    """Its processes, once the web answers and the clock has done its first pass."""
    one.until("Form answers: ")
    wait_for(lambda: is_healthy(port) or one.process.poll() is not None)
    one.until("ended after")
    children = one.children()
    assert len(children) >= 2, one.said
    return children


def test_an_answer_is_taken_in_and_placed_and_ctrl_c_ends_it_all(world: World) -> None:
    port = free_port()
    with serve(world, port) as one:
        children = started(one, port)
        body = submission(**{"שם המשתתף/ת": "נועה כץ", "טלפון": "050-1234567", "חוג": "יוגה"})
        request = Request(body=body, form="registrations", seconds=str(int(time.time())))
        assert send(port, request).status == 202
        assert send(port, request).status == 200
        wait_for(lambda: names(world) == ["נועה כץ"])
        assert one.end(signal.SIGINT) == 0
        assert "Traceback" not in one.said
        assert living(children) == set()
    assert names(world) == ["נועה כץ"]


def test_the_children_end_with_a_parent_that_was_killed(world: World) -> None:
    """Even before anybody has waited for it, when its number is still taken."""
    port = free_port()
    with serve(world, port) as one:
        children = started(one, port)
        os.kill(one.process.pid, signal.SIGKILL)
        wait_for(lambda: living(children) == set(), seconds=10)
        assert not is_healthy(port)


def test_a_child_that_ends_ends_the_rest_and_says_so(world: World) -> None:
    """The port is taken: the web cannot start, and a clock alone would go unnoticed."""
    with socket.create_server(("127.0.0.1", 0)) as taken, serve(world, taken.getsockname()[1]) as one:
        one.until("One of the processes ended")
        assert one.process.wait(30) == 1
        assert living(one.children()) == set()


def test_the_embedded_google_serves_until_ctrl_c(tmp_path: Path) -> None:
    with running(tmp_path / "google.log", "google", "--data", tmp_path / "google") as one:
        url = one.until("http://").split()[-1]
        assert requests.get(url, timeout=30).status_code == 200
        with running(tmp_path / "second.log", "google", "--data", tmp_path / "google") as second:
            assert second.process.wait(60) == 4
            assert "already serves" in second.said
        assert one.end(signal.SIGINT) == 0
        assert "Traceback" not in one.said
    with EmbeddedGoogle(tmp_path / "google") as again:
        assert again.url == url
