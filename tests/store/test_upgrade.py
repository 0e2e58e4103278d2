"""Upgrades: the old tables or the new, never half; once, however many come; and never back."""

import os
import signal
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, event, text

from sheets_sync.store.backup import STEP, halves
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, reading, writing
from sheets_sync.store.migrate import Upgraded, settings, upgrade
from sheets_sync.store.schema import VERSION, metadata
from sheets_sync.store.version import standing
from tests.faults import fresh_random, runs
from tests.forked import ended, fork
from tests.postgres import Server
from tests.store.upgrading import DAY, bring_up

OLDER = sorted(
    script.revision for script in ScriptDirectory.from_config(settings()).walk_revisions() if script.revision != VERSION
)
OLD = ["", *OLDER]
"""Every version a database may stand at, '' for one without tables."""

MEMORY = {"community": "c", "name": "רשימה", "value": b'"kept"'}


COPYING = ("upgrade.copying", "upgrade.copying", "upgrade.checked", "upgrade.copied", "")
"""Where it is killed: after a step of the copying, before the copy bears its name, after that, at any moment."""


def make(url: str, version: str) -> Engine:
    """A database as the program of that version left it, with something in it."""
    engine = open_database(url)
    if version:
        with writing(engine) as connection:
            command.upgrade(settings(connection), version)
            connection.execute(text("INSERT INTO memory VALUES (:community, :name, :value)"), MEMORY)
    return engine


def shape(engine: Engine) -> tuple[str, dict[str, list[str]]]:
    """The version, and the columns and indices of every table."""
    found = MetaData()
    with reading(engine) as connection:
        found.reflect(connection)
        version = standing(connection)
    return version, {
        table.name: [
            *(f"{column.name} {column.type} {column.nullable} {column.primary_key}" for column in table.columns),
            *sorted(str(index.name) for index in table.indexes),
        ]
        for table in found.sorted_tables
    }


