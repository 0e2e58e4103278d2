"""Rules of committees, teams and forums."""

from collections.abc import Iterator
from datetime import date

from rules.calendar import work_year
from rules.catalogue.cadence import cadence_days, days_without
from rules.catalogue.phrases import ahead, ahead_en, short_name
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Person, Text, Word, Wording

EXISTS, FORUM, APPROVED = "קיימת", "פורום", "אושרה"


def existing(committees: Table) -> Iterator[int]:
    """The committees that exist, by their state or where it is empty."""
    for index, name, state in committees.over("name", "state"):
        if name and state in (None, EXISTS):
            yield index


def chaired(committees: Table, index: int) -> tuple[tuple[Role, ...], dict[Role, str]]:
    """Whom a finding about a committee goes to: the coordinator, and its chair where one is named."""
    chair = committees["chair"][index]
    if not chair:
        return (Role.COORDINATOR,), {}
    return (Role.COORDINATOR, Role.COMMITTEE_CHAIR), {Role.COMMITTEE_CHAIR: chair}


@rule(
    "committee.no_meeting",
    "ועדה שלא נפגשה",
    "A committee that has not met",
    explanation_he="מאז הפגישה האחרונה עברו התדירות ועוד 14 יום, בלי ימי ההפסקות שבהגדרות.",
    explanation_en="Since the last meeting its cadence and 14 days have passed, pauses of the settings apart.",
    needs=("committees",),
    roles=(Role.COORDINATOR, Role.COMMITTEE_CHAIR),
    params=(Param("grace", 14, Unit.DAYS, "ימי חסד", "Days of grace", 0, 365),),
    wording=Wording(
        he=Text(
            "{committee}: לא נרשמה פגישה {n|יום|יומיים|# ימים}",
            "הפגישה האחרונה: {last}. התדירות: {cadence}.",
            'לקבוע פגישה, או לעדכן תאריך בעמודה "פגישה אחרונה".',
        ),
        en=Text(
            "{committee}: no meeting for {n|a day|# days}",
            "The last one: {last}. Cadence: {cadence}.",
            "Set a meeting, or update the column “last meeting”.",
        ),
    ),
)
def no_meeting(book: Book, given: Given) -> Iterator[Finding]:
    """Committees past their cadence and its grace; forums are told by their own rule."""
    committees = book["committees"]
    for index in existing(committees):
        last, cadence = committees["last_meeting"][index], cadence_days(committees["cadence"][index])
        if last is None or cadence is None or committees["kind"][index] == FORUM:
            continue
        if days_without(last, given.today, given.settings.pauses) < cadence + given["grace"]:
            continue
        roles, named = chaired(committees, index)
        yield no_meeting.finding(
            committees,
            index,
            {
                "committee": committees["name"][index],
                "n": (given.today - last).days,
                "last": last,
                "cadence": committees["cadence"][index],
            },
            roles=roles,
            named=named,
            cells=cells(committees, index, "last_meeting", "cadence"),
        )


@rule(
    "committee.no_chair",
    'ועדה בלי יו"ר',
    "A committee without a chair",
    explanation_he="הוועדה קיימת, ועוד לא נרשמו לה יושב או יושבת ראש.",
    explanation_en="The committee exists and has no chair written down.",
    needs=("committees",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            'ל{committee} עוד לא נרשם יו"ר',
            "[חברים בוועדה: {members}.]",
            'לפנות לחברי הוועדה או למתנדבים מתאימים, ולרשום שם בעמודה "יו"ר".',
        ),
        en=Text(
            "{committee} has no chair yet",
            "[Members: {members}.]",
            "Ask its members or fitting volunteers, and write the name in the column “chair”.",
        ),
    ),
)
def no_chair(book: Book, given: Given) -> Iterator[Finding]:
    """Committees that exist without a chair."""
    committees = book["committees"]
    for index in existing(committees):
        if not committees["chair"][index] and committees.has("chair"):
            yield no_chair.finding(
                committees,
                index,
                {"committee": committees["name"][index], "members": committees["members"][index]},
                cells=cells(committees, index, "chair"),
            )


