"""Every threshold is tried where it turns: one unit off, the scene of its own test is judged otherwise.

The scenes are those that the test `test_<rule>__<parameter>` draws: each is judged again with the threshold as it is
at its default, and with one unit more or less.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rules.catalogue import RULES
from rules.engine import Verdict, judge
from rules.facts import NO_FACTS, Facts
from rules.rule import Param, Rule, Settings
from rules.table import Book
from tests.rules import sheets

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem != Path(__file__).stem)
PARAMS = [(rule, param) for rule in RULES for param in rule.params]

ONLY_TOLD: Mapping[str, str] = {
    "class.place_free hold_days": "says until when a place is held; finds nothing more or less",
}
"""Parameters that change what a message says and not what is found, and why."""


@dataclass(frozen=True)
class Scene:
    """What a test had judged."""

    book: Book
    settings: Settings
    params: Mapping[str, int]
    today: date
    facts: Facts

    def said(self, rule: Rule, *, with_figures: bool, **changed: int) -> list[Any]:
        """What the rule says of it; the figures may quote the threshold itself."""
        params = {rule.key: {**self.params, **changed}}
        verdict = judge([rule], self.book, self.settings, params, self.today, facts=self.facts)
        assert rule.key in verdict.ran
        findings = [
            (one.key, one.row, one.severity, one.roles, one.variant, one.figures if with_figures else None)
            for one in verdict.findings
        ]
        return [*findings, *((one.row, one.field, one.hint) for one in verdict.questions)]


@pytest.fixture
def scenes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Scene]]:
    """The scenes judged while a test runs, with the rule that was asked."""
    found: list[tuple[str, Scene]] = []

    def kept(
        rules: Any, book: Book, settings: Settings, params: Any, today: date, *, facts: Facts = NO_FACTS, **others: Any
    ) -> Verdict:
        asked = list(rules)
        found.extend((one.key, Scene(book, settings, params.get(one.key, {}), today, facts)) for one in asked)
        return judge(asked, book, settings, params, today, facts=facts, **others)

    monkeypatch.setattr(sheets, "judge", kept)
    for name in MODULES:
        module = importlib.import_module(f"tests.rules.{name}")
        if getattr(module, "judge", None) is judge:
            monkeypatch.setattr(module, "judge", kept)
    return found


def drawn_for(rule: Rule, param: Param) -> Iterator[Callable[[], None]]:
    """The test of a parameter, once for each of its cases."""
    name = f"test_{rule.key.replace('.', '_')}__{param.name}"
    for module in MODULES:
        test = getattr(importlib.import_module(f"tests.rules.{module}"), name, None)
        if test is not None:
            yield from cases(test)


def cases(test: Any) -> Iterator[Callable[[], None]]:
    marks = [one.args for one in getattr(test, "pytestmark", ()) if one.name == "parametrize"]
    for chosen in product(*(values for _, values, *_ in marks)):
        given: dict[str, Any] = {}
        for (names, *_), values in zip(marks, chosen, strict=True):
            listed = [part.strip() for part in names.split(",")] if isinstance(names, str) else list(names)
            given |= dict(zip(listed, [values] if len(listed) == 1 else values, strict=True))
        assert inspect.signature(test).parameters.keys() == given.keys(), f"{test.__name__} wants a fixture"
        yield partial(test, **given)


@pytest.mark.parametrize(("rule", "param"), PARAMS, ids=[f"{rule.key}-{param.name}" for rule, param in PARAMS])
def test_its_own_test_stands_where_it_turns(rule: Rule, param: Param, scenes: list[tuple[str, Scene]]) -> None:
    for one in drawn_for(rule, param):
        one()
    drawn = [scene for key, scene in scenes if key == rule.key]
    assert drawn, "its test draws no scene of its rule"
    is_only_told = f"{rule.key} {param.name}" in ONLY_TOLD
    assert any(turns(scene, rule, param) for scene in drawn) is not is_only_told
    assert any(turns(scene, rule, param, with_figures=True) for scene in drawn)


def turns(scene: Scene, rule: Rule, param: Param, *, with_figures: bool = False) -> bool:
    """Whether what is said of a scene at the default is otherwise with one unit more, or one less."""
    now = scene.said(rule, with_figures=with_figures, **{param.name: param.default})
    near = (value for value in (param.default - 1, param.default + 1) if param.minimum <= value <= param.maximum)
    return any(scene.said(rule, with_figures=with_figures, **{param.name: value}) != now for value in near)


def test_what_is_only_told_is_a_parameter_and_says_why() -> None:
    known = {f"{rule.key} {param.name}" for rule, param in PARAMS}
    assert ONLY_TOLD.keys() <= known
    assert all(ONLY_TOLD.values())
