"""budget.pace, budget.unspent, budget.overplanned, budget.total_overrun, and what the plan asks of a line."""

from datetime import date

import pytest

from rules.finding import Role
from tests.rules.sheets import found, keys, message

JULY = date(2026, 7, 2)
"""182 of 365 days are gone: 49.86 %."""


def line(paid: str, planned: str = "10,000", extra: str = "") -> str:
    return f"""
        budget
        line | planned
        חגים | {planned}

        expenses
        date | line | supplier | amount
        2.1 | חגים | דפוס | {paid}

        {extra}
    """.rstrip()


def plan(*rows: str) -> str:
    return "\n".join(["plan", "program | budget_line | planned_cost | start | status", *rows])


def events(*rows: str) -> str:
    return "\n".join(["events", "name | date | program | budget_line | planned_cost | status", *rows])


def test_budget_pace__points() -> None:
    """By the plan half is expected by July: 65 % is 15 points above it."""
    dated = plan("פורים|חגים|3,000|1.3|בוצע", "חנוכה|חגים|3,000|1.12|מתוכנן")
    assert keys(found("budget.pace", line("6,499.99", extra=dated), JULY)) == []
    assert keys(found("budget.pace", line("6,500", extra=dated), JULY)) == ["care: חגים"]
    assert keys(found("budget.pace", line("6,500", extra=dated), JULY, points=16)) == []


def test_budget_pace__cover() -> None:
    """Half of the line is dated, all of it by March, so that nothing is ahead of the plan; less, and time decides."""
    half, less = plan("פורים|חגים|5,000|1.3|בוצע"), plan("פורים|חגים|4,999.99|1.3|בוצע")
    assert keys(found("budget.pace", line("9,000", extra=half), JULY)) == []
    assert keys(found("budget.pace", line("9,000", extra=less), JULY)) == ["care: חגים"]
    assert keys(found("budget.pace", line("9,000", extra=half), JULY, cover=51)) == ["care: חגים"]


def test_budget_pace__year_share() -> None:
    """91 days gone are 24.9 % of the year, 92 are 25.2 %."""
    assert keys(found("budget.pace", line("9,000"), date(2026, 4, 2))) == []
    assert keys(found("budget.pace", line("9,000"), date(2026, 4, 3))) == ["care: חגים"]
    assert keys(found("budget.pace", line("9,000"), date(2026, 4, 3), year_share=26)) == []


def test_budget_pace__amount() -> None:
    """Of 3,650 shekels 10 are expected a day: 1,820 by the 182nd, so that 2,820 is 1,000 above."""
    assert keys(found("budget.pace", line("2,819.99", "3,650"), JULY)) == []
    assert keys(found("budget.pace", line("2,820", "3,650"), JULY)) == ["care: חגים"]
    assert keys(found("budget.pace", line("2,820", "3,650"), JULY, amount=1_001)) == []


def test_last_years_course_is_followed_where_there_is_one() -> None:
    def last_year(until_july: int, after: int) -> str:
        rows = f"\n2.7.2025 | חגים | אולם | {until_july}\n3.7.2025 | חגים | אולם | {after}"
        return line("8,000" + rows + "\n5.1.2025 | נוער | אולם | 10")

    assert keys(found("budget.pace", last_year(80, 20), JULY)) == []
    assert keys(found("budget.pace", last_year(65, 35), JULY)) == ["care: חגים"]
    assert keys(found("budget.pace", last_year(66, 34), JULY)) == []


@pytest.mark.parametrize(
    ("first", "paid", "noticed"),
    [
        ("1.2.2025", "2.7.2025", []),
        ("2.2.2025", "2.7.2025", ["care: חגים"]),
        ("3.7.2025", "3.7.2025", ["care: חגים"]),
    ],
)
def test_a_part_of_last_year_is_no_course(first: str, paid: str, noticed: list[str]) -> None:
    """By last year's July all was paid; of a year written down from its second month on nothing is known: time decides.

    Expenses that begin after this day of last year say nothing of what was paid by then, so that 0 % is not expected.
    """
    rows = f"\n{first} | נוער | אולם | 10\n{paid} | חגים | אולם | 100"
    assert keys(found("budget.pace", line("8,000" + rows), JULY)) == noticed
    if noticed:
        (finding,) = found("budget.pace", line("8,000" + rows), JULY)
        assert finding.figures["basis_en"] == "by the time that has passed"


