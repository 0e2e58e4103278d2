"""A write that is applied while its answer is lost or late, or that is itself applied late: exactly one row.

In virtual time: the answer comes up to 200 s late, or never; the write stands up to 200 s after it was given up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from sheets_sync.store.database import open_database
from sheets_sync.wiring import Service
from tests.faults import fresh_random, shares
from tests.village import Village
from tests.world import World

pytestmark = pytest.mark.slow

GIVEN_UP, LATEST = 190, 200
"""Seconds: how long the service waits for an answer, and how late a write may still be applied."""


@dataclass
class Line(HTTPAdapter):
    """A line to Google that does one thing to the write after the next `after`."""

    world: World
    random: Random
    do: str = ""
    after: int = 0
    late: list[tuple[datetime, requests.PreparedRequest]] = field(default_factory=list)
    struck: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        self.world.now += timedelta(seconds=self.random.uniform(0, 5))
        self.deliver()
        if not self.do or ":batchUpdate" not in (request.url or ""):
            return super().send(request, *arguments, **named)
        if self.after:
            self.after -= 1
            return super().send(request, *arguments, **named)
        do, self.do = self.do, ""
        self.struck += 1
        return self._strike(do, request, named)

    def _strike(self, do: str, request: requests.PreparedRequest, named: dict[str, Any]) -> requests.Response:
        if do == "apply late":
            self.late.append((self.world.now + self._seconds(LATEST), request.copy()))
        else:
            answer = super().send(request, **named)
        self.world.now += self._seconds(GIVEN_UP)
        self.deliver()
        if do == "answer late":
            return answer
        raise requests.ReadTimeout("the answer is lost")

    def deliver(self) -> None:
        """Google gets to the writes whose time has come: they are applied, or shut out as a whole."""
        ripe = [one for one in self.late if one[0] <= self.world.now]
        self.late = [one for one in self.late if one not in ripe]
        for _, request in ripe:
            assert super().send(request, timeout=30).status_code in (200, 400)

    def _seconds(self, most: int) -> timedelta:
        return timedelta(seconds=self.random.uniform(1, most))


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    world = World(tmp_path)
    made = Line(world, fresh_random())
    yield made
    world.close()


@pytest.fixture
def village(line: Line) -> Iterator[Village]:
    """Its leases go by the clock of the machine: a renewer keeps them while an answer is waited for."""
    world = line.world
    memory = open_database(world.settings.database.url)
    world.service.gateway.client.session.mount(world.google.url, line)
    yield Village(world, Service(world.settings, world.service.gateway, memory, lambda: world.now))
    memory.dispose()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", [*enumerate(shares(500))], ids=lambda share: f"share {share[0]}")
def test_exactly_one_row(village: Village, line: Line, share: tuple[int, int]) -> None:
    village.settle()
    for _ in range(share[1]):
        village.news()
        line.do = line.random.choice(["answer lost", "answer late", "apply late"])
        line.after = line.random.choice([0, 0, 1, 2])
        for _ in range(line.random.randint(1, 3)):
            village.pass_(timedelta(seconds=line.random.uniform(0, 60)))
        line.do = ""
        if line.random.random() < 0.5:
            village.world.now += timedelta(seconds=LATEST)
        village.settle()
        village.world.now += timedelta(seconds=LATEST)
        line.deliver()
        village.settle()
        village.check()
    assert line.struck