@rule(
    "committee.no_work_plan",
    "ועדה בלי תוכנית עבודה מאושרת",
    "A committee without an approved work plan",
    explanation_he="עברו 60 יום מתחילת שנת העבודה, ותוכנית העבודה של הוועדה עוד לא אושרה. פורומים אינם נספרים.",
    explanation_en="60 days into the work year the committee's plan is not approved. Forums are left out.",
    needs=("committees",),
    roles=(Role.COORDINATOR, Role.COMMITTEE_CHAIR),
    params=(Param("days", 60, Unit.DAYS, "כמה ימים מתחילת השנה", "Days into the year", 0, 366),),
    wording=Wording(
        he=Text(
            "ל{committee} עוד אין תוכנית עבודה מאושרת",
            "מתחילת שנת העבודה ({start}) עברו {n|=0 פחות מיום|יום|יומיים|# ימים}.[ המצב הרשום: {plan}.]",
            "להשלים תוכנית קצרה ולהביא לאישור.",
        ),
        en=Text(
            "{committee} has no approved work plan yet",
            "{n|=0 Less than a day has|One day has|# days have} passed of the work year ({start})."
            "[ Written down: {plan}.]",
            "Complete a short plan and bring it for approval.",
        ),
    ),
)
def no_work_plan(book: Book, given: Given) -> Iterator[Finding]:
    """Committees without an approved plan some weeks into the year."""
    committees = book["committees"]
    start = work_year(given.settings.work_year_start, given.today)[0]
    if (given.today - start).days < given["days"]:
        return
    for index in existing(committees):
        plan = committees["work_plan"][index]
        if plan == APPROVED or committees["kind"][index] == FORUM or not committees.has("work_plan"):
            continue
        roles, named = chaired(committees, index)
        yield no_work_plan.finding(
            committees,
            index,
            {
                "committee": committees["name"][index],
                "n": (given.today - start).days,
                "start": start,
                "plan": Word(plan) if plan else None,
            },
            roles=roles,
            named=named,
            cells=cells(committees, index, "work_plan"),
        )


@rule(
    "committee.short",
    "ועדה שחסרים בה חברים",
    "A committee short of members",
    explanation_he="מספר החברים בוועדה קטן מהנדרש. נאמר גם מי מהמתנדבים מתאים.",
    explanation_en="A committee has fewer members than it needs; volunteers who fit are named.",
    needs=("committees",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            "ב{committee} {n|חסר חבר אחד|חסרים שני חברים|חסרים # חברים}",
            "יש {members} מתוך {needed}.[ מתנדבים שתחומי העניין שלהם מתאימים: {fitting}.]",
            "לפנות באופן אישי, ולעדכן את מספר החברים.",
        ),
        en=Text(
            "{committee} is short of {n|one member|# members}",
            "There are {members} of {needed}.[ Volunteers whose interests fit: {fitting}.]",
            "Ask in person, and update the number of members.",
        ),
    ),
)
def short(book: Book, given: Given) -> Iterator[Finding]:
    """Committees with fewer members than needed."""
    committees = book["committees"]
    for index in existing(committees):
        members, needed = committees["members"][index], committees["members_needed"][index]
        if needed is None or members is None or members >= needed:
            continue
        name = committees["name"][index]
        yield short.finding(
            committees,
            index,
            {
                "committee": name,
                "n": needed - members,
                "members": members,
                "needed": needed,
                "fitting": _fitting(book, name),
            },
            cells=cells(committees, index, "members", "members_needed"),
        )


MOST_NAMES = 3
COMMON_WORDS = frozenset(fold(word) for word in ("ועדה", "ועדת", "צוות", "פורום", "היישוב"))


def _fitting(book: Book, committee: str) -> Person | None:
    """Up to three volunteers whose skills or interests name what the committee is about, and who are not in it."""
    about = set(fold(committee).split()) - COMMON_WORDS
    if "volunteers" not in book or not about:
        return None
    rows = book["volunteers"].over("name", "skills", "interests", "committees")
    fitting = {
        short_name(name)
        for _, name, skills, interests, committees in rows
        if name
        and about & set(fold(f"{skills or ''} {interests or ''}").split())
        and fold(committee) not in map(fold, committees or ())
    }
    return Person(", ".join(sorted(fitting)[:MOST_NAMES])) if fitting else None


@rule(
    "committee.term_ending",
    "כהונה שעומדת להסתיים",
    "A committee's term is ending",
    explanation_he="כהונת הוועדה מסתיימת בתוך 60 יום.",
    explanation_en="A committee's term ends within 60 days.",
    needs=("committees",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(Param("days", 60, Unit.DAYS, "כמה ימים לפני הסיום", "Days before the end", 0, 366),),
    wording=Wording(
        he=Text(
            f"הכהונה של {{committee}} מסתיימת {ahead('n')}",
            "תאריך הסיום: {end}.",
            "לשאול מי ממשיכים, ולהתחיל לפנות למועמדים.",
        ),
        en=Text(
            f"The term of {{committee}} ends {ahead_en('n')}",
            "It ends on {end}.",
            "Ask who goes on, and begin to approach candidates.",
        ),
    ),
)
def term_ending(book: Book, given: Given) -> Iterator[Finding]:
    """Committees whose term ends soon."""
    committees = book["committees"]
    for index in existing(committees):
        end: date | None = committees["term_end"][index]
        if end is None or not 0 <= (end - given.today).days <= given["days"]:
            continue
        yield term_ending.finding(
            committees,
            index,
            {"committee": committees["name"][index], "n": (end - given.today).days, "end": end},
            cells=cells(committees, index, "term_end"),
        )
