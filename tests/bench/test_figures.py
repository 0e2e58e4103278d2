"""The page of figures against its record, and each bench once over little."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.goals import GOALS, Goal, Of
from bench.page import PAGE, page, put, recorded, row
from bench.stopwatch import Stopwatch

ROOT = Path(__file__).parents[2]
FOUND = {"name": "a", "value": 1234.5, "unit": "ms", "against": "orjson 617 ms; goal: at most 3", "ratio": 2.0}
LITTLE = {
    "thousand": "--communities 3 --minutes 1 --ticks 30",
    "intake": "--rounds 1 --seconds 0.5 --connections 4",
    "jobs": "--communities 5 --seconds 0.5 --workers 1 2",
    "memory": "--rows 500",
    "passes": "--only large --rows 100",
}


def test_the_page_is_what_the_record_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(recorded()), "run: uv run python -m bench.page"


def test_every_recorded_bench_has_a_goal_that_it_shows() -> None:
    shown = {(goal.bench, goal.figure) for goal in GOALS}
    record = recorded()
    assert [bench for bench, figures in record.items() if not any((bench, name) in shown for name in figures)] == []


@pytest.mark.parametrize(
    ("goal", "result"),
    [
        (Goal("passes", "a", Of.RATIO, most=3), "2 × (1,234 ms against orjson 617 ms) | reached"),
        (Goal("passes", "a", Of.RATIO, least=3), "2 × (1,234 ms against orjson 617 ms) | missed"),
        (Goal("passes", "a", most=1234.5), "1,234 ms | reached"),
        (Goal("passes", "a"), "1,234 ms | "),
    ],
)
def test_a_figure_is_held_against_its_goal(goal: Goal, result: str) -> None:
    assert f"| {result} |" in row(goal, FOUND)


def test_what_is_not_measured_is_said() -> None:
    assert "| – | not measured yet |" in row(Goal("passes", "b", most=3), None)


def test_new_lines_of_a_bench_take_the_place_of_its_old_ones() -> None:
    record = {"calls": {"old": FOUND}, "jobs": {"other": FOUND}}
    after = put(record, "calls", f"a word beside\n{json.dumps(FOUND)}\n")
    assert after == {"calls": {"a": {"bench": "calls", **FOUND}}, "jobs": {"other": FOUND}}


def test_what_one_part_does_in_another_counts_once() -> None:
    watch = Stopwatch()
    with watch.part("outer"):
        time.sleep(0.02)
        with watch.part("inner"):
            time.sleep(0.05)
    assert watch.passed["inner"] >= 0.05
    assert 0.02 <= watch.passed["outer"] < watch.passed["inner"]


@pytest.mark.slow
@pytest.mark.parametrize("name", LITTLE)
def test_a_bench_over_little_prints_figures(name: str) -> None:
    command = [sys.executable, "-m", f"bench.{name}", "--json", *LITTLE[name].split()]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, timeout=100).stdout
    lines = [json.loads(line) for line in said.splitlines()]
    assert lines
    assert all(line.keys() == FOUND.keys() and line["value"] >= 0 for line in lines)
