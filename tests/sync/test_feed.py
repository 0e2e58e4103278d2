"""The clock hears from Drive's feed what changed: an unchanged community costs no Sheets call."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from sheets_sync.account import Account
from sheets_sync.clock import beats
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.feed import poll
from sheets_sync.clock.member import member
from sheets_sync.config import Clock, Letters
from sheets_sync.errors import Trouble
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.google.sibling import sibling
from sheets_sync.store.database import reading
from sheets_sync.writing.edits import set_note
from tests.world import World

NOON = datetime.fromisoformat("2026-11-23T12:00:00+02:00")


@dataclass
class Told:
    """What a clock told of."""

    accounts: list[Account] = field(default_factory=list)
    troubles: list[tuple[Trouble, str]] = field(default_factory=list)

    def trouble(self, trouble: Trouble, community: str) -> None:
        self.troubles.append((trouble, community))

    @property
    def reasons(self) -> list[str]:
        return [account.reason for account in self.accounts]


class Bench:
    """A clock over a world, whose time goes only as it is told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.told = Told()
        self.seconds = 0.0
        self.clock = self.open()

    def open(self) -> Clockwork:
        """A clock, as a new process would have it."""
        service = self.world.open_service()
        return Clockwork([member(service, {})], self.told.accounts.append, self.told.trouble, lambda: self.seconds)

    def go(self, seconds: float = 60, times: int = 1) -> list[Account]:
        """Let time go and the clock look, `times` over; the passes it did."""
        before = len(self.told.accounts)
        for _ in range(times):
            self.world.now += timedelta(seconds=seconds)
            self.seconds += seconds
            self.clock.beat()
        assert not self.told.troubles
        return self.told.accounts[before:]

    def calls(self) -> list[str]:
        """The calls that reached Google since this was asked last: sheets or changes."""
        seen = [one["path"] for one in self.world.requests_seen()]
        requests.delete(f"{self.world.google.url}/admin/requests", timeout=30)
        ours = [path for path in seen if path.startswith(("/v4/", "/drive/v3/changes"))]
        return ["changes" if "changes" in path else "sheets" for path in ours]


@pytest.fixture
def bench(world: World) -> Iterator[Bench]:
    made = Bench(world)
    yield made
    made.clock.members[0].engine.dispose()


def settled(bench: Bench) -> None:
    """The first pass, and the echo of its writes."""
    bench.go(times=3)
    assert bench.told.reasons[0] == "start"
    bench.calls()


def test_cold_is_two_reads_and_the_echo_one(bench: Bench) -> None:
    [cold] = bench.go()
    written = sum(bool(requests) for requests in cold.plan.requests.values())
    assert cold.calls == {"reads": 2 * 3, "writes": written}
    [echo] = bench.go()
    assert (echo.reason, echo.requests, echo.calls) == ("changed", 0, {"reads": written})
    assert bench.go(times=3) == []


def test_nothing_new_is_one_call_of_drives_a_tick(bench: Bench) -> None:
    settled(bench)
    assert bench.go(times=3) == []
    assert bench.calls() == ["changes"] * 3


def test_an_edit_is_one_read_and_one_write_in_the_next_tick(bench: Bench) -> None:
    settled(bench)
    bench.world.fill("people", {"name": "דנה", "email": "לא כתובת"})
    bench.calls()
    [account] = bench.go()
    assert account.reason == "changed"
    assert account.calls == {"reads": 1, "writes": 1}
    [echo] = bench.go()
    assert (echo.requests, echo.calls) == (0, {"reads": 1})
    assert bench.go() == []


def test_names_and_places_may_change_between_ticks(bench: Bench) -> None:
    settled(bench)
    before = bench.told.accounts[-1].picture.readings["people"].table.at
    [first] = [name for name, column in before.items() if column == 0]
    world, sheet = bench.world, sheet_id("people")
    move = {"source": {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}, "destinationIndex": 3}
    title = {"properties": {"sheetId": sheet, "title": "אנשים וקשר"}, "fields": "title"}
    world.edit(world.ids["main"], [{"updateSheetProperties": title}, {"moveDimension": move}])
    [account] = bench.go()
    assert account.calls["reads"] == 1
    assert account.picture.tabs["people"].title == "אנשים וקשר"
    assert account.picture.readings["people"].table.at[first] == 2


def test_a_note_of_a_moment_ago_is_seen(bench: Bench) -> None:
    settled(bench)
    bench.world.edit(bench.world.ids["main"], [set_note(sheet_id("people"), 1, 0, "לשאול את דנה")])
    [account] = bench.go()
    assert account.picture.tabs["people"].notes[1, 0] == "לשאול את דנה"


def test_after_a_restart_only_what_changed_is_due(bench: Bench) -> None:
    settled(bench)
    bench.world.fill("people", {"name": "דנה"})
    bench.clock = bench.open()
    [account] = bench.go()
    assert account.reason == "changed"
    bench.go()
    bench.clock = bench.open()
    assert bench.go() == []


