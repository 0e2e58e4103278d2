"""Every rule of the catalogue has a finding and a near miss over the two invented communities."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine import judge
from rules.facts import Facts
from rules.profiles import PROFILES
from rules.rule import Param
from sheets_sync.demo.community import Community, invent
from sheets_sync.demo.neighbourhood import invent_neighbourhood
from sheets_sync.demo.story import NearMiss
from sheets_sync.demo.upkeep import Befalling, upkeep
from tests.demo.told import BY_KEY, DAYS, TODAY, book, difference, told_wrong, wrong

UPKEEP = upkeep(TODAY)


@cache
def both() -> tuple[Community, Community]:
    return invent(TODAY), invent_neighbourhood(TODAY)


def rules_of(stories: Iterable[object]) -> set[str]:
    return {one.of.rule for one in stories if hasattr(one, "of")} | {one.rule for one in UPKEEP}


def test_each_rule_has_a_finding() -> None:
    assert rules_of(one for of in both() for one in of.story.findings) == set(BY_KEY)


def test_each_rule_has_a_near_miss() -> None:
    assert rules_of(one for of in both() for one in of.story.near_misses) == set(BY_KEY)


def test_all_tables_of_the_two_profiles_have_rows() -> None:
    filled = {key for of in both() for key, table in book(of).items() if len(table)}
    assert filled == {spec.key for profile in PROFILES.values() for spec in profile.tables}
    for of in both():
        assert set(book(of)) <= {spec.key for spec in PROFILES[of.profile].tables}


@pytest.mark.parametrize("befalling", UPKEEP, ids=lambda one: one.rule)
def test_what_befalls_the_service(befalling: Befalling) -> None:
    of = both()[0]

    def keys(facts: Facts) -> set[str]:
        said = judge([BY_KEY[befalling.rule]], book(of), of.settings, {}, of.today, facts=facts)
        return {finding.key for finding in said.findings}

    assert keys(befalling.facts) == {befalling.key}
    assert keys(befalling.nearly) == set()
    assert keys(befalling.tipped) == {befalling.key}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_neighbourhood_holds_on_any_day(today: date) -> None:
    of = invent_neighbourhood(today)
    assert difference(of) == []
    assert wrong(of) == []
    assert list(told_wrong(of)) == []


@pytest.mark.slow
@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_the_neighbourhood_holds_on_any_other_day(today: date, seed: int) -> None:
    of = invent_neighbourhood(today, seed)
    assert difference(of) == []
    assert wrong(of) == []
    assert list(told_wrong(of)) == []


def test_near_misses_are_tipped_by_thresholds_that_people_may_choose() -> None:
    for near in (near for of in both() for near in of.story.near_misses):
        params = {param.name: param for param in BY_KEY[near.of.rule].params}
        for name, value in near.params.items():
            assert allows(params[name], value), near
        assert is_tipped_by_one_thing(near), near


def allows(param: Param, value: int) -> bool:
    return param.minimum <= value <= param.maximum


def is_tipped_by_one_thing(near: NearMiss) -> bool:
    return [bool(near.days), bool(near.params), bool(near.settings), near.change is not None].count(True) == 1


def test_the_calendar_puts_off_few_rules_and_for_less_than_half_a_year() -> None:
    """The others speak on the day itself."""
    late = [one for of in both() for one in of.story.findings if one.after]
    assert {one.of.rule for one in late} <= PUT_OFF
    assert all(one.after < 183 for one in late)


PUT_OFF = {"budget.unspent", "plan.population_missing", "plan.field_missing", "plan.unapproved", "goal.no_program"}
PUT_OFF |= {"publication.monthly_letter"}
