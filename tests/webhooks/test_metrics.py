"""`/metrics` and the clock's part in `/health`: figures from the database, for those who may have them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sheets_sync.config import load
from sheets_sync.errors import BadSettings
from sheets_sync.notify.message import Message
from sheets_sync.store import inbox, journal, memory, outbox, passes
from sheets_sync.store.database import Engine, writing
from sheets_sync.store.figures import Signs, Taken, between, signs
from webhooks.app import create_app
from webhooks.config import WebConfig
from webhooks.health import has_stopped

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ELSEWHERE = {"REMOTE_ADDR": "10.1.2.3"}


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    """Two communities: one with a day behind it, one of which only an answer is known."""
    with writing(engine) as connection:
        for hours, calls in ((30, 50), (20, 7), (1, 9)):
            number = passes.begin(connection, "kfar", ago(hours=hours), "clock")
            passes.finish(connection, number, ago(hours=hours), calls, {"calls_reads": calls - 1, "calls_writes": 1})
        passes.begin(connection, "kfar", ago(minutes=1), "clock")
        for at, state in enumerate(("waiting", "left", "waiting")):
            inbox.take(connection, "kfar", "classes", f"m-{at}", b"{}", ago(minutes=10 * (at + 1)))
            if state == "left":
                inbox.left(connection, at + 1, "no tab", NOW)
        inbox.take(connection, "moshav", "classes", "m-1", "נועה".encode(), ago(minutes=2))
        outbox.put(connection, Message("kfar", "fact", "mail", "dana@example.org", "נושא", "גוף"), ago(minutes=5))
        memory.remember(connection, "kfar", "breakers", {"budget": {"count": 3}})
        journal.planned(connection, "kfar", "sheet", 1, [], [], NOW)
    return engine


@contextmanager
def asked(engine: Engine, at: datetime = NOW, **settings: object) -> Iterator[FlaskClient]:
    config = WebConfig(engine, "kfar", {}, lambda: at, **settings)  # type: ignore[arg-type]
    yield create_app(config).test_client()


def test_the_figures_of_every_community(peopled: Engine) -> None:
    with asked(peopled) as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in answer.text.splitlines() if line[0] != "#"}
    kfar = {name.removeprefix("sheets_sync_"): value for name, value in samples.items() if "kfar" in name}
    assert kfar == {
        'passes_in_a_day{community="kfar"}': "3",
        'google_calls_in_a_day{community="kfar"}': "16",
        'last_pass_age_seconds{community="kfar"}': "3600",
        'last_pass_google_calls{community="kfar",kind="reads"}': "8",
        'last_pass_google_calls{community="kfar",kind="writes"}': "1",
        **{f'inbox_answers{{community="kfar",state="{state}"}}': "0" for state in inbox.State},
        'inbox_answers{community="kfar",state="waiting"}': "2",
        'inbox_answers{community="kfar",state="left"}': "1",
        'inbox_oldest_waiting_seconds{community="kfar"}': "1800",
        'outbox_messages{community="kfar",state="waiting"}': "1",
        'outbox_messages{community="kfar",state="claimed"}': "0",
        'outbox_messages{community="kfar",state="sent"}': "0",
        'outbox_messages{community="kfar",state="failed"}': "0",
        'outbox_oldest_waiting_seconds{community="kfar"}': "300",
        'open_writes{community="kfar"}': "1",
        'spreadsheets_in_trouble{community="kfar"}': "1",
    }
    assert samples['sheets_sync_inbox_answers{community="moshav",state="waiting"}'] == "1"
    assert not [word for word in ("נועה", "dana", "נושא", "m-1") if word in answer.text]


def test_an_empty_database_has_headings_alone(engine: Engine) -> None:
    with asked(engine) as client:
        assert {line[:2] for line in client.get("/metrics").text.splitlines()} == {"# "}


@pytest.mark.parametrize(
    ("networks", "environment", "headers", "status"),
    [
        ((), {}, {}, 200),
        ((), {"REMOTE_ADDR": "::1"}, {}, 200),
        ((), ELSEWHERE, {}, 404),
        (("10.1.0.0/16",), ELSEWHERE, {}, 200),
        (("10.2.0.0/16", "::/0"), ELSEWHERE, {}, 404),
        ((), {}, {"X-Forwarded-For": "127.0.0.1"}, 404),
        (("10.1.0.0/16",), ELSEWHERE, {"Forwarded": "for=10.1.2.3"}, 404),
    ],
)
def test_only_this_machine_and_named_networks_get_them(
    engine: Engine, networks: tuple[str, ...], environment: dict[str, str], headers: dict[str, str], status: int
) -> None:
    with asked(engine, metrics_for=networks) as client:
        assert client.get("/metrics", environ_base=environment, headers=headers).status_code == status


def test_a_monitor_on_the_machine_needs_no_public_name(engine: Engine) -> None:
    with asked(engine, trusted_hosts=("forms.example.org",)) as client:
        assert client.get("/health", headers={"Host": "127.0.0.1:8080"}).status_code == 200
        assert client.get("/metrics", headers={"Host": "localhost:8080"}).status_code == 200
        assert client.get("/health", headers={"Host": "evil.example"}).status_code == 400


BEGAN = ago(days=1)


@pytest.mark.parametrize(
    ("tick", "clock", "stopped"),
    [
        (60, Signs(ago(seconds=590)), False),
        (60, Signs(ago(seconds=601)), True),
        (5, Signs(ago(seconds=299)), False),
        (5, Signs(ago(seconds=301)), True),
        (3600, Signs(ago(hours=9)), False),
        (60, Signs(None), True),
        (60, Signs(NOW, failing_since=ago(minutes=9)), False),
        (60, Signs(NOW, failing_since=ago(minutes=11)), True),
    ],
)
def test_a_clock_has_stopped_after_ten_ticks_and_five_minutes(tick: int, clock: Signs, stopped: bool) -> None:
    assert has_stopped(clock, BEGAN, NOW, timedelta(seconds=tick)) is stopped
    assert not has_stopped(clock, ago(minutes=1), NOW, timedelta(seconds=tick))


def test_health_fails_when_the_clock_beside_has_stopped(peopled: Engine) -> None:
    """Only where a clock is to be there; and a web that has just begun waits for its first pass."""
    moments = [NOW]
    minute = timedelta(minutes=1)
    alone = create_app(WebConfig(peopled, "kfar", {}, lambda: moments[-1])).test_client()
    beside = create_app(WebConfig(peopled, "kfar", {}, lambda: moments[-1], tick=minute)).test_client()
    assert beside.get("/health").status_code == 200
    moments.append(NOW + timedelta(hours=1))
    answer = beside.get("/health")
    assert (answer.status_code, answer.json and answer.json["status"]) == (503, "no passes are done")
    assert alone.get("/health").status_code == 200
    with writing(peopled) as connection:
        passes.finish(connection, passes.begin(connection, "kfar", moments[-1], "clock"), moments[-1], 1, {})
    assert beside.get("/health").status_code == 200


def test_signs_of_life(engine: Engine) -> None:
    """A pass that ended, or the clock's beat while there is nothing to do; a pass that a later one ended counts not."""

    def seen() -> Signs:
        with writing(engine) as connection:
            return signs(connection, "kfar")

    assert seen() == Signs()
    with writing(engine) as connection:
        first = passes.begin(connection, "kfar", ago(minutes=30), "clock")
        passes.begin(connection, "moshav", ago(minutes=50), "clock")
    assert seen() == Signs(None, ago(minutes=30))
    with writing(engine) as connection:
        passes.finish(connection, passes.begin(connection, "kfar", ago(minutes=20), "clock"), ago(minutes=19), 1, {})
    assert seen() == Signs(ago(minutes=19))
    with writing(engine) as connection:
        memory.remember(connection, "", "beat", ago(minutes=1).isoformat(timespec="microseconds"))
        passes.begin(connection, "kfar", ago(minutes=12), "clock")
        passes.begin(connection, "kfar", ago(minutes=2), "clock")
    assert seen() == Signs(ago(minutes=1), ago(minutes=12))
    assert first == 1


def test_passes_of_a_span(peopled: Engine) -> None:
    with writing(peopled) as connection:
        assert between(connection, "kfar", ago(hours=31), ago(hours=2)) == Taken(2, 55, 2)
        assert between(connection, "kfar", ago(days=9), ago(days=8)) == Taken()


def test_a_network_that_is_none_is_refused_with_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "sheets-sync.toml"
    file.write_text(
        '[community]\nname = "x"\n[[spreadsheets]]\nname = "main"\n'
        'url = "https://docs.google.com/spreadsheets/d/1234567890123456789012345"\n'
        '[web]\nmetrics_for = ["10.1.0.0/40"]\n'
    )
    with pytest.raises(BadSettings, match=r"10\.1\.0\.0/40"):
        load(file)
