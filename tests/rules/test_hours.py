"""hours.quota and the reckoning behind it. October 2026 has 21 working days, November 21."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import is_working_day
from rules.catalogue.sustainability.timesheet import month_of, quota
from rules.rule import Settings
from tests.rules.sheets import found, keys, message

A_DAY = timedelta(days=1)
FULL = Settings(full_month_hours=200)
FIRST = date(2026, 11, 1)


def sheet(*rows: str) -> str:
    return "\n".join(("hours", "date | start | end | kind", *rows))


def month(hours: int, first: date = date(2026, 10, 1)) -> list[str]:
    """Rows of ten hours, and a shorter one, on a month's working days until there are so many hours."""
    days = [day for at in range(31) if is_working_day(day := first + at * A_DAY) and day.month == first.month]
    rows: list[str] = []
    for day in days:
        length = min(10, hours - 10 * len(rows))
        if length > 0:
            rows.append(f"{day.isoformat()} | 08:00 | {8 + length}:00 | עבודה")
    return rows


def test_hours_quota__share() -> None:
    """Of 200 hours, 170 and 230 are within 15 %."""
    assert keys(found("hours.quota", sheet(*month(170)), FIRST, FULL)) == []
    assert keys(found("hours.quota", sheet(*month(169)), FIRST, FULL)) == ["care: 10.2026"]
    assert keys(found("hours.quota", sheet(*month(169)), FIRST, FULL, share=16)) == []
    night = "2026-10-07 | 20:00 | 16:00 | עבודה"
    assert keys(found("hours.quota", sheet(*month(210), night), FIRST, FULL)) == []
    more = "2026-10-08 | 20:00 | 21:00 | עבודה"
    assert keys(found("hours.quota", sheet(*month(210), night, more), FIRST, FULL)) == ["care: 10.2026"]


@pytest.mark.parametrize(
    ("today", "noticed"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["care: 10.2026"]),
        (date(2026, 11, 30), ["care: 10.2026"]),
        (date(2026, 12, 1), ["care: 11.2026"]),
        (date(2026, 10, 1), []),
        (date(2026, 9, 30), []),
    ],
)
def test_the_month_past_is_told_from_the_first_on(today: date, noticed: list[str]) -> None:
    """Before the first row nothing is known; a month without any hour after it is told."""
    assert keys(found("hours.quota", sheet(*month(100)), today, FULL)) == noticed


def test_december_is_told_in_january() -> None:
    rows = sheet(*month(100, date(2026, 12, 1)))
    (finding,) = found("hours.quota", rows, date(2027, 1, 1), FULL)
    assert finding.key == "12.2026"


def test_absence_lowers_the_quota() -> None:
    """Of a week of absence, five of the month's 21 working days: half of 182 hours becomes 69.3."""
    kinds = enumerate(["חופשה", "חופשה", "מחלה", "חג", "חופשה", "חופשה", "חופשה"], start=4)
    away = [f"{day}.10 | 08:00 | 16:00 | {kind}" for day, kind in kinds]
    (finding,) = found("hours.quota", sheet(*month(10), *away), FIRST, Settings(position_percent=50))
    assert (finding.variant, finding.figures["absent"]) == ("under", 5)
    assert finding.figures["quota"] == pytest.approx(69.3)


def test_days_before_the_role_began_are_not_asked() -> None:
    began = Settings(full_month_hours=210, role_start=date(2026, 10, 18))
    assert keys(found("hours.quota", sheet(*month(100)), FIRST, began)) == []
    later = Settings(full_month_hours=210, role_start=date(2026, 11, 1))
    assert keys(found("hours.quota", sheet(*month(100)), FIRST, later)) == []


@pytest.mark.parametrize(
    ("row", "hours"),
    [
        ("4.10 | 08:00 | 16:30 | עבודה", 8.5),
        ("4.10 | 08:00 | 16:00 |", 8),
        ("4.10 | 22:00 | 01:00 | עבודה", 3),
        ("4.10 | 08:00–12:00 | | עבודה", 4),
        ("4.10 | 08:00 | | עבודה", 0),
        ("4.10 | | 12:00 | עבודה", 0),
        ("4.10 | 08:00 | 16:00 | חופשה", 0),
        (" | 08:00 | 16:00 | עבודה", 0),
    ],
)
def test_what_a_row_is_worth(row: str, hours: float) -> None:
    (finding,) = found("hours.quota", sheet("1.9 | 08:00 | 09:00 | עבודה", row), FIRST, FULL)
    assert finding.figures["n"] == hours


