"""Bring the tables up to date (Alembic). The web process does not import this: see `version`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from sheets_sync.faultpoints import reach
from sheets_sync.store.backup import copy
from sheets_sync.store.database import DatabaseTrouble, writing
from sheets_sync.store.faults import place
from sheets_sync.store.schema import VERSION
from sheets_sync.store.version import another, standing

MIGRATIONS = Path(__file__).parent / "migrations"

LOCK = 0x5EE7_5CAC
"""The advisory lock under which one process at a time migrates a PostgreSQL database."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which version to which ('' is a database without tables), and where the copy from before stands."""

    before: str
    after: str
    backup: Path | None = None


def upgrade(engine: Engine, today: date | None = None, *, copied: bool = False) -> Upgraded:
    """Run the migrations that are missing, all in one transaction: killed at any moment, the old schema stands.

    Before an SQLite database with tables is changed it is copied beside itself, named by the version and `today`;
    PostgreSQL is its administrator's to copy, and is changed only when the caller says that it was `copied`, or need
    not be. Processes that come at once do it once. Raises DatabaseTrouble: a database of a newer program is left alone.
    """
    with writing(engine) as connection:
        _alone(connection)
        before = standing(connection)
        if before == VERSION:
            return Upgraded(before, VERSION)
        if before and before not in _known():
            raise another(before)
        backup = _copy(engine, today) if before and not copied else None
        reach("upgrade.copied")
        command.upgrade(settings(connection), VERSION)
        reach("upgrade.migrated")
    reach("upgrade.committed")
    return Upgraded(before, VERSION, backup)


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(settings()).walk_revisions()}


def _alone(connection: Connection) -> None:
    """Until the transaction ends no other process migrates. On SQLite a transaction that writes is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _copy(engine: Engine, today: date | None) -> Path:
    """The copy from before; raises DatabaseTrouble where it is not ours to make, and says how it is made."""
    if engine.dialect.name == "sqlite":
        return copy(Path(engine.url.database or ""), f"before-{VERSION}{f'-{today:%Y%m%d}' if today else ''}")
    name, where = engine.url.database, place(engine.url)
    dump = f"pg_dump --format=custom --file={name}.before-{VERSION}.dump {name}"
    raise DatabaseTrouble(
        f"מסד הנתונים {where} הוא של גרסה קודמת. קודם יוצרים עותק, למשל: {dump}\n"
        "ואחר כך מעדכנים: sheets-sync upgrade --no-backup",
        f"The database {where} is of an earlier version. First copy it, for example: {dump}\n"
        "then bring it up: sheets-sync upgrade --no-backup",
    )
