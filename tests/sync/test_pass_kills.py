"""kill -9 at every boundary of a pass and of intake, and with a request in flight: nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest

from rules.dates import serial
from sheets_sync.store import inbox
from sheets_sync.store.database import reading, writing
from sheets_sync.store.schema import outbox
from tests.world import World

pytestmark = pytest.mark.slow

BOUNDARIES = (
    "pass.read",
    "pass.remembered",
    "write.before_journal",
    "write.journalled",
    "write.answered",
    "write.committed",
    "intake.claimed",
    "intake.written",
    "intake.settled",
)
ROUNDS = 5
TODAY = serial(date(2026, 11, 23))


@dataclass
class Village:
    """A world in which every round brings an answer and an overrun; what was acknowledged is counted."""

    world: World
    random: Random
    answers: int = 0

    def news(self) -> None:
        """A form answer is acknowledged, and another budget line goes over."""
        self.answers += 1
        answers = {"שם המשתתף/ת": f"משתתף {self.answers}", "טלפון": "050-1234567", "חוג": "קרמיקה"}
        submission = {"id": f"a-{self.answers}", "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}
        with writing(self.world.service.engine) as connection:
            body = msgspec.json.encode({"submission": submission})
            inbox.take(connection, "test", "registrations", f"m-{self.answers}", body, self.world.now)
        line = f"סעיף {self.answers}"
        self.world.fill("budget", {"line": line, "planned": 100}, at=self.answers)
        spent = {"date": TODAY, "line": line, "supplier": "גל", "invoice": str(self.answers), "amount": 900}
        self.world.fill("expenses", {**spent, "kind": "תשלום"}, at=self.answers)

    def start(self, fault: str = "") -> "subprocess.Popen[bytes]":
        """A pass in a process of its own, half a minute later: the lease of one that was killed is over."""
        self.world.now += timedelta(seconds=30)
        file, moment = str(self.world.settings_file()), self.world.now.isoformat()
        environment = {**os.environ, "SHEETS_SYNC_FAULT": fault, "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.Popen([sys.executable, "-m", "tests.sync.child", file, moment], env=environment)

    def check(self) -> None:
        """After the passes that follow the kill, the sheets and the outbox hold everything once."""
        for _ in range(3):
            self.world.now += timedelta(seconds=30)
            self.world.run()
        assert self.world.run().requests == 0
        ids = [row[-1] for row in self._column("נרשמים", "מזהה תשובה (מערכת)")]
        assert Counter(ids) == {f"a-{n}": 1 for n in range(1, self.answers + 1)}
        alerts = Counter(row[-1] for row in self._column("התראות", "מזהה (מערכת)"))
        assert set(alerts.values()) == {1}
        assert len(alerts) == self.answers
        with reading(self.world.service.engine) as connection:
            messages = connection.execute(outbox.select()).all()
        told = Counter(line for message in messages for line in message.text.splitlines() if "חריגה של" in line)
        assert set(told.values()) == {1}
        assert len(told) == self.answers

    def _column(self, title: str, header: str) -> list[list[str]]:
        rows = self.world.values("main", title)
        at = rows[0].index(header)
        return [[str(row[at])] for row in rows[1:] if len(row) > at and row[at]]


@pytest.fixture
def village(world: World) -> Village:
    seed = int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}")
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.run()
    return Village(world, Random(seed))


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_killed_at_a_boundary(village: Village, boundary: str) -> None:
    for _ in range(ROUNDS):
        village.news()
        assert village.start(f"{boundary}:kill").wait(60) == -signal.SIGKILL
        village.check()


@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not applied"])
@pytest.mark.parametrize("nth", range(3), ids=["first write", "second write", "third write"])
def test_killed_with_a_request_in_flight(village: Village, nth: int, applied: bool) -> None:
    """The write has reached Google, or never does; its answer comes to nobody."""
    for _ in range(ROUNDS):
        village.news()
        do = "hold_answer" if applied else "hang"
        village.world.faults({"match": ":batchUpdate", "do": do, "seconds": 3, "after": nth})
        process = village.start()
        _wait_for(village.world, do, process)
        time.sleep(village.random.uniform(0, 0.2))
        process.kill()
        assert process.wait(60) == -signal.SIGKILL
        village.world.faults()
        village.check()


def test_a_write_applied_after_its_process_was_killed(village: Village) -> None:
    """The next pass may come before the late write or after it."""
    for delay in (0.0, 0.2, 1.0, 2.0, 3.0):
        village.news()
        village.world.faults({"match": ":batchUpdate", "do": "apply_late", "seconds": delay, "times": 9})
        process = village.start()
        process.wait(60)
        village.world.faults()
        village.world.now += timedelta(seconds=30)
        village.world.run()
        time.sleep(delay)
        village.check()


def _wait_for(world: World, do: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while not any(request["fault"] == do for request in world.requests_seen()[-50:]):
        assert process.poll() is None, "the pass ended before its request was caught"
        assert time.monotonic() < until
        time.sleep(0.02)
