"""Rules of residents' inquiries: each answered in time, and topics that come back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rules.calendar import nth_working_day_after
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Person, Text, Wording

ANSWERED = "נענה"
TO_ANSWER = 3
"""Working days that a proposed promise gives."""


def is_open(inquiries: Table, index: int) -> bool:
    """Whether an inquiry has neither a day nor a status of being answered."""
    return inquiries["answered"][index] is None and inquiries["status"][index] != ANSWERED


@rule(
    "inquiry.unanswered",
    "פנייה שמחכה לתשובה",
    "An inquiry waits for an answer",
    explanation_he="עברו 3 ימי עבודה בלי מענה: נאמר למי שמטפלים. אחרי 7: גם לרכזות. מועד שהובטח נחשב מענה עד שיעבור.",
    explanation_en="No answer for 3 working days: told to the handler; after 7 to the coordinator too. A promised date "
    "counts as an answer until it passes.",
    needs=("inquiries",),
    roles=(Role.HANDLER, Role.COORDINATOR),
    params=(
        Param("handler_days", 3, Unit.WORKING_DAYS, "לגורם המטפל: ימי עבודה", "The handler: working days", 0, 60),
        Param("coordinator_days", 7, Unit.WORKING_DAYS, "לרכזות: ימי עבודה", "The coordinator: working days", 0, 60),
    ),
    wording={
        "": Wording(
            he=Text(
                "פנייה מ־{received_on} מחכה לתשובה {n|=0 פחות מיום|יום|יומיים|# ימים}",
                "[הנושא: {subject}.][ בטיפול: {handler}.][ המועד שהובטח: {promised_for}.]",
                'גם "קיבלנו, נחזור עד {by:day}" הוא מענה; אפשר לרשום את המועד בעמודה "הבטחנו לחזור עד".',
            ),
            en=Text(
                "An inquiry of {received_on} waits for an answer for {n|=0 less than a day|a day|# days}",
                "[About: {subject}.][ Handled by: {handler}.][ Promised by: {promised_for}.]",
                "“We have it and will be back by {by:day}” is an answer too; the column “promised” takes that date.",
            ),
        ),
        "many": Wording(
            he=Text("{n|פנייה אחת מחכה|שתי פניות מחכות|# פניות מחכות} לתשובה", "", ""),
            en=Text("{n|One inquiry waits|# inquiries wait} for an answer", "", ""),
        ),
    },
)
def unanswered(book: Book, given: Given) -> Iterator[Finding]:
    """Inquiries without an answer; without a handler they are the coordinator's from the start."""
    inquiries = book["inquiries"]
    rows = inquiries.over("received", "subject", "handler", "promised")
    for index, received, subject, handler, promised in rows:
        if received is None or not is_open(inquiries, index) or (promised and promised >= given.today):
            continue
        roles = _who_hears(received.date(), handler, given)
        if roles:
            yield unanswered.finding(
                inquiries,
                index,
                {
                    "received_on": received.date(),
                    "n": (given.today - received.date()).days,
                    "subject": Person(subject) if subject else None,
                    "handler": Person(handler) if handler else None,
                    "promised_for": promised,
                    "by": nth_working_day_after(given.today, TO_ANSWER),
                },
                roles=roles,
                named={Role.HANDLER: handler} if Role.HANDLER in roles else {},
                cells=cells(inquiries, index, "received", "answered", "promised"),
            )


def _who_hears(received: date, handler: str | None, given: Given) -> tuple[Role, ...]:
    """Whom an open inquiry is told to today; nobody at first."""
    if given.today < nth_working_day_after(received, given["handler_days"]):
        return ()
    if not handler:
        return (Role.COORDINATOR,)
    late = given.today >= nth_working_day_after(received, given["coordinator_days"])
    return unanswered.roles if late else (Role.HANDLER,)


@rule(
    "inquiry.trend",
    "נושא שחוזר בפניות",
    "A topic that comes back in inquiries",
    explanation_he="לפחות 4 פניות באותו נושא־על בתוך 60 יום. נאמרים מספרים בלבד.",
    explanation_en="At least 4 inquiries on one topic in 60 days; only counts are told.",
    needs=("inquiries",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("count", 4, Unit.COUNT, "כמה פניות", "Inquiries", 2, 1000),
        Param("days", 60, Unit.DAYS, "בתוך כמה ימים", "Within days", 1, 365),
    ),
    wording=Wording(
        he=Text(
            'הנושא "{topic}" עלה {n|בפנייה אחת|בשתי פניות|ב־# פניות}',
            "הפניות התקבלו {days|מאתמול|ביומיים האחרונים|ב־# הימים האחרונים}. "
            "{waiting|=0 כולן נענו|אחת מהן מחכה לתשובה|שתיים מהן מחכות לתשובה|# מהן מחכות לתשובה}.",
            "לברר אם יש לפניות סיבה משותפת, ולשקול עדכון אחד לכולם או פעילות בתוכנית.",
        ),
        en=Text(
            'The topic "{topic}" came up in {n|one inquiry|# inquiries}',
            "They were received {days|since yesterday|in the last # days}. "
            "{waiting|=0 All are answered|One of them waits for an answer|# of them wait for an answer}.",
            "See if they have one cause, and consider one update to all or a programme of the plan.",
        ),
    ),
)
def trend(book: Book, given: Given) -> Iterator[Finding]:
    """Topics of many inquiries in the last days; a finding about the topic, of no row."""
    inquiries = book["inquiries"]
    of_topic: dict[str, list[int]] = defaultdict(list)
    for index, topic, received in inquiries.over("topic", "received"):
        if topic and received and 0 <= (given.today - received.date()).days <= given["days"]:
            of_topic[fold(topic)].append(index)
    for rows in of_topic.values():
        topic = min(inquiries["topic"][row] for row in rows)
        if len(rows) >= given["count"]:
            waiting = sum(is_open(inquiries, row) for row in rows)
            yield trend.finding(
                inquiries,
                None,
                {"topic": topic, "n": len(rows), "days": given["days"], "waiting": waiting},
                key=topic,
                cells=[cell for row in rows for cell in cells(inquiries, row, "topic")],
            )
