"""The rule of the budget's categories and of its whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rules.catalogue.money.ledger import Position, positions
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Money, Percent, Text, Wording

WHOLE = "כל התקציב"


@rule(
    "budget.total_overrun",
    "חריגה מפרק או מכל התקציב",
    "A category or the whole budget is overrun",
    explanation_he="מה ששולם ומה שהוזמן בפרק, או בכל התקציב, עולה עליו ביותר מסכום ומאחוז.",
    explanation_en="What was paid and ordered in a category, or in all, exceeds it by more than an amount and a share.",
    needs=("budget",),
    roles=(Role.SECRETARY, Role.BOARD),
    severity=Severity.URGENT,
    params=(
        Param("amount", 250, Unit.SHEKEL, "חריגה שמעליה פונים", "Overrun above which it is told"),
        Param("share", 2, Unit.PERCENT, "או אחוז מהתקציב, הגבוה מביניהם", "Or share of the budget, if higher", 0, 100),
    ),
    wording={
        variant: Wording(
            he=Text(
                title,
                "תקציב {planned}, שולם {paid}, התחייבויות {committed}.[ יחד {share}.] "
                "{n|=0 אף סעיף אינו חורג לבדו|סעיף אחד חורג|שני סעיפים חורגים|# סעיפים חורגים}[: {lines}].",
                "לסכם מאיפה משלימים {over}.",
            ),
            en=Text(
                title_en,
                "Budget {planned}, paid {paid}, committed {committed}.[ Together {share}.] "
                "{n|=0 No line is overrun by itself|One line is overrun|# lines are overrun}[: {lines}].",
                "Agree where the missing {over} will come from.",
            ),
        )
        for variant, title, title_en in (
            ("", "חריגה של {over} מכל התקציב", "The whole budget is overrun by {over}"),
            ("category", 'חריגה של {over} בפרק "{category}"', 'The category "{category}" is overrun by {over}'),
        )
    },
)
def total_overrun(book: Book, given: Given) -> Iterator[Finding]:
    """Categories, and the whole, of which clearly more than all is used."""
    lines = list(positions(book, given.settings, given.today).values())
    categories: dict[str, list[Position]] = defaultdict(list)
    for position in lines:
        if position.category:
            categories[fold(position.category)].append(position)
    for group in categories.values():
        yield from _overrun(book, given, group, group[-1].category)
    yield from _overrun(book, given, lines, "")


def _overrun(book: Book, given: Given, group: Sequence[Position], category: str) -> Iterator[Finding]:
    planned, used = sum(one.planned for one in group), sum(one.used for one in group)
    over = used - planned
    if over <= given["amount"] or over * 100 <= given["share"] * planned:
        return
    overrun = sorted(one.line for one in group if one.remaining < 0)
    yield total_overrun.finding(
        book["budget"],
        None,
        {
            "category": category,
            "over": Money(over),
            "planned": Money(planned),
            "paid": Money(sum(one.paid for one in group)),
            "committed": Money(sum(one.committed for one in group)),
            "share": Percent(-(-used * 100 // planned)) if planned else None,
            "n": len(overrun),
            "lines": ", ".join(overrun) or None,
        },
        key=category or WHOLE,
        variant="category" if category else "",
    )
