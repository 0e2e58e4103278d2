from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.store.database import Connection, Engine, open_database, writing
from tests.migrated import migrated

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Clock:
    """The clock that leases go by, turned by hand."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def at(self, seconds: float) -> None:
        self.now = NOON + timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(database_url: str, clock: Clock) -> Iterator[Engine]:
    """Both databases in turn: what holds of one holds of the other."""
    engine = open_database(database_url, busy_seconds=0.2, clock=clock)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Engine:
    return open_database(migrated(tmp_path / "memory.db"), busy_seconds=0.2)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection
