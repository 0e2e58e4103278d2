"""A disk without room: answers get 503, reads go on, a pass tells its trouble; with room again all stands once."""

import resource
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from rules.dates import serial
from rules.table import Cell
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import DatabaseTrouble, Engine, reading
from tests.cli.processes import descendants, wait_for
from tests.faults import fresh_random, runs
from tests.sync.test_databases import answer, names, web
from tests.webhooks import process
from tests.webhooks.test_kill import rows
from tests.webhooks.wire import get, send, submission
from tests.world import World

OVERRUN: dict[str, Cell] = {"date": serial(date(2026, 11, 23)), "supplier": "גל", "kind": "תשלום", "amount": 900}


@contextmanager
def room(engine: Engine, pages: int) -> Iterator[None]:
    """Let the database have no more pages than it has and some more, in all connections that are opened meanwhile."""

    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={have + pages}")  # type: ignore[attr-defined]

    with closing(sqlite3.connect(str(engine.url.database))) as file:
        file.execute("VACUUM")  # what earlier passes let go of would be room
    with reading(engine) as connection:
        have = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    event.listen(engine, "connect", limit)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        engine.dispose()


@pytest.mark.parametrize("run", runs(10))
def test_a_pass_tells_it_and_the_next_goes_on(tmp_path: Path, run: int) -> None:
    """How much room is left is chance, so that it ends at another statement of the pass each time."""
    random, world = fresh_random(), World(tmp_path)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.run()
    overruns = [{**OVERRUN, "line": f"סעיף {n}", "invoice": str(n)} for n in range(40)]
    world.fill("budget", *({"line": one["line"], "planned": 100} for one in overruns))
    world.fill("expenses", *overruns)
    with web(world, world.settings.database.url) as port:
        acknowledged = [n for n in range(random.randint(1, 20)) if send(port, answer(world, n)).status == 202]
    with room(world.service.engine, run % 5):
        for _ in range(2):
            world.now += timedelta(seconds=30)
            with pytest.raises(DatabaseTrouble, match="no room left") as caught:
                run_pass(world.service)
            assert "אין מקום" in caught.value.he
    for _ in range(3):
        world.now += timedelta(seconds=30)
        last = world.run()
    assert last.requests == 0
    assert Counter(names(world)) == {f"משתתף {n}": 1 for n in acknowledged}
    header, *alerts = world.values("main", "התראות")
    at = header.index("מזהה (מערכת)")
    assert Counter(row[at] for row in alerts if len(row) > at).most_common(1)[0][1] == 1
    assert len(alerts) == 40
    world.close()


@pytest.mark.parametrize("run", runs(10))
def test_answers_get_503_while_reads_go_on(tmp_path: Path, run: int) -> None:
    """The web process may write no file beyond a size (RLIMIT_FSIZE), as on a disk that is full; then it may again."""
    random, engine = fresh_random(), process.database(tmp_path)
    sent: dict[str, int] = {}

    def answered(running: process.Web) -> int:
        name = f"m-{len(sent)}"
        sent[name] = running.send(name, body=submission(שם="נ" * random.randint(1, 20_000))).status
        return sent[name]

    with process.web(tmp_path) as running:
        assert answered(running) == 202
        limit(running, (tmp_path / "memory.db-wal").stat().st_size + random.randint(0, 60_000))
        wait_for(lambda: answered(running) == 503)
        assert get(running.port, "/health").status == 200
        kept = [name for name, status in sent.items() if status == 202]
        assert set(kept) <= set(rows(engine))
        limit(running, resource.RLIM_INFINITY)
        assert answered(running) == 202
    accepted = Counter(name for name, status in sent.items() if status == 202)
    assert Counter(rows(engine)) == accepted


def limit(running: process.Web, size: int) -> None:
    """How large a file its processes may write."""
    for pid in {running.pid, *descendants(running.pid)}:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
