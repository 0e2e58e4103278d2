"""What holds of every rule on any tables at all."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.engine import CRASHED, Verdict, judge
from rules.finding import Finding
from rules.rule import Rule, Settings
from rules.table import Book, Table
from tests.rules.random_books import BOOKS, DAYS, SETTINGS, TOLD, random_book, shuffled
from tests.rules.sheets import SPECS, TODAY

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)


def run(tables: Book, told: Settings = TOLD, today: date = TODAY) -> Verdict:
    return judge(RULES, tables, told, {}, today)


@settings(deadline=None, max_examples=150)
@given(BOOKS, SETTINGS, DAYS)
def test_no_table_crashes_a_rule_and_every_message_can_be_said(tables: Book, told: Settings, today: date) -> None:
    said = run(tables, told, today)
    assert [finding for finding in said.findings if finding.rule == CRASHED.key] == []
    by_key = {rule.key: rule for rule in RULES}
    for finding in said.findings:
        for language in ("he", "en"):
            words = by_key[finding.rule].wording[finding.variant].render(finding.figures, language)
            assert words.title
            assert words.next_step
        assert set(finding.roles) <= set(by_key[finding.rule].roles)
        assert finding.table in SPECS


@settings(deadline=None, max_examples=60)
@given(BOOKS)
def test_tables_are_left_as_they_were(tables: Book) -> None:
    before = deepcopy({key: table.columns for key, table in tables.items()})
    run(tables)
    assert {key: table.columns for key, table in tables.items()} == before


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32))
def test_the_order_of_rows_makes_no_difference(seed: int) -> None:
    tables, chance = random_book(seed), Random(seed)
    other = {key: shuffled(table, chance.sample(range(len(table)), len(table))) for key, table in tables.items()}
    assert sorted(map(_fact, run(tables).findings)) == sorted(map(_fact, run(other).findings))


def moved(table: Table, chance: Random) -> Table:
    """The table with its columns in another order, in the sheet and in memory."""
    width = max(table.at.values(), default=-1) + 1
    places = chance.sample(range(width), width)
    fields = chance.sample(list(table.columns), len(table.columns))
    at = {field: places[table.at[field]] for field in chance.sample(list(table.at), len(table.at))}
    return replace(table, columns={field: table.columns[field] for field in fields}, at=at)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_the_order_of_columns_makes_no_difference(seed: int) -> None:
    tables, chance = random_book(seed), Random(seed)
    other = {key: moved(table, chance) for key, table in tables.items()}
    said, again = run(tables).findings, run(other).findings
    assert [(_fact(finding), finding.row) for finding in said] == [(_fact(finding), finding.row) for finding in again]


BY_THE_SHEET = {("class.place_free", "first"), ("class.place_free", "submitted")}
"""Figures that the order of rows may decide: those who registered at one time stand in line as in the sheet."""


def _fact(finding: Finding) -> tuple[str, str, int, str, str]:
    """A finding without its place."""
    told = ((name, repr(value)) for name, value in finding.figures.items() if (finding.rule, name) not in BY_THE_SHEET)
    figures = sorted(told)
    return finding.rule, finding.key, finding.severity, finding.variant, repr(figures)


@each_rule
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.hebrew
    assert rule.english
    assert rule.explanation_he.endswith(".")
    assert rule.explanation_en.endswith(".")
    assert rule.roles
    assert set(rule.needs) <= set(SPECS)
    assert len({param.name for param in rule.params}) == len(rule.params)
    for param in rule.params:
        assert param.minimum <= param.default <= param.maximum


def test_the_keys_of_rules_are_theirs_alone() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
