"""budget.overrun and budget.nearly_spent."""

from datetime import date

import pytest

from rules.finding import ProblemKind, Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message, verdict


def spent(amount: str, planned: str = "18,000", extra: str = "") -> str:
    return f"""
        budget
        line | planned
        חגים | {planned}

        expenses
        date | line | supplier | amount | kind | status
        1.3 | חגים | דפוס הצפון | {amount} | תשלום |
        {extra}
    """.rstrip()


def test_a_line_used_exactly_is_not_overrun() -> None:
    assert keys(found("budget.overrun", spent("18,000"))) == []
    assert keys(found("budget.overrun", spent("18,000.01"))) == ["care: חגים"]


def test_a_line_planned_below_zero_is_one_of_income_and_not_overrun() -> None:
    assert keys(found("budget.overrun", spent("0.01", planned="0"))) == ["care: חגים"]
    assert keys(found("budget.overrun", spent("0.01", planned="-1"))) == []


def test_budget_overrun__secretary_amount() -> None:
    """On a line of 1,000 the amount is higher than the share, so the amount decides."""
    assert keys(found("budget.overrun", spent("1,250", planned="1,000"))) == ["care: חגים"]
    assert keys(found("budget.overrun", spent("1,250.01", planned="1,000"))) == ["urgent: חגים"]
    assert keys(found("budget.overrun", spent("1,250", planned="1,000"), secretary_amount=249)) == ["urgent: חגים"]


def test_budget_overrun__secretary_share() -> None:
    """On a line of 18,000 the share, 360, is higher than the amount."""
    assert keys(found("budget.overrun", spent("18,360"))) == ["care: חגים"]
    assert keys(found("budget.overrun", spent("18,360.01"))) == ["urgent: חגים"]
    assert keys(found("budget.overrun", spent("18,360"), secretary_share=1)) == ["urgent: חגים"]


def test_a_grave_overrun_is_told_to_the_secretary_too() -> None:
    (small,) = found("budget.overrun", spent("18,001"))
    (grave,) = found("budget.overrun", spent("19,000"))
    assert small.roles == (Role.COORDINATOR,)
    assert grave.roles == (Role.COORDINATOR, Role.SECRETARY)


ORDERS = """
    budget
    line | planned
    חגים | 1,000

    expenses
    date | line | program | supplier | order | amount | kind | status
    {rows}
"""


@pytest.mark.parametrize(
    ("rows", "over"),
    [
        pytest.param("1.3|חגים||דפוס|77|900|התחייבות|\n 1.4|חגים||דפוס|77|900|תשלום|", None, id="same order: once"),
        pytest.param("1.3|חגים||דפוס|77|900|התחייבות|\n 1.4|חגים||דפוס|78|900|תשלום|", "800 ₪", id="another order"),
        pytest.param("1.3|חגים||דפוס||900|התחייבות|\n 1.4|חגים||דפוס||900|תשלום|", None, id="no order: same supplier"),
        pytest.param("1.3|חגים||דפוס||900|התחייבות|\n 1.4|חגים||אולם||900|תשלום|", "800 ₪", id="another supplier"),
        pytest.param("1.3|חגים|א|דפוס||900|התחייבות|\n 1.4|חגים|ב|דפוס||900|תשלום|", "800 ₪", id="another programme"),
        pytest.param("1.3|חגים|א|דפוס||900|התחייבות|\n 1.4|חגים||דפוס||900|תשלום|", None, id="uncertain: once"),
        pytest.param("1.3|חגים||דפוס||900|התחייבות|\n 1.4|חגים||דפוס||300|תשלום|", None, id="paid in part"),
        pytest.param(
            "1.3|חגים||דפוס||900|התחייבות|\n 1.4|חגים||דפוס||1,100|תשלום|", "100 ₪", id="paid more than ordered"
        ),
        pytest.param(
            "1.3|חגים||דפוס||900|התחייבות|\n 1.4|חגים||דפוס||900|תשלום|\n 1.5|חגים||דפוס||-100|תשלום|",
            None,
            id="a refund reopens nothing",
        ),
        pytest.param("1.3|חגים||דפוס||1,200|תשלום|בוטל\n 1.4|חגים||דפוס||900|תשלום|", None, id="cancelled"),
        pytest.param("1.3|חגים||דפוס||1,200||", "200 ₪", id="no kind: a payment"),
        pytest.param("31.12.2025|חגים||דפוס||1,200|תשלום|", None, id="last year's"),
        pytest.param("1.1|חגים||דפוס||1,200|תשלום|", "200 ₪", id="the year's first day"),
        pytest.param("31.12|חגים||דפוס||1,200|תשלום|", "200 ₪", id="the year's last day, ahead"),
        pytest.param("1.1.2027|חגים||דפוס||1,200|תשלום|", None, id="next year's"),
        pytest.param(
            "1.3|חגים||דפוס|77|900|התחייבות|\n 1.4|חגים||דפוס||900|תשלום|", "800 ₪", id="an order is not guessed"
        ),
    ],
)
def test_what_is_counted(rows: str, over: str | None) -> None:
    findings = found("budget.overrun", ORDERS.format(rows=rows))
    assert [message(finding).split("\n")[0] for finding in findings] == (
        [] if over is None else [f'חריגה של {over} בסעיף "חגים"']
    )


def test_an_uncertain_match_is_asked_about() -> None:
    rows = "1.3|חגים|א|דפוס||900|התחייבות|\n 1.4|חגים||דפוס||900|תשלום|"
    (question,) = verdict("budget.overrun", ORDERS.format(rows=rows)).questions
    assert (question.kind, question.row, question.field) == (ProblemKind.QUESTION, 2, "program")
    assert "נספרים פעם אחת" in question.hint


