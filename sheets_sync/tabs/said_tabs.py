"""The tabs in which people say what the settings are and what their columns mean, as tables.

They are known by our marks on their columns: a person's own tab of such a name stays theirs.
"""

from rules.columns import choice, longtext, text
from rules.table import TableSpec

SETTINGS_TAB = TableSpec(
    "settings",
    "הגדרות",
    (),
    "main",
    (
        text("name", "ההגדרה", own=True),
        longtext("value", "הערך שלנו", help="תא ריק: כמו ברירת המחדל שבשורה. מה שנכתב כאן פועל מהסיבוב הבא."),
        longtext("what", "מה זה", own=True),
        text("unit", "איך כותבים", own=True),
        longtext("default", "ברירת המחדל", own=True, help="מה שפועל כשהתא שלנו ריק."),
        longtext("wrong", "מה לא מסתדר", own=True, help="עד שיתוקן, פועל מה שהיה קודם."),
        text("id", "מזהה (מערכת)", own=True),
    ),
)

COLUMNS_TAB = TableSpec(
    "columns",
    "התאמת עמודות",
    (),
    "main",
    (
        text("tab", "לשונית", own=True),
        text("header", "הכותרת שבלשונית", own=True),
        text("field", "העמודה שהובנה", own=True),
        longtext("certainty", "מה המערכת עושה איתה", own=True),
        choice("right", "נכון?", help="כן, לא (העמודה לא תיקרא), או שם העמודה הנכונה. פועל מהסיבוב הבא."),
        text("id", "מזהה (מערכת)", own=True),
    ),
)

SAID_TABS = (SETTINGS_TAB, COLUMNS_TAB)
