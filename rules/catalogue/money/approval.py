"""The rule of expenses that wait for approval."""

from collections.abc import Iterator

from rules.calendar import nth_working_day_after
from rules.catalogue.money.bookings import read
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Money, Text, Wording


@rule(
    "expense.unapproved",
    "הוצאה גדולה בלי אישור",
    "A large expense without approval",
    explanation_he="הוצאה מהסכום שנקבע בהגדרות ומעלה, שעברו עליה ימי עבודה ועוד לא סומן שאושרה.",
    explanation_en="An expense from the amount of the settings on, unapproved some working days after its date.",
    needs=("expenses",),
    roles=(Role.SECRETARY,),
    params=(
        Param("working_days", 3, Unit.WORKING_DAYS, "כמה ימי עבודה אחרי התאריך", "Working days after its date", 0, 60),
    ),
    wording=Wording(
        he=Text(
            "{kind} של {amount} ל{supplier} עוד בלי אישור",
            f'הסעיף: "{{line}}". התאריך: {{date}}, {ago("n")}. אישור נדרש מ־{{from_amount}} ומעלה.',
            'לאשר ולסמן בעמודה "אושר", או לברר עם מי שהזמין.',
        ),
        en=Text(
            "{kind_en} of {amount} to {supplier} is not approved yet",
            f'The line: "{{line}}". The date: {{date}}, {ago_en("n")}. Approval is needed from {{from_amount}} on.',
            "Approve it and tick the column “approved”, or ask whoever ordered it.",
        ),
    ),
)
def unapproved(book: Book, given: Given) -> Iterator[Finding]:
    """Large expenses, ordered or paid, that wait for approval for some working days."""
    expenses = book["expenses"]
    for row in read(book):
        if row.amount < given.settings.approval_from or expenses["approved"][row.index]:
            continue
        if given.today < nth_working_day_after(row.date, given["working_days"]):
            continue
        yield unapproved.finding(
            expenses,
            row.index,
            {
                "kind": row.kind,
                "kind_en": "A commitment" if row.kind == "התחייבות" else "A payment",
                "amount": Money(row.amount),
                "supplier": expenses["supplier"][row.index] or "—",
                "line": expenses["line"][row.index],
                "date": row.date,
                "n": (given.today - row.date).days,
                "from_amount": Money(given.settings.approval_from),
            },
            key=" · ".join((row.kind, expenses.key(row.index))),
            cells=cells(expenses, row.index, "amount", "approved"),
        )
