"""The database: there, of this version, writable, with room; and what was left lying in it."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sheets_sync.doctor.case import Case
from sheets_sync.doctor.line import Line, bad, good, troubled
from sheets_sync.store import journal
from sheets_sync.store.database import DatabaseTrouble, Engine, reading, writing
from sheets_sync.store.figures import Figures, figures
from sheets_sync.store.version import require_current
from sheets_sync.wiring import open_memory

SQLITE = "sqlite:///"
LEAST_ROOM = 200 * 2**20
"""Bytes; a busy community's database grows by less in a year, its copy before an upgrade takes as much again."""

LONG = timedelta(minutes=30)
"""After so long nothing waits that a clock at work would have dealt with."""


def memory_lines(case: Case) -> Iterator[Line]:
    """The database, opened as it stands: nothing is made, brought up or written."""
    url = case.settings.database.url
    if url.startswith(SQLITE):
        file = Path(url.removeprefix(SQLITE))
        folder = folder_line(file.parent)
        yield folder
        if not file.exists():
            yield from [_not_made(file)] if folder.ok else []
            return
    try:
        engine = open_memory(case.settings)
        yield from engine_lines(engine, case.settings.community.key, case.clock())
        engine.dispose()
    except DatabaseTrouble as trouble:
        yield troubled("database", trouble)


def engine_lines(engine: Engine, community: str, now: datetime) -> Iterator[Line]:
    """A database that can be opened; raises DatabaseTrouble when it is not of this version or fails."""
    require_current(engine)
    with writing(engine):  # takes the writer's turn, writes nothing, and gives it back
        pass
    yield good("database", "מסד הנתונים נפתח וניתן לכתיבה", "the database opens and takes writes")
    with reading(engine) as connection:
        found = figures(connection, now).get(community, Figures())
        stuck = sum(write.planned < now - LONG for write in journal.open_writes(connection, community))
    yield from leftover_lines(found, stuck)


def folder_line(folder: Path) -> Line:
    """The room where the database stands."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return bad(
            "disk",
            f"אין תיקייה {folder} שאפשר לכתוב בה",
            f"there is no folder {folder} that can be written to",
            "ליצור את התיקייה ולתת לשירות הרשאת כתיבה, או לתקן את database.url.",
            "Make the folder and let the service write there, or mend database.url.",
        )
    return room_line(shutil.disk_usage(folder).free)


def room_line(free: int) -> Line:
    """Whether the disk has room; `free` in bytes."""
    size = f"{free / 2**20:,.0f} MB"
    if free >= LEAST_ROOM:
        return good("disk", f"מקום פנוי בדיסק: {size}", f"room on the disk: {size}")
    return bad(
        "disk",
        f"נשאר מעט מקום בדיסק: {size}",
        f"little room is left on the disk: {size}",
        "לפנות מקום; בלי מקום תשובות טפסים נדחות עד שיתפנה.",
        "Make room; without it form answers are put off until there is some.",
    )


def leftover_lines(found: Figures, stuck: int) -> Iterator[Line]:
    """What waits too long, failed, or is kept for a person; `stuck` are open writes of long ago."""
    long = LONG.total_seconds()
    if found.answers["waiting"] and (found.oldest_answer or 0) > long:
        yield bad(
            "inbox",
            f"תשובות טפסים שממתינות לשורה: {found.answers['waiting']}",
            f"form answers that wait for a row: {found.answers['waiting']}",
            "לבדוק שהשעון פועל (sheets-sync serve), ושיש לשונית לטופס.",
            "Check that the clock runs (sheets-sync serve) and that the form's tab is there.",
        )
    if found.answers["left"]:
        yield bad(
            "inbox.kept",
            f"תשובות טפסים ששמורות לבדיקה: {found.answers['left']}",
            f"form answers kept for a person to look at: {found.answers['left']}",
            "לבדוק בלשונית תמונת מצב מה עם כל אחת.",
            "See the summary tab for what became of each.",
        )
    if found.messages["failed"]:
        yield bad(
            "outbox",
            f"הודעות שלא נשלחו ולא יישלחו: {found.messages['failed']}",
            f"messages that were refused for good: {found.messages['failed']}",
            "לבדוק את הכתובות בלשונית אנשי קשר ותפקידים.",
            "Check the addresses in the tab people.",
        )
    if stuck:
        yield bad(
            "writes",
            f"כתיבות שלא ידוע אם נקלטו: {stuck}",
            f"writes not known to stand or not to stand: {stuck}",
            "סיבוב אחד מברר זאת: sheets-sync sync",
            "One pass settles them: sheets-sync sync",
        )


def _not_made(file: Path) -> Line:
    return good("database", f"{file} ייווצר בסיבוב הראשון", f"{file} is made by the first pass")
