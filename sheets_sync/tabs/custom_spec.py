"""The tab `custom_rules` (הכללים שלי) as a table: the person's columns, and one of ours beside them."""

from rules.catalogue import TABLES
from rules.finding import ROLE_NAMES
from rules.own_message import RESTRICTED
from rules.table import Column, Kind, TableSpec
from sheets_sync.telling.directory import IN_A_ROW

OPEN_TABLES = tuple(spec for spec in TABLES if spec.workbook not in RESTRICTED)
HOLDERS = tuple(name for role, name in ROLE_NAMES.items() if role not in IN_A_ROW)
"""The roles that can be chosen: not those that a row names a person for."""

CUSTOM_RULES = TableSpec(
    "custom_rules",
    "הכללים שלי",
    (),
    "main",
    (
        Column("name", Kind.TEXT, "שם הכלל", required=True, help="שם קצר. שינוי שם פותח את ההתראות מחדש."),
        Column(
            "table",
            Kind.TEXT,
            "באיזו טבלה",
            required=True,
            help="הטבלה שהכלל עובר על שורותיה.",
        ),
        Column("condition", Kind.LONGTEXT, "תנאי", required=True, help="כמו: סכום >= 1,000 ו ספק = ריק."),
        Column(
            "message",
            Kind.LONGTEXT,
            "הודעה",
            required=True,
            help="מה לומר על כל שורה שהתנאי מתקיים בה. עמודה נכתבת בסוגריים מסולסלים.",
        ),
        Column("roles", Kind.MULTI, "למי שולחים", choices=HOLDERS, help="תא ריק: הרכז/ת. כמה תפקידים, בפסיק ביניהם."),
        Column("on", Kind.BOOL, "פועל", help="הכלל נבדק כשהתיבה מסומנת."),
        Column("wrong", Kind.LONGTEXT, "מה עם הכלל", own=True, help="מה לא מובן בכלל ואיפה, או כמה שורות הוא מצא."),
    ),
)
