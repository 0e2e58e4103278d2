"""A spreadsheet that only brings trouble is left alone, longer each time; the others go on, and it is found again."""

from datetime import timedelta
from typing import Any

import pytest

from sheets_sync.account import Account
from sheets_sync.errors import GoogleTrouble, Unavailable, Unshared
from sheets_sync.pass_ import run_pass
from sheets_sync.writing.breakers import LONGEST, LONGEST_OF_GOOGLE, PATIENCE, Breaker, after
from tests.world import NOON, World

MINUTE = timedelta(minutes=1)


def grown(kind: type[GoogleTrouble], times: int) -> Breaker:
    breaker = None
    for _ in range(times):
        breaker = after(breaker, kind("מה", "what"), NOON)
    assert breaker is not None
    return breaker


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [(Unshared, [0, 0, 1, 2, 4, 8, 16, 30, 30]), (Unavailable, [0, 0, 1, 2, 4, 4, 4, 4, 4])],
)
def test_the_waits_grow_and_are_bounded(kind: type[GoogleTrouble], minutes: list[int]) -> None:
    assert [grown(kind, n + 1).wait / MINUTE for n in range(len(minutes))] == minutes
    assert grown(kind, 10_000).wait <= LONGEST
    assert LONGEST_OF_GOOGLE + MINUTE <= 5 * MINUTE  # and a tick: what Google mends is caught up within 5 minutes


def test_a_clock_that_jumps_means_a_try_and_no_longer_wait() -> None:
    breaker = grown(Unshared, PATIENCE)
    assert breaker.is_open(NOON + MINUTE / 2)
    for jump in (timedelta(minutes=10), timedelta(days=1)):
        assert not breaker.is_open(NOON + jump)
        assert not breaker.is_open(NOON - jump)


def test_what_it_says_to_a_person() -> None:
    breaker = after(grown(Unshared, PATIENCE), Unshared("לא משותף.", "Not shared."), NOON + 3 * MINUTE)
    said = breaker.words()
    assert type(said) is Unshared
    assert said.he == "לא משותף. כך מאז 23/11 12:00; הניסיון הבא ב־12:05."
    assert said.en == "Not shared. So since 23/11 12:00; the next try is at 12:05."


def tick(world: World, minutes: float = 1) -> Account:
    """A pass of the clock, and the time until the next."""
    account = run_pass(world.service, "clock")
    world.now += timedelta(minutes=minutes)
    return account


def asked_for(world: World, book: str, act: Any) -> int:
    """How many calls for a spreadsheet reached Google meanwhile."""
    before = len(world.requests_seen())
    act()
    return sum(f"/v4/spreadsheets/{world.ids[book]}" in seen["path"] for seen in world.requests_seen()[before:])


def unshare(world: World, book: str) -> None:
    path = f"/drive/v3/files/{world.ids[book]}/permissions"
    for one in world.call("get", path)["permissions"]:
        if one["role"] == "writer":
            world.call("delete", f"{path}/{one['id']}")


def test_an_unshared_file_is_left_alone_told_and_found_again(world: World) -> None:
    unshare(world, "absorption")
    for _ in range(PATIENCE):
        assert set(tick(world, 0.1).troubles) == {"absorption"}
    assert asked_for(world, "absorption", lambda: tick(world, 0)) == 0
    account = tick(world)
    assert set(account.troubles) == {"absorption"}
    assert world.account in account.troubles["absorption"].he
    assert "הניסיון הבא" in account.troubles["absorption"].he
    assert len(account.picture.snapshot.spreadsheets) == 2
    # A new process does not begin anew.
    world.service = world.open_service()
    world.now -= MINUTE
    assert asked_for(world, "absorption", lambda: tick(world)) == 0
    # Shared again: its next try finds it, and all is as before.
    permission = {"type": "user", "role": "writer", "emailAddress": world.account}
    world.call("post", f"/drive/v3/files/{world.ids['absorption']}/permissions", permission)
    assert tick(world).troubles == {}
    assert asked_for(world, "absorption", lambda: tick(world)) > 0


def test_who_asks_for_a_pass_waits_for_no_breaker(world: World) -> None:
    world.faults({"match": f"/{world.ids['budget']}", "do": "status", "code": 403, "times": 99})
    for _ in range(PATIENCE + 1):
        tick(world, 0.1)
    world.faults()
    assert "budget" in tick(world, 0).troubles
    assert run_pass(world.service).troubles == {}
    assert tick(world).troubles == {}


def test_five_minutes_after_google_recovers_all_has_caught_up(world: World) -> None:
    world.service.gateway.client.deadline = 0
    world.faults({"match": "/v4/", "do": "status", "code": 503, "times": 9_999})
    calls = asked_for(world, "budget", lambda: [tick(world) for _ in range(60)])
    assert calls < 20
    world.faults()
    assert [tick(world).troubles for _ in range(5)][-1] == {}