def test_names_match_in_spite_of_spelling() -> None:
    sheet = """
        budget
        line | planned | code
        תוכנית "קיץ־בכיף" | 100 | 4711

        expenses
        date | line | supplier | amount
        1.3 | תכנית קיץ בכיף | דפוס | 60
        2.3 | 4711 | דפוס | 60
    """
    assert keys(found("budget.overrun", sheet)) == ['care: תוכנית "קיץ־בכיף"']


def test_without_expenses_what_was_typed_counts() -> None:
    sheet = """
        budget
        line | planned | actual
        חגים | 1,000 | 1,100
        נוער | 1,000 |
    """
    (finding,) = found("budget.overrun", sheet)
    assert finding.key == "חגים"
    assert [cell.column for cell in finding.cells] == [1, 2]


def test_only_the_years_lines_count() -> None:
    sheet = """
        budget
        line | planned | actual | year
        חגים | 1,000 | 1,100 | 2025
        נוער | 1,000 | 1,100 | 2026
    """
    assert keys(found("budget.overrun", sheet)) == ["care: נוער"]
    autumn = Settings(work_year_start=date(2025, 9, 1))
    assert keys(found("budget.overrun", sheet, date(2026, 8, 31), autumn)) == ["care: חגים"]
    assert keys(found("budget.overrun", sheet, date(2026, 9, 1), autumn)) == ["care: נוער"]


def test_two_rows_of_one_line_are_one_line_at_the_later_row() -> None:
    sheet = """
        budget
        line | planned | actual
        חגים | 500 | 1,100
        חגים | 500 |
    """
    (finding,) = found("budget.overrun", sheet)
    assert finding.row == 2


def test_overrun_speaks() -> None:
    (finding,) = found("budget.overrun", spent("15,100", extra="2.3 | חגים | אולם | 4,140 | התחייבות |"))
    assert message(finding) == (
        'חריגה של 1,240 ₪ בסעיף "חגים"\n'
        "נכון ל־22.11.2026: תקציב 18,000 ₪, שולם 15,100 ₪, התחייבויות 4,140 ₪. יחד 107% מהסעיף.\n"
        "לבדוק את שתי ההוצאות הגדולות, ולסכם עם מזכירות היישוב העברה מסעיף אחר או דחייה."
    )
    assert len(finding.cells) == 3


def test_overrun_speaks_of_a_line_without_a_budget() -> None:
    (finding,) = found("budget.overrun", spent("100", planned="0"))
    assert message(finding).split("\n")[1] == "נכון ל־22.11.2026: תקציב 0 ₪, שולם 100 ₪, התחייבויות 0 ₪."


def test_budget_nearly_spent__share() -> None:
    spring = date(2026, 4, 1)
    assert keys(found("budget.nearly_spent", spent("15,299.99"), spring)) == []
    assert keys(found("budget.nearly_spent", spent("15,300"), spring)) == ["care: חגים"]
    assert keys(found("budget.nearly_spent", spent("15,300"), spring, share=86)) == []


def test_budget_nearly_spent__days_left() -> None:
    """61 days before 31.12 is 31.10; 60 is 1.11."""
    assert keys(found("budget.nearly_spent", spent("16,000"), date(2026, 10, 31))) == ["care: חגים"]
    assert keys(found("budget.nearly_spent", spent("16,000"), date(2026, 11, 1))) == []
    assert keys(found("budget.nearly_spent", spent("16,000"), date(2026, 11, 1), days_left=59)) == ["care: חגים"]


def test_nearly_spent_is_silent_when_overrun_or_spent_once() -> None:
    spring = date(2026, 4, 1)
    once = spent("17,000").replace("line | planned", "line | planned | one_off").replace("| 18,000", "| 18,000 | כן")
    assert keys(found("budget.nearly_spent", once, spring)) == []
    assert keys(found("budget.nearly_spent", spent("18,000"), spring)) == ["care: חגים"]
    assert keys(found("budget.nearly_spent", spent("18,001"), spring)) == []


@pytest.mark.parametrize(
    ("amount", "today", "said"),
    [
        (
            "15,660",
            date(2026, 4, 1),
            'נוצלו 87% מסעיף "חגים", נשארו 2,340 ₪\n'
            "עד סוף שנת העבודה (31.12.2026) נשארו 274 ימים, ובתוכנית לא רשומות עוד פעילויות.\n"
            "לבדוק עם שותפי התוכנית שמה שנשאר יספיק עד סוף השנה.",
        ),
        (
            "18,000",
            date(2026, 4, 1),
            'נוצלו 100% מסעיף "חגים", לא נשאר בו דבר\n'
            "עד סוף שנת העבודה (31.12.2026) נשארו 274 ימים, ובתוכנית לא רשומות עוד פעילויות.\n"
            "לבדוק עם שותפי התוכנית שמה שנשאר יספיק עד סוף השנה.",
        ),
    ],
)
def test_nearly_spent_speaks(amount: str, today: date, said: str) -> None:
    (finding,) = found("budget.nearly_spent", spent(amount), today)
    assert message(finding) == said


def test_the_year_of_today_counts_whatever_year_was_set() -> None:
    settings = Settings(work_year_start=date(2024, 1, 1))
    assert keys(found("budget.overrun", spent("20,000"), TODAY, settings)) == ["urgent: חגים"]
