"""Rules of what a class needs before it begins: an instructor, publicity, papers, and an income that covers it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rules.catalogue.classes.balance import PER, PER_ENGLISH, Terms, terms
from rules.catalogue.classes.fills import OPEN, Fill, class_finder, fills
from rules.catalogue.phrases import ahead, ahead_en
from rules.catalogue.places import cells, question
from rules.catalogue.years import year_named
from rules.finding import Finding, Problem, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Money, Text, Wording

ADULT = 18


@rule(
    "class.no_instructor",
    "חוג שעוד לא נסגר לו מדריך",
    "A class without an agreed instructor",
    explanation_he="תאריך הפתיחה מתקרב, ועוד לא סומן שסוכם עם מדריך או מדריכה.",
    explanation_en="The start is near and no instructor is marked as agreed.",
    needs=("classes",),
    roles=(Role.COORDINATOR, Role.ACTIVITY_COORDINATOR),
    params=(Param("days", 45, Unit.DAYS, "כמה ימים לפני הפתיחה", "Days before the start", 0, 365),),
    wording=Wording(
        he=Text(
            'ל"{class}" עוד לא סוכם עם מדריך',
            f"תאריך הפתיחה {{start:day}}, {ahead('n')}.",
            "לסכם מועדים ותשלום, ולסמן בלשונית שסוכם.",
        ),
        en=Text(
            'No instructor is agreed yet for "{class}"',
            f"It starts on {{start:day}}, {ahead_en('n')}.",
            "Agree on dates and pay, and tick the column “instructor agreed”.",
        ),
    ),
)
def no_instructor(book: Book, given: Given) -> Iterator[Finding]:
    """Classes that start soon without an agreed instructor; without that column, without an instructor's name."""
    classes = book["classes"]
    field = "instructor_agreed" if classes.has("instructor_agreed") else "instructor"
    for fill in fills(book):
        days = (fill.start - given.today).days if fill.start else -1
        if not 0 <= days <= given["days"] or classes[field][fill.row] or fill.is_over(given.today):
            continue
        yield no_instructor.finding(
            classes,
            fill.row,
            {"class": fill.name, "start": fill.start, "n": days},
            key=fill.name,
            cells=cells(classes, fill.row, "instructor", "instructor_agreed", "start"),
        )


@rule(
    "class.not_published",
    "חוג פתוח להרשמה שלא פורסם",
    "An open class that was not published",
    explanation_he="ההרשמה לחוג פתוחה, ובלשונית הפרסומים אין פרסום שלו שיצא.",
    explanation_en="Registration for a class is open and no publication of it went out.",
    needs=("classes", "publications"),
    roles=(Role.ACTIVITY_COORDINATOR,),
    wording=Wording(
        he=Text(
            'ההרשמה ל"{class}" פתוחה, ועוד לא יצא פרסום',
            "{n|=0 אין עדיין הרשמות|יש הרשמה אחת|יש שתי הרשמות|יש # הרשמות}[ מתוך {of} שנדרשות לפתיחה]."
            "[ מועד ההחלטה: {decision:day}.]",
            "לפרסם בקבוצות המתאימות ולרשום את הפרסום בלשונית הפרסומים.",
        ),
        en=Text(
            'Registration for "{class}" is open and nothing was published yet',
            "{n|=0 No registrations yet|One registration|# registrations}[ of {of} needed to open]."
            "[ Decision date: {decision:day}.]",
            "Publish it in the fitting groups and write the publication down.",
        ),
    ),
)
def not_published(book: Book, given: Given) -> Iterator[Finding]:
    """Classes open for registration of which no publication went out."""
    published = published_classes(book, given.today)
    for fill in fills(book):
        if fill.status != OPEN or fill.row in published or fill.is_over(given.today):
            continue
        yield not_published.finding(
            book["classes"],
            fill.row,
            {
                "class": fill.name,
                "n": fill.active,
                "of": fill.minimum if fill.active else None,
                "decision": fill.decision_date,
            },
            key=fill.name,
            cells=cells(book["classes"], fill.row, "status"),
        )


