"""The line of the fault matrix for a Google that is busy: 429, 503, an HTML 502, a hang, a lost or late answer.

At most the quota's calls a minute, nothing lost, nothing doubled, and 5 minutes after Google recovers all has caught
up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
import requests
from requests.adapters import HTTPAdapter

from sheets_sync.google.client import READS
from sheets_sync.google.gateway import open_gateway
from sheets_sync.google.limiter import Limiter
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import BOOT, open_database
from sheets_sync.wiring import Service, limit
from tests.faults import fresh_random, shares
from tests.village import Village
from tests.world import World

pytestmark = pytest.mark.slow

MINUTE = timedelta(seconds=60)
QUOTA = 15
"""Calls of a kind a minute: less than Google allows, so that the runs come to feel it."""

FAULTS: list[dict[str, Any]] = [
    {"do": "status", "code": 429},
    {"do": "status", "code": 500},
    {"do": "status", "code": 503},
    {"do": "html"},
    {"do": "hang"},
    {"do": "lose_answer"},
    {"do": "apply_late", "seconds": 0.3},
]


@dataclass
class Time:
    """The time of the service and of its limiter, which waiting moves; leases go by the machine's."""

    world: World
    begin: datetime

    def seconds(self) -> float:
        return (self.world.now - self.begin).total_seconds()

    def moment(self) -> datetime:
        return BOOT + timedelta(days=1, seconds=self.seconds())

    def sleep(self, seconds: float) -> None:
        self.world.now += timedelta(seconds=seconds)


@dataclass
class Counting(HTTPAdapter):
    """Notes when a call to Sheets leaves, and what kind it is."""

    time: Time
    sent: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        path = request.path_url.partition("?")[0]
        if path.startswith("/v4/"):
            reads = request.method == "GET" or path.endswith(READS)
            self.sent.append(("read" if reads else "write", self.time.seconds()))
        return super().send(request, *arguments, **named)

    def most_in_a_minute(self) -> int:
        """The most calls of a kind in any 60 seconds."""
        moments = {kind: [at for other, at in self.sent if other == kind] for kind in ("read", "write")}
        return max(sum(start <= at < start + 60 for at in all_) for all_ in moments.values() for start in all_)


@dataclass
class Busy:
    """A village whose Google fails, and the line that counts the calls to it."""

    village: Village
    line: Counting
    random: Random

    def trouble(self) -> None:
        """Google fails for some calls, of one spreadsheet or of all."""
        world = self.village.world
        some = self.random.choice(["/v4/", ":batchUpdate", *(f"/{id}" for id in world.ids.values())])
        times = self.random.choice([1, 2, 5, 40])
        chosen = self.random.sample(FAULTS, 2)
        world.faults(*({"match": some, "times": times, "after": n, **fault} for n, fault in enumerate(chosen)))

    def passes(self, count: int) -> None:
        """Of the clock: a breaker that is open stays so."""
        for _ in range(count):
            run_pass(self.village.service, "clock")
            self.village.world.now += MINUTE


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Busy]:
    world = World(tmp_path)
    world.with_settings(
        google=msgspec.structs.replace(world.settings.google, reads_a_minute=QUOTA, writes_a_minute=QUOTA)
    )
    time = Time(world, world.now)
    counted = open_database(world.settings.database.url, clock=time.moment)
    gateway = open_gateway(world.settings.google.key_file, world.google.url)
    limit(gateway, counted, world.settings)
    client = gateway.client
    assert isinstance(client.gate, Limiter)
    client.gate.sleep, client.gate.clock = time.sleep, time.seconds
    client.sleep, client.clock = time.sleep, time.seconds
    line = Counting(time)
    client.session.mount(world.google.url, line)
    memory = open_database(world.settings.database.url)  # its leases go by the clock of the machine
    village = Village(world, Service(world.settings, gateway, memory, lambda: world.now))
    yield Busy(village, line, fresh_random())
    memory.dispose()
    counted.dispose()
    world.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", [*enumerate(shares(200))], ids=lambda share: f"share {share[0]}")
def test_a_busy_google_loses_nothing_and_is_not_hammered(busy: Busy, share: tuple[int, int]) -> None:
    """Five minutes after Google recovered everything stands, once."""
    busy.passes(1)
    for _ in range(share[1]):
        busy.village.news()
        busy.trouble()
        busy.passes(busy.random.randint(1, 4))
        busy.village.world.faults()
        busy.passes(5)
        busy.village.check()
        assert busy.line.most_in_a_minute() <= QUOTA