def test_pace_leaves_overruns_and_one_off_lines_alone() -> None:
    assert keys(found("budget.pace", line("10,000.01"), JULY)) == []
    once = line("9,000").replace("line | planned", "line | planned | one_off").replace("| 10,000", "| 10,000 | כן")
    assert keys(found("budget.pace", once, JULY)) == []


def test_pace_speaks() -> None:
    (finding,) = found("budget.pace", line("8,000"), JULY)
    assert finding.roles == (Role.COORDINATOR, Role.SECRETARY)
    assert message(finding).split("\n")[:2] == [
        'סעיף "חגים": נוצלו 80%, והצפוי עד היום 50%',
        "הצפי הוא לפי הזמן שעבר מתחילת השנה. תקציב 10,000 ₪, שולם והוזמן 8,000 ₪: 3,013.70 ₪ מעל הצפוי.",
    ]


def test_budget_unspent__days() -> None:
    """120 days before 31.12 is 2.9."""
    assert keys(found("budget.unspent", line("1,000"), date(2026, 9, 1))) == []
    assert keys(found("budget.unspent", line("1,000"), date(2026, 9, 2))) == ["info: חגים"]
    assert keys(found("budget.unspent", line("1,000"), date(2026, 9, 2), days=119)) == []


def test_budget_unspent__again() -> None:
    assert keys(found("budget.unspent", line("1,000"), date(2026, 10, 31))) == ["info: חגים"]
    assert keys(found("budget.unspent", line("1,000"), date(2026, 11, 1))) == ["care: חגים"]
    assert keys(found("budget.unspent", line("1,000"), date(2026, 11, 1), again=59)) == ["info: חגים"]


def test_budget_unspent__share() -> None:
    assert keys(found("budget.unspent", line("5,999.99"))) == ["care: חגים"]
    assert keys(found("budget.unspent", line("6,000"))) == []
    assert keys(found("budget.unspent", line("6,000"), share=61)) == ["care: חגים"]


def test_what_is_planned_ahead_is_not_unspent() -> None:
    assert keys(found("budget.unspent", line("3,000", extra=plan("חנוכה|חגים|3,000|1.12|מתוכנן")))) == []
    assert keys(found("budget.unspent", line("3,000", extra=plan("חנוכה|חגים|3,000|1.12|בוצע")))) == ["care: חגים"]


def asks(*tables: str, used: str = "9,000") -> str:
    """What the plan still asks, as nearly_spent says it."""
    (finding,) = found("budget.nearly_spent", line(used, extra="\n\n".join(tables)), JULY)
    return message(finding).split("\n")[1].partition("ובתוכנית ")[2]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        pytest.param([plan("א|חגים|300|1.12|מתוכנן")], "רשומה עוד פעילות אחת בעלות 300 ₪.", id="a programme"),
        pytest.param([plan("א|חגים|300|1.3|נדחה")], "רשומה עוד פעילות אחת בעלות 300 ₪.", id="put off"),
        pytest.param([plan("א|חגים|300|1.12|בוצע")], "לא רשומות עוד פעילויות.", id="done"),
        pytest.param([plan("א|חגים|300|1.12|בוטל")], "לא רשומות עוד פעילויות.", id="cancelled"),
        pytest.param([plan("א|נוער|300|1.12|מתוכנן")], "לא רשומות עוד פעילויות.", id="another line"),
        pytest.param(
            [plan("א|חגים|300|1.12|מתוכנן"), events("מסיבה|5.12|א||200|מתוכנן")],
            "רשומה עוד פעילות אחת בעלות 300 ₪.",
            id="an event within its programme",
        ),
        pytest.param(
            [plan("א|חגים|300|1.12|מתוכנן"), events("מסיבה|5.12|א||500|מתוכנן")],
            "רשומה עוד פעילות אחת בעלות 500 ₪.",
            id="an event beyond its programme",
        ),
        pytest.param(
            [events("מסיבה|5.12||חגים|500|מתוכנן", "טקס|6.12||חגים|100|נדחה")],
            "רשומות עוד שתי פעילויות בעלות 600 ₪.",
            id="events of no programme",
        ),
        pytest.param([events("מסיבה|1.7||חגים|500|מתוכנן")], "לא רשומות עוד פעילויות.", id="an event that has passed"),
        pytest.param([events("מסיבה|2.7||חגים|500|מתוכנן")], "רשומה עוד פעילות אחת בעלות 500 ₪.", id="an event today"),
        pytest.param([events("מסיבה|1.7||חגים|500|נדחה")], "רשומה עוד פעילות אחת בעלות 500 ₪.", id="put off, old date"),
        pytest.param([events("מסיבה|5.12||חגים|500|התקיים")], "לא רשומות עוד פעילויות.", id="held"),
    ],
)
def test_what_the_plan_still_asks(tables: list[str], said: str) -> None:
    assert asks(*tables) == said


