"""Rules of money that is asked for and promised."""

from collections.abc import Iterator
from datetime import date

from rules.catalogue.phrases import ago, ago_en, ahead, ahead_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Money, Text, Wording

IN_PREPARATION, REJECTED = "בהכנה", "נדחה"


def _severity(due: date | None, given: Given) -> Severity | None:
    """How pressing a date ahead is: INFO within `days`, CARE within `again`, None when it is far or has passed."""
    if due is None or not 0 <= (due - given.today).days <= given["days"]:
        return None
    return Severity.CARE if (due - given.today).days <= given["again"] else Severity.INFO


@rule(
    "income.submit_due",
    "מועד הגשה מתקרב",
    "A submission is due soon",
    explanation_he="מועד ההגשה של בקשה לתקציב או לקול קורא מתקרב, ועוד לא נרשם שהוגשה.",
    explanation_en="The date for submitting a request is near and it is not written down as submitted.",
    needs=("income",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("days", 14, Unit.DAYS, "כמה ימים לפני המועד", "Days before the date", 0, 365),
        Param("again", 3, Unit.DAYS, "ושוב, כמה ימים לפני", "And again, days before", 0, 365),
    ),
    wording=Wording(
        he=Text(
            f'{ahead("n")} מועד ההגשה ל"{{source}}"',
            "המועד: {due:day}.[ הסכום המבוקש: {requested}.] עוד לא נרשם שהבקשה הוגשה.",
            'להשלים ולהגיש, ולעדכן את הסטטוס ל"הוגש".',
        ),
        en=Text(
            f'The submission to "{{source}}" is due {ahead_en("n")}',
            "The date: {due:day}.[ Requested: {requested}.] It is not written down as submitted.",
            "Complete and submit it, and set the status to submitted.",
        ),
    ),
)
def submit_due(book: Book, given: Given) -> Iterator[Finding]:
    """Requests that are to be submitted soon and were not."""
    income = book["income"]
    for index, source, due, requested, status in income.over("source", "submit_by", "requested", "status"):
        severity = _severity(due, given)
        if not source or status not in (None, IN_PREPARATION) or severity is None:
            continue
        yield submit_due.finding(
            income,
            index,
            {
                "source": source,
                "due": due,
                "n": (due - given.today).days,
                "requested": None if requested is None else Money(requested),
            },
            severity=severity,
            cells=cells(income, index, "submit_by", "status"),
        )


@rule(
    "income.report_due",
    "מועד דיווח מתקרב",
    "A report to a funder is due soon",
    explanation_he="מועד הדיווח למי שמימן מתקרב, ועוד לא סומן שדווח.",
    explanation_en="The date for reporting to a funder is near and the report is not marked as done.",
    needs=("income",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("days", 30, Unit.DAYS, "כמה ימים לפני המועד", "Days before the date", 0, 365),
        Param("again", 7, Unit.DAYS, "ושוב, כמה ימים לפני", "And again, days before", 0, 365),
    ),
    wording=Wording(
        he=Text(
            f'{ahead("n")} מועד הדיווח ל"{{source}}"',
            "המועד: {due:day}.[ התקבלו {received}.] עוד לא סומן שהדוח נשלח.",
            'לשלוח את הדוח ולסמן בעמודה "דווח".',
        ),
        en=Text(
            f'The report to "{{source}}" is due {ahead_en("n")}',
            "The date: {due:day}.[ Received: {received}.] The report is not marked as sent.",
            "Send the report and tick the column “report done”.",
        ),
    ),
)
def report_due(book: Book, given: Given) -> Iterator[Finding]:
    """Reports that are due soon and were not sent."""
    income = book["income"]
    rows = income.over("source", "report_by", "received", "report_done", "status")
    for index, source, due, received, done, status in rows:
        severity = _severity(due, given)
        if not source or done or status == REJECTED or severity is None:
            continue
        yield report_due.finding(
            income,
            index,
            {
                "source": source,
                "due": due,
                "n": (due - given.today).days,
                "received": Money(received) if received else None,
            },
            severity=severity,
            cells=cells(income, index, "report_by", "report_done"),
        )


@rule(
    "income.overdue",
    "הכנסה שעוד לא התקבלה",
    "Promised income has not arrived",
    explanation_he="עבר התאריך הצפוי, והסכום שאושר עוד לא התקבל כולו.",
    explanation_en="The expected date has passed and not all of the promised amount was received.",
    needs=("income",),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    wording=Wording(
        he=Text(
            'מ"{source}" עוד לא התקבלו {missing}',
            f"אושרו {{promised}}, התקבלו {{received}}. התאריך הצפוי היה {{due}}, {ago('n')}.",
            "לברר עם הגורם המממן, ולעדכן תאריך או סכום.",
        ),
        en=Text(
            '{missing} of "{source}" has not arrived yet',
            f"Promised {{promised}}, received {{received}}. It was expected on {{due}}, {ago_en('n')}.",
            "Ask the funder, and update the date or the amount.",
        ),
    ),
)
def overdue(book: Book, given: Given) -> Iterator[Finding]:
    """Promised amounts not wholly received the day after they were due."""
    income = book["income"]
    rows = income.over("source", "promised", "received", "due", "status")
    for index, source, promised, received, due, status in rows:
        if not source or not promised or due is None or due >= given.today or status == REJECTED:
            continue
        missing = promised - (received or 0)
        if missing > 0:
            yield overdue.finding(
                income,
                index,
                {
                    "source": source,
                    "missing": Money(missing),
                    "promised": Money(promised),
                    "received": Money(received or 0),
                    "due": due,
                    "n": (given.today - due).days,
                },
                cells=cells(income, index, "promised", "received", "due"),
            )
