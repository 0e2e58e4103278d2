"""family.no_companion and family.followup_due."""

from datetime import date

import pytest

from rules.finding import Role
from tests.rules.sheets import TODAY, found, keys, message


def levi(arrival: str = "-3d", companion: str = "", stage: str = "בליווי", until: str = "", extra: str = "") -> str:
    return f"""
        families
        family | arrival | companion | stage | accompanied_until
        משפחת לוי | {arrival} | {companion} | {stage} | {until}

        {extra}
    """.rstrip()


def test_family_no_companion__days() -> None:
    assert keys(found("family.no_companion", levi("-1d"))) == []
    assert keys(found("family.no_companion", levi("-2d"))) == ["care: משפחת לוי · 2026-11-20"]
    assert keys(found("family.no_companion", levi("-2d"), days=3)) == []


def test_family_no_companion__until() -> None:
    assert len(found("family.no_companion", levi("-365d"))) == 1
    assert len(found("family.no_companion", levi("-366d"))) == 0
    assert len(found("family.no_companion", levi("-366d"), until=366)) == 1


@pytest.mark.parametrize(
    ("family", "noticed"),
    [
        (levi(companion="משפחת כהן"), 0),
        (levi(stage="לא הגיעו"), 0),
        (levi(stage="הליווי הסתיים"), 0),
        (levi(until="-1d"), 0),
        (levi(until="TODAY"), 1),
        (levi(stage=""), 1),
        (levi(stage="לפני מעבר"), 1),
        (levi("+5d", stage="לפני מעבר"), 0),
    ],
)
def test_who_has_no_companion(family: str, noticed: int) -> None:
    assert len(found("family.no_companion", family)) == noticed


def test_no_companion_speaks() -> None:
    (finding,) = found("family.no_companion", levi())
    assert finding.roles == (Role.COORDINATOR,)
    assert message(finding) == (
        "למשפחת לוי עוד אין משפחה מלווה\n"
        "הגיעו לפני 3 ימים (19.11.2026).\n"
        'לבחור מלווים ולרשום בעמודה "משפחה מלווה" עד יום ה׳, 26.11.2026.'
    )


def test_no_companion_says_what_is_left_for_absorption_and_no_day_that_has_passed() -> None:
    budget = "budget\nline | planned | actual\nקליטה | 1,000 | 360"
    (finding,) = found("family.no_companion", levi("-11d", extra=budget))
    assert message(finding).split("\n")[1:] == [
        'הגיעו לפני 11 ימים (11.11.2026). בסעיף "קליטה" נשארו 640 ₪ לערכה.',
        'לבחור מלווים ולרשום בעמודה "משפחה מלווה".',
    ]


def talks(*days: str, arrival: str = "1.11", companion: str = "") -> str:
    contacts = "\n".join(f"משפחת לוי | {day}" for day in days)
    return levi(arrival, companion, extra=f"followups\nfamily | date\n{contacts}")


def after(days: int, arrival: date = date(2026, 11, 1)) -> date:
    return date.fromordinal(arrival.toordinal() + days)


def due(today: date, *days: str, **params: int) -> list[str]:
    found_keys = keys(found("family.followup_due", talks(*days), today, None, **params))
    return [key.rpartition(" · ")[2] for key in found_keys]


def test_family_followup_due__week() -> None:
    assert due(after(10)) == []
    assert due(after(11)) == ["שבוע"]
    assert due(after(11), week=8) == []


def test_family_followup_due__first_grace() -> None:
    assert due(after(10), first_grace=2) == ["שבוע"]
    assert due(after(11), first_grace=4) == []


@pytest.mark.parametrize(
    ("step", "days", "deadline"),
    [
        ("month", 30, date(2026, 12, 10)),
        ("quarter", 90, date(2027, 2, 8)),
        ("half_year", 180, date(2027, 5, 10)),
    ],
)
def test_later_steps_have_working_days_of_grace(step: str, days: int, deadline: date) -> None:
    """30 days after 1.11 is Tuesday 1.12, and the 7th working day after it Thursday 10.12."""
    names = {"month": "חודש", "quarter": "שלושה חודשים", "half_year": "חצי שנה"}
    assert names[step] not in due(deadline)
    assert due(date.fromordinal(deadline.toordinal() + 1)) == [names[step]]


def test_family_followup_due__month() -> None:
    assert due(date(2026, 12, 11)) == ["חודש"]
    assert due(date(2026, 12, 11), month=31) == ["שבוע"]


def test_family_followup_due__quarter() -> None:
    assert due(date(2027, 2, 9)) == ["שלושה חודשים"]
    assert due(date(2027, 2, 9), quarter=91) == ["חודש"]


def test_family_followup_due__half_year() -> None:
    assert due(date(2027, 5, 11)) == ["חצי שנה"]
    assert due(date(2027, 5, 11), half_year=182) == ["שלושה חודשים"]
    later = talks(arrival="3.11")  # whose 180th and 181st days are a Sunday and a Monday: no Shabbat hides the day
    assert "חצי שנה" not in str(keys(found("family.followup_due", later, date(2027, 5, 11))))
    assert "חצי שנה" in str(keys(found("family.followup_due", later, date(2027, 5, 12))))
    assert "חצי שנה" not in str(keys(found("family.followup_due", later, date(2027, 5, 12), half_year=181)))


def test_family_followup_due__later_grace() -> None:
    assert due(date(2026, 12, 11), later_grace=8) == ["שבוע"]
    assert due(date(2026, 12, 10), later_grace=6) == ["חודש"]


def test_family_followup_due__until() -> None:
    assert due(after(365)) == ["חצי שנה"]
    assert due(after(366)) == []
    assert due(after(366), until=366) == ["חצי שנה"]


@pytest.mark.parametrize(
    ("contact", "today", "noticed"),
    [
        pytest.param("1.11", after(11), [], id="on the day of arrival"),
        pytest.param("11.11", after(11), [], id="on the last day of grace"),
        pytest.param("12.11", after(12), ["שבוע"], id="a day too late"),
        pytest.param("8.11", date(2026, 12, 11), ["חודש"], id="the week's talk does not serve the month"),
        pytest.param("9.11", date(2026, 12, 11), [], id="the first day of the month's window"),
        pytest.param("10.12", date(2026, 12, 11), [], id="the last day of the month's window"),
        pytest.param("13.11", after(11), ["שבוע"], id="a talk that is only planned"),
    ],
)
def test_what_keeps_a_step(contact: str, today: date, noticed: list[str]) -> None:
    assert due(today, contact) == noticed


def test_the_companion_is_asked_too() -> None:
    (alone,) = found("family.followup_due", talks(), TODAY)
    (with_companion,) = found("family.followup_due", talks(companion="משפחת כהן"), TODAY)
    assert (alone.roles, alone.named) == ((Role.COORDINATOR,), {})
    assert with_companion.roles == (Role.COORDINATOR, Role.COMPANION)
    assert with_companion.named == {Role.COMPANION: "משפחת כהן"}


def test_followup_due_speaks() -> None:
    (finding,) = found("family.followup_due", talks(arrival="11.10"), date(2026, 11, 22))
    assert message(finding) == (
        'הגיע הזמן לשיחת "חודש" עם משפחת לוי\n'
        "הגיעו ב־11.10.2026, והשיחה הייתה מתוכננת ל־10.11.2026, לפני 12 ימים.\n"
        "לשיחה קצרה השבוע, ולרשום תאריך במעקב הקליטה."
    )
