"""Requests and addresses: what a cell becomes, how cells are named, and the fewest boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Place
from sheets_sync.writing.edits import (
    Link,
    Writable,
    a1,
    address,
    boxes,
    cell_value,
    column_letters,
    mark_write,
    set_note,
)

PLACE = Place("book-id", 42, "תקציב")


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (0, 0, "A1"),
        (6, 1, "B7"),
        (0, 25, "Z1"),
        (0, 26, "AA1"),
        (9, 51, "AZ10"),
        (0, 52, "BA1"),
        (0, 701, "ZZ1"),
        (0, 702, "AAA1"),
    ],
)
def test_a_cell_as_sheets_names_it(row: int, column: int, name: str) -> None:
    assert a1(row, column) == name


@given(st.integers(0, 18_277))
def test_letters_count_the_columns(column: int) -> None:
    number = 0
    for letter in column_letters(column):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == column + 1


@pytest.mark.parametrize(
    ("value", "entered"),
    [
        (None, {}),
        ("", {}),
        ("נועה", {"stringValue": "נועה"}),
        ("=IMPORTXML(1)", {"stringValue": "=IMPORTXML(1)"}),
        ("+972501234567", {"stringValue": "+972501234567"}),
        ("0501234567", {"stringValue": "0501234567"}),
        (True, {"boolValue": True}),
        (False, {"boolValue": False}),
        (0, {"numberValue": 0}),
        (1.5, {"numberValue": 1.5}),
        (Link('ת "א"', "https://x/?a=1"), {"formulaValue": '=HYPERLINK("https://x/?a=1","ת ""א""")'}),
    ],
)
def test_what_is_written_in_a_cell(value: Writable, entered: dict[str, object]) -> None:
    assert cell_value(value) == entered


@given(st.text())
def test_text_never_becomes_a_formula(text: str) -> None:
    assert cell_value(text) == ({"stringValue": text} if text else {})


@pytest.mark.parametrize(
    ("row", "column", "base", "url"),
    [
        (None, 0, "", "https://docs.google.com/spreadsheets/d/book-id/edit#gid=42"),
        (6, 1, "", "https://docs.google.com/spreadsheets/d/book-id/edit#gid=42&range=B7"),
        (0, 0, "http://127.0.0.1:9", "http://127.0.0.1:9/spreadsheets/d/book-id/edit#gid=42&range=A1"),
    ],
)
def test_the_address_of_a_cell(row: int | None, column: int, base: str, url: str) -> None:
    assert address(PLACE, row, column, base) == url


cells = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 4)))


@given(cells)
def test_boxes_hold_just_the_cells(where: set[tuple[int, int]]) -> None:
    found = boxes([*where, *where])
    held = [(row, column) for column, first, count in found for row in range(first, first + count)]
    assert sorted(held) == sorted(where)
    runs = sum((row - 1, column) not in where for row, column in where)
    assert len(found) == runs  # none could be joined to another


def test_a_note_is_taken_away_by_an_empty_cell() -> None:
    assert set_note(7, 1, 2, "")["updateCells"]["rows"] == [{"values": [{}]}]
    assert set_note(7, 1, 2, "x")["updateCells"]["rows"] == [{"values": [{"note": "x"}]}]


def test_the_first_write_makes_the_mark_and_the_next_change_it() -> None:
    [(kind, body)] = mark_write(3, None).items()
    assert (kind, body["developerMetadata"]["metadataValue"]) == ("createDeveloperMetadata", "3")
    [(kind, body)] = mark_write(4, 3).items()
    assert (kind, body["developerMetadata"], body["fields"]) == (
        "updateDeveloperMetadata",
        {"metadataValue": "4"},
        "metadataValue",
    )
