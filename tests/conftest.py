import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sheets_sync.store.database import open_database
from sheets_sync.store.migrate import upgrade
from tests.migrated import migrated
from tests.postgres import Server

settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
"""A property has no time limit: a busy machine is no fault of the code."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Ctrl-C is to reach the processes that tests start, also where these tests run in a script's background, which a
shell without job control makes deaf to it, them and all their children."""

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of a worker, started when the first asks for it; `migrated` is a database to copy."""
    server = Server().begin()
    server.say("CREATE DATABASE migrated TEMPLATE template0")
    engine = open_database(server.url("migrated"))
    upgrade(engine)
    engine.dispose()
    yield server
    server.end()


@pytest.fixture(params=DATABASES)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes databases without tables, of both kinds in turn; gives their addresses."""
    if request.param == "sqlite":
        names = iter(range(100))
        return lambda: f"sqlite:///{tmp_path / f'empty{next(names)}.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables, of both kinds in turn."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server.new("migrated")
    return migrated(tmp_path / "memory.db")
