"""Open the database and its transactions; the only place that knows SQLite from PostgreSQL."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, Insert, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError

from sheets_sync.store.faults import DatabaseFault, DatabaseTrouble, told

__all__ = [
    "Connection",
    "DatabaseFault",
    "DatabaseTrouble",
    "Engine",
    "insert_new",
    "inserting_new",
    "moment",
    "open_database",
    "put_all",
    "reading",
    "writing",
]
# Other rooms name these types; none but this one imports SQLAlchemy.

WRITES = "sheets_sync_writes"
CLOCK = "sheets_sync_clock"

Clock = Callable[[], datetime]

BOOT = datetime(1970, 1, 1, tzinfo=UTC)
"""Where the machine's monotonic clock is counted from, when it is kept as an instant."""


def machine_clock() -> datetime:
    """Monotonic time, the same for all processes of a machine until it starts anew; not the time of day."""
    return BOOT + timedelta(seconds=time.monotonic())


def open_database(url: str, *, password: str = "", busy_seconds: float = 5.0, clock: Clock | None = None) -> Engine:
    """An Engine for `sqlite:///path` (made if missing, readable by its owner alone) or `postgresql://user@host/name`.

    A commit that returned survives a power cut: SQLite runs in WAL with `synchronous=FULL`. A writer waits up to
    `busy_seconds` for another. `password` is put into an address that has none. `clock` stands instead of the
    database's own in `moment`, for tests. Errors never quote values, which are people's, nor the password.
    Raises DatabaseTrouble when the address or its folder cannot be used.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # their texts quote the address, which may hold a password
        raise DatabaseTrouble(
            "אי אפשר לפתוח את מסד הנתונים: הכתובת צריכה להיות sqlite:///… או postgresql://…",
            "the database cannot be opened: its url should be sqlite:///… or postgresql://…",
        ) from None
    try:
        engine = _sqlite(address, busy_seconds) if _is_sqlite(address) else _postgresql(address, password, busy_seconds)
    except (ArgumentError, OSError, ImportError) as error:
        raise DatabaseTrouble(
            f"אי אפשר לפתוח את מסד הנתונים: {error}", f"the database cannot be opened: {error}"
        ) from None
    return engine.execution_options(**{CLOCK: clock}) if clock else engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write, committed at the end; raises DatabaseTrouble when the database fails.

    SQLite lets one writer in at a time, and it waits for its turn here, at the start. PostgreSQL lets many in (READ
    COMMITTED): what reads in order to write locks the row it reads (`with_for_update`).
    """
    with told(engine.url), engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one state; raises DatabaseTrouble when the database fails."""
    options = {} if _is_sqlite(engine.url) else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with told(engine.url), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def moment(connection: Connection) -> datetime:
    """The time by which leases are given: no process's own time of day.

    On PostgreSQL the server's clock, one for all machines; on SQLite, whose processes share a machine, its monotonic
    clock, which nobody can set.
    """
    clock: Clock | None = connection.get_execution_options().get(CLOCK)
    if clock is not None:
        return clock()
    if connection.dialect.name == "sqlite":
        return machine_clock()
    found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found.astimezone(UTC)


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its key is there; whether it is new."""
    statement = inserting_new(connection, table).returning(*table.primary_key)
    return connection.execute(statement, dict(values)).one_or_none() is not None


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


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _sqlite(address: URL, busy_seconds: float) -> Engine:
    _make_file(Path(address.database or ""))
    engine = create_engine(address, connect_args={"timeout": busy_seconds}, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(address: URL, password: str, busy_seconds: float) -> Engine:
    """Connections are tried before use, so that a server that was restarted is met by new ones."""
    if address.get_backend_name() != "postgresql":
        raise ArgumentError(f"{address.drivername}: sqlite or postgresql was expected")
    if password and not address.password:
        address = address.set(password=password)
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={**PATIENCE, "options": f"-c lock_timeout={int(busy_seconds * 1000)} {SESSION}"},
    )
    event.listen(engine, "handle_error", _without_details)
    return engine


PATIENCE = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds until a server that does not answer counts as gone (libpq's connection parameters)."""

SESSION = "-c idle_in_transaction_session_timeout=20s -c timezone=UTC"
"""A process that was stopped within a transaction must not keep its locks for ever: the server ends it."""


def _without_details(context: ExceptionContext) -> None:
    """PostgreSQL's DETAIL and CONTEXT quote the row: only the first line of an error goes further."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


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
