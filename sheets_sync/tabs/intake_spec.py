"""The tab `intake` (טפסים שממתינים לשיבוץ) as a table: form answers that a person has to decide about."""

from enum import StrEnum

from rules.table import Column, Kind, TableSpec


class Choice(StrEnum):
    """What a person may decide of an answer that waits."""

    AGAIN = "לנסות שוב"
    PUT = "לשבץ"
    DISCARD = "לא לשבץ"


INTAKE = TableSpec(
    "intake",
    "טפסים שממתינים לשיבוץ",
    (),
    "main",
    (
        Column("received", Kind.DATETIME, "התקבלה", own=True),
        Column("form", Kind.TEXT, "טופס", own=True),
        Column("sent", Kind.LONGTEXT, "מה נשלח", own=True, help="רק בקובץ שבו עומדת הלשונית של הטופס."),
        Column("reason", Kind.LONGTEXT, "למה היא ממתינה", own=True),
        Column("place", Kind.TEXT, "לאן היא שייכת", own=True),
        Column(
            "decision",
            Kind.CHOICE,
            "מה לעשות",
            choices=tuple(Choice),
            help="לשבץ: תשובה שנערכה מעדכנת בשורה רק תאים שלא שונו מאז. לא לשבץ: השורה כאן נסגרת. פועל מהסיבוב הבא.",
        ),
        Column("id", Kind.TEXT, "מזהה (מערכת)", own=True),
    ),
)