def is_kept(engine: Engine) -> bool:
    with reading(engine) as connection:
        row = connection.execute(text("SELECT community, name, value FROM memory WHERE name = :name"), MEMORY).one()
    return row._asdict() == MEMORY


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture(params=OLD, ids=lambda version: version or "empty")
def old(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> Iterator[Engine]:
    engine = make(new_database(), request.param)
    yield engine
    engine.dispose()


def test_from_every_version_to_this_one(old: Engine) -> None:
    before, _ = shape(old)
    done = upgrade(old, DAY, copied=True)
    assert (done.before, done.after, done.backup) == (before, VERSION, None)
    with reading(old) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert not before or is_kept(old)


@pytest.mark.parametrize("run", runs(30))
def test_killed_anywhere_it_is_the_old_or_the_new(new_database: Callable[[], str], run: int) -> None:
    """Half of the kills come after some statement, half at some moment, which may be in the commit."""
    random = fresh_random()
    version = random.choice(OLD)
    engine, whole = make(new_database(), version), make(new_database(), version)
    statements = _statements(whole)
    choices = shape(engine), shape(whole)
    _kill(engine, random, run, statements)
    engine.dispose()
    assert shape(engine) in choices
    assert not version or is_kept(engine)
    upgrade(engine, copied=True)
    assert shape(engine) == choices[1]
    engine.dispose()
    whole.dispose()


def _statements(engine: Engine) -> int:
    """Bring it up; how many statements that took."""
    done = count()
    event.listen(engine, "after_cursor_execute", lambda *_: next(done))
    upgrade(engine, copied=True)
    return next(done)


def _kill(engine: Engine, random: Random, run: int, statements: int) -> None:
    by_statement = run % 2 == 0
    struck = fork(bring_up, address(engine), random.randrange(1, statements) if by_statement else 0)
    if not by_statement:
        _kill_in(struck, random.uniform(0, 0.15))
    assert ended(struck) == -signal.SIGKILL or not by_statement


def _kill_in(process: ForkServerProcess, seconds: float) -> None:
    """Kill it then, unless it has ended by itself."""
    process.join(seconds)
    process.kill()


@pytest.mark.parametrize("run", runs(40))
def test_killed_while_it_copies_there_is_no_half_copy(tmp_path: Path, run: int) -> None:
    random, path = fresh_random(), tmp_path / "village.db"
    engine = make(f"sqlite:///{path}", random.choice(OLDER))
    steps = _fill(engine, random.randint(4, 12))
    old = shape(engine)
    boundary = COPYING[(run + random.randrange(len(COPYING))) % len(COPYING)]
    fault = boundary and f"{boundary}:kill:{random.randint(1, steps) if boundary == COPYING[0] else 1}"
    struck = fork(bring_up, address(engine), 0, False, fault=fault)
    if not fault:
        _kill_in(struck, random.uniform(0, 0.1))
    assert ended(struck) == -signal.SIGKILL or not fault
    copies = [one for one in tmp_path.iterdir() if "before" in one.name and one.suffix == ".db"]
    assert boundary in ("", "upgrade.copied") or not copies
    for one in copies:
        _is_whole(one, old)
    assert shape(engine) == old or (not fault and shape(engine)[0] == VERSION)
    assert is_kept(engine)
    done = upgrade(engine, DAY)
    assert done.backup is None or _is_whole(done.backup, old)
    assert shape(engine)[0] == VERSION
    assert [*halves(path)] == []
    engine.dispose()


def _fill(engine: Engine, steps: int) -> int:
    """Let the database be so many steps of copying long, at least."""
    page = "x" * 4_000
    rows = [{**MEMORY, "name": f"page {n}", "value": page.encode()} for n in range(steps * STEP)]
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO memory VALUES (:community, :name, :value)"), rows)
    return steps


def _is_whole(copy: Path, old: tuple[str, dict[str, list[str]]]) -> bool:
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = open_database(f"sqlite:///{copy}")
    assert shape(kept) == old
    assert is_kept(kept)
    kept.dispose()
    return True


def test_two_that_come_at_once_do_it_once(old: Engine) -> None:
    several = [fork(bring_up, address(old)) for _ in range(2)]
    assert [ended(one) for one in several] == [0, 0]
    assert shape(old)[0] == VERSION


def test_a_newer_database_is_left_alone(old: Engine) -> None:
    upgrade(old, copied=True)
    with writing(old) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = shape(old)
    with pytest.raises(DatabaseTrouble, match="a newer program has brought it up"):
        upgrade(old)
    assert shape(old) == before


@pytest.fixture(params=OLDER)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "village.db"
    engine = make(f"sqlite:///{path}", request.param)
    engine.dispose()
    return path


def test_a_file_is_copied_first(file: Path) -> None:
    """The copy is whole, its owner's alone, and stands at the old version; a second one has a name of its own."""
    engine = open_database(f"sqlite:///{file}")
    old = shape(engine)
    done = upgrade(engine, DAY)
    copy = file.with_name(f"village.before-{VERSION}-20261123.db")
    assert done == Upgraded(old[0], VERSION, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = open_database(f"sqlite:///{copy}")
    assert shape(kept) == old
    assert is_kept(kept)
    assert upgrade(kept, DAY).backup == file.with_name(f"{copy.stem}.before-{VERSION}-20261123.db")
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".part"] == []


def test_without_a_copy_nothing_is_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, or the folder is not ours to write in."""

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "replace", full)
    engine = open_database(f"sqlite:///{file}")
    old = shape(engine)
    with pytest.raises(DatabaseTrouble, match="No backup of"):
        upgrade(engine, DAY)
    assert shape(engine) == old
    assert sorted(path.suffix for path in file.parent.iterdir() if "before" in path.name) == []


@pytest.mark.parametrize("version", OLDER)
def test_postgresql_is_copied_by_its_administrator(postgres: Server, version: str) -> None:
    """Nothing is changed until a person says that it was copied; the words name the command."""
    engine = make(postgres.new(), version)
    old = shape(engine)
    with pytest.raises(DatabaseTrouble, match=r"pg_dump .*\n.*sheets-sync upgrade --no-backup"):
        upgrade(engine, DAY)
    assert shape(engine) == old
    assert upgrade(engine, DAY, copied=True) == Upgraded(version, VERSION)
    engine.dispose()
