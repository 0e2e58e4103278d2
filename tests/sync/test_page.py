"""The tab `summary` as a page: laid out once, silent while it shows, and cleared where it shrinks."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.tabs.page import WIDTH, Block, Line, page, page_requests, share
from sheets_sync.writing.edits import Link
from tests.sync.sheet_model import PLACE, Sheet

BUDGET = Block("תקציב", ("סעיף", "יתרה"), ("text", "money"), [("חגים", 12.5), ("נוער", None)])
EMPTY = Block("חוגים", ("חוג",), ("text",), [], "אין עדיין חוגים.")
SILENT = Block("שקט", ("x",), ("text",), [])
PAGE = page("תמונת מצב", [BUDGET, EMPTY, SILENT])


def on(one: Sheet, lines: Sequence[Line], *, there: bool = True) -> list[object]:
    """Put the lines on a sheet; the requests that took."""
    requests = [*page_requests(PLACE.sheet, one.tab() if there else None, lines, "RIGHT_TO_LEFT")]
    one.apply(requests)
    return [*requests]


def test_blocks_stand_under_each_other() -> None:
    assert [(line.style, line.cells) for line in PAGE] == [
        ("title", ("תמונת מצב",)),
        ("blank", ()),
        ("section", ("תקציב",)),
        ("header", ("סעיף", "יתרה")),
        ("row", ("חגים", 12.5)),
        ("row", ("נוער", None)),
        ("blank", ()),
        ("section", ("חוגים",)),
        ("row", ("אין עדיין חוגים.",)),
        ("blank", ()),
        ("section", ("שקט",)),
    ]


def test_what_shows_is_not_written_again() -> None:
    one = Sheet([[] for _ in range(40)], WIDTH + 4)
    assert on(one, PAGE, there=False)
    assert on(one, PAGE) == []
    assert one.rows[4][:2] == ["חגים", 12.5]


@pytest.mark.parametrize(
    "change",
    [
        page("תמונת מצב", [EMPTY]),
        page("אחרת", [BUDGET, EMPTY, SILENT]),
        page("תמונת מצב", [Block("תקציב", ("סעיף",), ("text",), [("חגים",)]), EMPTY, SILENT]),
    ],
    ids=["shorter", "another title", "narrower"],
)
def test_a_page_that_changes_leaves_nothing_of_the_last(change: list[Line]) -> None:
    one = Sheet([[] for _ in range(40)], WIDTH + 4)
    on(one, PAGE)
    assert on(one, change)
    fresh = Sheet([[] for _ in range(40)], WIDTH + 4)
    on(fresh, change)
    assert one.rows == fresh.rows
    assert on(one, change) == []


def test_what_a_person_puts_beside_stays_and_what_is_put_in_ours_goes() -> None:
    one = Sheet([[] for _ in range(40)], WIDTH + 4)
    on(one, PAGE)
    one.rows[3][WIDTH] = "שלי"
    one.rows[30][WIDTH + 1] = "גם"
    assert on(one, PAGE) == []
    one.rows[20][0] = "נשאר מאז"
    assert on(one, PAGE)
    assert one.rows[20][0] is None
    assert (one.rows[3][WIDTH], one.rows[30][WIDTH + 1]) == ("שלי", "גם")


def test_a_page_longer_than_the_tab_makes_it_longer() -> None:
    one = Sheet([[] for _ in range(4)], WIDTH)
    on(one, PAGE)
    assert len(one.rows) == len(PAGE)
    assert on(one, PAGE) == []


cells = st.none() | st.integers(-5, 5) | st.floats(-5, 5) | st.sampled_from(["", "x", "=1", "3"]) | st.booleans()
blocks = st.builds(
    Block,
    st.just("ב"),
    st.just(("א",)),
    st.just(("text", "money", "percent", "date")),
    st.lists(st.lists(cells, min_size=1, max_size=WIDTH).map(tuple), max_size=4),
    st.sampled_from(["", "אין"]),
)


@given(st.lists(st.lists(blocks, max_size=3), max_size=4))
def test_any_pages_one_after_the_other(pages: list[list[Block]]) -> None:
    """Each stands as if it were the first, and a second look finds nothing to do."""
    one = Sheet([[] for _ in range(30)], WIDTH)
    for found in pages:
        lines = page("כותרת", found)
        on(one, lines)
        assert on(one, lines) == []
        shown: list[list[Cell]] = [[_shown(line, column) for column in range(WIDTH)] for line in lines]
        assert one.rows[: len(lines)] == shown
        assert all(cell is None for row in one.rows[len(lines) :] for cell in row)


def _shown(line: Line, column: int) -> Cell:
    cell = line.cells[column] if column < len(line.cells) else None
    assert not isinstance(cell, Link)
    return None if cell == "" else cell


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 2, 0.5), (1, 3, 0.33), (0, 5, 0), (5, 0, None), (12, 10, 1.2)]
)
def test_a_share_is_a_whole_point(part: int, whole: int, shown: Cell) -> None:
    assert share(part, whole) == shown
