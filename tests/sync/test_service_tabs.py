"""Our keyed tabs, row by row: each id once, and nothing of a person's moves against its row."""

from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.tabs.service_tabs import KeyedTab, keyed, same, update_rows
from sheets_sync.writing.edits import Link
from tests.sync.sheet_model import Sheet

OWN = {0: "checks.id", 1: "checks.problem", 3: "checks.value"}
"""Columns: id, problem, the person's, value, the person's."""


class Line(NamedTuple):
    """A row of the tab: its id, what we wrote, what the person wrote."""

    id: Cell
    problem: Cell
    persons: Cell
    value: Cell


def sheet(lines: list[Line], spare: int = 3) -> Sheet:
    rows: list[list[Cell]] = [["id", "problem", "שלי", "value"], *([*line] for line in lines)]
    rows += [[None] for _ in range(spare)]
    return Sheet(rows, 4)


def read(one: Sheet) -> KeyedTab:
    return keyed(one.tab(own=OWN), "checks", 0, {})


def lines(one: Sheet) -> list[Line]:
    return [Line(*row) for row in one.rows[1:] if any(cell not in (None, "", False) for cell in row)]


ids = st.sampled_from(["a", "b", "c", "d"])
texts = st.sampled_from(["", "x", "y", None])
drawn = st.lists(st.builds(Line, ids | st.none(), texts, texts, texts), max_size=7)
wishes = st.dictionaries(ids, st.fixed_dictionaries({"problem": texts, "value": texts}), max_size=4)


@given(drawn, wishes, st.integers(0, 2))
def test_each_id_stands_once_and_nothing_of_the_persons_is_lost(
    before: list[Line], wanted: dict[str, dict[str, Cell]], spare: int
) -> None:
    one = sheet(before, spare)
    there = read(one)
    gone = there.rows.keys() - wanted.keys()
    kept = [i for i in range(1, len(before) + 1) if i not in {there.rows[key] for key in gone} | set(there.doubled)]
    persons = [(before[i - 1].id, before[i - 1].persons) for i in kept]
    one.apply(update_rows(there, wanted, gone))
    after = lines(one)
    written = Counter(line.id for line in after if line.id)
    assert set(wanted) <= set(written)
    for id, count in written.items():  # a row in which the person wrote is never taken for a doubled one
        assert count == 1 or sum(bool(line.persons) for line in after if line.id == id) >= count - 1
    new = [key for key in wanted if key not in there.rows]
    assert [line.id for line in after[: len(new)]] == new
    standing = [(line.id, line.persons) for line in (Line(*row) for row in one.rows[1 + len(new) :])]
    assert standing[: len(persons)] == persons
    for key, row in wanted.items():
        assert any(
            line.id == key and same(line.problem, row["problem"]) and same(line.value, row["value"]) for line in after
        )


@given(drawn, wishes)
def test_a_second_time_there_is_nothing_to_do(before: list[Line], wanted: dict[str, dict[str, Cell]]) -> None:
    one = sheet(before)
    there = read(one)
    one.apply(update_rows(there, wanted, there.rows.keys() - wanted.keys()))
    assert [*update_rows(read(one), wanted)] == []


def test_a_doubled_row_goes_unless_the_person_wrote_in_it() -> None:
    one = sheet([Line("a", "x", None, None), Line("a", "x", "שלי", None), Line("b", "x", None, None)])
    there = read(one)
    assert (there.rows, there.doubled) == ({"a": 2, "b": 3}, (1,))
    one.apply(update_rows(there, {"a": {"problem": "x"}, "b": {"problem": "y"}}))
    assert lines(one) == [Line("a", "x", "שלי", None), Line("b", "y", None, None)]


def test_a_sorted_tab_with_a_column_moved_is_known_by_our_marks() -> None:
    """The headers say nothing here; the marks on the columns do."""
    moved = Sheet([["?", "?", "?"], ["x", "שלי", "b"], ["y", None, "a"]], 3)
    there = keyed(moved.tab(own={2: "checks.id", 0: "checks.problem"}), "checks", 0, {"problem": 1})
    moved.apply(update_rows(there, {"a": {"problem": "new"}}))
    assert moved.rows[1:] == [["x", "שלי", "b"], ["new", None, "a"]]


def test_without_its_id_column_a_tab_is_not_whole() -> None:
    there = keyed(sheet([Line("a", "x", None, None)]).tab(), "checks", 0, {"problem": 1})
    assert not there.is_whole
    assert there.rows == {}


def test_an_unticked_box_is_no_writing_of_the_persons() -> None:
    one = sheet([Line("a", "x", False, None), Line("a", "x", False, None)])
    assert read(one).doubled == (2,)


@pytest.mark.parametrize(
    ("cell", "wanted", "alike"),
    [
        (None, "", True),
        ("", None, True),
        (None, None, True),
        ("x", "x", True),
        ("x", "y", False),
        ("x", None, False),
        (None, "x", False),
        (3, 3.0, True),
        (3, 4, False),
        (0, None, False),
        (0, "", False),
        (1, True, False),
        (True, 1, False),
        (True, True, True),
        (False, None, False),
        ("3", 3, False),
        ("תקציב B7", Link("תקציב B7", "https://x"), True),
        ("תקציב B8", Link("תקציב B7", "https://x"), False),
    ],
)
def test_whether_a_cell_reads_as_wanted(cell: Cell, wanted: Cell | Link, alike: bool) -> None:
    assert same(cell, wanted) == alike
