"""event.sacred_time, event.clash and event.holiday_missing; when holidays are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.holidays import BY_CIVIL_YEAR, FIRST_DAYS, next_holiday
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def event(day: str, time: str = "", kind: str = "תרבות", amplified: str = "", status: str = "") -> str:
    fields = "name | date | time | kind | amplified | status"
    return f"events\n{fields}\nערב שירה | {day} | {time} | {kind} | {amplified} | {status}"


def noticed(sheet: str, character: str, today: date = date(2026, 1, 1)) -> list[str]:
    return [finding.variant for finding in found("event.sacred_time", sheet, today, Settings(character=character))]


@pytest.mark.parametrize(
    ("day", "time", "variants"),
    [
        pytest.param("28.11", "11:00", ["rest"], id="Shabbat morning"),
        pytest.param("28.11", "", ["rest"], id="Shabbat, no time"),
        pytest.param("28.11", "20:30", [], id="Saturday night"),
        pytest.param("27.11", "10:00", [], id="Friday morning"),
        pytest.param("27.11", "15:00-17:00", ["rest"], id="Friday into Shabbat"),
        pytest.param("27.11", "13:00-15:30", [], id="Friday, over before candles"),
        pytest.param("26.6", "16:00-18:00", [], id="a Friday in summer"),
        pytest.param("2.4", "17:00", ["rest"], id="Pesach"),
        pytest.param("5.4", "17:00", [], id="chol ha-moed"),
        pytest.param("6.12", "17:00", [], id="Hanukkah"),
    ],
)
def test_rest_is_kept_in_a_religious_community(day: str, time: str, variants: list[str]) -> None:
    assert noticed(event(day, time), "דתי") == variants
    assert noticed(event(day, time), "מעורב") == []
    assert noticed(event(day, time, amplified="כן"), "מעורב") == variants
    assert noticed(event(day, time, amplified="כן"), "חילוני") == []


@pytest.mark.parametrize(
    ("day", "time", "kind", "variants"),
    [
        pytest.param("21.4", "10:00", "קהילה", ["memorial"], id="Memorial Day"),
        pytest.param("21.4", "21:00", "חג", [], id="Independence Day's evening"),
        pytest.param("20.4", "20:00", "תרבות", ["memorial"], id="the eve"),
        pytest.param("20.4", "16:00-18:00", "תרבות", [], id="the eve, before evening"),
        pytest.param("20.4", "", "תרבות", ["memorial"], id="the eve, no time"),
        pytest.param("21.4", "10:00", "טקס", [], id="a ceremony"),
        pytest.param("14.4", "10:00", "תרבות", ["memorial"], id="Holocaust Day"),
    ],
)
def test_memorial_days_are_kept_by_all(day: str, time: str, kind: str, variants: list[str]) -> None:
    for character in ("דתי", "מעורב", "חילוני"):
        assert noticed(event(day, time, kind), character) == variants


def test_past_and_cancelled_events_are_left_alone() -> None:
    assert noticed(event("21.4", "10:00"), "דתי", date(2026, 4, 22)) == []
    assert noticed(event("21.4", "10:00", status="בוטל"), "דתי") == []


def test_sacred_time_speaks() -> None:
    (finding,) = found("event.sacred_time", event("2.4", "17:00"), date(2026, 1, 1), Settings(character="דתי"))
    assert message(finding).split("\n")[:2] == ["ערב שירה: האירוע בזמן פסח", "התאריך: יום ה׳, 2.4.2026."]


def two(first: str, second: str) -> str:
    """Two events of one day: `time | place | population`."""
    return f"events\nname | date | time | place | population\nא | +5d | {first}\nב | +5d | {second}"


@pytest.mark.parametrize(
    ("first", "second", "variants"),
    [
        ("17:00-19:00 | אולם | ילדים", "18:59-20:00 | אולם | ותיקים", ["place"]),
        ("17:00-19:00 | אולם | ילדים", "19:00-20:00 | אולם | ותיקים", []),
        ("17:00 | אולם | ילדים", "18:59 | אולם | ותיקים", ["place"]),
        ("17:00 | אולם | ילדים", "19:00 | אולם | ותיקים", []),
        ("17:00-19:00 | אולם | ילדים", "17:00-19:00 | מועדון | ותיקים", []),
        ("17:00-19:00 | אולם | ילדים", "20:00-22:00 | מועדון | ילדים", ["population"]),
        ("16:00-18:00 | אולם | ילדים", "20:00-22:00 | מועדון | ילדים", []),
        ("16:00-18:01 | אולם | ילדים", "20:00-22:00 | מועדון | ילדים", ["population"]),
        ("| אולם | ילדים", "17:00 | אולם | ילדים", []),
        ("17:00-19:00 | | ילדים", "17:00-17:59 | | ותיקים", []),
    ],
)
def test_event_clash(first: str, second: str, variants: list[str]) -> None:
    findings = found("event.clash", two(first, second))
    assert [finding.variant for finding in findings] == variants
    assert [finding.row for finding in findings] == [2] * len(variants)


@pytest.mark.parametrize(
    ("name", "today", "day"),
    [
        ("חנוכה", TODAY, date(2026, 12, 5)),
        ("חנוכה", date(2026, 12, 6), date(2027, 12, 25)),
        ("פורים", date(2024, 1, 1), date(2024, 3, 24)),
        ("פורים", date(2026, 1, 1), date(2026, 3, 3)),
        ("ראש השנה", TODAY, date(2027, 10, 2)),
        ("יום העצמאות", TODAY, date(2027, 5, 12)),
        ('ט"ו בשבט', TODAY, date(2027, 1, 23)),
        ("יום הדוד", TODAY, None),
    ],
)
def test_when_holidays_are(name: str, today: date, day: date | None) -> None:
    assert next_holiday(name, today) == day


@given(st.sampled_from([*FIRST_DAYS, *BY_CIVIL_YEAR]), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_holiday_is_next_within_thirteen_months(name: str, today: date) -> None:
    day = next_holiday(name, today)
    assert day is not None
    assert 0 <= (day - today).days <= 396


def missing(holiday: str, today: date, *rows: str, **params: int) -> list[str]:
    sheet = "\n".join(["events", "name | date | holiday | status", *rows])
    found_keys = keys(found("event.holiday_missing", sheet, today, Settings(holidays=(holiday,)), **params))
    return [key.removeprefix("care: ") for key in found_keys]


def test_event_holiday_missing__days() -> None:
    """Tu BiShvat is on 23.1.2027."""
    assert missing('ט"ו בשבט', date(2026, 12, 8)) == []
    assert missing('ט"ו בשבט', date(2026, 12, 9)) == ['ט"ו בשבט · 2027-01-23']
    assert missing('ט"ו בשבט', date(2026, 12, 9), days=44) == []


def test_event_holiday_missing__early_days() -> None:
    """Hanukkah begins on 5.12.2026."""
    assert missing("חנוכה", date(2026, 9, 20)) == []
    assert missing("חנוכה", date(2026, 9, 21)) == ["חנוכה · 2026-12-05"]
    assert missing("חנוכה", date(2026, 9, 21), early_days=74) == []


@pytest.mark.parametrize(
    ("row", "is_missing"),
    [
        ("מסיבה | 6.12 | חנוכה |", False),
        ("מסיבת חנוכה | 6.12 | |", False),
        ("מסיבת חנוכה | 6.12 | | בוטל", True),
        ("מסיבת חנוכה | 16.12.2025 | |", True),
        ("סיור | 6.12 | |", True),
    ],
)
def test_an_event_belongs_by_its_holiday_or_its_name(row: str, is_missing: bool) -> None:
    assert bool(missing("חנוכה", TODAY, row)) is is_missing


def test_a_holiday_may_be_dated_in_the_settings() -> None:
    assert missing("חג המים = 2026-12-01", TODAY) == ["חג המים · 2026-12-01"]
    assert missing("חג המים = מחר", TODAY) == []
