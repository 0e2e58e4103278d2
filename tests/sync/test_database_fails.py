"""The database fails once, at each statement and commit of a pass in turn: what was written is marked by the next."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import OperationalError as Broken

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from sheets_sync.store.database import DatabaseTrouble, Engine, open_database
from sheets_sync.wiring import Service
from tests.faults import FULL, SEED
from tests.village import Village
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_800)]

SHARES, EVERY = 8, 1 if FULL else 10


@dataclass
class Turns:
    """Counts the statements and commits of one thread's passes, and fails the one whose turn it is."""

    fails: int = 0
    count: int = 0
    struck: str = ""

    def statement(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._next(statement)

    def commit(self, _connection: object) -> None:
        self._next("COMMIT")

    def _next(self, what: str) -> None:
        self.count += 1
        if self.count == self.fails:
            self.struck = what
            raise OperationalError(what, None, Broken("disk I/O error"))


@contextmanager
def failing(engine: Engine, nth: int) -> Iterator[Turns]:
    """Fail the nth; 0 fails none."""
    turns = Turns(nth)
    event.listen(engine, "before_cursor_execute", turns.statement)
    event.listen(engine, "commit", turns.commit)
    try:
        yield turns
    finally:
        event.remove(engine, "before_cursor_execute", turns.statement)
        event.remove(engine, "commit", turns.commit)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_one_in_turn(tmp_path: Path, share: int) -> None:
    world = World(tmp_path)
    memory = open_database(world.settings.database.url, clock=lambda: world.now)  # a lease that was not let go runs out
    village = Village(world, Service(world.settings, world.service.gateway, memory, lambda: world.now))
    village.settle()
    village.news()
    with failing(memory, 0) as turns:
        village.pass_()
    print(f"{turns.count} statements and commits; SHEETS_SYNC_SEED={SEED}")
    village.settle()
    assert turns.count > 50
    for nth in range(1 + share + SHARES * (SEED % EVERY), turns.count + 1, SHARES * EVERY):
        village.news()
        with failing(memory, nth) as struck, suppress(DatabaseTrouble):
            village.pass_()
        assert struck.struck, nth
        village.settle()
        village.check()
    memory.dispose()
    world.close()
