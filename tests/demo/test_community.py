"""The invented community, read and judged as any other: just what was planted comes out."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.checks import check
from rules.dates import serial
from rules.engine import Verdict, judge
from rules.finding import Finding, Problem, ProblemKind, Role, Severity
from rules.names import fold
from rules.reading import Reading, read_table
from rules.rule import Rule, Settings
from rules.table import Book
from sheets_sync.demo.community import SPECS, Community, Expected, Mistake, invent, season, work_year_start
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.offers import CLOSING, ROOMY

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1), date(2026, 9, 24)]
DAYS += [date(2028, 2, 29), date(2026, 10, 31), date(2026, 11, 1), date(2027, 4, 24)]


@cache
def community(today: date = TODAY) -> Community:
    return invent(today)


def sheets(of: Community) -> list[Sheet]:
    return [sheet for workbook in of.workbooks.values() for sheet in workbook if sheet.table]


def readings(of: Community) -> dict[str, Reading]:
    return {sheet.table: read_table(SPECS[sheet.table], sheet.grid()) for sheet in sheets(of)}


def staged(of: Community) -> list[Rule]:
    """The rules the community was invented for."""
    return [rule for rule in RULES if rule.key in of.rules]


def verdict(of: Community) -> Verdict:
    return judge(staged(of), book(of), Settings(work_year_start=of.work_year_start), {}, of.today)


def book(of: Community) -> Book:
    return {key: reading.table for key, reading in readings(of).items()}


def problems(of: Community) -> list[Problem]:
    read = readings(of)
    tables = book(of)
    checked = [problem for reading in read.values() for problem in check(reading.table, reading.problems, tables)]
    return [*checked, *verdict(of).questions]


def mistake(problem: Problem) -> Mistake:
    return Mistake(problem.table, problem.row, problem.field, problem.kind)


def expected(finding: Finding) -> Expected:
    return Expected(finding.rule, finding.table, finding.row if finding.row is not None else -1)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_mistake_is_found_and_no_other(today: date) -> None:
    found, planted = Counter(map(mistake, problems(community(today)))), Counter(community(today).mistakes)
    assert found - planted == Counter()
    assert planted - found == Counter()


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_finding_is_made_and_no_other(today: date) -> None:
    found, planted = Counter(map(expected, verdict(community(today)).findings)), Counter(community(today).findings)
    assert found - planted == Counter()
    assert planted - found == Counter()


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_near_misses_are_left_alone(today: date) -> None:
    found = set(map(expected, verdict(community(today)).findings))
    assert not found & set(community(today).near_misses)


def test_each_rule_has_a_finding_and_a_near_miss() -> None:
    rules = {"budget.overrun", "budget.nearly_spent", "expense.duplicate", "family.no_companion", "family.followup_due"}
    rules |= {"class.below_minimum", "class.at_risk", "class.over_capacity"}
    assert {one.rule for one in community().findings} == rules
    assert {one.rule for one in community().near_misses} == rules


def test_each_kind_of_mistake_is_there() -> None:
    assert {one.kind for one in community().mistakes} == set(ProblemKind)


def test_all_rules_run() -> None:
    assert community().rules <= verdict(community()).ran


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
    findings = judge(staged(of), tables, Settings(of.work_year_start), {}, of.today).findings
    before = verdict(of).findings
    closed = {(one.rule, one.key) for one in before} - {(one.rule, one.key) for one in findings}
    assert [rule for rule, _ in closed] == ["class.below_minimum"]
    assert all(fold(CLOSING.name) in fold(key) for _, key in closed)


def test_sizes() -> None:
    tables = book(community())
    assert {key: len(table) for key, table in tables.items()} == pytest.approx(
        {
            "budget": 26,
            "expenses": 224,
            "classes": 25,
            "registrations": 300,
            "people": 17,
            "families": 16,
            "followups": 28,
        },
        abs=20,
    )


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


@pytest.mark.parametrize("seed", range(12))
def test_other_seeds_hold_as_well(seed: int) -> None:
    of = invent(TODAY, seed)
    assert Counter(map(expected, verdict(of).findings)) == Counter(of.findings)
    assert Counter(map(mistake, problems(of))) == Counter(of.mistakes)


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
@settings(max_examples=25, deadline=None)
def test_any_day_will_do(today: date) -> None:
    of = invent(today)
    assert Counter(map(expected, verdict(of).findings)) == Counter(of.findings)
    assert Counter(map(mistake, problems(of))) == Counter(of.mistakes)


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
