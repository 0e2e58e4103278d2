"""expense.unapproved, income.submit_due, income.report_due and income.overdue."""

from datetime import date

import pytest

from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def order(
    day: str = "16.11", amount: str = "2,000", approved: str = "", kind: str = "התחייבות", status: str = ""
) -> str:
    return f"""
        expenses
        date | line | supplier | amount | kind | approved | status
        {day} | חגים | דפוס | {amount} | {kind} | {approved} | {status}
    """


def test_expense_unapproved__working_days() -> None:
    """Three working days after Monday 16.11 is Thursday 19.11; after Tuesday, the Sunday after."""
    assert len(found("expense.unapproved", order("16.11"), date(2026, 11, 18))) == 0
    assert len(found("expense.unapproved", order("16.11"), date(2026, 11, 19))) == 1
    assert len(found("expense.unapproved", order("17.11"), date(2026, 11, 21))) == 0
    assert len(found("expense.unapproved", order("17.11"), date(2026, 11, 22))) == 1
    assert len(found("expense.unapproved", order("16.11"), date(2026, 11, 19), working_days=4)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (order(amount="1,999.99"), 0),
        (order(amount="2,000"), 1),
        (order(amount="-5,000"), 0),
        (order(approved="כן"), 0),
        (order(approved="לא"), 1),
        (order(kind="תשלום"), 1),
        (order(kind=""), 1),
        (order(status="בוטל"), 0),
    ],
)
def test_what_waits_for_approval(sheet: str, noticed: int) -> None:
    assert len(found("expense.unapproved", sheet)) == noticed


def test_the_amount_is_the_settings() -> None:
    assert len(found("expense.unapproved", order(amount="600"), TODAY, Settings(approval_from=500_00))) == 1


def test_unapproved_speaks() -> None:
    (finding,) = found("expense.unapproved", order())
    assert message(finding).split("\n")[:2] == [
        "התחייבות של 2,000 ₪ לדפוס עוד בלי אישור",
        'הסעיף: "חגים". התאריך: 16.11.2026, לפני 6 ימים. אישור נדרש מ־2,000 ₪ ומעלה.',
    ]


def asked(submit_by: str = "", status: str = "בהכנה", report_by: str = "", done: str = "") -> str:
    return f"""
        income
        source | submit_by | requested | status | report_by | report_done | received
        קרן היישוב | {submit_by} | 8,000 | {status} | {report_by} | {done} | 5,000
    """


def test_income_submit_due__days() -> None:
    assert keys(found("income.submit_due", asked("+15d"))) == []
    assert keys(found("income.submit_due", asked("+14d"))) == ["info: קרן היישוב"]
    assert keys(found("income.submit_due", asked("+15d"), days=15)) == ["info: קרן היישוב"]


def test_income_submit_due__again() -> None:
    assert keys(found("income.submit_due", asked("+4d"))) == ["info: קרן היישוב"]
    assert keys(found("income.submit_due", asked("+3d"))) == ["care: קרן היישוב"]
    assert keys(found("income.submit_due", asked("TODAY"))) == ["care: קרן היישוב"]
    assert keys(found("income.submit_due", asked("-1d"))) == []
    assert keys(found("income.submit_due", asked("+4d"), again=4)) == ["care: קרן היישוב"]


@pytest.mark.parametrize("status", ["הוגש", "אושר", "התקבל", "נדחה"])
def test_what_was_submitted_is_silent(status: str) -> None:
    assert keys(found("income.submit_due", asked("+3d", status))) == []


def test_submit_due_speaks() -> None:
    (finding,) = found("income.submit_due", asked("+2d", ""))
    assert message(finding).split("\n")[:2] == [
        'בעוד יומיים מועד ההגשה ל"קרן היישוב"',
        "המועד: יום ג׳, 24.11.2026. הסכום המבוקש: 8,000 ₪. עוד לא נרשם שהבקשה הוגשה.",
    ]


def test_income_report_due__days() -> None:
    assert keys(found("income.report_due", asked(report_by="+31d", status="התקבל"))) == []
    assert keys(found("income.report_due", asked(report_by="+30d", status="התקבל"))) == ["info: קרן היישוב"]
    assert keys(found("income.report_due", asked(report_by="+30d", status="התקבל"), days=29)) == []


def test_income_report_due__again() -> None:
    assert keys(found("income.report_due", asked(report_by="+8d"))) == ["info: קרן היישוב"]
    assert keys(found("income.report_due", asked(report_by="+7d"))) == ["care: קרן היישוב"]
    assert keys(found("income.report_due", asked(report_by="+7d"), again=6)) == ["info: קרן היישוב"]


def test_a_report_that_was_sent_or_is_not_owed_is_silent() -> None:
    assert keys(found("income.report_due", asked(report_by="+7d", done="כן"))) == []
    assert keys(found("income.report_due", asked(report_by="+7d", status="נדחה"))) == []


def promised(received: str = "", due: str = "-1d", status: str = "אושר", amount: str = "8,000") -> str:
    return f"""
        income
        source | promised | received | due | status
        קרן היישוב | {amount} | {received} | {due} | {status}
    """


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (promised(), 1),
        (promised(due="TODAY"), 0),
        (promised(due=""), 0),
        (promised("7,999.99"), 1),
        (promised("8,000"), 0),
        (promised(status="נדחה"), 0),
        (promised(amount="0"), 0),
        (promised(amount=""), 0),
    ],
)
def test_income_overdue(sheet: str, noticed: int) -> None:
    assert len(found("income.overdue", sheet)) == noticed


def test_overdue_speaks() -> None:
    (finding,) = found("income.overdue", promised("5,000"))
    assert message(finding).split("\n")[:2] == [
        'מ"קרן היישוב" עוד לא התקבלו 3,000 ₪',
        "אושרו 8,000 ₪, התקבלו 5,000 ₪. התאריך הצפוי היה 21.11.2026, אתמול.",
    ]
