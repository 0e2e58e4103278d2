"""A copy of an SQLite database that is in use (the online backup API)."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from glob import escape
from itertools import count
from pathlib import Path

from sheets_sync.faultpoints import reach
from sheets_sync.store.faults import DatabaseTrouble

STEP = 64
"""Pages copied at a time. Nobody writes meanwhile: whoever copies has begun a transaction that writes."""


def copy(database: Path, label: str) -> Path:
    """Copy a database to `NAME.LABEL.db` beside it, for its owner alone; checked, and on the disk, before it bears that
    name: what a process left that was killed in it is no copy, and is taken away by the next.

    What has the name already is kept: the copy is then `NAME.LABEL-2.db`. Raises DatabaseTrouble when it is not whole.
    """
    part = database.with_name(f"{database.stem}.{label}.part")
    try:
        _clear(database)
        part.touch(mode=0o600)
        _copy(database, part)
        _flush(part)
        reach("upgrade.checked")
        target = _free_name(database, label)
        os.replace(part, target)
        _flush(database.parent)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise DatabaseTrouble(
            f"לא נוצר עותק גיבוי של {database} ({error}). מסד הנתונים נשאר כפי שהיה.",
            f"No backup of {database} could be made ({error}). The database is as it was.",
        ) from error
    return target


def halves(database: Path) -> Iterator[Path]:
    """What is left of copies that were not ended, with SQLite's own files beside them."""
    return database.parent.glob(f"{escape(database.stem)}.*.part*")


def _clear(database: Path) -> None:
    """Above all a journal that was left: SQLite would roll it back into the next copy."""
    for left in halves(database):
        left.unlink()


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=STEP, progress=lambda *_: reach("upgrade.copying"))
        new.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in new.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError(f"integrity_check: {found[0]}")


def _flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _free_name(database: Path, label: str) -> Path:
    names = (f"{database.stem}.{label}{f'-{n}' if n > 1 else ''}{database.suffix or '.db'}" for n in count(1))
    return next(path for name in names if not (path := database.with_name(name)).exists())
