"""The tables of people who act: who holds a role and how to reach them."""

from rules.columns import choice, day, email, hour, phone, table, text
from rules.finding import Role

IN_A_ROW = (Role.OWNER, Role.HANDLER)
"""Roles that a row of another table names; nobody holds them in `people`."""

ROLES = " · ".join(
    (*(role.hebrew for role in Role if role not in IN_A_ROW), "רכז/ת קיימות"),
)

PEOPLE = table(
    "people",
    "אנשי קשר ותפקידים",
    "אנשי קשר · בעלי תפקידים · תפקידים · דפי קשר",
    choice(
        "role",
        "תפקיד",
        "~תחום · בעל/ת תפקיד · שם התפקיד · תפקיד ביישוב",
        of=ROLES,
        required=True,
        key=True,
        help="התראות נשלחות לפי תפקיד; אפשר לרשום כמה אנשים באותו תפקיד.",
    ),
    text(
        "name", "שם", "שם מלא · שם פרטי ומשפחה · שם בעל/ת התפקיד · איש/אשת קשר", required=True, key=True, personal=True
    ),
    phone("phone", "טלפון", "~נייד · טלפון נייד · פלאפון"),
    email("email", "מייל", 'דוא"ל · אימייל · כתובת מייל · דואר אלקטרוני'),
    choice(
        "channel",
        "איך שולחים",
        "ערוץ · ערוץ מועדף · אמצעי קשר · דרך שליחה",
        of="מייל · מסרון · ווטסאפ · טלגרם",
        help="ריק: מייל.",
    ),
    text(
        "recipient",
        "כתובת לשליחה",
        "יעד · מזהה בערוץ · נמען",
        personal=True,
        help="הכתובת או המזהה בערוץ שנבחר, כשאינם המייל או הטלפון שבשורה.",
    ),
    choice("language", "שפה", "שפת ההודעות", of="עברית · English", help="ריק: עברית."),
    hour("digest_hour", "שעת הסיכום", "שעת סיכום יומי · מתי לשלוח · שעה", help="ריק: השעה שנקבעה לכל הקהילה."),
    text(
        "scope",
        "אחריות על",
        "היקף · ועדה/חוג/שכונה · ~שיוך",
        help="שם הוועדה, החוג או השכונה, כשהתפקיד אינו לכל היישוב.",
    ),
    text(
        "stand_in",
        "ממלא/ת מקום",
        'מחליף/ה · מ"מ · מי מחליף/ה',
        personal=True,
        help="למי שולחים בימי היעדרות; שם מאותה לשונית.",
    ),
    day("away_from", "היעדרות מתאריך", "בחופשה מ · חופשה מתאריך · לא זמין/ה מ"),
    day("away_to", "היעדרות עד תאריך", "בחופשה עד · חופשה עד תאריך · לא זמין/ה עד", help="היום האחרון של ההיעדרות."),
    day("since", "בתפקיד מתאריך", "תחילת תפקיד · מתאריך · התחיל/ה ב"),
    day("until", "בתפקיד עד תאריך", "סיום תפקיד · עד תאריך · סיים/ה ב", help="היום האחרון בתפקיד."),
)
