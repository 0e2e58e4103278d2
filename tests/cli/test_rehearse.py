"""`rehearse`: past days by the dates in the tables; nothing is sent, written or remembered."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.dates import serial
from sheets_sync.store import alerts, memory
from sheets_sync.store.database import reading
from tests.cli.conftest import Terminal
from tests.cli.test_check_files import Rows, made
from tests.world import NOON, World

DAY = timedelta(days=1)
INQUIRIES: Rows = (
    ("התקבלה בתאריך", "שם הפונה", "נושא", "נענתה בתאריך"),
    (datetime(2026, 10, 1, 9), "אלמוני", "תאורה", date(2026, 10, 20)),
    (datetime(2026, 11, 1, 9), "אלמוני", "רעש", None),
)
PERIOD = ("--from", "2026-10-01", "--to", "2026-11-22")
RULE = ("--rule", "inquiry.unanswered")


@pytest.fixture
def inquiries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path, "קהילה", פניות_תושבים=INQUIRIES)


def rehearsed(terminal: Terminal, *arguments: object) -> Any:
    told = terminal("rehearse", *arguments, "--json")
    assert (told.status, told.err) == (0, "")
    return json.loads(told.out)


def test_a_file_day_by_day(inquiries: Path, terminal: Terminal) -> None:
    """The first waits from the third working day, 6.10, to its answer; the second since 4.11."""
    before = sorted(inquiries.parent.iterdir())
    found = rehearsed(terminal, inquiries, *RULE, *PERIOD)
    assert (found["from"], found["to"], found["changed"]) == ("2026-10-01", "2026-11-22", None)
    assert found["rules"] == [
        {
            "rule": "inquiry.unanswered",
            "before": 0,
            "opened": 2,
            "first_said": ["2026-10-06", "2026-11-04"],
            "open": 1,
            "crashed": False,
        }
    ]
    days = {one["day"]: (one["opened"], one["closed"], one["open"]) for one in found["days"]}
    assert (days["2026-10-06"], days["2026-10-07"], days["2026-10-20"]) == ((1, 0, 1), (0, 0, 1), (0, 1, 0))
    assert "2026-10-21" not in days
    assert [(one["row"], one["opened"], one["closed"]) for one in found["findings"]] == [
        (1, "2026-10-06", "2026-10-20"),
        (2, "2026-11-04", None),
    ]
    assert sorted(inquiries.parent.iterdir()) == before


def test_another_threshold_beside_todays(inquiries: Path, terminal: Terminal) -> None:
    found = rehearsed(terminal, inquiries, *RULE, *PERIOD, "--set", "handler_days=14", "--set", "coordinator_days=14")
    assert ([one["opened"] for one in found["rules"]], [one["opened"] for one in found["changed"]["rules"]]) == (
        [2],
        [1],
    )
    told = terminal("rehearse", inquiries, *RULE, *PERIOD, "--set", "handler_days=14", language="he")
    assert "פנייה שמחכה לתשובה · בניסיון" in told.out
    assert "פנייה שמחכה לתשובה · היום" in told.out
    assert "שום דבר לא נשלח, לא נכתב ולא נזכר." in told.out


def test_all_the_rules_in_use(inquiries: Path, terminal: Terminal) -> None:
    found = rehearsed(terminal, inquiries, *PERIOD)
    assert {"inquiry.unanswered", "inquiry.trend"} <= {one["rule"] for one in found["rules"]}
    assert "families" in found["unused"]["family.silent"]
    told = terminal("rehearse", inquiries, *PERIOD)
    assert "An inquiry waits for an answer" in told.out
    assert "6.10" in told.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--rule", "inquiry.unanswere"), "Did you mean inquiry.unanswered?"),
        ((*RULE, "--set", "handler_day=3"), "Did you mean handler_days?"),
        ((*RULE, "--set", "handler_days=99"), "a whole number from 0 to 60 (working days)"),
        ((*RULE, "--set", "handler_days=2.5"), "a whole number from 0 to 60 (working days)"),
        ((*RULE, "--set", "handler_days=soon"), "not soon"),
        ((*RULE, "--set", "handler_days"), "PARAM=VALUE"),
        (("--set", "handler_days=3"), "--set needs --rule"),
        (("--from", "1.10.2026"), "--from must be a date"),
        (("--to", "2999-01-01"), "--to is after today"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "is after --to"),
        (("--from", "2001-01-01", "--to", "2026-01-01"), "At most 366 days"),
    ],
)
def test_what_cannot_be_rehearsed(inquiries: Path, terminal: Terminal, options: tuple[str, ...], said: str) -> None:
    told = terminal("rehearse", inquiries, *options)
    assert told.status == 2
    assert said in told.err


def test_what_was_really_open_joins_and_nothing_is_touched(world: World, terminal: Terminal) -> None:
    world.now = datetime.now(NOON.tzinfo) - 4 * DAY
    arrived = world.now.date() - 10 * DAY
    world.fill("families", {"family": "קנרי", "arrival": serial(arrived), "stage": "בליווי"})
    assert [step.alert.rule for step in world.run().plan.transitions] == ["family.no_companion"]
    written, known = world.whole("main"), state(world)
    found = rehearsed(terminal, "--rule", "family.no_companion", "--settings", world.settings_file())
    days = {one["day"]: (one["open"], one["recorded"]) for one in found["days"]}
    opened = arrived + 2 * DAY
    assert [one["opened"] for one in found["findings"]] == [opened.isoformat()]
    assert days[opened.isoformat()] == (1, 0)
    assert days[world.now.date().isoformat()] == (1, 1)
    told = terminal("rehearse", "--settings", world.settings_file())
    assert "really, on 5 days" in told.out
    assert (world.whole("main"), state(world)) == (written, known)


def state(world: World) -> object:
    """What the service remembers."""
    with reading(world.service.engine) as connection:
        return alerts.known(connection, "test"), memory.recall(connection, "test", "rule_lines", {})
