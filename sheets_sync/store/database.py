"""Open the database and its transactions; the only place that knows SQLite from PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault

from sheets_sync.errors import Trouble

__all__ = [
    "Connection",
    "DatabaseFault",
    "DatabaseTrouble",
    "Engine",
    "insert_new",
    "inserting_new",
    "open_database",
    "put_all",
    "reading",
    "writing",
]
# Other rooms name these types; none but this one imports SQLAlchemy.

WRITES = "sheets_sync_writes"


class DatabaseTrouble(Trouble):
    """The database cannot be opened, or its tables are not those of this program."""

    status = 4


def open_database(url: str, *, busy_seconds: float = 5.0) -> Engine:
    """An Engine for `sqlite:///path` (made if missing, readable by its owner alone) or a PostgreSQL address.

    SQLite runs in WAL with `synchronous=FULL`: a commit that returned survives a power cut. A writer waits up to
    `busy_seconds` for another. Errors never quote values, which are people's.
    Raises DatabaseTrouble when the address or its folder cannot be used.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            return create_engine(address, hide_parameters=True)
        _make_file(Path(address.database or ""))
        engine = create_engine(address, connect_args={"timeout": busy_seconds}, hide_parameters=True)
    except (ArgumentError, OSError, ImportError) as error:
        raise DatabaseTrouble(
            f"אי אפשר לפתוח את מסד הנתונים: {error}", f"the database cannot be opened: {error}"
        ) from None
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write, committed at the end. On SQLite it waits for its turn here, at the start."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one state."""
    with engine.connect() as connection, connection.begin():
        yield connection


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its key is there; whether it is new."""
    return connection.execute(inserting_new(connection, table), dict(values)).rowcount == 1


def inserting_new(connection: Connection, table: Table) -> Insert:
    """The statement that inserts rows, and passes over those whose key is there."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def put_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or replace those with the same primary key."""
    if not rows:
        return
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    keys = [column.name for column in table.primary_key]
    others = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=others), [dict(row) for row in rows])


def _make_file(path: Path) -> None:
    """Make an empty database that only its owner may read: it holds what residents wrote."""
    if path.is_dir():
        raise IsADirectoryError(f"{path}: the path of a file was expected")
    if not path.exists():
        path.touch(mode=0o600)


def _settle(connection: Any, _record: object) -> None:
    """Every new connection: transactions are begun by us alone, durability before speed."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A transaction that means to write takes its turn at once, so that it cannot fail halfway on another's."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
