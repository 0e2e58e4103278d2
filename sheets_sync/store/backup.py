"""A copy of an SQLite database that is in use (the online backup API)."""

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from sheets_sync.store.faults import DatabaseTrouble


def copy(database: Path, label: str) -> Path:
    """Copy a database to `NAME.LABEL.db` beside it, for its owner alone; checked before it bears that name.

    What has the name already is kept: the copy is then `NAME.LABEL-2.db`. Raises DatabaseTrouble when it is not whole.
    """
    part = database.with_name(f"{database.stem}.{label}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        _copy(database, part)
        target = _free_name(database, label)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise DatabaseTrouble(
            f"לא נוצר עותק גיבוי של {database} ({error}). מסד הנתונים נשאר כפי שהיה.",
            f"No backup of {database} could be made ({error}). The database is as it was.",
        ) from error
    return target


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in new.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError(f"integrity_check: {found[0]}")


def _free_name(database: Path, label: str) -> Path:
    names = (f"{database.stem}.{label}{f'-{n}' if n > 1 else ''}{database.suffix or '.db'}" for n in count(1))
    return next(path for name in names if not (path := database.with_name(name)).exists())
