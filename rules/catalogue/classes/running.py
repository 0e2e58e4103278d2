"""Rules of classes that run: decisions put off, places, payments."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rules.calendar import is_rest_day
from rules.catalogue.classes.balance import PER, PER_ENGLISH
from rules.catalogue.classes.fills import NOT_OPENED, RUNNING, Fill, fills
from rules.catalogue.phrases import ago, ago_en, short_name
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Money, Person, Text, Wording

PAID, SETTLED = "שולם", "הוסדר"
ACTIVE = "{n|=0 אין הרשמות פעילות|הרשמה פעילה אחת|שתי הרשמות פעילות|# הרשמות פעילות}"
ACTIVE_EN = "{n|=0 no active registrations|one active registration|# active registrations}"


@rule(
    "class.undecided",
    "חוג שעוד לא הוחלט עליו",
    "A class that is still undecided",
    explanation_he="תאריך הפתיחה עבר, והחוג עדיין בתכנון או פתוח להרשמה.",
    explanation_en="The start has passed and the class is still planned or open for registration.",
    needs=("classes",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            'תאריך הפתיחה של "{class}" עבר, והסטטוס עוד לא עודכן',
            f"הפתיחה הייתה אמורה להיות ב־{{start}}, {ago('days')}. עכשיו רשומות: {ACTIVE}.",
            'לעדכן את הסטטוס: "פעיל" או "לא נפתח", או לקבוע תאריך חדש.',
        ),
        en=Text(
            'The start of "{class}" has passed and its status is not updated',
            f"It was to start on {{start}}, {ago_en('days')}. Written down now: {ACTIVE_EN}.",
            "Set the status to running or not opened, or choose a new date.",
        ),
    ),
)
def undecided(book: Book, given: Given) -> Iterator[Finding]:
    """Classes whose start has passed while they are planned or open."""
    for fill in fills(book):
        if fill.start is None or fill.start >= given.today or not fill.is_undecided or fill.is_over(given.today):
            continue
        yield undecided.finding(
            book["classes"],
            fill.row,
            {"class": fill.name, "start": fill.start, "days": (given.today - fill.start).days, "n": fill.active},
            key=fill.name,
            cells=cells(book["classes"], fill.row, "start", "status"),
        )


@rule(
    "class.dropout",
    "חוג שירד מתחת למינימום",
    "A running class fell below its minimum",
    explanation_he="החוג פעיל, וההרשמות הפעילות ירדו מתחת למינימום אחרי הפתיחה.",
    explanation_en="The class runs and its active registrations fell below the minimum after the start.",
    needs=("classes", "registrations"),
    roles=(Role.COORDINATOR, Role.ACTIVITY_COORDINATOR),
    wording=Wording(
        he=Text(
            '"{class}" ירד מתחת למינימום',
            f"עכשיו: {ACTIVE}. המינימום: {{minimum}}.",
            "לברר מה קרה, ולהחליט: לצרף מרשימת ההמתנה, לאחד קבוצות או לסיים.",
        ),
        en=Text(
            '"{class}" fell below its minimum',
            f"Now: {ACTIVE_EN}. The minimum: {{minimum}}.",
            "Find out what happened, and decide: add from the waiting list, merge groups or end it.",
        ),
    ),
)
def dropout(book: Book, given: Given) -> Iterator[Finding]:
    """Running classes below their minimum after their start."""
    for fill in fills(book):
        if fill.status != RUNNING or not fill.missing or fill.is_over(given.today):
            continue
        if fill.start is not None and fill.start < given.today:
            yield dropout.finding(
                book["classes"],
                fill.row,
                {"class": fill.name, "n": fill.active, "minimum": fill.minimum},
                key=fill.name,
                cells=cells(book["classes"], fill.row, "minimum"),
            )


@rule(
    "class.place_free",
    "התפנה מקום ויש מי שמחכה",
    "A place is free and someone waits",
    explanation_he="יש מקום פנוי בחוג ויש רשימת המתנה. נאמר מי בתור, ועד מתי לשמור את המקום: 48 שעות בלי שבת וחג.",
    explanation_en="A place is free and someone waits: who is first in line, and until when to hold the place.",
    needs=("classes", "registrations"),
    roles=(Role.ACTIVITY_COORDINATOR,),
    params=(Param("hold_days", 2, Unit.DAYS, "כמה ימים שומרים את המקום, בלי שבת וחג", "Days a place is held", 1, 14),),
    wording=Wording(
        he=Text(
            '{n|התפנה מקום אחד|התפנו שני מקומות|התפנו # מקומות} ב"{class}"',
            "בהמתנה: {m|הרשמה אחת|שתי הרשמות|# הרשמות}. הראשונה בתור: {first}[ (ההרשמה מ־{submitted})]."
            "[ מחיר: {price} {price_per}.]",
            "להתקשר ולהציע את המקום, ולשמור אותו עד {until:day}; אחר כך עוברים להרשמה הבאה בתור.",
        ),
        en=Text(
            '{n|One place is|# places are} free in "{class}"',
            "Waiting: {m|one registration|# registrations}. First in line: {first}[ (registered {submitted})]."
            "[ Price: {price} {price_per_en}.]",
            "Call and offer the place, and hold it until {until:day}; then the next in line is asked.",
        ),
    ),
)
def place_free(book: Book, given: Given) -> Iterator[Finding]:
    """Classes with free places and a waiting list."""
    classes = book["classes"]
    for fill in fills(book):
        free = 0 if fill.maximum is None else fill.maximum - fill.taken
        if free <= 0 or not fill.in_line or fill.is_over(given.today):
            continue
        registrations, first = book["registrations"], fill.in_line[0]
        submitted = registrations["submitted"][first]
        price, per = classes["price"][fill.row], classes["price_per"][fill.row]
        yield place_free.finding(
            classes,
            fill.row,
            {
                "class": fill.name,
                "n": free,
                "m": fill.waiting,
                "first": Person(short_name(registrations["participant"][first])),
                "submitted": submitted.date() if submitted else None,
                "price": None if price is None else Money(price),
                "price_per": PER.get(per, ""),
                "price_per_en": PER_ENGLISH.get(per, ""),
                "until": held_until(given.today, given["hold_days"]),
            },
            key=fill.name,
            cells=[
                *cells(classes, fill.row, "maximum"),
                *(cell for row in fill.in_line for cell in cells(registrations, row, "status")),
            ],
        )


def held_until(today: date, days: int) -> date:
    """So many days on, of those that are neither Shabbat nor yom-tov."""
    until = today
    for _ in range(days):
        until += timedelta(days=1)
        while is_rest_day(until):
            until += timedelta(days=1)
    return until


@rule(
    "class.unpaid",
    "הרשמות שעוד לא שולמו",
    "Registrations that are not paid",
    explanation_he="עברו 14 יום מההרשמה ומפתיחת החוג, ועוד לא נרשם תשלום מלא. 'הוסדר' אינו נספר. שורה אחת לחוג.",
    explanation_en="14 days after the later of registration and start, not wholly paid; settled ones are silent.",
    needs=("classes", "registrations"),
    roles=(Role.ACTIVITY_COORDINATOR,),
    params=(Param("days", 14, Unit.DAYS, "כמה ימים אחרי ההרשמה והפתיחה", "Days after registration and start", 0, 365),),
    wording=Wording(
        he=Text(
            'ב"{class}" {n|הרשמה אחת עוד לא שולמה|שתי הרשמות עוד לא שולמו|# הרשמות עוד לא שולמו}',
            "[יחד עוד לא נרשמו {missing}. ]המועד הישן ביותר: {since}.",
            'לשלוח תזכורת אישית, או לרשום "הוסדר" כשיש הסדר.',
        ),
        en=Text(
            '{n|One registration|# registrations} of "{class}" {n|is|are} not paid yet',
            "[Together {missing} is not written down. ]The oldest was due on {since}.",
            "Send a personal reminder, or write “settled” where there is an arrangement.",
        ),
    ),
)
def unpaid(book: Book, given: Given) -> Iterator[Finding]:
    """Classes with registrations unpaid for some time, one finding a class."""
    for fill in fills(book):
        if fill.status == NOT_OPENED:
            continue
        owing = [row for row in fill.enrolled if _is_owed(book, fill, row)]
        dues = {row: due for row in owing if (due := _due_since(book, fill, row, given["days"])) is not None}
        late = [row for row, due in dues.items() if due <= given.today]
        if late:
            yield _unpaid(book, fill, late, min(dues[row] for row in late))


def _unpaid(book: Book, fill: Fill, late: Sequence[int], since: date) -> Finding:
    registrations = book["registrations"]
    missing = sum(_missing(registrations, row) for row in late)
    return unpaid.finding(
        book["classes"],
        fill.row,
        {"class": fill.name, "n": len(late), "missing": Money(missing) if missing else None, "since": since},
        key=fill.name,
        cells=[cell for row in late for cell in cells(registrations, row, "payment", "amount_paid")],
    )


def _is_owed(book: Book, fill: Fill, row: int) -> bool:
    """Whether something is still to be paid: by the amounts where they stand, else by the payment's state."""
    registrations = book["registrations"]
    due, paid = registrations["amount_due"][row], registrations["amount_paid"][row]
    if registrations["payment"][row] in (PAID, SETTLED) or due == 0:
        return False
    if due is None and book["classes"]["price"][fill.row] == 0:
        return False
    return due is None or (paid or 0) < due


def _due_since(book: Book, fill: Fill, row: int, days: int) -> date | None:
    """From when a registration counts as unpaid; None when neither its day nor the class's start is known."""
    submitted = book["registrations"]["submitted"][row]
    known = [day for day in (fill.start, submitted.date() if submitted else None) if day]
    return max(known) + timedelta(days=days) if known else None


def _missing(registrations: Table, row: int) -> int:
    due, paid = registrations["amount_due"][row], registrations["amount_paid"][row]
    return max(0, (due or 0) - (paid or 0))
