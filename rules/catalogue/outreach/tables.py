"""The tables of communication: channels, what is published in them, and what residents ask."""

from rules.columns import choice, count, day, longtext, moment, ref, table, text, yes

CHANNELS = table(
    "channels",
    "ערוצי תקשורת",
    "ערוצי פרסום · קבוצות ווטסאפ · מדיות · קבוצות תפוצה",
    choice(
        "channel",
        "ערוץ",
        "סוג ערוץ · מדיה · פלטפורמה · אמצעי",
        of="ווטסאפ · פייסבוק · אינסטגרם · קבוצת תפוצה/מייל · אתר · אפליקציית היישוב · עלון/ידיעון · מסרון · דיגיתל · "
        "קואינג · תיק שכונה · לוח מודעות",
        required=True,
        key=True,
    ),
    text("group", "שם הקבוצה", "קבוצה · קבוצת ווטסאפ · רשימת תפוצה · שם העמוד", key=True),
    text("population", "קהל היעד של הערוץ", "קהל יעד · למי הערוץ", setting="populations"),
    text("owner", "אחראי/ת", "~אחראי · מנהל/ת הקבוצה · אדמין · ~באחריות", required=True, personal=True),
    text(
        "cadence",
        "תדירות פרסום",
        "~תדירות · כל כמה זמן · כל כמה ימים מפרסמים",
        help="במילים (שבועי, חודשי) או במספר ימים; ריק: בלי תדירות קבועה.",
    ),
    count("members", "מספר חברים", "חברים בקבוצה · מס' חברים · עוקבים · נמענים"),
    yes("rules_posted", "כללי שיח פורסמו", "כללי הקבוצה · תקנון קבוצה"),
)

PUBLICATIONS = table(
    "publications",
    "פרסומים",
    "לוח פרסומים · פרסום ושיווק · גאנט פרסומים · תוכן לפרסום",
    text("title", "כותרת הפרסום", "כותרת · ~נושא · מה מפרסמים · שם הפרסום", required=True, key=True),
    ref("channel", "ערוץ", "איפה מפרסמים · מדיה · פלטפורמה · היכן", to="channels", required=True, key=True),
    text("group", "שם הקבוצה", "קבוצה · לאיזו קבוצה"),
    ref("event", "אירוע", "שם האירוע · קשור לאירוע · עבור", to="events"),
    ref("class_name", "חוג", "שם החוג · לאיזה חוג", to="classes"),
    day("due", "לפרסם עד", "מועד פרסום · תאריך יעד · מתי לפרסם", required=True),
    day("published", "פורסם בתאריך", "פורסם · תאריך פרסום · עלה ב"),
    text("owner", "אחראי/ת", "~אחראי · מי מפרסם/ת · ~באחריות", required=True, personal=True),
    choice(
        "kind",
        "סוג הפרסום",
        "~סוג · סוג תוכן",
        of="פרסום אירוע · הזמנה · מידע · עדכון ועד/החלטות · מכתב חודשי · מענה שבועי · משוב/סקר",
    ),
    count("reach", "חשיפה", "כמה ראו · צפיות · מספר צפיות · הגיע ל"),
)

INQUIRIES = table(
    "inquiries",
    "פניות תושבים",
    "פניות · פניות ציבור · פניות ותלונות · מעקב פניות",
    moment("received", "התקבלה בתאריך", "תאריך פנייה · חותמת זמן · ~תאריך · מתי פנו", required=True, key=True),
    text("name", "שם הפונה", "~שם · פונה · שם התושב/ת · מי פנה", key=True, personal=True),
    text("contact", "טלפון/מייל", "פרטי קשר · ~טלפון · ~מייל · דרכי התקשרות", personal=True),
    text("channel", "ערוץ הפנייה", "איך פנו · דרך"),
    choice("topic", "נושא־על", "תחום · סוג הפנייה", setting="topics"),
    text("subject", "נושא", "נושא הפנייה · כותרת · במה מדובר", required=True, personal=True),
    longtext("details", "פירוט", "תוכן הפנייה · פרטים · תיאור · מהות הפנייה", personal=True),
    text("handler", "מטפל/ת", "בטיפול · אחראי/ת · ~באחריות · מי מטפל/ת", personal=True),
    day("promised", "הבטחנו לחזור עד", "נחזור עד · תאריך יעד", help="עד היום הזה הבטחה לחזור נחשבת למענה."),
    day("answered", "נענתה בתאריך", "תאריך מענה · ניתן מענה · תאריך סגירה · מתי ענינו"),
    choice("status", "סטטוס", "~מצב · סטטוס טיפול · מצב הפנייה", of="חדש · בטיפול · נענה"),
    workbook="own",
)
