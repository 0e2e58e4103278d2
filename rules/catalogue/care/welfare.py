"""Rules of welfare, of the services that exist, and of youth. Of a welfare case only its code is ever said."""

from collections.abc import Iterator

from rules.calendar import is_working_day, nth_working_day_after
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Text, Wording

OPEN, IN_CARE, URGENT, ACTIVE = "פתוחה", "בטיפול", "דחוף", "פעיל"
IN_THE_FILE = "הפרטים בקובץ בגישה מוגבלת בלבד."
IN_THE_FILE_EN = "The details are in the restricted file alone."


@rule(
    "welfare.no_handler",
    "פנייה בלי גורם מטפל",
    "A case without a handler",
    explanation_he="פנייה פתוחה יומיים של עבודה (דחופה: באותו יום עבודה), ועוד לא נרשם גורם מטפל.",
    explanation_en="A case is open for two working days (urgent: the same one) without a handler.",
    needs=("welfare",),
    roles=(Role.COORDINATOR,),
    params=(Param("working_days", 2, Unit.WORKING_DAYS, "כמה ימי עבודה", "Working days", 0, 30),),
    wording=Wording(
        he=Text(
            "פנייה {case}: עוד לא נרשם גורם מטפל",
            f"התקבלה ב־{{received}}, {ago('n')}. {IN_THE_FILE}",
            "לתאם בטלפון מי מטפלים, ולרשום בקובץ. נא לא להשיב להודעה הזו בפרטים.",
        ),
        en=Text(
            "Case {case}: no handler is written down yet",
            f"It came in on {{received}}, {ago_en('n')}. {IN_THE_FILE_EN}",
            "Agree by phone who handles it, and write it in the file. Please do not answer this message with details.",
        ),
    ),
)
def no_handler(book: Book, given: Given) -> Iterator[Finding]:
    """Open cases without a handler; an urgent one from the first working day on."""
    welfare = book["welfare"]
    rows = welfare.over("case", "received", "urgency", "handler", "status")
    for index, case, received, urgency, handler, status in rows:
        if not case or received is None or handler or status not in (None, OPEN):
            continue
        urgent = urgency == URGENT and received <= given.today and is_working_day(given.today)
        if urgent or given.today >= nth_working_day_after(received, given["working_days"]):
            yield no_handler.finding(
                welfare,
                index,
                {"case": case, "received": received, "n": (given.today - received).days},
                severity=Severity.URGENT if urgency == URGENT else Severity.CARE,
                cells=cells(welfare, index, "received", "handler"),
            )


@rule(
    "welfare.silent",
    "פנייה בלי עדכון",
    "A case without an update",
    explanation_he="פנייה פתוחה או בטיפול, ו־21 יום (דחופה: 5) לא נרשם עדכון. פנייה שהועברה לטיפול אינה נספרת.",
    explanation_en="A case is open or in care without an update for 21 days (urgent: 5); one handed over is silent.",
    needs=("welfare",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("days", 21, Unit.DAYS, "כמה ימים", "Days", 1, 365),
        Param("urgent_days", 5, Unit.DAYS, "בפנייה דחופה: כמה ימים", "Days of an urgent case", 1, 365),
    ),
    wording={
        "": Wording(
            he=Text(
                "פנייה {case}: {n|יום|יומיים|# ימים} בלי עדכון",
                f"עדכון אחרון: {{last:day}}. {IN_THE_FILE}",
                "לברר בטלפון עם הגורם המטפל ולעדכן תאריך בקובץ. נא לא להשיב להודעה הזו בפרטים.",
            ),
            en=Text(
                "Case {case}: {n|a day|# days} without an update",
                f"Last update: {{last:day}}. {IN_THE_FILE_EN}",
                "Ask the handler by phone and update the date in the file. Please do not answer with details.",
            ),
        ),
        "many": Wording(
            he=Text("{n|פנייה אחת|שתי פניות|# פניות} בלי עדכון", "", ""),
            en=Text("{n|One case|# cases} without an update", "", ""),
        ),
    },
)
def silent(book: Book, given: Given) -> Iterator[Finding]:
    """Cases open or in care of which nothing was written down for long."""
    welfare = book["welfare"]
    rows = welfare.over("case", "received", "urgency", "last_contact", "status")
    for index, case, received, urgency, contact, status in rows:
        last = max((day for day in (received, contact) if day), default=None)
        if not case or last is None or status not in (None, OPEN, IN_CARE):
            continue
        days = (given.today - last).days
        if days >= given["urgent_days" if urgency == URGENT else "days"]:
            yield silent.finding(
                welfare, index, {"case": case, "n": days, "last": last}, cells=cells(welfare, index, "last_contact")
            )


