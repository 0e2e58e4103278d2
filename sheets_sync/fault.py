"""A fault of the program in words."""

import traceback
from pathlib import Path

from sheets_sync.errors import Trouble


def fault_of(error: Exception) -> Trouble:
    """What is told of a fault: its kind and place, not its text, which may quote a cell; the fault is its cause."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    where = f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"
    fault = Trouble(
        f"תקלה בתוכנה ({where}). הגיליונות לא נפגעו; הסיבוב הבא יבוא בזמנו. כדאי להעביר את השורה הזו למי שמתחזק.",
        f"A fault of the program ({where}). No sheet was harmed; the next pass comes at its time. Please report this.",
    )
    fault.__cause__ = error
    return fault
