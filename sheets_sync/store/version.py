"""Whether the tables are those of this program: a light check, without Alembic."""

from sqlalchemy import Engine, inspect, text

from sheets_sync.store.database import DatabaseFault, DatabaseTrouble, reading
from sheets_sync.store.schema import VERSION


def require_current(engine: Engine) -> None:
    """Raise DatabaseTrouble unless the database stands at the newest migration."""
    try:
        found = _version(engine)
    except DatabaseFault as error:
        cause = type(error.__cause__ or error).__name__
        raise DatabaseTrouble(
            f"אי אפשר לקרוא את מסד הנתונים ({cause}).", f"the database cannot be read ({cause})."
        ) from error
    if found != VERSION:
        raise DatabaseTrouble(
            f"מסד הנתונים בגרסה {found or 'ריקה'} והתוכנה בגרסה {VERSION}. הפקודה sheets-sync sync מעדכנת אותו.",
            f"the database is at version {found or 'none'}, the program at {VERSION}; `sheets-sync sync` brings it up.",
        )


def _version(engine: Engine) -> str | None:
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
