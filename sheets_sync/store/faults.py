"""What a database says when it fails, in words for a person; never an address's password, never a value."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from sheets_sync.errors import Trouble


class DatabaseTrouble(Trouble):
    """The database cannot be used now, or its tables are not those of this program; nothing was half done."""

    status = 4


DatabaseFault = (DatabaseTrouble, SQLAlchemyError)
"""Whatever can come of a transaction, for an `except` that answers them all alike."""

Words = tuple[str, str]

OUT_OF_REACH: Words = (
    "אין קשר עם מסד הנתונים {where}. אם הוא באתחול, הסיבוב הבא ימשיך מאותו מקום; אם לא, כדאי לבדוק שהשרת פועל.",
    "The database {where} is out of reach. If it is restarting, the next pass goes on from there; if not, check that "
    "its server runs.",
)
FULL: Words = (
    "אין מקום בדיסק של מסד הנתונים {where}. שום דבר לא נשמר למחצה; כשיתפנה מקום העבודה תימשך מעצמה.",
    "There is no room left on the disk of the database {where}. Nothing was half stored; work goes on by itself when "
    "there is room.",
)
BUSY: Words = (
    "מסד הנתונים {where} תפוס בידי תהליך אחר; אפשר לנסות שוב בעוד רגע.",
    "The database {where} is busy with another process (locked); try again in a moment.",
)
REFUSED: Words = (
    "מסד הנתונים {where} לא מקבל את שם המשתמש או את הסיסמה. הסיסמה באה מ־SHEETS_SYNC_DATABASE_PASSWORD.",
    "The database {where} does not accept the user or the password. The password comes from "
    "SHEETS_SYNC_DATABASE_PASSWORD.",
)
NO_DATABASE: Words = (
    "בשרת אין מסד נתונים {where}. יוצרים אותו בפקודה createdb.",
    "The server has no database {where}. `createdb` makes it.",
)
NOT_WRITABLE: Words = (
    "אי אפשר לכתוב במסד הנתונים {where}: הקובץ או התיקייה פתוחים לקריאה בלבד.",
    "The database {where} cannot be written: its file or folder is read-only.",
)
DAMAGED: Words = (
    "אי אפשר לקרוא את מסד הנתונים {where}: הקובץ פגום או שאינו מסד נתונים. כדאי לחזור לעותק הגיבוי.",
    "The database {where} cannot be read: the file is damaged, or is no database. Go back to a backup.",
)
SQLITE = {5: BUSY, 6: BUSY, 8: NOT_WRITABLE, 10: FULL, 11: DAMAGED, 13: FULL, 14: NOT_WRITABLE, 26: DAMAGED}
"""Primary result codes (sqlite.org/rescode.html). An I/O error is nearly always a disk or a quota that is full."""

POSTGRESQL = {
    "08": OUT_OF_REACH,
    "25P03": OUT_OF_REACH,
    "25006": NOT_WRITABLE,
    "58": FULL,
    "28": REFUSED,
    "3D": NO_DATABASE,
    "40": BUSY,
    "53100": FULL,
    "53": BUSY,
    "55P03": BUSY,
    "55006": BUSY,
    "57014": BUSY,
    "57P": OUT_OF_REACH,
    "XX": DAMAGED,
}
"""SQLSTATEs and their classes, the longest that fits (PostgreSQL's documentation, appendix A)."""


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn what is the database's fault into a DatabaseTrouble in words; what is the program's passes through."""
    try:
        yield
    except DBAPIError as error:
        kind = _kind(error)
        if kind is None:
            raise
        code, (he, en) = kind
        where = place(url)
        raise DatabaseTrouble(he.format(where=where, code=code), en.format(where=where, code=code)) from error


def place(url: URL) -> str:
    """Where a database is, for a person: a path, or `name at host:port`; no user, no password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{url.database} ({host}{port})"


def _kind(error: DBAPIError) -> tuple[str, Words] | None:
    """The code of a failure and its words; None for what is the program's fault."""
    original: Any = error.orig
    if (number := getattr(original, "sqlite_errorcode", None)) is not None:
        words = SQLITE.get(number & 0xFF)
        return (original.sqlite_errorname, words) if words else None
    if state := getattr(original, "sqlstate", None):
        fitting = (POSTGRESQL[state[:length]] for length in (5, 3, 2) if state[:length] in POSTGRESQL)
        words = next(fitting, None)
        return (state, words) if words else None
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return type(original).__name__, _unconnected(str(original))
    return None


def _unconnected(said: str) -> Words:
    """Before a connection stands libpq gives its reason in a text alone."""
    if "does not exist" in said and "database" in said:
        return NO_DATABASE
    if "authentication failed" in said or "no password supplied" in said or "does not exist" in said:
        return REFUSED
    return OUT_OF_REACH
