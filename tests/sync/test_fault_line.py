"""The line of the fault matrix for a Google that is busy: 429, 503, an HTML 502, a hang, a lost or late answer.

At most the quota's calls a minute, nothing lost, nothing doubled, and 5 minutes after Google recovers all has caught
up. A tenth of the runs with a fresh seed; `FAULT_SEED=… FAULT_RUNS=200` repeats a run and does them all.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
import requests
from requests.adapters import HTTPAdapter

from rules.dates import serial
from sheets_sync.google.client import READS
from sheets_sync.google.gateway import open_gateway
from sheets_sync.google.limiter import Limiter
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox
from sheets_sync.store.database import BOOT, open_database, writing
from sheets_sync.wiring import Service, limit
from tests.world import World

RUNS = int(os.environ.get("FAULT_RUNS", "20"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or int.from_bytes(os.urandom(4), "big")
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
class Village:
    """A community over time: what came in, and the passes that must bring it into the sheets."""

    world: World
    service: Service
    line: Counting
    random: Random
    answers: int = 0

    def news(self) -> None:
        """An answer is acknowledged, and a budget line goes over."""
        self.answers += 1
        submission = {"id": f"a-{self.answers}", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}
        with writing(self.service.engine) as connection:
            body = msgspec.json.encode({"submission": submission})
            inbox.take(connection, "test", "registrations", f"m-{self.answers}", body, self.world.now)
        line = f"סעיף {self.answers}"
        self.world.fill("budget", {"line": line, "planned": 100}, at=self.answers)
        spent = {"date": serial(date(2026, 11, 23)), "line": line, "supplier": "גל", "invoice": str(self.answers)}
        self.world.fill("expenses", {**spent, "amount": 900, "kind": "תשלום"}, at=self.answers)

    def trouble(self) -> None:
        """Google fails for some calls, of one spreadsheet or of all."""
        some = self.random.choice(["/v4/", ":batchUpdate", *(f"/{id}" for id in self.world.ids.values())])
        times = self.random.choice([1, 2, 5, 40])
        chosen = self.random.sample(FAULTS, 2)
        self.world.faults(*({"match": some, "times": times, "after": n, **fault} for n, fault in enumerate(chosen)))

    def pass_(self) -> None:
        run_pass(self.service, "clock")
        self.world.now += timedelta(seconds=60)

    def check(self) -> None:
        """Five minutes after Google recovered everything stands, once."""
        ids = Counter(row for row in self._column("נרשמים", "מזהה תשובה (מערכת)"))
        assert ids == {f"a-{n}": 1 for n in range(1, self.answers + 1)}
        alerts = Counter(self._column("התראות", "מזהה (מערכת)"))
        assert set(alerts.values()) == {1}
        assert len(alerts) == self.answers

    def _column(self, title: str, header: str) -> list[str]:
        first, *rows = self.world.values("main", title)
        at = first.index(header)
        return [str(row[at]) for row in rows if len(row) > at and row[at]]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    world = World(tmp_path)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
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
    print(f"FAULT_SEED={SEED}")
    memory = open_database(world.settings.database.url)  # its leases go by the clock of the machine
    yield Village(world, Service(world.settings, gateway, memory, lambda: world.now), line, Random(SEED))
    memory.dispose()
    counted.dispose()
    world.close()


@pytest.mark.timeout(30 + 30 * RUNS)
def test_a_busy_google_loses_nothing_and_is_not_hammered(village: Village) -> None:
    village.pass_()
    for run in range(RUNS):
        village.news()
        village.trouble()
        for _ in range(village.random.randint(1, 4)):
            village.pass_()
        village.world.faults()
        for _ in range(5):
            village.pass_()
        village.check()
        assert village.line.most_in_a_minute() <= QUOTA, f"run {run} of seed {SEED}"
