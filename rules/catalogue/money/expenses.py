"""Rules of what was ordered and paid."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from rules.catalogue.money.bookings import Booking, read
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.rule import Given, rule
from rules.table import Book, Table
from rules.wording import NBSP, Money, Text, Wording, money

CHECK_HE = 'לבדוק מול הספק או הנהלת החשבונות. אם זו אותה הוצאה, אפשר לסמן אחת מהשורות בסטטוס "בוטל".'
CHECK_EN = "Check with the supplier or the bookkeeper. If it is one expense, one of the rows can be marked cancelled."


@rule(
    "expense.duplicate",
    "הוצאה שאולי נרשמה פעמיים",
    "An expense that may be booked twice",
    explanation_he="אותו ספק, אותה חשבונית, אותו סכום ואותו סעיף בשתי שורות; או חשבונית אחת בשני סעיפים; "
    "או אותו ספק, סכום ותאריך בלי מספר חשבונית.",
    explanation_en="The same supplier, invoice, amount and line on two rows; one invoice on two lines; "
    "or the same supplier, amount and date without an invoice.",
    needs=("expenses",),
    roles=(Role.SECRETARY,),
    wording={
        "": Wording(
            he=Text(
                "חשבונית {invoice} של {supplier} רשומה {n|פעם אחת|פעמיים|# פעמים}",
                'אותו סכום, {amount}, ואותו סעיף, "{line}". השורה הקודמת היא מ־{earlier}, והשורה הזו מ־{date}.',
                CHECK_HE,
            ),
            en=Text(
                "Invoice {invoice} of {supplier} is booked {n|once|twice|# times}",
                'The same amount, {amount}, and line, "{line}". The row before is of {earlier}, this one of {date}.',
                CHECK_EN,
            ),
        ),
        "split": Wording(
            he=Text(
                "חשבונית {invoice} של {supplier} רשומה {n|בסעיף אחד|בשני סעיפים|ב־# סעיפים}",
                "הסעיפים: {lines}. הסכום בשורה הזו: {amount}, מ־{date}.",
                "אם החשבונית חולקה בין הסעיפים, אין צורך בדבר. אם לא, לבדוק לאיזה סעיף היא שייכת.",
            ),
            en=Text(
                "Invoice {invoice} of {supplier} is booked on {n|one line|# lines}",
                "The lines: {lines}. The amount on this row: {amount}, of {date}.",
                "If the invoice was split between the lines, all is well. If not, check which line it belongs to.",
            ),
        ),
        "no_invoice": Wording(
            he=Text(
                "{amount} ל{supplier}: אותו סכום באותו תאריך, {n|פעם אחת|פעמיים|# פעמים}",
                "התאריך: {date}. בשורות לא רשום מספר חשבונית, ולכן אי אפשר לדעת אם אלה הוצאות שונות.",
                'להוסיף מספר חשבונית לכל שורה. אם זו אותה הוצאה, אפשר לסמן אחת מהשורות בסטטוס "בוטל".',
            ),
            en=Text(
                "{amount} to {supplier}: the same amount on the same date {n|once|twice|# times}",
                "The date: {date}. The rows have no invoice, so it is not known whether they are different expenses.",
                "Add an invoice number to each row. If it is one expense, one of the rows can be marked cancelled.",
            ),
        ),
    },
)
def duplicate(book: Book, given: Given) -> Iterator[Finding]:
    """Rows of one kind that look like one expense; the finding is at the later row."""
    expenses = book["expenses"]
    rows = sorted((row for row in read(book) if row.supplier), key=lambda row: (row.date, row.index))
    invoiced = [row for row in rows if row.invoice]
    for same in _groups(invoiced, lambda row: (row.kind, row.supplier, row.invoice, row.amount, row.line)):
        yield from _copies(expenses, same, "", Severity.CARE, "supplier", "invoice", "amount", "line")
    for same in _groups(invoiced, lambda row: (row.kind, row.supplier, row.invoice)):
        if len({row.line for row in same}) > 1:
            yield _split(expenses, same)
    bare = [row for row in rows if not row.invoice]
    for same in _groups(bare, lambda row: (row.kind, row.supplier, row.amount, row.date)):
        yield from _copies(expenses, same, "no_invoice", Severity.INFO, "supplier", "amount", "date")


def _groups(rows: Iterable[Booking], of: Callable[[Booking], Hashable]) -> Iterator[Sequence[Booking]]:
    """The rows that agree, where there are two or more."""
    groups: dict[Hashable, list[Booking]] = defaultdict(list)
    for row in rows:
        groups[of(row)].append(row)
    return (group for group in groups.values() if len(group) > 1)


def _copies(
    expenses: Table, same: Sequence[Booking], variant: str, severity: Severity, *fields: str
) -> Iterator[Finding]:
    """A finding for each row but the first."""
    for count, (before, row) in enumerate(pairwise(same), start=2):
        yield duplicate.finding(
            expenses,
            row.index,
            {**_figures(expenses, row), "n": count, "earlier": before.date},
            key=_key(expenses, row, *fields) + (f" · {count}" if count > 2 else ""),
            severity=severity,
            variant=variant,
            cells=[*cells(expenses, row.index, *fields), *cells(expenses, before.index, *fields)],
        )


def _split(expenses: Table, same: Sequence[Booking]) -> Finding:
    """One finding for an invoice on several lines, at its latest row."""
    row = same[-1]
    lines = {one.line: expenses["line"][one.index] for one in same}
    return duplicate.finding(
        expenses,
        row.index,
        {**_figures(expenses, row), "n": len(lines), "lines": ", ".join(sorted(lines.values()))},
        key=_key(expenses, row, "supplier", "invoice"),
        severity=Severity.INFO,
        variant="split",
        cells=[cell for one in same for cell in cells(expenses, one.index, "invoice", "line")],
    )


def _figures(expenses: Table, row: Booking) -> dict[str, str | Money | date]:
    return {
        "supplier": expenses["supplier"][row.index],
        "invoice": expenses["invoice"][row.index] or "",
        "line": expenses["line"][row.index],
        "amount": Money(row.amount),
        "date": row.date,
    }


def _key(expenses: Table, row: Booking, *fields: str) -> str:
    values = {**{field: expenses[field][row.index] for field in fields}, "amount": money(row.amount).replace(NBSP, " ")}
    return " · ".join([row.kind, *(str(values[field]) for field in fields)])
