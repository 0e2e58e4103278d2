"""What a column is for, in English, by the Hebrew that the tables declare."""

from collections.abc import Mapping

HELP: Mapping[str, str] = {
    "מספר, כדי שאפשר יהיה לעקוב אחרי ההתקדמות.": "A number, so that progress can be followed.",
    "באותה יחידה של ערך היעד.": "In the unit of the target.",
    "1 הוא הדחוף ביותר.": "1 is the most pressing.",
    "המטרה השנתית שהפעילות משרתת.": "The year's goal that the programme serves.",
    "מה מביאים לאבן הדרך הבאה.": "What is brought to the next milestone.",
    "כשהיא רשומה, התהליך הסתיים.": "Once it is written, the process has ended.",
    "השם והטלפון של מי שהסכימו נרשמים בלשונית המתנדבים, לא כאן.": (
        "Names and phones of those who agreed stand in the tab of volunteers, not here."
    ),
    "הפעילות שעונה על הצורך.": "The programme that answers the need.",
    "מספר הסעיף בהנהלת החשבונות. שני סעיפים בשם אחד ובקודים שונים הם שני סעיפים.": (
        "The line's number in the accounts. Two lines of one name with different codes are two lines."
    ),
    "שם הסעיף, כפי שנכתב גם בלשונית ההוצאות.": "The line's name, as it is written among the expenses too.",
    "הפרק שהסעיף שייך אליו; גם לפרק יש התראת חריגה.": "The chapter of the line; a chapter's overrun is noticed too.",
    "מה הוצא בפועל בסעיף בשנה שעברה.": "What was spent on the line last year.",
    "נרשם ביד, רק כשאין לשונית הוצאות.": "Typed by hand, only where there is no tab of expenses.",
    "סעיף של הוצאה אחת: לא תישלח התראה שהוא עומד להיגמר.": (
        "A line of one expense: nobody is told that it is nearly spent."
    ),
    "מחושב: הזמנות שעוד לא שולמו.": "Computed: what is ordered and not paid yet.",
    "מחושב: כל התשלומים בסעיף בשנת העבודה.": "Computed: all payments on the line in the work year.",
    "מחושב: התקציב פחות מה ששולם והוזמן.": "Computed: the budget less what is paid and ordered.",
    "מחושב: כמה מהסעיף שולם והוזמן.": "Computed: how much of the line is paid and ordered.",
    "הפעילות מהתוכנית השנתית שההוצאה שייכת לה.": "The programme of the annual plan that the expense belongs to.",
    "אותו מספר בהתחייבות ובתשלום: כך הסכום נספר פעם אחת.": (
        "The same number on the commitment and on its payment: so the amount counts once."
    ),
    "החזר או זיכוי נרשם במינוס.": "A refund is written with a minus.",
    "התחייבות: הוזמן ועוד לא שולם. תשלום: הכסף יצא.": "Commitment: ordered, not paid yet. Payment: the money went out.",
    "שורה שבוטלה נשארת בלשונית ואינה נספרת.": "A cancelled row stays in the tab and does not count.",
    "היום שבו התשלום יצא בפועל.": "The day on which the payment went out.",
    "מתי יש להגיש דוח ביצוע למי שמימן.": "When the report is due to whoever gave the money.",
    "כשיש כמה קבוצות לאותו חוג: שורה לכל קבוצה.": "Where a class has several groups: a row each.",
    "מסומן אחרי שסוכמו המועדים והתשלום.": "Ticked once the times and the pay are agreed.",
    "על איזו תקופה המחיר.": "What period the price is for.",
    "על מה משולמת העלות; בלי זה אי אפשר לחשב אם החוג מכסה את עצמו.": (
        "What the cost is paid for; without it nobody can tell whether the class pays for itself."
    ),
    "כמה הרשמות צריך כדי לפתוח; שיעור ניסיון אינו נספר.": (
        "How many registrations it takes to open; a trial lesson does not count."
    ),
    "היום שבו מחליטים אם החוג נפתח.": "The day on which it is decided whether the class opens.",
    "רק אם נדרש ואם ישנו; את המסמך עצמו לא שומרים כאן.": (
        "Only whether it is required and in hand; the document itself is not kept here."
    ),
    "מתי התקבלה ההרשמה; לפיה נקבע התור.": "When the registration came in; the waiting list goes by it.",
    "שם החוג, או שם החוג, פסיק ושם הקבוצה.": "The class, or the class, a comma and the group.",
    "'הוסדר': סוכם על הסדר או פטור, ולא תישלח עליו התראה.": (
        "'settled': an arrangement or an exemption was agreed, and nobody is reminded."
    ),
    "רק אם נמסרה; את ההצהרה עצמה לא שומרים כאן.": "Only whether it was given; the declaration itself is not kept here.",
    "לפי המזהה תשובה שהגיעה שוב אינה הופכת לשורה נוספת.": (
        "By this id an answer that comes again does not become another row."
    ),
    "מחושב: המקום ברשימת ההמתנה, לפי סדר ההרשמה.": "Computed: the place on the waiting list, by time.",
    "על מה משולמת העלות.": "What the cost is paid for.",
    "התראות נשלחות לפי תפקיד; אפשר לרשום כמה אנשים באותו תפקיד.": (
        "Alerts go by role; several people may hold the same one."
    ),
    "ריק: מייל.": "Empty: mail.",
    "הכתובת או המזהה בערוץ שנבחר, כשאינם המייל או הטלפון שבשורה.": (
        "The address in the chosen channel, where it is neither the mail nor the phone of the row."
    ),
    "ריק: עברית.": "Empty: Hebrew.",
    "ריק: השעה שנקבעה לכל הקהילה.": "Empty: the hour set for the whole community.",
    "שם הוועדה, החוג או השכונה, כשהתפקיד אינו לכל היישוב.": (
        "The committee, class or neighbourhood, where the role is not for all of the village."
    ),
    "למי שולחים בימי היעדרות; שם מאותה לשונית.": "Who hears instead while away; a name of this tab.",
    "היום האחרון של ההיעדרות.": "The last day of the absence.",
    "היום האחרון בתפקיד.": "The last day in the role.",
    "מתי נשלחה ההודעה האחרונה; אם לא נשלחה, למה.": "When the last message was sent; if it was not, why.",
    "השעות מאז ההוקרה האחרונה.": "Hours since the last thanks.",
    "במילים (שבועי, פעם בשבועיים, חודשי, רבעוני, חצי שנתי, שנתי) או במספר ימים.": (
        "In words (weekly, biweekly, monthly, quarterly, half-yearly, yearly) or as a number of days."
    ),
    "תפקיד או שם; שורה לכל מי שנפגשים איתו בקביעות.": "A role or a name; a row for each that is met regularly.",
    "במילים (שבועי, חודשי, רבעוני) או במספר ימים.": "In words (weekly, monthly, quarterly) or as a number of days.",
    "הפגישה, האירוע או הפעילות שממנה באה המשימה.": "The meeting, event or programme that the task comes from.",
    "שעת התחלה, או טווח: 17:00–19:00.": "The time it begins, or a range: 17:00–19:00.",
    "יום הכניסה ליישוב, גם כשהוא עוד לפנינו; ממנו נספרות שיחות המעקב.": (
        "The day of moving in, also when it is still ahead; follow-up calls are counted from it."
    ),
    "שם המשפחה המלווה, כפי שהוא בלשונית אנשי הקשר או המתנדבים.": (
        "The accompanying family, as it is named among the people or the volunteers."
    ),
    "במה המשפחה כבר משתתפת.": "What the family already takes part in.",
    "כמה זמן אחרי ההגעה נערכה השיחה.": "How long after the arrival the call was.",
    "מה עלה בשיחה ומחכה למענה.": "What came up in the call and waits for an answer.",
    "היום שבו ניתן המענה; עד אז הצורך פתוח.": "The day it was answered; until then the need is open.",
    "היום שבו נבדק שהטלפונים בשורה עונים.": "The day on which the row's phones were checked.",
    "קוד בלבד. שמות, טלפונים ומספרי זהות לא נרשמים בלשונית הזו.": (
        "A code only. Names, phones and id numbers are not written in this tab."
    ),
    "היום שבו נבדק שהפרטים עדיין נכונים.": "The day on which the details were found to be true.",
    "במילים (שבועי, חודשי) או במספר ימים; ריק: בלי תדירות קבועה.": (
        "In words (weekly, monthly) or as a number of days; empty: no fixed cadence."
    ),
    "עד היום הזה הבטחה לחזור נחשבת למענה.": "Until this day a promise to come back counts as an answer.",
    "היום שבו דווח שהמתקן דורש טיפול, או שהוחלט להקים אותו.": (
        "The day it was reported to need care, or decided to be set up."
    ),
    "מחושב: לפי היום והשעה.": "Computed: by the day and the hour.",
    "התאריך שבו המצב הסתדר. השורה נסגרת מעצמה.": "The day on which it was put right. The row closes by itself.",
    "טופל או לא רלוונטי: לא תישלח עוד תזכורת.": "handled or not relevant: nobody is reminded any more.",
    "עד התאריך הזה לא תישלח תזכורת.": "Until this day nobody is reminded.",
    "סימון התיבה כותב את ההצעה בתא, בסיבוב הבא.": "Ticking the box writes the proposal in the cell, at the next pass.",
    "הסרת הסימון מכבה את הכלל. לכלל של כמה שורות מספיק לשנות באחת מהן.": (
        "Without its tick the rule is off. Of a rule's several rows it is enough to change one."
    ),
    "בהערה של כל תא: ברירת המחדל והטווח. תא ריק: ברירת המחדל.": (
        "Each cell's note has the default and the range. Empty: the default."
    ),
    "כמה ממצאים יש עכשיו עם הסף שבשורה, גם כשהכלל כבוי; וכשהסף שונה מברירת המחדל, גם כמה היו איתה.": (
        "How many findings there are now with the row's threshold, also while the rule is off; and, where that is "
        "not the default, how many there would be with the default."
    ),
    "אם הכלל לא נבדק, כאן כתוב למה.": "Where the rule is not checked, this says why.",
    "תא ריק: ברירת המחדל.": "Empty: the default.",
    "תא ריק: הדחיפות של הכלל עצמו.": "Empty: as pressing as the rule itself says.",
    "היום שבו שונה אחד התאים שלנו בשורה.": "The day on which one of your cells in the row changed.",
    "שם קצר. שינוי שם פותח את ההתראות מחדש.": "A short name. Renaming opens its alerts anew.",
    "הטבלה שהכלל עובר על שורותיה.": "The table whose rows the rule goes over.",
    "כמו: סכום >= 1,000 ו ספק = ריק.": "Such as: amount >= 1,000 and supplier = empty.",
    "מה לומר על כל שורה שהתנאי מתקיים בה. עמודה נכתבת בסוגריים מסולסלים.": (
        "What to say of each row that meets the condition. A column stands in curly brackets."
    ),
    "תא ריק: הרכז/ת. כמה תפקידים, בפסיק ביניהם.": "Empty: the coordinator. Several roles with commas between them.",
    "הכלל נבדק כשהתיבה מסומנת.": "The rule is checked while the box is ticked.",
    "מה לא מובן בכלל ואיפה, או כמה שורות הוא מצא.": "What is not understood and where, or how many rows were found.",
    "תא ריק: כמו ברירת המחדל שבשורה. מה שנכתב כאן פועל מהסיבוב הבא.": (
        "Empty: the row's default. What is written here holds from the next pass on."
    ),
    "מה שפועל כשהתא שלנו ריק.": "What holds while your cell is empty.",
    "עד שיתוקן, פועל מה שהיה קודם.": "Until it is mended, what was before holds.",
    "כן, לא (העמודה לא תיקרא), או שם העמודה הנכונה. פועל מהסיבוב הבא.": (
        "yes, no (the column is not read), or the name of the right column. Holds from the next pass on."
    ),
    "רק בקובץ שבו עומדת הלשונית של הטופס.": "Only in the spreadsheet that holds the form's tab.",
    "לשבץ: תשובה שנערכה מעדכנת בשורה רק תאים שלא שונו מאז. לא לשבץ: השורה כאן נסגרת. פועל מהסיבוב הבא.": (
        "Place: an edited answer changes only cells that nobody changed since. Do not place: the row here closes. "
        "Holds from the next pass on."
    ),
}
"""A test holds that every help has one."""


def help_in(language: str, hebrew: str) -> str:
    """A column's help in a language; '' where there is none."""
    return hebrew if language == "he" else HELP.get(hebrew, "")
