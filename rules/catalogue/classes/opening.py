"""Rules of whether a class opens: its minimum, its maximum and its decision date."""

from collections.abc import Iterator

from rules.catalogue.classes.balance import PER, PER_ENGLISH, Balance, terms
from rules.catalogue.classes.fills import Fill, fills
from rules.catalogue.places import cells
from rules.finding import CellRef, Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Figure, Money, Text, Wording

REGISTERED = "{n|=0 אין עדיין הרשמות|הרשמה אחת|שתי הרשמות|# הרשמות}[ מתוך {of}]"
MISSING = "{m|חסרה הרשמה אחת|חסרות שתי הרשמות|חסרות # הרשמות}"
REGISTERED_EN = "{n|=0 no registrations yet|one registration|# registrations}[ of {of}]"
MISSING_EN = "{m|one registration is|# registrations are} missing"
MONEY = "[ הכנסה צפויה {income} {per}, עלות {cost}: פער של {gap}.][ ההכנסה הצפויה, {covered} {per}, מכסה את העלות.]"
MONEY_EN = (
    "[ Expected income {income} {per_en}, cost {cost}: {gap} short.][ The expected {covered} {per_en} covers the cost.]"
)


@rule(
    "class.below_minimum",
    "חוג שלא הגיע למינימום",
    "A class below its minimum",
    explanation_he="הגיע מועד ההחלטה, ההרשמות פחותות מהמינימום, ועוד לא נרשם אם החוג נפתח. שיעור ניסיון אינו נספר.",
    explanation_en="The decision date has come, registrations are below the minimum and it is not decided if it opens.",
    needs=("classes", "registrations"),
    roles=(Role.COORDINATOR, Role.ACTIVITY_COORDINATOR),
    severity=Severity.URGENT,
    wording={
        variant: Wording(
            he=Text(
                when + ": " + REGISTERED,
                "עד מועד ההחלטה, {decision}, " + MISSING + " למינימום." + MONEY,
                "לבחור: לפתוח, להאריך הרשמה, לאחד קבוצות או לא לפתוח, ולעדכן את הסטטוס.",
            ),
            en=Text(
                when_en + ": " + REGISTERED_EN,
                "At the decision date, {decision}, " + MISSING_EN + "." + MONEY_EN,
                "Choose: open, extend, merge groups or do not open, and update the status.",
            ),
        )
        for variant, when, when_en in (
            ("", 'היום מחליטים על "{class}"', 'Decision today on "{class}"'),
            (
                "late",
                'מועד ההחלטה על "{class}" היה {days|אתמול|לפני יומיים|לפני # ימים}',
                'The decision on "{class}" was due {days|yesterday|# days ago}',
            ),
        )
    },
)
def below_minimum(book: Book, given: Given) -> Iterator[Finding]:
    """Undecided classes below their minimum from the decision date on; the instructor is not told."""
    for fill in fills(book):
        due = fill.decision_date
        if due is None or due > given.today or not fill.missing or not fill.is_undecided or fill.is_over(given.today):
            continue
        days = (given.today - due).days
        yield below_minimum.finding(
            book["classes"],
            fill.row,
            {
                **_standing(fill),
                **_money(terms(book, fill.row).balance(fill.active)),
                "days": days,
            },
            key=fill.name,
            variant="late" if days else "",
            cells=_behind(book, fill),
        )


