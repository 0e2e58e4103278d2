"""A connection is cut at some byte, there or back: between the service and Google, and between a form and the web."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sheets_sync.google.gateway import open_gateway
from sheets_sync.store.database import open_database
from sheets_sync.wiring import Service
from tests.faults import fresh_random, shares
from tests.proxy import DOWN, UP, Cut, Proxy
from tests.sync.test_databases import answer, web
from tests.village import Village
from tests.webhooks.wire import send
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

OF_A_PASS, OF_AN_ANSWER = {UP: 40_000, DOWN: 400_000}, {UP: 900, DOWN: 250}
"""About how many bytes pass."""


def some_cut(random: Random, bytes: dict[str, int]) -> Cut:
    """Anywhere in what passes, the first bytes as often as the rest."""
    way = random.choice([UP, DOWN])
    return Cut(way, int(bytes[way] ** random.random()), random.random() < 0.5)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("share", [*enumerate(shares(200))], ids=lambda share: f"share {share[0]}")
def test_between_the_service_and_google(world: World, share: tuple[int, int]) -> None:
    random = fresh_random()
    google = int(world.google.url.rpartition(":")[2])
    with Proxy(google) as proxy:
        gateway = open_gateway(world.settings.google.key_file, f"http://127.0.0.1:{proxy.own}", deadline=3)
        gateway.client.sleep = lambda _: None
        memory = open_database(world.settings.database.url)
        village = Village(world, Service(world.settings, gateway, memory, lambda: world.now))
        village.settle()
        for _ in range(share[1]):
            village.news()
            for _ in range(random.randint(1, 3)):
                proxy.cut(some_cut(random, OF_A_PASS))
                village.pass_()
            proxy.cut(None)
            village.settle()
            village.check()
        memory.dispose()
    assert proxy.cuts


@pytest.mark.parametrize("share", [*enumerate(shares(100))], ids=lambda share: f"share {share[0]}")
def test_between_a_form_and_the_web(world: World, share: tuple[int, int]) -> None:
    """What was not acknowledged is sent again with the same id, and is cut again as chance will have it."""
    random = fresh_random()
    village = Village(world, world.service)
    with web(world, world.settings.database.url) as port, Proxy(port) as proxy:
        for number in range(1, share[1] + 1):
            proxy.cut(some_cut(random, OF_AN_ANSWER))
            while _sent(proxy.own, world, number) not in (200, 202):
                if random.random() < 0.5:
                    proxy.cut(some_cut(random, OF_AN_ANSWER))
            village.acknowledged[f"r-{number}"] = f"משתתף {number}"
            if random.random() < 0.3:
                village.pass_()
        proxy.cut(None)
        village.settle()
        village.compare(share[1])
    assert proxy.cuts


def _sent(port: int, world: World, number: int) -> int:
    """The answer's status; 0 where the connection ended before it came."""
    try:
        return send(port, answer(world, number)).status
    except (OSError, http.client.HTTPException):
        return 0