def test_a_pass_that_never_ended_is_done_again(bench: Bench) -> None:
    """What the feed told stays until a pass that read it has ended."""
    settled(bench)
    bench.world.fill("people", {"name": "דנה"})
    bench.clock._listen()
    bench.world.now += timedelta(minutes=1)
    bench.seconds += 60
    bench.clock._listen()  # heard, and killed before the pass
    bench.clock = bench.open()
    [account] = bench.go()
    assert account.reason == "changed"


def test_a_new_day_is_a_pass_without_a_read_and_the_night_reads_all(bench: Bench) -> None:
    settled(bench)
    bench.go(600)
    bench.calls()
    [day] = bench.go(12 * 3600)
    assert (day.reason, day.calls["reads"]) == ("day", 0)
    bench.go()
    [night] = bench.go(4 * 3600)
    assert (night.reason, night.calls) == ("night", {"reads": 3})
    assert bench.go(3600) == []


def test_the_end_of_a_grace_wakes_the_clock_without_a_read(world: World) -> None:
    world.with_settings(clock=Clock(quiet=False))
    bench = Bench(world)
    settled(bench)
    world.fill("people", {"name": "דנה", "email": "לא כתובת"})
    [typed] = bench.go()
    assert (typed.reason, typed.picture.problems) == ("changed", ())
    bench.go(times=2)
    [woken] = bench.go(600)
    assert (woken.reason, woken.calls) == ("due", {"writes": 1})
    assert [one.field for one in woken.picture.problems] == ["email"]
    bench.clock.members[0].engine.dispose()


def test_the_hour_of_a_digest_wakes_the_clock_once(world: World) -> None:
    world.with_settings(letters=Letters(digest_hour=time(13)))
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה", "email": "dana@v.example"})
    bench = Bench(world)
    settled(bench)
    [woken] = bench.go(3600)
    assert (woken.reason, woken.calls) == ("due", {})
    assert bench.go(times=3) == []
    bench.clock.members[0].engine.dispose()


def test_trouble_is_tried_again_and_the_others_go_on(bench: Bench) -> None:
    settled(bench)
    world = bench.world
    world.fill("budget", {"category": "גינון"})
    world.fill("people", {"name": "דנה"})
    world.faults({"match": world.ids["budget"], "do": "status", "code": 403, "times": 1})
    [account] = bench.go()
    assert set(account.troubles) == {"budget"}
    [again] = bench.go()
    assert again.reason in ("changed", "retry")
    assert not again.troubles
    [row] = again.picture.book["budget"].columns["category"]
    assert row == "גינון"  # not what was read before the trouble


@pytest.mark.parametrize("code", [400, 403, 404, 410])
def test_a_feed_that_fails_reads_everything_and_says_so_once(
    bench: Bench, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    settled(bench)
    bench.world.faults({"match": "/drive/v3/changes", "do": "status", "code": code, "times": 5})
    passes = bench.go(times=2)
    assert [account.calls for account in passes] == [{"reads": 3}, {"reads": 3}]
    bench.world.faults()
    bench.go()
    assert bench.go() == []
    said = capsys.readouterr()
    assert (said.out + said.err).count("until it does everything is read") == 1


def test_a_feed_that_is_away_for_a_while_loses_nothing(bench: Bench) -> None:
    settled(bench)
    bench.world.fill("people", {"name": "דנה"})
    bench.clock.ears[0].shared.client.deadline = 0.0
    bench.world.faults({"match": "/drive/v3/changes", "do": "status", "code": 503, "times": 99})
    assert bench.go() == []
    bench.world.faults()
    [account] = bench.go()
    assert account.calls["reads"] == 1


def test_where_the_feed_is_late_what_changed_is_read_again_for_an_hour(bench: Bench) -> None:
    settled(bench)
    bench.go(60 * 60 * 2)
    bench.clock.members[0].service.gateway.feed_lags = True
    bench.world.fill("people", {"name": "דנה"})
    first = bench.go(times=3)
    assert [account.reason for account in first] == ["changed", "changed", "active"]
    assert first[-1].calls == {"reads": 1}
    bench.go(60 * 61)
    bench.calls()
    assert bench.go(times=2) == []


def test_tokens_go_over_several_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sibling(world.service.gateway.client)
    token = poll(client, "").token
    for name in world.ids:
        world.edit(world.ids[name], [{"addSheet": {"properties": {"title": "עוד"}}}])
    seen: list[Any] = []
    real = client.request

    def small(method: str, endpoint: str, params: Any = None, **rest: Any) -> Any:
        seen.append(params)
        return real(method, endpoint, {**params, "pageSize": "1"}, **rest)

    monkeypatch.setattr(client, "request", small)
    news = poll(client, token)
    assert news.changed == frozenset(world.ids.values())
    assert len(seen) >= 3
    assert poll(client, news.token).changed == frozenset()


def test_the_clock_leaves_a_sign_of_life(bench: Bench, tmp_path: Path) -> None:
    bench.go()
    with reading(bench.clock.members[0].engine) as connection:
        assert beats.last_beat(connection) == bench.world.now