def test_hours_quota__early() -> None:
    """Of 200 hours, 120 by the 15th are 60 %; what comes after the 15th is not early."""
    half = sheet(*month(120, date(2026, 11, 1)))
    middle = date(2026, 11, 22)
    assert keys(found("hours.quota", half, middle, FULL)) == []
    ten_days = month(100, date(2026, 11, 1))
    early = [*ten_days, "2026-11-13 | 08:00 | 19:00 | עבודה", "2026-11-12 | 20:00 | 06:00 | עבודה"]
    assert keys(found("hours.quota", sheet(*early), middle, FULL)) == ["care: 11.2026 · מחצית"]
    assert keys(found("hours.quota", sheet(*early), middle, FULL, early=61)) == []
    assert keys(found("hours.quota", sheet(*early), date(2026, 11, 12), FULL)) == []


def weekends(*rows: str) -> str:
    return sheet(*(f"{day} | {hours} | עבודה" for day, hours in (row.split(" ", 1) for row in rows)))


def test_hours_quota__weekends() -> None:
    four = ("6.11 14:00 | 16:00", "14.11 20:00 | 22:00", "20.11 12:30 | 13:30", "27.11 18:00 | 19:00")
    at_end = date(2026, 11, 30)
    assert keys(found("hours.quota", weekends(*four[:3]), at_end, FULL)) == []
    assert keys(found("hours.quota", weekends(*four), at_end, FULL)) == ["info: 11.2026 · סופי שבוע"]
    assert keys(found("hours.quota", weekends(*four), at_end, FULL, weekends=4)) == []
    assert "info: 11.2026 · סופי שבוע" in keys(found("hours.quota", weekends(*four), date(2026, 12, 31), FULL))


@pytest.mark.parametrize("fourth", ["28.11 10:00 | 12:00", "27.11 10:00 | 13:00", "26.11 20:00 | 23:00"])
def test_what_is_a_weekend(fourth: str) -> None:
    """Saturday is, with its Friday one; Friday up to 13:00 is not."""
    three = ("6.11 14:00 | 16:00", "7.11 20:00 | 22:00", "14.11 12:30 | 13:30", "20.11 18:00 | 19:00")
    noticed = ["info: 11.2026 · סופי שבוע"] if fourth.startswith("28") else []
    assert keys(found("hours.quota", weekends(*three, fourth), date(2026, 11, 30), FULL)) == noticed


def test_hours_speak() -> None:
    (under,) = found("hours.quota", sheet(*month(100), "18.10 | 08:00 | 16:00 | מחלה"), FIRST, Settings())
    assert message(under).split("\n")[:2] == [
        "בחודש 10.2026 נרשמו 100 שעות, פחות מהמכסה",
        "המכסה: 173.3 שעות, לפי משרה של 100%. ימי היעדרות: 1.",
    ]
    (none,) = found("hours.quota", sheet("1.9 | 08:00 | 09:00 | עבודה"), FIRST, Settings())
    assert message(none).split("\n")[:2] == [
        "בחודש 10.2026 עוד לא נרשמו שעות",
        "המכסה: 182 שעות, לפי משרה של 100%.",
    ]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 100), st.integers(0, 31))
def test_a_quota_falls_with_percent_and_absence(day: date, percent: int, absent: int) -> None:
    asked = month_of(day)
    working = sum(map(is_working_day, asked.days()))
    away = min(absent, working)
    settings = Settings(position_percent=percent)
    assert asked.first <= day <= asked.last
    assert asked.last + A_DAY == month_of(asked.last + A_DAY).first
    assert quota(asked, working, settings) == 0
    assert quota(asked, 0, settings) == Fraction(182 * percent, 100)
    assert quota(asked, away, settings) <= quota(asked, 0, settings)
