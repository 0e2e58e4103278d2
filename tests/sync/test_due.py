"""When a pass is due, as a table."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Grid, Place
from sheets_sync.clock import due
from sheets_sync.clock.due import Signs, Standing
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.reading.known import Known
from sheets_sync.reading.read import Spreadsheet, Tab

ZONE = ZoneInfo("Asia/Jerusalem")
NOW = datetime(2026, 11, 23, 12, tzinfo=ZONE)
TICK, HOUR = timedelta(minutes=1), timedelta(hours=1)
AGO = NOW - timedelta(seconds=30)
CALM = Standing(ended=NOW - 2 * TICK, whole=date(2026, 11, 23), settings="s", hint="h")
SIGNS = Signs(NOW, "s", hint="h")


def spreadsheet(name: str, cells: int) -> Spreadsheet:
    """One of a single column; its id is the name 44 times."""
    place = Place(name, 0, "tab")
    tab = Tab(place, Grid(place, [["x"] * cells]), cells, 1)
    return Spreadsheet(SpreadsheetSettings(name, name * 44), name, (tab,))


@pytest.mark.parametrize(
    ("standing", "signs", "why"),
    [
        pytest.param(CALM, SIGNS, "", id="nothing"),
        pytest.param(Standing(), SIGNS, "start", id="never had a pass"),
        pytest.param(CALM, replace(SIGNS, settings="t"), "settings", id="other settings"),
        pytest.param(replace(CALM, changed={"a": AGO}), SIGNS, "changed", id="the feed told"),
        pytest.param(CALM, replace(SIGNS, hint="i"), "hint", id="a hint"),
        pytest.param(CALM, replace(SIGNS, answer=3), "answers", id="a new answer"),
        pytest.param(replace(CALM, answer=3, ended=AGO), replace(SIGNS, answer=3), "", id="a known answer, just tried"),
        pytest.param(replace(CALM, answer=3), replace(SIGNS, answer=3), "answers", id="a known answer, a tick later"),
        pytest.param(replace(CALM, whole=date(2026, 11, 22)), SIGNS, "night", id="not read whole today"),
        pytest.param(replace(CALM, ended=NOW - 13 * HOUR, whole=due.day_of(NOW)), SIGNS, "day", id="no pass yet today"),
        pytest.param(replace(CALM, tries=1), SIGNS, "retry", id="trouble"),
        pytest.param(replace(CALM, tries=3), SIGNS, "", id="trouble again and again waits longer"),
        pytest.param(replace(CALM, tries=30, ended=NOW - 4 * TICK), SIGNS, "retry", id="but four minutes at most"),
        pytest.param(replace(CALM, quiet=True), SIGNS, "quiet", id="the quiet is over"),
        pytest.param(replace(CALM, quiet=True), replace(SIGNS, is_quiet=lambda: True), "", id="it is still quiet"),
        pytest.param(replace(CALM, wake=NOW), SIGNS, "due", id="a digest, or the end of a grace"),
        pytest.param(replace(CALM, wake=NOW + TICK), SIGNS, "", id="a digest later"),
        pytest.param(replace(CALM, active={"a": NOW - 9 * TICK}), SIGNS, "active", id="an edit in the last hour"),
        pytest.param(
            replace(CALM, active={"a": NOW - 9 * TICK}, ended=AGO), SIGNS, "", id="an edit in the last hour, just read"
        ),
        pytest.param(replace(CALM, active={"a": NOW - HOUR}), SIGNS, "", id="an edit before that"),
    ],
)
def test_why(standing: Standing, signs: Signs, why: str) -> None:
    assert due.reason(standing, signs, TICK, HOUR) == why


def test_where_the_feed_is_never_late_nothing_is_read_for_having_been_active() -> None:
    assert due.reason(replace(CALM, active={"a": AGO}), SIGNS, TICK, timedelta()) == ""


@pytest.mark.parametrize(
    ("why", "read"),
    [("start", None), ("settings", None), ("night", None), ("changed", {"a", "b"}), ("answers", {"a", "b"})],
)
def test_what_is_read(why: str, read: set[str] | None) -> None:
    standing = replace(CALM, changed={"a": AGO}, active={"b": AGO, "c": NOW - 2 * HOUR})
    assert due.to_read(standing, why, NOW, HOUR) == read


def test_what_was_heard_in_a_pass_stays_for_the_next() -> None:
    before = due.heard(CALM, frozenset({"a", "b"}), AGO)
    meanwhile = due.heard(before, frozenset({"b", "c"}), NOW)
    after = due.done(meanwhile, before, SIGNS, "changed", tries=0, moved=frozenset(), ended=NOW)
    assert after.changed == {"b": NOW, "c": NOW}
    assert due.reason(after, SIGNS, TICK, HOUR) == "changed"


@given(st.integers(0, 10**9))
def test_whatever_the_tries_it_is_tried_again_within_five_minutes(tries: int) -> None:
    standing = replace(CALM, tries=tries + 1, ended=NOW - timedelta(minutes=5))
    assert due.reason(standing, SIGNS, TICK, HOUR) == "retry"


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    known = Known(most_cells=10)
    for name in "abc":
        known.keep(spreadsheet(name, cells=4))
    assert [known.last(name * 44) is not None for name in "abc"] == [False, True, True]


def test_only_what_is_vouched_for_and_not_doubted_stands() -> None:
    known, one = Known(), spreadsheet("a", cells=1)
    known.keep(one)

    def standing() -> Spreadsheet | None:
        return known.standing(one.id)

    assert standing() is None
    known.vouch({one.id})
    assert standing() is one
    known.doubt(one.id)
    assert standing() is None
    known.keep(one)
    assert standing() is one
    known.vouch(())
    assert standing() is None
