"""Tables as they stood: rows that were not there yet are left out, what came later is undone, the rest is as today."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.history import HISTORIES
from rules.past import Unknown, as_of, unknown
from rules.table import Book, Kind
from tests.rules.random_books import BOOKS
from tests.rules.sheets import SPECS, TODAY, book


def rows(tables: Book, key: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(values) for _, *values in tables[key].over(*fields)]


@pytest.mark.parametrize("key", HISTORIES)
def test_what_is_declared_stands_in_the_tables(key: str) -> None:
    history, fields = HISTORIES[key], SPECS[key].by_field
    dates = [*filter(None, [history.since]), *history.newest, *(came.date for came in history.came)]
    assert {fields[name].kind for name in dates} <= {Kind.DATE, Kind.DATETIME}
    assert all(name in fields for name in history.undated)
    for came in history.came:
        for name, was in came.undone.items():
            if fields[name].kind is Kind.CHOICE:
                assert {*was, *dict(was).values()} <= set(fields[name].choices)


def test_no_table_is_without_a_word_on_its_past() -> None:
    assert SPECS.keys() - HISTORIES.keys() == {"class_costs"}


def test_rows_that_were_not_there_yet() -> None:
    tables = book(
        """
        expenses
        date  | line | supplier | amount
        1.11  | חגים | גל       | 100
        20.11 | חגים | דן       | 200
        30.11 | חגים | מראש     | 300
        -     | חגים | בלי      | 400

        inquiries
        received         | subject
        2026-11-20 09:00 | תאורה
        2026-11-21 09:00 | רעש
        """
    )
    then = as_of(tables, date(2026, 11, 20), TODAY)
    assert rows(then, "expenses", "supplier") == [("גל",), ("דן",), ("מראש",), ("בלי",)]
    assert rows(then, "inquiries", "subject") == [("תאורה",)]
    before = as_of(tables, date(2026, 11, 19), TODAY)
    assert rows(before, "expenses", "supplier") == [("גל",), ("מראש",), ("בלי",)]
    assert [*before["expenses"].rows] == [1, 3, 4]
    assert not len(before["inquiries"])


@pytest.mark.parametrize(
    ("drawn", "field", "before", "after"),
    [
        ("publications\npublished\n10.11", "published", None, date(2026, 11, 10)),
        ("tasks\ndone_date | status\n10.11 | בוצע", "status", "פתוח", "בוצע"),
        ("tasks\ndone_date | status\n10.11 | בוטל", "status", "בוטל", "בוטל"),
        ("tasks\ndone_date | status\n- | בוצע", "status", "בוצע", "בוצע"),
        ("welfare\nclosed | status\n10.11 | נסגרה", "status", "בטיפול", "נסגרה"),
        ("inquiries\nanswered | status\n10.11 | נענה", "status", "בטיפול", "נענה"),
        ("followups\nneed_closed\n10.11", "need_closed", None, date(2026, 11, 10)),
        ("expenses\npaid_on\n10.11", "paid_on", None, date(2026, 11, 10)),
        ("volunteers\nlast_contact\n10.11", "last_contact", None, date(2026, 11, 10)),
        ("committees\nlast_meeting\n10.11", "last_meeting", None, date(2026, 11, 10)),
        ("events\ndate | status\n10.11 | התקיים", "status", "בהכנה", "התקיים"),
        ("events\ndate | status\n10.11 | בוטל", "status", "בוטל", "בוטל"),
        ("events\ndate | summary_done\n10.11 | כן", "summary_done", False, True),
        ("events\ndate\n10.11", "date", date(2026, 11, 10), date(2026, 11, 10)),
        ("families\narrival | stage\n10.11 | בליווי", "stage", "לפני מעבר", "בליווי"),
        ("families\narrival | stage\n10.11 | לא הגיעו", "stage", "לא הגיעו", "לא הגיעו"),
        ("families\narrival\n10.11", "arrival", date(2026, 11, 10), date(2026, 11, 10)),
        ("families\naccompanied_until | stage\n10.11 | הליווי הסתיים", "stage", "בליווי", "הליווי הסתיים"),
    ],
)
def test_what_came_later_is_undone(drawn: str, field: str, before: object, after: object) -> None:
    """The day itself has it, the day before it does not."""
    tables = book(drawn)
    key = next(iter(tables))
    assert rows(as_of(tables, date(2026, 11, 10), TODAY), key, field) == [(after,)]
    assert rows(as_of(tables, date(2026, 11, 9), TODAY), key, field) == [(before,)]


def test_a_family_before_it_came_and_while_it_was_accompanied() -> None:
    tables = book("families\narrival | accompanied_until | stage\n1.3 | 1.9 | הליווי הסתיים")
    stages = {day: rows(as_of(tables, day, TODAY), "families", "stage") for day in (date(2026, 2, 1), date(2026, 5, 1))}
    assert [*stages.values()] == [[("לפני מעבר",)], [("בליווי",)]]


def test_what_is_planned_ahead_stays() -> None:
    tables = book("families\narrival | stage\n+9d | לפני מעבר\n\npublications\npublished\n+3d")
    assert as_of(tables, date(2026, 1, 1), TODAY) == tables


def test_what_the_tables_do_not_tell_is_said() -> None:
    tables = book("volunteers\nname | last_contact | hours\nדנה | 1.11 | 12\n\ntasks\ntask | status\nא | -")
    assert [*unknown(tables, {"volunteers", "tasks", "events"})] == [
        Unknown("volunteers", ("hours",), ("last_contact",)),
    ]


@settings(deadline=None, max_examples=40)
@given(BOOKS)
def test_today_is_as_it_is(tables: Book) -> None:
    assert all(table is tables[key] for key, table in as_of(tables, TODAY, TODAY).items())


@settings(deadline=None, max_examples=40)
@given(BOOKS, st.integers(1, 400))
def test_nothing_stands_there_before_its_day(tables: Book, days: int) -> None:
    day = TODAY - timedelta(days=days)
    before = {key: {name: [*values] for name, values in table.columns.items()} for key, table in tables.items()}
    for key, table in as_of(tables, day, TODAY).items():
        history = HISTORIES.get(key)
        fields = [history.since, *history.newest] if history else []
        found = [value for name in filter(None, fields) for value in table[name] if value is not None]
        days_found = [value.date() if isinstance(value, datetime) else value for value in found]
        assert not [one for one in days_found if day < one <= TODAY]
        assert {len(values) for values in table.columns.values()} <= {len(table)}
    assert before == {key: {name: [*values] for name, values in table.columns.items()} for key, table in tables.items()}
