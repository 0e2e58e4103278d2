"""The settings' lists as the choices of a table's columns: read, checked and offered."""

from typing import Any

import pytest

from rules.catalogue import TABLES
from rules.checks import check
from rules.finding import ProblemKind
from rules.reading import read_table
from rules.table import Grid, Kind, Place
from rules.tailored import lists, tailored
from sheets_sync.furnishing.furnish import furnish, offered, sheet_id

SPECS = {spec.key: spec for spec in TABLES}
GIVEN = lists({"topics": ["תחבורה", "תרבות"], "populations": ["נוער", "ותיקים", "גילאי 60 ומעלה"], "fields": []})


def problems(key: str, field: str, *cells: str) -> list[tuple[str, ProblemKind, Any]]:
    """Of a column alone: the cells that are marked, why, and what is proposed."""
    spec = tailored(SPECS[key], GIVEN)
    grid = Grid(Place("book", 1, spec.hebrew), [[spec.by_field[field].hebrew, *cells]])
    reading = read_table(spec, grid)
    found = check(reading.table, reading.problems, {})
    return [(str(one.value), one.kind, one.proposal) for one in found if one.field == field]


@pytest.mark.parametrize("key", ["needs", "inquiries"])
def test_a_topic_that_is_not_on_the_list_is_marked(key: str) -> None:
    assert problems(key, "topic", "תרבות", "תחבורא", "ביוב") == [
        ("תחבורא", ProblemKind.CHOICE, "תחבורה"),
        ("ביוב", ProblemKind.CHOICE, None),
    ]


def test_without_a_list_any_topic_may_stand() -> None:
    grid = Grid(Place("book", 1, "צרכים"), [["נושא", "ביוב"]])
    reading = read_table(tailored(SPECS["needs"], lists({"topics": []})), grid)
    assert reading.table["topic"] == ["ביוב"]
    assert reading.problems == ()


@pytest.mark.parametrize("key", ["plan", "needs", "goals", "events", "classes", "channels"])
def test_a_population_that_is_misspelled_is_asked_about_and_another_stays(key: str) -> None:
    """A community's list is what it looks after; a class may be for others."""
    assert problems(key, "population", "נוער", "ותיקימ", "נוער, ותיקם", "כיתות א׳-ג׳", "גילאי 70 ומעלה") == [
        ("ותיקימ", ProblemKind.CHOICE, "ותיקים"),
        ("נוער, ותיקם", ProblemKind.CHOICE, "נוער, ותיקים"),
    ]


def test_every_column_that_follows_a_setting_follows_one_that_is_there() -> None:
    named = {column.setting for spec in TABLES for column in spec.columns if column.setting}
    assert named == {"populations", "topics", "fields"}


def test_the_same_lists_give_the_same_table() -> None:
    """What is remembered of a table's headers is looked up by it."""
    again = lists({"topics": ("תחבורה", "תרבות"), "populations": ("נוער", "ותיקים", "גילאי 60 ומעלה")})
    assert tailored(SPECS["needs"], GIVEN) is tailored(SPECS["needs"], again)
    assert tailored(SPECS["budget"], GIVEN) is SPECS["budget"]


@pytest.mark.parametrize(("field", "choices"), [("topic", GIVEN[0][1]), ("population", GIVEN[1][1])])
def test_the_list_is_offered_in_the_cells(field: str, choices: tuple[str, ...]) -> None:
    spec = tailored(SPECS["needs"], GIVEN)
    cells = [body["repeatCell"] for body in furnish([spec]) if "repeatCell" in body]
    at = [column.field for column in offered(spec)].index(field)
    [cell] = [one["cell"] for one in cells if one["range"]["startColumnIndex"] == at]
    values = [value["userEnteredValue"] for value in cell["dataValidation"]["condition"]["values"]]
    assert tuple(values) == choices
    assert cells[0]["range"]["sheetId"] == sheet_id("needs")


@pytest.mark.parametrize("field", ["topic", "population"])
def test_without_a_list_nothing_is_offered(field: str) -> None:
    spec = SPECS["needs"]
    at = [column.field for column in offered(spec)].index(field)
    cells = [body["repeatCell"] for body in furnish([spec]) if "repeatCell" in body]
    [cell] = [one["cell"] for one in cells if one["range"]["startColumnIndex"] == at]
    assert "dataValidation" not in cell
    assert spec.by_field[field].kind in (Kind.CHOICE, Kind.TEXT)
