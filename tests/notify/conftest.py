from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync.store.database import Connection, Engine, open_database, writing
from tests.migrated import migrated


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(migrated(tmp_path / "memory.db"), busy_seconds=0.2)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection
