import base64
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_sync.errors import BadSettings
from sheets_sync.notify.message import Message
from sheets_sync.store import outbox
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, writing
from tests.webhooks.conftest import Serve
from tests.webhooks.wire import SECRET, Request, get, send
from webhooks.answers import HEADERS
from webhooks.app import create_app
from webhooks.config import WebConfig


def key(size: int) -> str:
    return base64.b64encode(b"k" * size).decode()


def test_health_tells_how_much_waits_and_nothing_personal(port: int, engine: Engine) -> None:
    send(port, Request())
    message = Message("kfar", "fact", "mail", "dana@example.org", "נושא", "גוף")
    with writing(engine) as connection:
        outbox.put(connection, message, datetime(2026, 11, 22, tzinfo=UTC))
    answer = get(port, "/health")
    assert answer.status == 200
    assert answer.json == {
        "status": "ok",
        "inbox": {"waiting": 1, "claimed": 0, "placed": 0, "left": 0, "discarded": 0},
        "outbox": {"waiting": 1, "claimed": 0, "sent": 0, "failed": 0},
    }


def test_health_says_when_the_database_is_gone(port: int, engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    for path in tmp_path.glob("memory.db*"):
        path.unlink()
    answer = get(port, "/health")
    assert (answer.status, answer.json) == (503, {"status": "database out of reach"})


@pytest.mark.parametrize("path", ["/health", "/forms/classes", "/nowhere"])
def test_every_answer_bears_the_headers_that_keep_browsers_in_check(port: int, path: str) -> None:
    found = get(port, path).headers
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    assert found["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("host", "status"),
    [("forms.example.org", 200), ("deep.example.net", 200), ("evil.example", 400), ("forms.example.org.evil", 400)],
)
def test_only_trusted_hosts_are_answered_when_they_are_named(serve: Serve, host: str, status: int) -> None:
    with serve(hosts=("forms.example.org", ".example.net")) as port:
        answer = get(port, "/health", Host=host)
    assert answer.status == status
    if status == 400:
        assert answer.code == "bad_request"


@pytest.mark.parametrize(
    ("secrets", "usable"),
    [
        ((SECRET,), True),
        ((key(24),), True),
        (("whsec_" + key(64), SECRET), True),
        ((), False),
        (("",), False),
        ((key(23),), False),
        ((key(65),), False),
        ((key(32)[:-1] + "!",), False),
        (("סוד שאינו בבסיס 64",), False),
        ((SECRET, "short"), False),
    ],
)
def test_secrets_that_cannot_be_used_are_refused_at_the_start(
    engine: Engine, secrets: tuple[str, ...], usable: bool
) -> None:
    config = WebConfig(engine, "kfar", {"classes": secrets})
    if usable:
        create_app(config)
        return
    with pytest.raises(BadSettings) as caught:
        create_app(config)
    assert "classes" in caught.value.he
    assert not any(secret in caught.value.en for secret in secrets if secret)


def test_a_database_without_its_tables_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="at version none"):
        create_app(WebConfig(open_database(f"sqlite:///{tmp_path / 'new.db'}"), "kfar", {}))


def test_the_web_process_starts_light() -> None:
    heavy = "pandas numpy altair alembic gspread formualizer openpyxl"
    program = f"import sys, webhooks.wsgi; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
