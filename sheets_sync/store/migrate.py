"""Bring the tables up to date (Alembic). The web process does not import this: see `version`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from sheets_sync.store.database import writing

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all in one transaction: killed at any moment, the old schema stands."""
    with writing(engine) as connection:
        command.upgrade(settings(connection), "head")


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
