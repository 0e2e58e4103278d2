"""welfare.no_handler, welfare.silent, response.stale and youth.inactive."""

from datetime import date

import pytest

from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def case(
    received: str = "-30d", urgency: str = "רגיל", handler: str = "", contact: str = "", status: str = "פתוחה"
) -> str:
    return (
        "welfare\ncase | received | kind | urgency | handler | last_contact | status\n"
        f"פ-2026-014 | {received} | כלכלי | {urgency} | {handler} | {contact} | {status}"
    )


def test_welfare_no_handler__working_days() -> None:
    """Two working days after Wednesday 18.11 is Sunday 22.11; after Thursday, Monday."""
    assert len(found("welfare.no_handler", case("18.11"))) == 1
    assert len(found("welfare.no_handler", case("19.11"))) == 0
    assert len(found("welfare.no_handler", case("19.11"), working_days=1)) == 1


@pytest.mark.parametrize(
    ("sheet", "today", "noticed"),
    [
        (case("22.11", "דחוף"), date(2026, 11, 22), ["urgent: פ-2026-014"]),
        (case("20.11", "דחוף"), date(2026, 11, 20), []),
        (case("20.11", "דחוף"), date(2026, 11, 22), ["urgent: פ-2026-014"]),
        (case(handler='עו"ס'), TODAY, []),
        (case(status="הועברה לטיפול"), TODAY, []),
        (case(status=""), TODAY, ["care: פ-2026-014"]),
    ],
)
def test_who_has_no_handler(sheet: str, today: date, noticed: list[str]) -> None:
    assert keys(found("welfare.no_handler", sheet, today)) == noticed


def test_welfare_silent__days() -> None:
    assert len(found("welfare.silent", case(contact="-20d"))) == 0
    assert len(found("welfare.silent", case(contact="-21d"))) == 1
    assert len(found("welfare.silent", case(contact="-21d"), days=22)) == 0


def test_welfare_silent__urgent_days() -> None:
    assert len(found("welfare.silent", case(urgency="דחוף", contact="-4d"))) == 0
    assert len(found("welfare.silent", case(urgency="דחוף", contact="-5d"))) == 1
    assert len(found("welfare.silent", case(urgency="דחוף", contact="-5d"), urgent_days=6)) == 0


@pytest.mark.parametrize(("status", "noticed"), [("פתוחה", 1), ("בטיפול", 1), ("הועברה לטיפול", 0), ("נסגרה", 0)])
def test_which_cases_are_silent(status: str, noticed: int) -> None:
    assert len(found("welfare.silent", case(status=status))) == noticed


def test_a_case_is_said_by_its_code_alone() -> None:
    (finding,) = found("welfare.silent", case(handler="דנה מזרחי", contact="5.11", urgency="דחוף"))
    said = message(finding)
    assert said.split("\n")[:2] == [
        "פנייה פ-2026-014: 17 ימים בלי עדכון",
        "עדכון אחרון: יום ה׳, 5.11.2026. הפרטים בקובץ בגישה מוגבלת בלבד.",
    ]
    assert "דנה" not in repr(finding.figures)
    assert "כלכלי" not in repr(finding.figures)


def test_response_stale__days() -> None:
    sheet = "responses\nservice | last_checked\nבנק מזון | {}"
    assert len(found("response.stale", sheet.format("-179d"))) == 0
    assert len(found("response.stale", sheet.format("-180d"))) == 1
    assert len(found("response.stale", sheet.format("-180d"), days=181)) == 0
    assert len(found("response.stale", sheet.format(""))) == 1


def project(last: str = "-10d", following: str = "+10d", status: str = "פעיל") -> str:
    return f"youth\nproject | status | last_meeting | next_date\nמנהיגות צעירה | {status} | {last} | {following}"


def test_youth_inactive__days() -> None:
    assert len(found("youth.inactive", project("-44d"))) == 0
    assert len(found("youth.inactive", project("-45d"))) == 1
    assert len(found("youth.inactive", project("-45d"), days=46)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (project(following=""), 1),
        (project(following="-1d"), 1),
        (project(following="TODAY"), 0),
        (project(last=""), 0),
        (project("-90d", status="הסתיים"), 0),
    ],
)
def test_which_projects_are_inactive(sheet: str, noticed: int) -> None:
    assert len(found("youth.inactive", sheet)) == noticed


def test_youth_rests_in_school_holidays() -> None:
    holidays = Settings(school_holidays=((date(2026, 11, 20), TODAY),))
    assert found("youth.inactive", project("-90d"), TODAY, holidays) == []
    assert len(found("youth.inactive", project("-90d"), date(2026, 11, 23), holidays)) == 1
