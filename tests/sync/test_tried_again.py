"""What is left alone is tried again as soon as there is reason to: it changed, a person asks, or its time has come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from sheets_sync.account import Account
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.due import Standing, named
from sheets_sync.clock.member import member
from sheets_sync.errors import GoogleTrouble, Protected, Unavailable, Unshared
from sheets_sync.pass_ import run_pass
from sheets_sync.writing.breakers import PATIENCE, hasten, left_alone, note
from sheets_sync.writing.marks import MARKER
from tests.sync.test_breakers import unshare
from tests.sync.test_parts import protect
from tests.world import NOON, SPECS, World

BUDGET = SPECS["budget"].hebrew
DOUBTFUL = {"line": "חגים", "planned": "מאה"}


@dataclass
class Clock:
    """The clock's own work over a world, at a pace of one's own."""

    world: World
    passed: list[Account] = field(default_factory=list)
    pace: float = 0.0

    def __post_init__(self) -> None:
        self.work = Clockwork(
            [member(self.world.service, {})], self.passed.append, lambda trouble, _: self._fail(trouble), self._pace
        )

    def later(self, seconds: float, times: int = 1) -> None:
        for _ in range(times):
            self.world.now += timedelta(seconds=seconds)
            self.pace += seconds
            self.work.beat()

    def _pace(self) -> float:
        return self.pace

    def _fail(self, trouble: Exception) -> None:
        raise trouble


def is_marked(world: World, book: str) -> bool:
    return MARKER in str(world.whole(book))


def unprotect(world: World, book: str, protection: int) -> None:
    world.edit(world.ids[book], [{"deleteProtectedRange": {"protectedRangeId": protection}}])


def refused(world: World) -> int:
    """A tab of the budget is protected, and has something to be written."""
    world.fill("budget", DOUBTFUL)
    return protect(world, "budget", BUDGET)


def test_a_tab_is_tried_again_with_the_next_change_of_its_spreadsheet(world: World) -> None:
    protection, clock = refused(world), Clock(world)
    clock.later(25, 2)
    assert not is_marked(world, "budget")
    unprotect(world, "budget", protection)
    clock.later(25)
    assert is_marked(world, "budget")


def test_a_tab_is_tried_again_when_its_time_has_come(world: World) -> None:
    """Nothing changes in its spreadsheet meanwhile, or nobody hears of it."""
    protection = refused(world)
    run_pass(world.service, "clock")
    unprotect(world, "budget", protection)
    clock = Clock(world)  # its feed begins here
    clock.later(25, 12)
    assert is_marked(world, "budget")


def test_a_tab_left_alone_sets_when_the_pass_is_due_again(world: World) -> None:
    refused(world)
    first = run_pass(world.service, "clock")
    later = run_pass(world.service, "clock")
    assert first.wake == later.wake == world.service.now() + timedelta(minutes=1)
    assert left_alone(world.service)


def test_a_tab_for_which_nothing_waits_is_forgotten(world: World) -> None:
    world.run()
    refused(world)
    run_pass(world.service, "clock")
    assert left_alone(world.service)
    world.fill("budget", {"line": "", "planned": ""})
    assert run_pass(world.service, "clock").wake == world.service.now()
    assert left_alone(world.service) == {}


def test_who_asks_for_a_pass_has_every_tab_tried(world: World) -> None:
    protection = refused(world)
    for _ in range(4):
        assert "budget" in run_pass(world.service).troubles
    unprotect(world, "budget", protection)
    run_pass(world.service, "clock")
    assert not is_marked(world, "budget")
    world.run()
    assert is_marked(world, "budget")


def test_a_spreadsheet_shared_again_is_read_as_soon_as_it_is_heard_of(world: World) -> None:
    unshare(world, "budget")
    clock = Clock(world)
    clock.later(25, 40)
    assert "budget" in clock.passed[-1].troubles
    permission = {"type": "user", "role": "writer", "emailAddress": world.account}
    world.call("post", f"/drive/v3/files/{world.ids['budget']}/permissions", permission)
    clock.later(25)
    assert clock.passed[-1].troubles == {}


@pytest.mark.parametrize(
    ("trouble", "passing", "tried"),
    [(Unshared, False, True), (Protected, False, True), (Unavailable, False, False), (Unavailable, True, True)],
)
def test_no_change_hastens_what_google_has_to_mend(
    world: World, trouble: type[GoogleTrouble], passing: bool, tried: bool
) -> None:
    keys = ("budget", "budget#7", "main", "main#7")
    note(world.service, {key: trouble("מה", "what") for key in keys}, PATIENCE)
    hasten(world.service, {"budget"}, passing=passing)
    assert set(left_alone(world.service)) == set(keys[2:] if tried else keys)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("changed", "active", "said"),
    [
        ({"a": at(0)}, {"a": at(0)}, {"a"}),
        ({"a": at(0)}, {}, set()),
        ({"a": at(5)}, {"a": at(0)}, set()),
        ({}, {"a": at(0)}, set()),
        ({"a": at(0), "b": at(1)}, {"a": at(0), "b": at(0)}, {"a"}),
    ],
)
def test_what_only_may_have_changed_is_not_named(
    changed: dict[str, datetime], active: dict[str, datetime], said: set[str]
) -> None:
    assert named(Standing(changed=changed, active=active)) == said
