"""All checks in their order; none takes the others down."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sheets_sync.communities import doubled, settings_files
from sheets_sync.config import load
from sheets_sync.doctor.case import Case, Clock, Sign
from sheets_sync.doctor.google import google_lines
from sheets_sync.doctor.line import ASK, Line, bad, good, troubled
from sheets_sync.doctor.machine import clock_lines, key_lines
from sheets_sync.doctor.mail import mail_lines
from sheets_sync.doctor.memory import memory_lines
from sheets_sync.doctor.web import form_lines, web_lines
from sheets_sync.errors import BadSettings, Trouble
from sheets_sync.log import place_of

CHECKS: tuple[tuple[str, Callable[[Case], Iterable[Line]]], ...] = (
    ("clock", clock_lines),
    ("key", key_lines),
    ("google", google_lines),
    ("database", memory_lines),
    ("mail", mail_lines),
    ("forms", form_lines),
    ("web", web_lines),
)

MEND = ("לתקן את הקובץ; דוגמה עם כל ההגדרות: sheets-sync settings", "Mend the file; an example: sheets-sync settings")

APART = ("לתת לכל קהילה ערך משלה בקובץ ההגדרות שלה.", "Give each community a value of its own in its settings file.")


def examine(settings_file: Path, clock: Clock, sign: Sign, send_to: str = "") -> Iterator[Line]:
    """Every line, as it is found. See `Case` for `clock`, `sign` and `send_to`."""
    try:
        settings = load(settings_file)
    except BadSettings as trouble:
        yield troubled("settings", trouble, MEND)
        return
    yield good("settings", f"{settings_file} תקין", f"{settings_file} is valid")
    case = Case(settings, clock, sign, send_to)
    for name, lines in CHECKS:
        yield from kept(name, lines, case)


def examine_all(path: Path, clock: Clock, sign: Sign, send_to: str = "") -> Iterator[tuple[Path, Iterator[Line]]]:
    """Each settings file of a folder with its lines, then the folder with what its communities share; or one file.

    Raises BadSettings for a folder without settings files.
    """
    files = settings_files(path)
    for file in files:
        yield file, examine(file, clock, sign, send_to)
    if path.is_dir():
        yield path, _together(files)


def _together(files: Sequence[Path]) -> Iterator[Line]:
    """Whether the communities of a folder can be served side by side."""
    found = {}
    for file in files:
        with suppress(BadSettings):  # said by its own lines
            found[file] = load(file)
    troubles = [*doubled(found)]
    yield from (troubled("communities", trouble, APART) for trouble in troubles)
    if not troubles:
        he = f"קהילות: {len(files)}, ולכל אחת מפתח, קבצים ופורט משלה"
        yield good("communities", he, f"communities: {len(files)}, each with its own key, spreadsheets and port")


def kept(name: str, lines: Callable[[Case], Iterable[Line]], case: Case) -> Iterator[Line]:
    """The lines of a check; one that breaks off says so, and the next goes on."""
    try:
        yield from lines(case)
    except Trouble as trouble:
        yield troubled(name, trouble)
    except Exception as error:  # noqa: BLE001 - a sick installation is what the doctor is for: the rest must be said
        where = f"{type(error).__name__}, {place_of(error)}"
        yield bad(
            name,
            f"הבדיקה נפסקה ({where})",
            f"the check broke off ({where})",
            *ASK,
        )