@rule(
    "response.stale",
    "מענה שלא נבדק זמן רב",
    "A service not checked for long",
    explanation_he="הפרטים של מענה או שירות לא נבדקו 180 יום.",
    explanation_en="The details of an answer or a service were not checked for 180 days.",
    needs=("responses",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(Param("days", 180, Unit.DAYS, "כמה ימים", "Days", 1, 3660),),
    wording={
        "": Wording(
            he=Text(
                '"{service}": הפרטים ממתינים לבדיקה',
                "[הבדיקה האחרונה: {last}.]",
                "לבדוק שהפרטים נכונים, ולעדכן תאריך בלשונית.",
            ),
            en=Text(
                '"{service}": its details wait to be checked',
                "[Last checked on {last}.]",
                "Check that the details are right, and update the date.",
            ),
        ),
        "many": Wording(
            he=Text("{n|מענה אחד ממתין|שני מענים ממתינים|# מענים ממתינים} לבדיקה", "", ""),
            en=Text("{n|One service waits|# services wait} to be checked", "", ""),
        ),
    },
)
def stale(book: Book, given: Given) -> Iterator[Finding]:
    """Services not checked for long, or never."""
    responses = book["responses"]
    for index, service, last in responses.over("service", "last_checked"):
        if not service or (last is not None and (given.today - last).days < given["days"]):
            continue
        yield stale.finding(
            responses, index, {"service": service, "last": last}, cells=cells(responses, index, "last_checked")
        )


@rule(
    "youth.inactive",
    "פרויקט נוער בלי מפגשים",
    "A youth project without meetings",
    explanation_he="פרויקט פעיל שלא נפגש 45 יום או שאין לו מפגש הבא. בחופשות בית הספר שבהגדרות אין התראה.",
    explanation_en="An active project without a meeting for 45 days or a next date; silent in school holidays.",
    needs=("youth",),
    roles=(Role.YOUTH_COORDINATOR, Role.COORDINATOR),
    params=(Param("days", 45, Unit.DAYS, "כמה ימים בלי מפגש", "Days without a meeting", 1, 365),),
    wording={
        variant: Wording(
            he=Text(
                f'פרויקט הנוער "{{project}}": {what}',
                "[המפגש האחרון: {last}.]",
                "לקבוע מפגש ולעדכן תאריך, או לעדכן את הסטטוס.",
            ),
            en=Text(
                f'The youth project "{{project}}": {what_en}',
                "[The last meeting: {last}.]",
                "Set a meeting and its date, or update the status.",
            ),
        )
        for variant, what, what_en in (
            ("silent", "{n|יום|יומיים|# ימים} בלי מפגש", "{n|a day|# days} without a meeting"),
            ("no_next", "עוד לא נקבע מפגש הבא", "no next meeting is set"),
        )
    },
)
def inactive(book: Book, given: Given) -> Iterator[Finding]:
    """Active projects that have not met for long or have no meeting ahead."""
    if any(first <= given.today <= last for first, last in given.settings.school_holidays):
        return
    youth = book["youth"]
    for index, project, status, last, following in youth.over("project", "status", "last_meeting", "next_date"):
        if not project or status != ACTIVE:
            continue
        days = (given.today - last).days if last else 0
        silent_for_long = days >= given["days"]
        if silent_for_long or following is None or following < given.today:
            yield inactive.finding(
                youth,
                index,
                {"project": project, "n": days, "last": last},
                variant="silent" if silent_for_long else "no_next",
                cells=cells(youth, index, "last_meeting", "next_date", "status"),
            )
