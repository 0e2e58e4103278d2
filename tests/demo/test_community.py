"""The invented community, read and judged as any other: just what was planted comes out, on any day."""

from datetime import date, timedelta
from functools import cache

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.checks import check
from rules.dates import serial
from rules.engine import CRASHED, judge
from rules.finding import ProblemKind, Role, Severity
from rules.names import fold
from rules.profiles import PROFILES
from rules.reading import read_table
from sheets_sync.demo.community import Community, invent, work_year_start
from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.layouts import season
from sheets_sync.demo.offers import CLOSING, ROOMY
from tests.demo.told import DAYS, TODAY, book, difference, readings, told_wrong, verdict, wrong


@cache
def community(today: date = TODAY) -> Community:
    return invent(today)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_mistake_is_found_and_no_other(today: date) -> None:
    assert wrong(community(today)) == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_finding_is_made_and_no_other(today: date) -> None:
    assert difference(community(today)) == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_near_misses_are_left_alone_until_they_are_tipped(today: date) -> None:
    assert list(told_wrong(community(today))) == []


def test_all_tables_of_the_profile_have_rows() -> None:
    filled = {key for key, table in book(community()).items() if len(table)}
    assert filled == {spec.key for spec in PROFILES["community"].tables}


def test_each_kind_of_mistake_is_there() -> None:
    assert {one.kind for one in community().story.mistakes} == set(ProblemKind)


def test_no_rule_fails() -> None:
    of = verdict(community())
    assert of.ran | set(of.unused) >= {rule.key for rule in RULES}
    assert all(finding.rule != CRASHED.key for finding in of.findings)


def test_an_overrun_is_urgent_above_the_secretarys_threshold_only() -> None:
    overruns = [finding for finding in verdict(community()).findings if finding.rule == "budget.overrun"]
    assert {finding.key: finding.severity for finding in overruns} == {"חגים": Severity.URGENT, "פורים": Severity.CARE}
    assert {finding.key for finding in overruns if Role.SECRETARY in finding.roles} == {"חגים"}


def test_every_column_is_recognised() -> None:
    for key, reading in readings(community()).items():
        offered = {column.field for column in SPECS[key].columns if column.offered}
        assert set(reading.headers.at) == offered, key
        assert reading.headers.doubled == ()
    assert {one.header for reading in readings(community()).values() for one in reading.headers.unknown} == {
        "צפי לשנה הבאה",
        "כמה נשאר לגבות",
    }


def test_the_totals_row_is_no_line() -> None:
    sheet, table = community().sheet("budget"), book(community())["budget"]
    assert sheet.rows[-1][1] == 'סה"כ'
    assert len(table) == len(sheet.rows) - 2


def test_the_form_answer_brings_the_class_to_its_minimum() -> None:
    of = community()
    answer = of.form_answer
    registrations = SPECS["registrations"]
    fields = {column.hebrew: column.field for column in registrations.columns}
    assert set(answer) <= set(fields)
    grid = of.sheet("registrations")
    row = [answer.get(column.hebrew) for column in registrations.columns if column.offered]
    more = Sheet(grid.table, grid.title, [*grid.rows, row], grid.header_row, grid.touches)
    reading = read_table(registrations, more.grid())
    tables = {**book(of), "registrations": reading.table}
    of_answer = [one for one in check(reading.table, reading.problems, tables) if one.row == len(more.rows) - 1]
    assert [one for one in of_answer if not one.is_remark] == []
    findings = judge(RULES, tables, of.settings, {}, of.today).findings
    before = verdict(of).findings
    closed = {(one.rule, one.key) for one in before} - {(one.rule, one.key) for one in findings}
    assert [rule for rule, _ in closed] == ["class.below_minimum"]
    assert all(fold(CLOSING.name) in fold(key) for _, key in closed)


def test_sizes() -> None:
    sizes = {key: len(table) for key, table in book(community()).items()}
    assert {key: sizes[key] for key in ("budget", "classes", "people", "families")} == {
        "budget": 26,
        "classes": 32,
        "people": 17,
        "families": 19,
    }
    assert sizes["expenses"] == pytest.approx(224, abs=20)
    assert sizes["registrations"] == pytest.approx(350, abs=20)


def test_expenses_span_a_year_and_none_is_ahead() -> None:
    for today in DAYS:
        dates = [one for one in book(community(today))["expenses"]["date"] if one]
        assert max(dates) <= today
        assert min(dates) >= today - timedelta(365)
        assert (max(dates) - min(dates)).days > 330


def test_phones_are_valid_by_form_and_nobodys() -> None:
    for table in book(community()).values():
        for name in ("phone",) if table.has("phone") else ():
            for number in filter(None, table[name]):
                assert number.startswith("04-0")
                assert phonenumbers.is_valid_number(phonenumbers.parse(number, "IL"))


def test_addresses_are_of_example_org() -> None:
    for table in book(community()).values():
        if table.has("email"):
            assert all(address.endswith("@example.org") for address in table["email"] if address)


def test_the_same_day_and_seed_give_the_same_community() -> None:
    assert invent(TODAY) == invent(TODAY)
    assert invent(TODAY, seed=1).workbooks != invent(TODAY).workbooks


@pytest.mark.parametrize("seed", range(6))
def test_other_seeds_hold_as_well(seed: int) -> None:
    of = invent(TODAY, seed)
    assert difference(of) == []
    assert wrong(of) == []
    assert list(told_wrong(of)) == []


@pytest.mark.slow
@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_any_day_will_do(today: date, seed: int) -> None:
    of = invent(today, seed)
    assert difference(of) == []
    assert wrong(of) == []
    assert list(told_wrong(of)) == []


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_the_work_year_leaves_two_months_on_each_side(today: date) -> None:
    start = work_year_start(today)
    end = start.replace(year=start.year + 1) - timedelta(1)
    assert (today - start).days > 60
    assert (end - today).days > 60


@pytest.mark.parametrize(("year", "name"), [(2026, 'תשפ"ז'), (2029, 'תש"צ'), (2025, 'תשפ"ו')])
def test_seasons_are_named_by_the_hebrew_year(year: int, name: str) -> None:
    assert season(year) == name


def test_the_roomy_class_has_room() -> None:
    assert ROOMY.minimum + 3 <= ROOMY.registered <= ROOMY.maximum - 3


def test_serials_of_expenses_are_whole_days() -> None:
    of = community()
    column = [row[0] for row in of.sheet("expenses").rows[3:]]
    assert column.count(None) == 1
    assert all(isinstance(cell, int | str) for cell in column if cell is not None)
    assert max(cell for cell in column if isinstance(cell, int)) <= serial(of.today)
