"""What a person types, by locale, and how numbers are shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.embedded.dates import date_of, serial_of
from sheets_sync.embedded.entered import read
from sheets_sync.embedded.formats import general, show_number
from sheets_sync.embedded.model import Entered, Formula

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "locale", "value", "kind"),
    [
        ("12", "he_IL", 12, None),
        ("-1,234.50", "he_IL", -1234.5, "NUMBER"),
        ("0501234567", "he_IL", 501234567, None),
        ("'0501234567", "he_IL", "0501234567", None),
        ("1,240 ₪", "he_IL", 1240, "CURRENCY"),
        ("₪1,240.50", "he_IL", 1240.5, "CURRENCY"),
        ("-$5", "en_US", -5, "CURRENCY"),
        ("12%", "he_IL", 0.12, "PERCENT"),
        ("1.5e3", "en_US", 1500, "SCIENTIFIC"),
        ("22/11/2026", "he_IL", 46348, "DATE"),
        ("11/22/2026", "en_US", 46348, "DATE"),
        ("22/11/2026", "en_US", "22/11/2026", None),
        ("2026-11-22", "he_IL", 46348, "DATE"),
        ("22.11.26", "he_IL", 46348, "DATE"),
        ("22/11", "he_IL", 46348, "DATE"),
        ("22 בנובמבר 2026", "he_IL", 46348, "DATE"),
        ("Nov 22, 2026", "en_US", 46348, "DATE"),
        ("31/02/2026", "he_IL", "31/02/2026", None),
        ("18:30", "he_IL", 0.7708333333333334, "TIME"),
        ("6:30 PM", "en_US", 0.7708333333333334, "TIME"),
        ("22/11/2026 12:00", "he_IL", 46348.5, "DATE_TIME"),
        ("TRUE", "he_IL", True, None),
        ("false", "en_US", False, None),
        ("=A1+1", "he_IL", Formula("=A1+1"), None),
        ("=", "he_IL", "=", None),
        ("", "he_IL", None, None),
        ("נוער 12", "he_IL", "נוער 12", None),
        ("12-34", "he_IL", "12-34", None),
        ("1,23", "he_IL", "1,23", None),
    ],
)
def test_typed(text: str, locale: str, value: Entered, kind: str | None) -> None:
    reading = read(text, locale, TODAY)
    assert reading.value == value
    assert type(reading.value) is type(value)
    assert (reading.number_format or {}).get("type") == kind


@pytest.mark.parametrize(
    ("value", "pattern", "locale", "shown"),
    [
        (1234.5, "#,##0.00", "en_US", "1,234.50"),
        (-1234.5, "#,##0", "en_US", "-1,235"),
        (1240, '#,##0" ₪"', "he_IL", "1,240 ₪"),
        (1240, "[$₪-40D]#,##0", "he_IL", "₪1,240"),
        (0.125, "0.0%", "en_US", "12.5%"),
        (5, "000", "en_US", "005"),
        (0.5, "#.##", "en_US", ".5"),
        (-3, "0;(0)", "en_US", "(3)"),
        (0, '0;-0;"אפס"', "he_IL", "אפס"),
        (1500, "0.00E+00", "en_US", "1.50E+03"),
        (7, "@", "en_US", "7"),
        (46348, "dd/mm/yyyy", "he_IL", "22/11/2026"),
        (46348, "dddd, d mmmm yyyy", "he_IL", "יום ראשון, 22 נובמבר 2026"),
        (46348, "dddd, mmmm d", "en_US", "Sunday, November 22"),
        (46348, "ddd d.m.yy", "he_IL", "יום א׳ 22.11.26"),
        (46348.75, "dd/mm/yyyy hh:mm", "he_IL", "22/11/2026 18:00"),
        (0.75, "h:mm am/pm", "en_US", "6:00 PM"),
        (1.5, "[h]:mm", "en_US", "36:00"),
        (1.005, "0.00", "en_US", "1.01"),
    ],
)
def test_shown(value: float, pattern: str, locale: str, shown: str) -> None:
    assert show_number(value, pattern, locale) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1 / 3, "0.3333333333"), (5.0, "5"), (-2.50, "-2.5"), (1e20, "1.00000E+20"), (0.1 + 0.2, "0.3")],
)
def test_general(value: float, shown: str) -> None:
    assert general(value) == shown


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_serials_go_there_and_back(day: date) -> None:
    assert date_of(serial_of(day)).date() == day


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_a_date_that_was_shown_can_be_typed(day: date) -> None:
    for pattern, locale in (("dd/mm/yyyy", "he_IL"), ("M/d/yyyy", "en_US"), ("yyyy-mm-dd", "he_IL")):
        assert read(show_number(serial_of(day), pattern, locale), locale, TODAY).value == serial_of(day)


@given(st.text(max_size=30))
def test_an_apostrophe_keeps_any_text(text: str) -> None:
    assert read("'" + text, "he_IL", TODAY).value == text
