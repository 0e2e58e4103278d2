import stat
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sheets_sync.store import memory, passes
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, reading, writing

PERSON = "נועה כהן"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 200)],
)
def test_every_connection_is_durable_and_patient(sqlite: Engine, pragma: str, value: object) -> None:
    with reading(sqlite) as one, reading(sqlite) as other:
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)] == [value, value]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE kept (one INTEGER)"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    engine.dispose()
    assert modes["new.db"] == 0o600


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.db", "nonsense", "oracle9://x/y", "sqlite://"])
def test_an_address_that_cannot_be_used_is_named_in_words(url: str) -> None:
    with pytest.raises(DatabaseTrouble) as caught:
        open_database(url)
    assert caught.value.he.startswith("אי אפשר לפתוח")
    assert caught.value.status == 4


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as connection:
            memory.remember(connection, "c", "name", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with reading(engine) as connection:
        assert memory.recall(connection, "c", "name") is None


def test_a_second_writer_waits_for_its_turn_and_readers_do_not(engine: Engine) -> None:
    with writing(engine) as first:
        memory.remember(first, "c", "name", 1)
        with reading(engine) as reader:
            assert memory.recall(reader, "c", "name") is None
        with pytest.raises(DatabaseTrouble, match="busy"), writing(engine) as second:
            memory.remember(second, "c", "name", 2)


def test_a_reader_sees_one_state(engine: Engine) -> None:
    with writing(engine) as writer:
        memory.remember(writer, "c", "name", 1)
    with reading(engine) as reader:
        assert memory.recall(reader, "c", "name") == 1
        with writing(engine) as writer:
            memory.remember(writer, "c", "name", 2)
        assert memory.recall(reader, "c", "name") == 1


def test_writers_that_read_and_write_lose_no_update(sqlite: Engine) -> None:
    """Eight threads raise one number forty times in all; with transactions begun late some would fail or be lost."""

    def rise() -> None:
        for _ in range(5):
            with writing(patient) as connection:
                memory.remember(connection, "c", "n", memory.recall(connection, "c", "n", 0) + 1)

    patient = open_database(sqlite.url.render_as_string(hide_password=False), busy_seconds=30)
    threads = [threading.Thread(target=rise) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(sqlite) as connection:
        assert memory.recall(connection, "c", "n") == 40


def test_errors_quote_no_values(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, writing(engine) as connection:
        connection.execute(text("INSERT INTO leases (community) VALUES (:name)"), {"name": PERSON})
    told = "".join(traceback.format_exception(caught.value))
    assert "leases" in told
    assert "נועה" not in told


def test_a_naive_time_is_refused(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(Exception, match="aware datetime"):
        passes.begin(connection, "c", datetime.now(UTC).replace(tzinfo=None))
