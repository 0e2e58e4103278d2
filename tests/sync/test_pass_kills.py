"""kill -9 at every boundary of a pass and of intake, and with a request in flight: nothing lost, nothing doubled."""

import signal
import time
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess

import pytest

from tests.faults import fresh_random, runs
from tests.forked import ended, fork
from tests.sync import child
from tests.village import APART, Village
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

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
HELD = 15
"""Seconds for which a request stays in flight: longer than a busy machine takes to kill its process."""

ROUNDS, MORE_ROUNDS = runs(10), runs(30)


@dataclass
class Killed(Village):
    """A village whose passes are processes of their own."""

    def start(self, fault: str = "") -> ForkServerProcess:
        """A pass, half a minute later: the lease of one that was killed is over."""
        self.world.now += APART
        file, moment = str(self.world.settings_file()), self.world.now.isoformat()
        return fork(child.main, file, moment, moment, fault=fault)

    def all_stands(self) -> None:
        self.settle()
        self.check()


@pytest.fixture
def village(world: World) -> Killed:
    made = Killed(world, world.service)
    made.settle()
    return made


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_killed_at_a_boundary(village: Killed, boundary: str) -> None:
    for _ in MORE_ROUNDS:
        village.news()
        assert ended(village.start(f"{boundary}:kill")) == -signal.SIGKILL
        village.all_stands()


@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not applied"])
@pytest.mark.parametrize("nth", range(3), ids=["first write", "second write", "third write"])
def test_killed_with_a_request_in_flight(village: Killed, nth: int, applied: bool) -> None:
    """The write has reached Google, or never does; its answer comes to nobody."""
    random = fresh_random()
    for _ in ROUNDS:
        village.news()
        do = "hold_answer" if applied else "hang"
        village.world.forget_requests()
        village.world.faults({"match": ":batchUpdate", "do": do, "seconds": HELD, "after": nth})
        process = village.start()
        _wait_for(village.world, do, process)
        time.sleep(random.uniform(0, 0.2))
        process.kill()
        assert ended(process) == -signal.SIGKILL
        village.world.faults()
        village.all_stands()


def test_a_write_applied_after_its_process_was_killed(village: Killed) -> None:
    """The next pass may come before the late write or after it."""
    for delay in (0.0, 0.2, 1.0, 2.0, 3.0):
        village.news()
        village.world.faults({"match": ":batchUpdate", "do": "apply_late", "seconds": delay, "times": 9})
        process = village.start()
        ended(process)
        village.world.faults()
        village.pass_()
        time.sleep(delay)
        village.all_stands()


def _wait_for(world: World, do: str, process: ForkServerProcess) -> None:
    until = time.monotonic() + 30
    while not any(request["fault"] == do for request in world.requests_seen()):
        assert process.exitcode is None, "the pass ended before its request was caught"
        assert time.monotonic() < until
        time.sleep(0.02)