def test_what_is_booked_on_a_programme_is_no_longer_asked() -> None:
    sheet = line("9,000", extra=plan("א|חגים|800|1.12|מתוכנן"))
    booked = sheet.replace("| supplier | amount", "| program | supplier | amount").replace("| דפוס |", "| א | דפוס |")
    assert keys(found("budget.nearly_spent", booked, date(2026, 12, 1))) == []
    (finding,) = found("budget.nearly_spent", sheet.replace("800", "1,760"), date(2026, 12, 1))
    assert message(finding).split("\n")[2] == "להחליט מה מצמצמים או מאיפה משלימים 760 ₪."


def test_budget_overplanned() -> None:
    within = plan("א|חגים|6,000|1.3|בוצע", "ב|חגים|4,000|1.12|מתוכנן", "ג|חגים|9,000|1.12|בוטל")
    beyond = [within, events("מסיבה|5.12||חגים|100|מתוכנן", "טקס|5.12|ב||4,050|מתוכנן")]
    assert keys(found("budget.overplanned", line("0", extra=within))) == []
    (finding,) = found("budget.overplanned", line("0", extra="\n\n".join(beyond)))
    assert message(finding).split("\n")[:2] == [
        'בסעיף "חגים" מתוכננים 150 ₪ יותר מהתקציב',
        "3 פעילויות מתוכננות בעלות 10,150 ₪, והתקציב 10,000 ₪.",
    ]


def total(first: str, second: str = "0", planned: str = "500") -> list[str]:
    return keys(
        found(
            "budget.total_overrun",
            f"""
            budget
            line | category | planned | actual
            חגים | תרבות | {planned} | {first}
            סיורים | תרבות | {planned} | {second}
            נוער | | {planned} | 0
            """,
        )
    )


def test_budget_total_overrun__amount() -> None:
    assert total("1,250") == []
    assert total("1,250.01") == ["urgent: תרבות"]
    assert found("budget.total_overrun", "budget\nline|category|planned|actual\nא|ב|0|251", amount=251) == []


def test_budget_total_overrun__share() -> None:
    """2 % of a category of 40,000 is 800."""
    assert total("40,800", planned="20,000") == []
    assert total("40,800.01", planned="20,000") == ["urgent: תרבות"]
    assert found("budget.total_overrun", "budget\nline|category|planned|actual\nא|ב|10,000|10,300", share=3) == []


def test_the_whole_is_told_beside_its_category() -> None:
    assert total("1,000", "1,000") == ["urgent: כל התקציב", "urgent: תרבות"]


def test_total_overrun_speaks_of_no_row() -> None:
    (whole,) = found("budget.total_overrun", "budget\nline|planned|actual\nחגים|1,000|1,900\nנוער|500|100")
    assert (whole.row, whole.roles) == (None, (Role.SECRETARY, Role.BOARD))
    assert message(whole) == (
        "חריגה של 500 ₪ מכל התקציב\n"
        "תקציב 1,500 ₪, שולם 2,000 ₪, התחייבויות 0 ₪. יחד 134%. סעיף אחד חורג: חגים.\n"
        "לסכם מאיפה משלימים 500 ₪."
    )
