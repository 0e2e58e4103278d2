from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from sheets_sync.store import memory
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, reading, writing
from sheets_sync.store.migrate import settings, upgrade
from sheets_sync.store.schema import VERSION, metadata
from sheets_sync.store.version import require_current


@pytest.fixture
def empty(new_database: Callable[[], str]) -> Iterator[Engine]:
    engine = open_database(new_database())
    yield engine
    engine.dispose()


def test_from_empty_the_tables_are_those_of_the_program(empty: Engine) -> None:
    upgrade(empty)
    with reading(empty) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    require_current(empty)


def test_once_more_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    with writing(empty) as connection:
        memory.remember(connection, "c", "name", "value")
    upgrade(empty)
    with reading(empty) as connection:
        assert memory.recall(connection, "c", "name") == "value"


def test_every_row_names_its_community() -> None:
    assert [table.name for table in metadata.sorted_tables if "community" not in table.c] == []


def test_the_version_asked_for_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(settings()).get_heads() == [VERSION]


def test_a_migration_that_fails_leaves_the_old_schema(empty: Engine) -> None:
    """The last table of the migration is there already: nothing of what comes before it may stay."""
    with writing(empty) as connection:
        connection.execute(text("CREATE TABLE passes (x INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        upgrade(empty)
    assert inspect(empty).get_table_names() == ["passes"]


@pytest.mark.parametrize("found", ["none", "0000", "9999"])
def test_another_version_is_refused_in_words(empty: Engine, found: str) -> None:
    if found != "none":
        upgrade(empty)
        with writing(empty) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": found})
    with pytest.raises(DatabaseTrouble, match=rf"at version {found}, the program at {VERSION}"):
        require_current(empty)


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear neighbours, " * 100)
    with pytest.raises(DatabaseTrouble, match="cannot be read"):
        require_current(open_database(f"sqlite:///{tmp_path / 'letter.db'}"))
