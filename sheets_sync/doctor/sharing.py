"""Each spreadsheet as a file: there, ours to edit, and open to no more people than it should be. Pure."""

from collections.abc import Iterator

from sheets_sync.config import SpreadsheetSettings
from sheets_sync.doctor.line import Line, bad, good
from sheets_sync.google.drive_file import DriveFile


def file_lines(settings: SpreadsheetSettings, file: DriveFile, account: str) -> Iterator[Line]:
    """The lines of one spreadsheet; `account` is the service account's address."""
    check, name = f"spreadsheet.{settings.name}", settings.name
    if file.trashed:
        yield bad(
            check,
            f"{name}: הקובץ באשפה",
            f"{name}: the file is in the bin",
            "לשחזר אותו ב־Drive, או להסיר אותו מההגדרות.",
            "Restore it in Drive, or take it out of the settings.",
        )
    elif not file.is_spreadsheet:
        yield bad(
            check,
            f"{name}: זה אינו קובץ של Google Sheets (אולי Excel)",
            f"{name}: this is no Google Sheets file (perhaps Excel)",
            "לפתוח ב־Drive, לשמור כ־Google Sheets, ולעדכן את הכתובת בהגדרות.",
            "Open it in Drive, save it as Google Sheets, and set the new url.",
        )
    elif not file.can_edit:
        yield bad(
            check,
            f"{name}: לחשבון השירות יש הרשאת צפייה בלבד",
            f"{name}: the service account may only view it",
            f"לשתף את הקובץ, בהרשאת עריכה, עם {account}",
            f"Share it, as editor, with {account}",
        )
    else:
        yield good(check, f"{name}: משותף בהרשאת עריכה", f"{name}: shared, as editor")
    yield from _wide(settings, file)


def _wide(settings: SpreadsheetSettings, file: DriveFile) -> Iterator[Line]:
    """Whether it is open by link or to a whole organisation; by link for reading is a choice, unless restricted."""
    check, name = f"sharing.{settings.name}", settings.name
    close_he, close_en = "בכפתור השיתוף: גישה כללית ← מוגבל.", "In its Share dialogue: General access → Restricted."
    by_link = file.open_to.get("anyone")
    if settings.restricted and file.open_to:
        whom = ("לכל מי שיש לו קישור", "anyone with the link") if by_link else ("לכל הארגון", "the whole organisation")
        he = f"{name}: הקובץ בגישה מוגבלת, והוא פתוח {whom[0]}"
        yield bad(check, he, f"{name}: it is restricted, and open to {whom[1]}", close_he, close_en)
    elif by_link in ("writer", "fileOrganizer", "organizer"):
        he = f"{name}: כל מי שיש לו קישור יכול לשנות את הקובץ"
        yield bad(check, he, f"{name}: anyone with the link may change it", close_he, close_en)
    elif by_link:
        he = f"{name}: כל מי שיש לו קישור יכול לקרוא את הקובץ"
        yield good(check, he, f"{name}: anyone with the link may read it")
