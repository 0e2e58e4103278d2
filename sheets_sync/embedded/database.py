"""The embedded Google's SQLite file: every write is on the disk before its answer goes out."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sheets_sync.errors import Trouble

SCHEMA = """
create table if not exists settings (name text primary key, value text not null);
create table if not exists accounts (email text primary key, kind text not null, key_id text, public_key text);
create table if not exists tokens (token text primary key, email text not null, scopes text not null,
    expires real not null);
create table if not exists files (id text primary key, name text not null, owner text not null, created text not null,
    modified text not null, trashed integer not null default 0, version integer not null default 1,
    more text not null default '{}');
create table if not exists permissions (file text not null, id text not null, type text not null, email text not null,
    role text not null, primary key (file, id)) without rowid;
create table if not exists changes (number integer primary key autoincrement, file text not null, time text not null,
    removed integer not null default 0, readers text not null default '[]');
create table if not exists channels (id text primary key, body text not null);
create table if not exists books (file text primary key, body blob not null);
create table if not exists sheets (file text not null, sheet integer not null, body blob not null,
    row_order blob not null, primary key (file, sheet)) without rowid;
create table if not exists rows (file text not null, sheet integer not null, id integer not null, body blob not null,
    primary key (file, sheet, id)) without rowid;
"""


class AlreadyServed(Trouble):
    """Another process serves this data directory."""

    status = 4

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"תהליך אחר כבר עובד עם התיקייה {folder}. אפשר לעצור אותו, או לבחור תיקייה אחרת.",
            f"Another process already serves {folder}. Stop it, or choose another folder.",
        )


class Database:
    """One connection for the whole server, used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
        try:
            # A second server on the same file would not see what this one has in memory.
            self._connection.execute("pragma locking_mode = exclusive")
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            self._connection.executescript(SCHEMA)
        except sqlite3.OperationalError as error:
            self._connection.close()
            if "locked" not in str(error):
                raise
            raise AlreadyServed(path.parent) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write: committed, and on the disk, when the block ends; nothing of it if the block raises."""
        with self.lock:
            if self._connection.in_transaction:  # a part of a larger one
                yield self._connection
                return
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self.lock:
            cursor = self._connection.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query."""
        found = self.all(query, *values)
        return found[0] if found else None

    def get(self, name: str) -> str | None:
        """A setting."""
        record = self.one("select value from settings where name = ?", name)
        return None if record is None else str(record["value"])

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self.transaction() as connection:
            connection.execute("insert or replace into settings values (?, ?)", (name, value))

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._connection.close()
