"""Who accompanies new families, and who could."""

from collections import Counter

from rules.names import fold
from rules.table import Book

ENDED, CANCELLED = "הליווי הסתיים", "לא הגיעו"
AT_REST = ("בהפסקה", "לא פעיל/ה")
ACCOMPANIED = ("בליווי", "לפני מעבר")


def loads(book: Book) -> Counter[str]:
    """How many families each companion, by folded name, accompanies now."""
    if "families" not in book:
        return Counter()
    rows = book["families"].over("companion", "stage")
    return Counter(fold(companion) for _, companion, stage in rows if companion and stage in ACCOMPANIED)


def free_companions(book: Book) -> int | None:
    """How many volunteers are ready to accompany a family and accompany none; None without a table `volunteers`."""
    if "volunteers" not in book:
        return None
    busy = loads(book)
    rows = book["volunteers"].over("name", "companion", "status")
    return sum(bool(ready) and status not in AT_REST and not busy[fold(name or "")] for _, name, ready, status in rows)
