"""Rules about the service's own work; they judge facts, not tables."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from rules.facts import Waiting
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Figure, Text, Wording

COORDINATOR = (Role.COORDINATOR,)


@rule(
    "service.unreadable",
    "קובץ שלא נקרא",
    "A spreadsheet is not read",
    explanation_he="המערכת לא מצליחה לקרוא את אחד הקבצים: השיתוף הוסר, הכתובת אינה נכונה, או ש־Google לא עונה; "
    "או שלא ניתן לה לעדכן את אחת הלשוניות, כי היא מוגנת.",
    explanation_en="A spreadsheet cannot be read: it is no longer shared, its address is wrong, or Google is silent; "
    "or one of its tabs cannot be updated, as it is protected.",
    needs=(),
    roles=COORDINATOR,
    params=(
        Param("hours", 1, Unit.HOURS, "אחרי כמה שעות בלי מענה מ־Google", "After hours of Google's silence", 0, 168),
    ),
    wording={
        "": Wording(
            he=Text(
                "הקובץ {file} לא נקרא",
                "{why} מה שתלוי בקובץ לא נבדק בינתיים, וההתראות שלו נשארות כפי שהיו.",
                "לוודא שהקובץ קיים, ומשותף בהרשאת עריכה עם חשבון השירות.",
            ),
            en=Text(
                "The spreadsheet {file} is not read",
                "{why_en} What depends on it is not checked meanwhile, and its alerts stay as they were.",
                "See that it exists, and is shared for editing with the service account.",
            ),
        ),
        "tab": Wording(
            he=Text(
                "בקובץ {file} {tab} לא מתעדכנת",
                "{why} בינתיים אין בה סימונים חדשים; שאר הלשוניות מתעדכנות כרגיל.",
                "להוסיף את חשבון השירות לרשימת העורכים של ההגנה, או להסיר את ההגנה; העדכון יושלם מעצמו.",
            ),
            en=Text(
                "In the spreadsheet {file} {tab_en} is not updated",
                "{why_en} It has no new marks meanwhile; the other tabs are updated as usual.",
                "Add the service account to the protection's editors, or remove the protection; the rest follows.",
            ),
        ),
    },
)
def unreadable(book: Book, given: Given) -> Iterator[Finding]:
    """A finding a spreadsheet, of passing trouble only once it has lasted; and one a tab that cannot be written."""
    for one in given.facts.unread:
        if not one.passing or one.past >= timedelta(hours=given["hours"]):
            yield unreadable.about(one.file, {"file": one.file, "why": one.why, "why_en": one.why_en})
    for tab in given.facts.unwritten:
        figures: dict[str, Figure] = {
            "file": tab.file,
            "tab": f'הלשונית "{tab.title}"' if tab.title else "אחת הלשוניות",
            "tab_en": f'the tab "{tab.title}"' if tab.title else "one of the tabs",
            "why": tab.why,
            "why_en": tab.why_en,
        }
        yield unreadable.about(f"{tab.file}#{tab.tab}", figures, variant="tab")


@rule(
    "service.columns",
    "עמודת חובה שלא נמצאה",
    "A required column is not found",
    explanation_he="באחת הלשוניות לא נמצאה עמודה שבלעדיה חלק מהכללים אינם עובדים.",
    explanation_en="A tab lacks a column without which some rules do not work.",
    needs=(),
    roles=COORDINATOR,
    wording=Wording(
        he=Text(
            "בלשונית {tab} {n|לא נמצאה עמודת חובה אחת|לא נמצאו שתי עמודות חובה|לא נמצאו # עמודות חובה}",
            "מה שחסר: {columns}. שאר העמודות נקראות כרגיל.",
            "להחזיר את הכותרת, או להוסיף עמודה בשם הזה.",
        ),
        en=Text(
            "The tab {tab} lacks {n|a required column|two required columns|# required columns}",
            "Missing: {columns_en}. The other columns are read as usual.",
            "Put the header back, or add a column of that name.",
        ),
    ),
)
def columns(book: Book, given: Given) -> Iterator[Finding]:
    """A finding a tab."""
    for one in given.facts.lacking:
        known = book[one.table].spec.by_field if one.table in book else {}
        named = [known[name] for name in one.fields if name in known]
        figures: dict[str, Figure] = {
            "tab": one.title,
            "n": len(one.fields),
            "columns": ", ".join(column.hebrew for column in named) or ", ".join(one.fields),
            "columns_en": ", ".join(column.english for column in named) or ", ".join(one.fields),
        }
        yield columns.about(one.title, figures, table=one.table)


@rule(
    "service.intake",
    "תשובת טופס שממתינה",
    "A form answer is waiting",
    explanation_he="תשובה שנשלחה בטופס עוד לא שובצה בשורה: לא נמצאה הלשונית, או שצריך החלטה של אדם.",
    explanation_en="A form answer stands in no row yet: its tab is not found, or a person has to decide.",
    needs=(),
    roles=COORDINATOR,
    params=(Param("hours", 24, Unit.HOURS, "יותר מכמה שעות", "More than so many hours", 0, 720),),
    wording=Wording(
        he=Text(
            "{n|תשובת טופס אחת ממתינה לשיבוץ|שתי תשובות טופס ממתינות לשיבוץ|# תשובות טופס ממתינות לשיבוץ}",
            "הטופס: {form}. הוותיקה ביותר הגיעה ב{since:day}.",
            'לבחור בלשונית "טפסים שממתינים לשיבוץ" מה ייעשה בכל תשובה.',
        ),
        en=Text(
            "{n|A form answer waits|Two form answers wait|# form answers wait} to be placed",
            "The form: {form}. The oldest came on {since:day}.",
            "Choose in the tab intake (טפסים שממתינים לשיבוץ) what becomes of each.",
        ),
    ),
)
def intake(book: Book, given: Given) -> Iterator[Finding]:
    """A finding a form."""
    long: dict[str, list[Waiting]] = defaultdict(list)
    for one in given.facts.waiting:
        if one.past > timedelta(hours=given["hours"]):
            long[one.form].append(one)
    for form, waiting in sorted(long.items()):
        yield intake.about(form, {"n": len(waiting), "form": form, "since": min(one.received for one in waiting)})


@rule(
    "service.no_recipient",
    "תפקיד בלי נמען",
    "A role without a recipient",
    explanation_he="כללים שולחים הודעות לתפקיד, ובלשונית אנשי הקשר אין מי שממלא אותו היום עם כתובת.",
    explanation_en="Rules send to a role that nobody with an address holds today in the tab of people.",
    needs=("people",),
    roles=COORDINATOR,
    wording={
        "": Wording(
            he=Text(
                "לתפקיד {role} עוד אין נמען",
                "{n|כלל אחד שולח|שני כללים שולחים|# כללים שולחים} לתפקיד הזה. "
                "בינתיים ההודעות מגיעות לתפקיד {coordinator}.",
                'להוסיף בלשונית "אנשי קשר ותפקידים" שורה עם תפקיד, שם וכתובת דואר.',
            ),
            en=Text(
                "The role {role_en} has no recipient yet",
                "{n|A rule sends|Two rules send|# rules send} to this role. "
                "Meanwhile its messages go to the role {coordinator_en}.",
                "Add a row with role, name and e-mail in the tab of people.",
            ),
        ),
        "nobody": Wording(
            he=Text(
                "לתפקיד {role} עוד אין נמען",
                "{n|כלל אחד שולח|שני כללים שולחים|# כללים שולחים} לתפקיד הזה. "
                "ההודעות ממתינות עד שתירשם כתובת; ההתראות נכתבות בלשונית.",
                'להוסיף בלשונית "אנשי קשר ותפקידים" שורה עם תפקיד, שם וכתובת דואר.',
            ),
            en=Text(
                "The role {role_en} has no recipient yet",
                "{n|A rule sends|Two rules send|# rules send} to this role. "
                "Messages wait until there is an address; alerts are written in their tab.",
                "Add a row with role, name and e-mail in the tab of people.",
            ),
        ),
    },
)
def no_recipient(book: Book, given: Given) -> Iterator[Finding]:
    """A finding a role."""
    nobody = any(one.role is Role.COORDINATOR for one in given.facts.unheld)
    for one in given.facts.unheld:
        figures: dict[str, Figure] = {
            "role": one.role.hebrew,
            "role_en": one.role.english,
            "n": one.rules,
            "coordinator": Role.COORDINATOR.hebrew,
            "coordinator_en": Role.COORDINATOR.english,
        }
        yield no_recipient.about(one.role.hebrew, figures, variant="nobody" if nobody else "")
