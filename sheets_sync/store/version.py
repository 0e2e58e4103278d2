"""Whether the tables are those of this program: a light check, without Alembic."""

from sqlalchemy import Connection, Engine, inspect, text

from sheets_sync.store.database import DatabaseTrouble, reading
from sheets_sync.store.schema import VERSION


def require_current(engine: Engine) -> None:
    """Raise DatabaseTrouble unless the database stands at the newest migration."""
    with reading(engine) as connection:
        found = standing(connection)
    if found != VERSION:
        raise another(found)


def standing(connection: Connection) -> str:
    """The version a database stands at; '' without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def another(found: str) -> DatabaseTrouble:
    """A version that is not this program's, in words; versions are numbers that rise."""
    he = f"מסד הנתונים בגרסה {found or 'ריקה'} והתוכנה בגרסה {VERSION}. "
    en = f"the database is at version {found or 'none'}, the program at {VERSION}; "
    if found > VERSION:
        return DatabaseTrouble(
            f"{he}תוכנה חדשה יותר כבר עדכנה אותו: מתקינים את הגרסה ההיא, או חוזרים לעותק שנשמר לפני העדכון.",
            f"{en}a newer program has brought it up: install that one, or go back to the copy from before.",
        )
    return DatabaseTrouble(f"{he}הפקודה sheets-sync upgrade מעדכנת אותו.", f"{en}`sheets-sync upgrade` brings it up.")
