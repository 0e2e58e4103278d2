"""SQLite databases with all tables, each a copy of one that is migrated once a worker."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_sync.store.database import open_database
from sheets_sync.store.migrate import upgrade


def migrated(file: Path) -> str:
    """Make a database with all tables and nothing in them; its address."""
    file.write_bytes(_tables())
    return f"sqlite:///{file}"


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.db"
        engine = open_database(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()
        return file.read_bytes()
