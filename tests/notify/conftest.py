from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync.store.database import Connection, Engine, open_database, writing
from sheets_sync.store.migrate import upgrade


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'memory.db'}", busy_seconds=0.2)
    upgrade(engine)
    return engine


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection
