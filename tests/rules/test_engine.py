"""The engine: which rules run, what they may ask, and what becomes of one that crashes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rules.catalogue import RULES
from rules.engine import CRASHED, judge
from rules.finding import Finding
from rules.rule import Given, Judge, Rule, Settings
from rules.table import Book
from rules.wording import Language
from tests.rules.sheets import BY_KEY, TODAY, bare, book

BUDGET = """
    budget
    line | planned | actual
    סוד | 1,000 | 1,100
"""


OVERRUN = BY_KEY["budget.overrun"]
OTHERS = tuple(rule for rule in RULES if rule is not OVERRUN)


def crashing(judged: Judge) -> tuple[Rule, ...]:
    """All rules, the first of them with another judge."""
    return (replace(OVERRUN, judge=judged), *OTHERS)


def before_anything(tables: Book, given: Given) -> Iterator[Finding]:
    raise ValueError(f"cannot read {tables['budget']['line'][0]}")


def half_way(tables: Book, given: Given) -> Iterator[Finding]:
    yield OVERRUN.finding(tables["budget"], 0, {})
    raise ZeroDivisionError


@pytest.mark.parametrize("judged", [before_anything, half_way])
def test_a_rule_that_crashes_is_a_finding_and_the_others_run(judged: Judge) -> None:
    tables = book(BUDGET)
    said = judge(crashing(judged), tables, Settings(), {}, TODAY)
    alone = judge(OTHERS, tables, Settings(), {}, TODAY)
    assert [(finding.rule, finding.key) for finding in said.findings if finding.rule == CRASHED.key] == [
        (CRASHED.key, OVERRUN.key)
    ]
    assert [finding for finding in said.findings if finding.rule != CRASHED.key] == list(alone.findings)
    assert OVERRUN.key not in said.ran
    assert said.ran == alone.ran


@pytest.mark.parametrize("language", ["he", "en"])
def test_a_crash_names_the_rule_and_nothing_of_the_sheet(language: Language) -> None:
    (crash,) = judge(crashing(before_anything)[:1], book(BUDGET), Settings(), {}, TODAY).findings
    words = CRASHED.wording[""].render(crash.figures, language)
    said = bare(f"{words.title} {words.body} {words.next_step}")
    assert (OVERRUN.hebrew if language == "he" else OVERRUN.english) in said
    assert "ValueError" in said
    assert "סוד" not in said


def test_a_rule_without_its_tables_is_not_in_use() -> None:
    said = judge(RULES, book(BUDGET), Settings(), {}, TODAY)
    assert "budget.overrun" in said.ran
    assert said.unused["expense.duplicate"] == ("expenses",)
    assert said.ran.isdisjoint(said.unused)
    assert {*said.ran, *said.unused} == {CRASHED.key, *BY_KEY}


def test_a_crash_closes_when_the_rule_runs_again() -> None:
    """Its alert closes only if the crash rule counts as one that ran."""
    assert CRASHED.key in judge(RULES, {}, Settings(), {}, TODAY).ran


def test_parameters_are_in_their_unit_and_reach_only_their_rule() -> None:
    def params(**changed: int) -> list[bool]:
        changes = {"budget.overrun": changed, "budget.nearly_spent": {"share": 1}}
        said = judge([OVERRUN], book(BUDGET), Settings(), changes, TODAY)
        return [len(finding.roles) == 2 for finding in said.findings]

    assert params(secretary_amount=99, secretary_share=0) == [True]
    assert params(secretary_amount=100, secretary_share=0) == [False]