def published_classes(book: Book, today: date) -> set[int]:
    """The classes, by index, that a publication which went out names; a name alone serves all its groups."""
    publications, finder = book["publications"], class_finder(book)
    found: set[int] = set()
    for index, name, day in publications.over("class_name", "published"):
        if name and day and day <= today:
            found.update(finder.all(name, year_named(publications, index)))
    return found


@rule(
    "class.papers",
    "מסמכים חסרים לחוג",
    "Papers of a class are missing",
    explanation_he="מ־30 יום לפני הפתיחה ועד הסיום: חסר הסכם, אישור משטרה שנדרש או ביטוח, או שהביטוח עומד להסתיים.",
    explanation_en="From 30 days before the start to the end: an agreement, a clearance or insurance is missing "
    "or running out.",
    needs=("classes",),
    roles=(Role.COORDINATOR,),
    params=(
        Param(
            "days",
            30,
            Unit.DAYS,
            "כמה ימים לפני הפתיחה או סוף הביטוח",
            "Days before the start or the end of cover",
            0,
            365,
        ),
        Param(
            "urgent_days", 3, Unit.DAYS, "לקטינים דחוף: כמה ימים לפני הפתיחה", "For minors urgent: days before", 0, 365
        ),
    ),
    wording={
        "": Wording(
            he=Text(
                'ל"{class}" {n|חסר מסמך אחד|חסרים שני מסמכים|חסרים # מסמכים}',
                "חסר: {papers}.[ הביטוח רשום עד {until}.] תאריך הפתיחה: {start:day}.",
                "להשלים עם מי שמעביר את החוג, ולעדכן בלשונית. את המסמכים עצמם לא שומרים בגיליון.",
            ),
            en=Text(
                '{n|One paper is|# papers are} missing for "{class}"',
                "Missing: {papers_en}.[ Insurance is written down until {until}.] Start: {start:day}.",
                "Complete them with the instructor and update the sheet. The papers themselves are not kept in it.",
            ),
        ),
        "ending": Wording(
            he=Text(
                f'הביטוח של "{{class}}" מסתיים {ahead("d")}',
                "הביטוח רשום עד {until:day}. תאריך הפתיחה: {start:day}.",
                "לבקש אישור חדש ממי שמעביר את החוג, ולעדכן את התאריך בלשונית. את המסמך עצמו לא שומרים בגיליון.",
            ),
            en=Text(
                f'The insurance of "{{class}}" ends {ahead_en("d")}',
                "It is written down until {until:day}. Start: {start:day}.",
                "Ask the instructor for a new one and update the date. The paper itself is not kept in the sheet.",
            ),
        ),
    },
)
def papers(book: Book, given: Given) -> Iterator[Finding]:
    """Classes near or after their start whose papers are missing; urgent for minors just before it and after."""
    classes = book["classes"]
    for fill in fills(book):
        start = fill.start
        if start is None or given.today < start - timedelta(days=given["days"]) or fill.is_over(given.today):
            continue
        missing = _missing_papers(classes, fill.row, max(start, given.today + timedelta(days=given["days"])))
        if not missing:
            continue
        until = classes["insurance_until"][fill.row] if INSURANCE in missing else None
        left = (until - given.today).days if until and missing == [INSURANCE] else -1
        yield papers.finding(
            classes,
            fill.row,
            {
                "class": fill.name,
                "n": len(missing),
                "papers": ", ".join(hebrew for hebrew, _ in missing),
                "papers_en": ", ".join(english for _, english in missing),
                "until": until,
                "d": left,
                "start": start,
            },
            key=fill.name,
            severity=Severity.URGENT if _is_urgent(classes, fill.row, start, given) else Severity.CARE,
            variant="ending" if left >= 0 else "",
            cells=cells(classes, fill.row, "agreement", "clearance", "insurance", "insurance_until"),
        )


def _is_urgent(classes: Table, row: int, start: date, given: Given) -> bool:
    """Whether minors are, or in a few days will be, in a class without its papers."""
    soon = given.today + timedelta(days=given["urgent_days"])
    missing_then = _missing_papers(classes, row, max(start, soon))
    return start <= soon and bool(missing_then) and _is_for_minors(classes, row)


