"""Cells as people and Google write them, and what is read of them."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.finding import ProblemKind as P
from rules.table import Cell, Column, Kind
from rules.values import read_cell, read_column, write_cell

STATUS = ("התקבל", "רשום/ה", "שיעור ניסיון", "רשימת המתנה", "בוטל")
CHANNELS = ("ווטסאפ", "קבוצת תפוצה/מייל", "עלון/ידיעון")
DAYS = ("א׳", "ב׳", "ג׳", "ד׳", "ה׳", "ו׳", "ש׳")


def column(kind: Kind, choices: tuple[str, ...] = ()) -> Column:
    return Column("x", kind, "איקס", choices=choices)


def expect(
    kind: Kind, cell: Cell, value: Any, trouble: P | None, proposal: Cell, choices: tuple[str, ...] = ()
) -> None:
    read, found = read_cell(column(kind, choices), cell)
    assert (read, type(read)) == (value, type(value))
    assert (found and found.kind, found and found.proposal) == (trouble, proposal)


MONEY: list[tuple[Cell, int | None, P | None, Cell]] = [
    (1240, 124000, None, None),
    (1240.5, 124050, None, None),
    (-80, -8000, None, None),
    (1.005, 101, None, None),
    (0.1 + 0.2, 30, None, None),
    (1250 / 3, 41667, None, None),
    ("1,240 ₪", 124000, P.TEXT_NUMBER, 1240),
    ("₪1,240.50", 124050, P.TEXT_NUMBER, 1240.5),
    ('1240 ש"ח', 124000, P.TEXT_NUMBER, 1240),
    ("1240 ש״ח", 124000, P.TEXT_NUMBER, 1240),
    ("1,240\u00a0₪", 124000, P.TEXT_NUMBER, 1240),
    ("1 240", 124000, P.TEXT_NUMBER, 1240),
    ("12,5", 1250, P.TEXT_NUMBER, 12.5),
    ("1.240,50", 124050, P.TEXT_NUMBER, 1240.5),
    ("(1,200)", -120000, P.TEXT_NUMBER, -1200),
    ("500-", -50000, P.TEXT_NUMBER, -500),
    ("-500", -50000, P.TEXT_NUMBER, -500),
    ("−500", -50000, P.TEXT_NUMBER, -500),
    ("+5", 500, P.TEXT_NUMBER, 5),
    ("٣", None, P.TYPE, None),
    ("1.240", None, P.TYPE, 1240),
    ("כ-300", None, P.TYPE, 300),
    ("100-200", None, P.TYPE, None),
    ("אין עדיין", None, P.TYPE, None),
    ("1,2,3", None, P.TYPE, 123),
    (True, None, P.TYPE, None),
    (False, None, None, None),
    (10**20, None, P.RANGE, None),
    ("99999999999999999", None, P.RANGE, None),
    ("#REF!", None, P.FORMULA_ERROR, None),
    ("#DIV/0!", None, P.FORMULA_ERROR, None),
    ("Loading...", None, P.FORMULA_ERROR, None),
    ("", None, None, None),
    (" ", None, None, None),
    ("-", None, None, None),
    (None, None, None, None),
]


@pytest.mark.parametrize(("cell", "value", "trouble", "proposal"), MONEY)
def test_money(cell: Cell, value: int | None, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.MONEY, cell, value, trouble, proposal)


def test_thousands_of_shekels_are_scaled() -> None:
    assert read_cell(column(Kind.MONEY), 1240.5, 1000)[0] == 1_240_500_00
    value, trouble = read_cell(column(Kind.MONEY), "1,240.5", 1000)
    assert (value, trouble and trouble.proposal) == (1_240_500_00, 1240.5)
    assert write_cell(column(Kind.MONEY), 1_240_500_00, 1000) == 1240.5


DATES: list[tuple[Cell, date | None, P | None, Cell]] = [
    (46322, date(2026, 10, 27), None, None),
    (46322.75, date(2026, 10, 27), None, None),
    ("27.10.2026", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("2026-10-27", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("27/10/2026", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("10/27/2026", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("27.10.26", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("יום ג׳, 27.10.2026", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("27.10.2026 17:30", date(2026, 10, 27), P.TEXT_DATE, 46322),
    ("3.4.2026", date(2026, 4, 3), P.TEXT_DATE, 46115),
    ("4/4/2026", date(2026, 4, 4), P.TEXT_DATE, 46116),
    ("27-ינו-14", date(2014, 1, 27), P.TEXT_DATE, 41666),
    ("27 בינואר 2026", date(2026, 1, 27), P.TEXT_DATE, 46049),
    ("27 ינו׳ 2026", date(2026, 1, 27), P.TEXT_DATE, 46049),
    ("27-Jan-2026", date(2026, 1, 27), P.TEXT_DATE, 46049),
    ("12.5.61", date(1961, 5, 12), P.TEXT_DATE, 22413),
    ("3/4/2026", None, P.AMBIGUOUS_DATE, None),
    ("03-04-26", None, P.AMBIGUOUS_DATE, None),
    ("31.2.2026", None, P.TYPE, None),
    ("27.10", None, P.TYPE, None),
    ("13/13/2026", None, P.TYPE, None),
    ("אחרי החגים", None, P.TYPE, None),
    ("27 בתשרי 2026", None, P.TYPE, None),
    ("1.1.1066", None, P.RANGE, None),
    (-1, None, P.RANGE, None),
    (0, None, P.RANGE, None),
    (2026, None, P.RANGE, None),
    (2_958_466, None, P.RANGE, None),
    (20261027, None, P.RANGE, 46322),
    (27102026, None, P.RANGE, 46322),
    (True, None, P.TYPE, None),
    ("#N/A", None, P.FORMULA_ERROR, None),
]


@pytest.mark.parametrize(("cell", "value", "trouble", "proposal"), DATES)
def test_dates(cell: Cell, value: date | None, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.DATE, cell, value, trouble, proposal)


def test_an_ambiguous_date_names_both_readings() -> None:
    _, trouble = read_cell(column(Kind.DATE), "3/4/2026")
    assert trouble is not None
    assert trouble.hint == "3.4.2026 · 4.3.2026"


def test_moments_are_read_to_the_second() -> None:
    expect(Kind.DATETIME, 46322.75, datetime(2026, 10, 27, 18), None, None)
    expect(Kind.DATETIME, 46322, datetime(2026, 10, 27), None, None)
    stamp = datetime(2026, 10, 27, 17, 5, 1)
    expect(Kind.DATETIME, "27/10/2026, 17:05:01", stamp, P.TEXT_DATE, write_cell(column(Kind.DATETIME), stamp))
    expect(Kind.DATETIME, "2026-10-27T17:05:01.000Z", stamp, P.TEXT_DATE, write_cell(column(Kind.DATETIME), stamp))


TIMES: list[tuple[Cell, str | None, P | None, Cell]] = [
    (0.75, "18:00", None, None),
    (46322.75, "18:00", None, None),
    (17, "17:00", None, None),
    (1730, "17:30", None, None),
    ("17:00", "17:00", None, None),
    ("9:30", "09:30", None, None),
    ("17:00-19:00", "17:00–19:00", None, None),
    ("17:00 עד 19:00", "17:00–19:00", None, None),
    ("בין 17:00 ל-19:00", "17:00–19:00", None, None),
    ("16.30–18", "16:30–18:00", None, None),
    ("5:30 PM", "17:30", None, None),
    ("22:00-24:00", "22:00–00:00", None, None),
    (4, None, P.TYPE, "16:00"),
    (1799, None, P.TYPE, None),
    ("25:00", None, P.TYPE, None),
    ("אחרי הצהריים", None, P.TYPE, None),
    (-0.5, None, P.RANGE, None),
]


@pytest.mark.parametrize(("cell", "value", "trouble", "proposal"), TIMES)
def test_times(cell: Cell, value: str | None, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.TIME, cell, value, trouble, proposal)


PHONES: list[tuple[Cell, str | None, P | None, Cell]] = [
    ("050-1234567", "050-1234567", None, None),
    ("0501234567", "050-1234567", None, None),
    ("050-123-4567", "050-1234567", None, None),
    ("050 123 4567", "050-1234567", None, None),
    ("+972-50-1234567", "050-1234567", None, None),
    ("+972 (0)50 1234567", "050-1234567", None, None),
    (972501234567, "050-1234567", None, None),
    ("02-6543210", "02-6543210", None, None),
    ("077-1234567", "077-1234567", None, None),
    ("*1234", "*1234", None, None),
    (106, "106", None, None),
    ("1-700-501-234", "1-700-501-234", None, None),
    ("+1 212 555 0123", "+1 212-555-0123", None, None),
    (501234567, "050-1234567", P.LOST_ZERO, "050-1234567"),
    (501234567.0, "050-1234567", P.LOST_ZERO, "050-1234567"),
    ("501234567", "050-1234567", P.LOST_ZERO, "050-1234567"),
    (26543210, "02-6543210", P.LOST_ZERO, "02-6543210"),
    ("\u202a050-1234567\u202c", "050-1234567", P.HIDDEN_CHARACTERS, "050-1234567"),
    ("050-1234567 (אמא)", None, P.TYPE, "050-1234567"),
    ("050-12345", None, P.TYPE, None),
    ("050-12345678", None, P.TYPE, None),
    ("יש לדנה", None, P.TYPE, None),
    (0.5, None, P.TYPE, None),
    (True, None, P.TYPE, None),
]


@pytest.mark.parametrize(("cell", "value", "trouble", "proposal"), PHONES)
def test_phones(cell: Cell, value: str | None, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.PHONE, cell, value, trouble, proposal)


@pytest.mark.parametrize("joint", [" / ", ", ", "\n", " או ", " ", "   אבא  "])
def test_two_phones_in_a_cell_are_named_and_not_chosen_between(joint: str) -> None:
    value, trouble = read_cell(column(Kind.PHONE), f"050-1234567{joint}052-7654321")
    assert value is None
    assert trouble is not None
    assert (trouble.kind, trouble.proposal, trouble.hint) == (P.TYPE, None, "050-1234567 · 052-7654321")


OTHERS: list[tuple[Kind, Cell, Any, P | None, Cell]] = [
    (Kind.EMAIL, "dana@example.com", "dana@example.com", None, None),
    (Kind.EMAIL, "Dana.L@Example.COM ", "Dana.L@example.com", None, None),
    (Kind.EMAIL, "mailto:dana@example.com", "dana@example.com", None, None),
    (Kind.EMAIL, "דנה <dana@example.com>", None, P.TYPE, "dana@example.com"),
    (Kind.EMAIL, "dana@example", None, P.TYPE, None),
    (Kind.EMAIL, "dana@@example.com", None, P.TYPE, None),
    (Kind.EMAIL, "a..b@example.com", None, P.TYPE, None),
    (Kind.EMAIL, "dana@x.invalid", None, P.TYPE, None),
    (Kind.EMAIL, 5, None, P.TYPE, None),
    (Kind.URL, "https://example.com/a?b=ג", "https://example.com/a?b=ג", None, None),
    (Kind.URL, "www.example.com", "https://www.example.com", None, None),
    (Kind.URL, "javascript:alert(1)", None, P.TYPE, None),
    (Kind.URL, "http://[::1", None, P.TYPE, None),
    (Kind.URL, "כאן", None, P.TYPE, None),
    (Kind.NATIONAL_ID, "123456782", "123456782", None, None),
    (Kind.NATIONAL_ID, 123456782, "123456782", None, None),
    (Kind.NATIONAL_ID, 12345674, "012345674", P.LOST_ZERO, "012345674"),
    (Kind.NATIONAL_ID, "123456789", None, P.TYPE, None),
    (Kind.NATIONAL_ID, "P1234567", None, P.TYPE, None),
    (Kind.BOOL, True, True, None, None),
    (Kind.BOOL, False, False, None, None),
    (Kind.BOOL, "כן", True, None, None),
    (Kind.BOOL, "✓", True, None, None),
    (Kind.BOOL, "V", True, None, None),
    (Kind.BOOL, 1, True, None, None),
    (Kind.BOOL, "לא", False, None, None),
    (Kind.BOOL, "X", False, None, None),
    (Kind.BOOL, "עוד לא", False, None, None),
    (Kind.BOOL, "אולי", None, P.TYPE, None),
    (Kind.BOOL, 46322, None, P.TYPE, None),
    (Kind.INT, 3, 3, None, None),
    (Kind.INT, 3.0, 3, None, None),
    (Kind.INT, "1,200", 1200, P.TEXT_NUMBER, 1200),
    (Kind.INT, 3.5, None, P.TYPE, None),
    (Kind.INT, "30 ילדים", None, P.TYPE, 30),
    (Kind.PERCENT, 0.87, 87, None, None),
    (Kind.PERCENT, 1.07, 107, None, None),
    (Kind.PERCENT, 87, 87, None, None),
    (Kind.PERCENT, "87%", 87, P.TEXT_NUMBER, 0.87),
    (Kind.PERCENT, "רוב", None, P.TYPE, None),
    (Kind.TEXT, " דנה ", "דנה", None, None),
    (Kind.TEXT, "דנה\u00a0כהן", "דנה כהן", None, None),
    (Kind.TEXT, 12.0, "12", None, None),
    (Kind.TEXT, 12.5, "12.5", None, None),
    (Kind.TEXT, "דנה\u200f", "דנה", P.HIDDEN_CHARACTERS, "דנה"),
    (Kind.TEXT, "א\u202eב", "אב", P.HIDDEN_CHARACTERS, "אב"),
    (Kind.TEXT, "\u200b", None, None, None),
    (Kind.TEXT, "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", None, None),
    (Kind.TEXT, "=IMPORTXML(1)", "=IMPORTXML(1)", None, None),
    (Kind.LONGTEXT, "#VALUE!", None, P.FORMULA_ERROR, None),
    (Kind.REF, "—", None, None, None),
]


@pytest.mark.parametrize(("kind", "cell", "value", "trouble", "proposal"), OTHERS)
def test_other_kinds(kind: Kind, cell: Cell, value: Any, trouble: P | None, proposal: Cell) -> None:
    expect(kind, cell, value, trouble, proposal)


CHOICES: list[tuple[tuple[str, ...], Cell, str | None, P | None, Cell]] = [
    (STATUS, "רשום/ה", "רשום/ה", None, None),
    (STATUS, "רשום", "רשום/ה", None, None),
    (STATUS, "רשומה", "רשום/ה", None, None),
    (STATUS, "רשום.ה", "רשום/ה", None, None),
    (STATUS, "רשימת  המתנה ", "רשימת המתנה", None, None),
    (STATUS, "רשימת המתנ", None, P.CHOICE, "רשימת המתנה"),
    (STATUS, "לא יודע", None, P.CHOICE, None),
    (STATUS, 5, None, P.CHOICE, None),
    (CHANNELS, "מייל", "קבוצת תפוצה/מייל", None, None),
    (CHANNELS, "ידיעון", "עלון/ידיעון", None, None),
    ((), "כל נושא", "כל נושא", None, None),
]


@pytest.mark.parametrize(("choices", "cell", "value", "trouble", "proposal"), CHOICES)
def test_choices(choices: tuple[str, ...], cell: Cell, value: str | None, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.CHOICE, cell, value, trouble, proposal, choices)


@pytest.mark.parametrize(
    ("cell", "value", "trouble", "proposal"),
    [
        ("א׳, ג׳", ("א׳", "ג׳"), None, None),
        ("א-ה", ("א׳", "ב׳", "ג׳", "ד׳", "ה׳"), None, None),
        ("ראשון ושלישי", ("א׳", "ג׳"), None, None),
        ("יום א", ("א׳",), None, None),
        ("ימי ב' וד'", ("ב׳", "ד׳"), None, None),
        ("א + ג", ("א׳", "ג׳"), None, None),
        ("א, א", ("א׳",), None, None),
        ("שבת, מתישהו", None, P.CHOICE, None),
        (" , ", None, P.CHOICE, None),
    ],
)
def test_several_choices(cell: Cell, value: Any, trouble: P | None, proposal: Cell) -> None:
    expect(Kind.MULTI, cell, value, trouble, proposal, DAYS)


def test_an_unknown_word_among_several_is_proposed_with_the_others() -> None:
    expect(Kind.MULTI, "התקבל, רשימת המתנ", None, P.CHOICE, "התקבל, רשימת המתנה", STATUS)


def test_several_texts_where_no_choices_are_declared() -> None:
    expect(Kind.MULTI, "תרבות, קליטה; נוער", ("תרבות", "קליטה", "נוער"), None, None)


def test_a_column_keeps_what_is_true_of_each_cell() -> None:
    """True equals 1 and 1.0 in Python; in a column they are a tick, an hour, an amount."""
    values, troubles = read_column(column(Kind.INT), [1, True, 1.0, "1", None, False])
    assert values == [1, None, 1, 1, None, None]
    assert {at: trouble.kind for at, trouble in troubles.items()} == {1: P.TYPE, 3: P.TEXT_NUMBER}