@rule(
    "class.at_risk",
    "חוג שאולי לא ייפתח",
    "A class that may not open",
    explanation_he="מועד ההחלטה קרוב וההרשמות עוד לא הגיעו למינימום. קרוב למועד, וכשהקצב לא מספיק, זה לטיפול.",
    explanation_en="The decision date is near and registrations are below the minimum.",
    needs=("classes", "registrations"),
    roles=(Role.COORDINATOR, Role.ACTIVITY_COORDINATOR),
    severity=Severity.INFO,
    params=(
        Param("days", 14, Unit.DAYS, "כמה ימים לפני מועד ההחלטה", "Days before the decision", 1, 90),
        Param("care_days", 5, Unit.DAYS, "מכמה ימים לפני המועד זה לטיפול", "Days before it when it is for care", 0, 90),
        Param("share", 70, Unit.PERCENT, "ובאיזה אחוז מהמינימום", "And below this share of the minimum", 0, 100),
    ),
    wording=Wording(
        he=Text(
            '"{class}": לפתיחה ' + MISSING,
            "מועד ההחלטה {d|מחר|בעוד יומיים|בעוד # ימים} ({decision:day}). עד עכשיו: " + REGISTERED + ". בשבוע האחרון "
            "{k|=0 לא נוספו הרשמות|נוספה הרשמה אחת|נוספו שתי הרשמות|נוספו # הרשמות}.[ מחיר: {price} {price_per}.]",
            "לפרסם תזכורת בקבוצות המתאימות השבוע.",
        ),
        en=Text(
            '"{class}": ' + MISSING_EN + " for it to open",
            "The decision is {d|tomorrow|in # days} ({decision:day}). So far: " + REGISTERED_EN + ". In the last week "
            "{k|=0 none was added|one was added|# were added}.[ Price: {price} {price_per_en}.]",
            "Publish a reminder in the fitting groups this week.",
        ),
    ),
)
def at_risk(book: Book, given: Given) -> Iterator[Finding]:
    """Undecided classes below their minimum before the decision date."""
    classes = book["classes"]
    for fill in fills(book):
        days = (fill.decision_date - given.today).days if fill.decision_date else 0
        if not 0 < days <= given["days"] or not fill.missing or not fill.is_undecided:
            continue
        pace = fill.last_week(given.today)
        far = fill.active * 100 < given["share"] * (fill.minimum or 0) or fill.missing * 7 > pace * days
        price, per = classes["price"][fill.row], classes["price_per"][fill.row]
        yield at_risk.finding(
            classes,
            fill.row,
            {
                **_standing(fill),
                "d": days,
                "k": pace,
                "price": None if price is None else Money(price),
                "price_per": PER.get(per, ""),
                "price_per_en": PER_ENGLISH.get(per, ""),
            },
            key=fill.name,
            severity=Severity.CARE if days <= given["care_days"] and far else Severity.INFO,
            cells=_behind(book, fill),
        )


@rule(
    "class.over_capacity",
    "חוג מעל המקסימום",
    "A class over its maximum",
    explanation_he="יש בחוג יותר הרשמות פעילות ממקומות. שיעור ניסיון תופס מקום; רשימת המתנה לא.",
    explanation_en="More active registrations than places. A trial takes a place; the waiting list does not.",
    needs=("classes", "registrations"),
    roles=(Role.ACTIVITY_COORDINATOR,),
    wording=Wording(
        he=Text(
            'ב"{class}" {n|הרשמה אחת|שתי הרשמות|# הרשמות} מעל המקסימום',
            "המקסימום הוא {maximum|=0 אפס מקומות|מקום אחד|שני מקומות|# מקומות}, "
            "ויש {taken|הרשמה פעילה אחת|שתי הרשמות פעילות|# הרשמות פעילות}. "
            "{trials|=0 כולן הרשמות רגילות|אחת מהן לשיעור ניסיון|שתיים מהן לשיעור ניסיון|# מהן לשיעור ניסיון}.",
            "לבחור: להעביר את ההרשמות האחרונות לרשימת המתנה, לפתוח קבוצה נוספת או לעדכן את המקסימום.",
        ),
        en=Text(
            '"{class}" has {n|one registration|# registrations} over its maximum',
            "The maximum is {maximum|one place|# places}; {taken|one is|# are} taken, "
            "{trials|=0 none of them|one of them|# of them} for a trial.",
            "Choose: move the last registrations to the waiting list, open another group or raise the maximum.",
        ),
    ),
)
def over_capacity(book: Book, given: Given) -> Iterator[Finding]:
    """Classes with more places taken than there are."""
    for fill in fills(book):
        if fill.maximum is None or fill.taken <= fill.maximum or fill.is_over(given.today):
            continue
        yield over_capacity.finding(
            book["classes"],
            fill.row,
            {
                "class": fill.name,
                "n": fill.taken - fill.maximum,
                "maximum": fill.maximum,
                "taken": fill.taken,
                "trials": len(fill.trial),
            },
            key=fill.name,
            cells=_behind(book, fill),
        )


def _standing(fill: Fill) -> dict[str, Figure]:
    return {
        "class": fill.name,
        "n": fill.active,
        "of": fill.minimum if fill.active else None,
        "m": fill.missing,
        "decision": fill.decision_date,
    }


def _money(balance: Balance | None) -> dict[str, Figure]:
    """Income and cost, where the units meet: either with the gap, or that the cost is covered."""
    if balance is None:
        return {"income": None, "cost": None, "gap": None, "covered": None, "per": None, "per_en": None}
    short = balance.gap > 0
    return {
        "income": Money(balance.income) if short else None,
        "cost": Money(balance.cost) if short else None,
        "gap": Money(balance.gap) if short else None,
        "covered": None if short else Money(balance.income),
        "per": PER[balance.per],
        "per_en": PER_ENGLISH[balance.per],
    }


def _behind(book: Book, fill: Fill) -> Iterator[CellRef]:
    yield from cells(book["classes"], fill.row, "minimum", "maximum", "decision_date")
    for index in fill.enrolled:
        yield from cells(book["registrations"], index, "class_name")
