"""expense.duplicate."""

import pytest

from rules.finding import Role
from tests.rules.sheets import found, keys, message


def expenses(*rows: str) -> str:
    header = "date | line | supplier | invoice | amount | kind | status"
    return "\n".join(["expenses", header, *rows])


@pytest.mark.parametrize(
    ("rows", "noticed"),
    [
        pytest.param(
            ["1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|דפוס|88|500|תשלום|"],
            ["care: תשלום · דפוס · 88 · 500 ₪ · חגים"],
            id="the same invoice twice",
        ),
        pytest.param(
            ["1.3|חגים|דפוס|88|500|תשלום|"] + ["2.3|חגים|דפוס|88|500|תשלום|"] * 2,
            ["care: תשלום · דפוס · 88 · 500 ₪ · חגים", "care: תשלום · דפוס · 88 · 500 ₪ · חגים · 3"],
            id="three times: each row but the first",
        ),
        pytest.param(["1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|דפוס|88|500.01|תשלום|"], [], id="another amount"),
        pytest.param(["1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|דפוס|89|500|תשלום|"], [], id="another invoice"),
        pytest.param(["1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|אולם|88|500|תשלום|"], [], id="another supplier"),
        pytest.param(["1.3|חגים|דפוס|88|500|התחייבות|", "2.3|חגים|דפוס|88|500|תשלום|"], [], id="ordered, then paid"),
        pytest.param(["1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|דפוס|88|500|תשלום|בוטל"], [], id="cancelled"),
        pytest.param(
            ['1.3|חגים|דפוס הצפון בע"מ|88|500|תשלום|', "2.3|חגים|דפוס־הצפון בעמ|88|500||"],
            ["care: תשלום · דפוס־הצפון בעמ · 88 · 500 ₪ · חגים"],
            id="spelled otherwise, and no kind is a payment",
        ),
        pytest.param(
            ["1.3|חגים|דפוס|88|500|תשלום|", "2.3|נוער|דפוס|88|300|תשלום|"],
            ["info: תשלום · דפוס · 88"],
            id="one invoice on two lines",
        ),
        pytest.param(
            ["1.3|חגים|דפוס||500|תשלום|", "1.3|נוער|דפוס|-|500|תשלום|"],
            ["info: תשלום · דפוס · 500 ₪ · 2026-03-01"],
            id="no invoice, the same day",
        ),
        pytest.param(["1.3|חגים|דפוס||500|תשלום|", "2.3|חגים|דפוס||500|תשלום|"], [], id="no invoice, another day"),
    ],
)
def test_expense_duplicate(rows: list[str], noticed: list[str]) -> None:
    assert keys(found("expense.duplicate", expenses(*rows))) == noticed


def test_the_finding_is_at_the_later_row_wherever_it_stands() -> None:
    later, earlier = "2.3|חגים|דפוס|88|500|תשלום|", "1.3|חגים|דפוס|88|500|תשלום|"
    assert [finding.row for finding in found("expense.duplicate", expenses(later, earlier))] == [1]
    assert [finding.row for finding in found("expense.duplicate", expenses(earlier, later))] == [2]


def test_duplicate_goes_to_the_secretary_and_speaks() -> None:
    (finding,) = found("expense.duplicate", expenses("1.3|חגים|דפוס|88|500|תשלום|", "2.3|חגים|דפוס|88|500|תשלום|"))
    assert finding.roles == (Role.SECRETARY,)
    assert message(finding) == (
        "חשבונית 88 של דפוס רשומה פעמיים\n"
        'אותו סכום, 500 ₪, ואותו סעיף, "חגים". השורה הקודמת היא מ־1.3.2026, והשורה הזו מ־2.3.2026.\n'
        'לבדוק מול הספק או הנהלת החשבונות. אם זו אותה הוצאה, אפשר לסמן אחת מהשורות בסטטוס "בוטל".'
    )


def test_a_split_invoice_speaks() -> None:
    (finding,) = found("expense.duplicate", expenses("1.3|חגים|דפוס|88|500|תשלום|", "2.3|נוער|דפוס|88|300|תשלום|"))
    title, body, _ = message(finding).split("\n")
    assert title == "חשבונית 88 של דפוס רשומה בשני סעיפים"
    assert body == "הסעיפים: חגים, נוער. הסכום בשורה הזו: 300 ₪, מ־2.3.2026."
