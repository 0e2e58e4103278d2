"""Hints wake the clock within seconds; forged ones do nothing."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
from werkzeug.serving import make_server

from sheets_sync.clock import beats
from sheets_sync.clock.channel_memory import channels
from sheets_sync.config import Web
from sheets_sync.store.database import reading
from tests.sync.test_feed import Bench
from tests.webhooks.wire import SECRET, signature
from tests.world import World
from webhooks.app import create_app
from webhooks.config import WebConfig

SCRIPT = Path(str(files("templates").joinpath("change.gs")))


@contextmanager
def served(world: World) -> Iterator[str]:
    """The web beside a world; its address."""
    ids = frozenset(world.ids.values())
    config = WebConfig(world.service.engine, "test", {}, lambda: world.now, hint_secrets=(SECRET,), spreadsheets=ids)
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def bench(world: World) -> Iterator[Bench]:
    with served(world) as address:
        world.settings = msgspec.structs.replace(world.settings, web=Web(public_url=address))
        made = Bench(world)
        made.go(times=3)
        yield made
        made.clock.members[0].engine.dispose()


def hint(bench: Bench, spreadsheet: str, secret: str = SECRET) -> int:
    """Send a hint as a sheet's script does; the answer's status."""
    body, seconds = json.dumps({"spreadsheet": spreadsheet}).encode(), str(int(bench.world.now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "h-1",
        "webhook-timestamp": seconds,
        "webhook-signature": signature("h-1", seconds, body, secret),
    }
    address = bench.world.settings.web.public_url
    return requests.post(f"{address}/hints/change", data=body, headers=headers, timeout=10).status_code


def push(bench: Bench, **headers: str) -> int:
    named = {f"X-Goog-{name.replace('_', '-')}": value for name, value in headers.items()}
    address = bench.world.settings.web.public_url
    return requests.post(f"{address}/hints/drive", headers=named, timeout=10).status_code


def pushed(bench: Bench) -> dict[str, str]:
    return dict(beats.listen(bench.world.service.engine).pushes)


def wait_for_push(bench: Bench, before: dict[str, str]) -> None:
    until = time.monotonic() + 10
    while pushed(bench) == before and time.monotonic() < until:
        time.sleep(0.02)
    assert pushed(bench) != before


def test_a_hint_is_heeded_by_the_next_look(bench: Bench) -> None:
    bench.clock.members[0].service.gateway.feed_lags = True
    bench.world.fill("people", {"name": "דנה"})
    assert hint(bench, bench.world.ids["main"]) == 202
    [account] = bench.go(1)
    assert (account.reason, account.calls["reads"]) == ("hint", 1)
    assert bench.go(1) == []


@pytest.mark.parametrize("secret", ["whsec_" + "A" * 43 + "=", "whsec_" + "B" * 43 + "="])
def test_a_forged_hint_does_nothing(bench: Bench, secret: str) -> None:
    assert hint(bench, bench.world.ids["main"], secret) == 401
    assert bench.go(1) == []


def test_a_hint_of_another_sheet_does_nothing(bench: Bench) -> None:
    assert hint(bench, "1" * 44) == 404
    assert bench.go(1) == []


def test_a_push_makes_the_clock_ask_at_once(bench: Bench) -> None:
    bench.go(6)
    before = pushed(bench)
    bench.world.fill("people", {"name": "דנה"})
    wait_for_push(bench, before)
    [account] = bench.go(6)
    assert (account.reason, account.calls["reads"]) == ("changed", 1)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Channel_ID": "x", "Channel_Token": "y"}, {"Channel_Token": ""}, {"Channel_ID": "", "Channel_Token": ""}],
)
def test_a_forged_push_does_nothing(bench: Bench, headers: dict[str, str]) -> None:
    before = pushed(bench)
    assert push(bench, Resource_State="change", **headers) == 401
    with reading(bench.world.service.engine) as connection:
        [ours] = channels(connection, "test")
    assert push(bench, Channel_ID=ours.id, Channel_Token=ours.digest, Resource_State="change") == 401
    assert pushed(bench) == before


def test_the_next_channel_is_opened_before_the_last_ends(bench: Bench) -> None:
    def standing() -> list[Any]:
        with reading(bench.world.service.engine) as connection:
            return channels(connection, "test")

    [first] = standing()
    bench.go(3600)
    assert standing() == [first]
    while first.ends.timestamp() - bench.world.now.timestamp() > 86_400:
        bench.go(86_400)
    known, following = standing()
    assert known == first
    assert following.ends > first.ends


def test_a_refused_channel_is_asked_for_again_in_an_hour(world: World) -> None:
    world.settings = msgspec.structs.replace(world.settings, web=Web(public_url="https://forms.example.org"))
    bench = Bench(world)
    bench.go(times=3)
    watched = [one["path"] for one in world.requests_seen()].count("/drive/v3/changes/watch")
    assert watched == 1
    bench.go(3600)
    assert [one["path"] for one in world.requests_seen()].count("/drive/v3/changes/watch") == 2


@pytest.mark.slow
def test_the_script_signs_as_the_service_checks(tmp_path: Path) -> None:
    """The real script under node: one hint now, and one more for what came meanwhile."""
    assert shutil.which("node"), "the slow tests need node on the machine"
    shims = Path(__file__).with_name("change_shims.js")
    done = subprocess.run(
        ["node", str(shims), str(SCRIPT), SECRET], capture_output=True, text=True, timeout=60, check=True
    )
    ran = json.loads(done.stdout)
    assert len(ran) == 2
    for request in ran:
        headers, body = request["headers"], request["body"].encode()
        expected = signature(headers["webhook-id"], headers["webhook-timestamp"], body)
        assert headers["webhook-signature"] == expected
        assert json.loads(body) == {"spreadsheet": "the-sheet"}