AGREEMENT, CLEARANCE, INSURANCE = ("הסכם", "agreement"), ("אישור משטרה", "clearance"), ("ביטוח", "insurance")


def _missing_papers(classes: Table, row: int, covered_until: date) -> Sequence[tuple[str, str]]:
    """The papers that are not there, of those the tab has columns for."""
    missing = []
    if classes.has("agreement") and not classes["agreement"][row]:
        missing.append(AGREEMENT)
    if classes["clearance"][row] == "נדרש":
        missing.append(CLEARANCE)
    until = classes["insurance_until"][row]
    if until is not None:
        uninsured = until < covered_until
    else:
        uninsured = classes.has("insurance") and not classes["insurance"][row]
    return [*missing, INSURANCE] if uninsured else missing


def _is_for_minors(classes: Table, row: int) -> bool:
    age = classes["age_from"][row]
    return (
        (age is not None and age < ADULT)
        or classes["clearance"][row] in ("נדרש", "יש")
        or any(classes[field][row] for field in ("grade_from", "grade_to"))
    )


@rule(
    "class.loss",
    "חוג שלא מכסה את עצמו",
    "A class that does not cover itself",
    explanation_he="ממועד ההחלטה ועד שמחליטים: ההכנסה הצפויה נמוכה מהעלות. "
    "כשאי אפשר להשוות את היחידות, נשאלת שאלה בלשונית התיקונים.",
    explanation_en="From the decision date until it is decided: the expected income is below the cost. "
    "Where units do not meet, a question is asked instead.",
    needs=("classes", "registrations"),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    wording=Wording(
        he=Text(
            'ב"{class}" ההכנסה הצפויה נמוכה מהעלות ב־{gap} {per}',
            "{n|=0 אין עדיין הרשמות|הרשמה אחת|שתי הרשמות|# הרשמות} במחיר {price} {per}: הכנסה {income}, עלות {cost}.",
            "להחליט: מחיר אחר, מינימום אחר, תמיכה מסעיף תקציבי או לא לפתוח.",
        ),
        en=Text(
            'Expected income of "{class}" is {gap} {per_en} below its cost',
            "{n|=0 No registrations yet|One registration|# registrations} at {price} {per_en}: "
            "income {income}, cost {cost}.",
            "Decide: another price, another minimum, support from a budget line, or do not open.",
        ),
    ),
)
def loss(book: Book, given: Given) -> Iterator[Finding | Problem]:
    """Undecided classes, from their decision date on, that would not cover their cost."""
    for fill in fills(book):
        due = fill.decision_date
        if due is None or due > given.today or not fill.is_undecided or fill.is_over(given.today):
            continue
        of = terms(book, fill.row)
        if of.price is None or of.cost is None:
            continue
        balance = of.balance(fill.active)
        if balance is None:
            yield _which_units(book, fill)
        elif balance.gap > 0:
            yield loss.finding(
                book["classes"],
                fill.row,
                {
                    "class": fill.name,
                    "n": fill.active,
                    "price": Money(of.price),
                    "income": Money(balance.income),
                    "cost": Money(balance.cost),
                    "gap": Money(balance.gap),
                    "per": PER[balance.per],
                    "per_en": PER_ENGLISH[balance.per],
                },
                key=fill.name,
                cells=cells(book["classes"], fill.row, "price", "price_per", "instructor_cost", "cost_per"),
            )


def _which_units(book: Book, fill: Fill) -> Problem:
    of: Terms = terms(book, fill.row)
    field = "price_per" if not of.price_per else "cost_per" if not of.cost_per else "sessions"
    return question(
        book["classes"],
        fill.row,
        field,
        "אי אפשר לדעת אם החוג מכסה את עצמו: חסר על מה המחיר, על מה העלות, מספר המפגשים או שעות ההתחלה והסיום.",
        "It is not known whether the class covers itself: say what the price and the cost are for, how many meetings "
        "there are, or from when to when.",
    )
