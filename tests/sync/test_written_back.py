"""Computed columns and the tab of problems, out of sheets drawn as rows: what is written, and what never is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rules.catalogue.money.ledger import positions
from rules.finding import Problem, ProblemKind
from rules.table import Cell, Grid, Place
from sheets_sync.config import Community, Google, Settings, SpreadsheetSettings
from sheets_sync.look import Picture, look
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.tabs.checks_tab import PRIVATE_HE, by_id, check_rows, repairs, ticked
from sheets_sync.tabs.service_tabs import CHECKS
from sheets_sync.writing.edits import Request
from sheets_sync.writing.own_columns import budget_columns, column_requests

TODAY = date(2026, 11, 23)
MAIN, OTHER = "m" * 30, "o" * 30
BUDGET: Sequence[Sequence[Cell]] = (
    ("סעיף", "תקציב מאושר", "התחייבויות", "שולם (מחושב)", "יתרה", "% ניצול"),
    ("חגים", 1000, None, None, None, None),
    ("נוער", 0, None, None, None, None),
    ("קפה", "אין", None, None, None, None),
)
EXPENSES: Sequence[Sequence[Cell]] = (
    ("תאריך", "סעיף", "ספק", "מס׳ חשבונית", 'סכום (כולל מע"מ)', "סוג", "סטטוס"),
    (46_300, "חגים", "גל", "7", 250.5, "תשלום", "תקין"),
)
OWN = {2: "budget.committed", 3: "budget.paid", 4: "budget.remaining", 5: "budget.share_used"}


def tab(number: int, title: str, rows: Sequence[Sequence[Cell]], spreadsheet: str = MAIN) -> Tab:
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(max(map(len, rows)))]
    place = Place(spreadsheet, number, title)
    return Tab(place, Grid(place, columns), 50, 26)


def picture(*tabs: Tab) -> tuple[Picture, Settings]:
    ids = dict.fromkeys(one.place.spreadsheet for one in tabs)
    named = [SpreadsheetSettings("main" if id == MAIN else "other", id) for id in ids]
    settings = Settings(Community("כפר"), named, google=Google(Path("key.json")))
    books = [Spreadsheet(one, one.name, tuple(t for t in tabs if t.place.spreadsheet == one.id)) for one in named]
    return look(Snapshot(tuple(books)), settings, TODAY), settings


def budget(rows: Sequence[Sequence[Cell]] = BUDGET, **changes: object) -> Tab:
    return replace(tab(1, "תקציב", rows), own=OWN, **changes)  # type: ignore[arg-type]


def columns_of(one: Tab) -> list[Request]:
    seen, settings = picture(one, tab(2, "הוצאות", EXPENSES))
    found = positions(seen.book, settings.for_rules, TODAY)
    return [*column_requests(one, seen.book["budget"], budget_columns(seen.book["budget"], found))]


def cells(requests: Sequence[Request]) -> dict[tuple[int, int], object]:
    updates = [request["updateCells"] for request in requests]
    return {
        (one["start"]["rowIndex"], one["start"]["columnIndex"]): next(
            iter(one["rows"][0]["values"][0]["userEnteredValue"].values()), None
        )
        for one in updates
    }


def test_computed_columns_say_where_each_line_stands() -> None:
    assert cells(columns_of(budget())) == {
        (1, 2): 0,
        (1, 3): 250.5,
        (1, 4): 749.5,
        (1, 5): 0.25,
        (2, 2): 0,
        (2, 3): 0,
        (2, 4): 0,
    }


def test_what_reads_as_wanted_is_not_written() -> None:
    rows = [BUDGET[0], ("חגים", 1000, 0, 250.5, 749.5, 0.25), ("נוער", 0, 0, 0, 0, None), BUDGET[3]]
    assert columns_of(budget(rows)) == []
    stale = [rows[0], ("חגים", 1000, 0, 250.5, 700, 0.25), rows[2], ("קפה", "אין", None, 5, None, None)]
    assert cells(columns_of(budget(stale))) == {(1, 4): 749.5, (3, 3): None}


def test_a_formula_the_person_put_in_our_column_stays() -> None:
    formulas = frozenset((1, column) for column in (3, 4))
    assert set(cells(columns_of(budget(formulas=formulas)))) == {(1, 2), (1, 5), (2, 2), (2, 3), (2, 4)}


def test_a_column_without_our_mark_is_the_persons_whatever_its_header() -> None:
    assert columns_of(replace(budget(), own={})) == []
    moved = {column: name for column, name in OWN.items() if column != 4}
    assert not any(column == 4 for _, column in cells(columns_of(replace(budget(), own=moved))))


REGISTRATIONS: Sequence[Sequence[Cell]] = (
    ("שם המשתתף/ת", "טלפון", "חוג"),
    ("נועה", "501234567", "יוגה"),
    ("נועה", "לא ידוע", "יוגה"),
    ("נועה", "לא ידוע", "יוגה"),
)


def registrations(spreadsheet: str = MAIN) -> tuple[Picture, Tab]:
    one = tab(3, "נרשמים", REGISTRATIONS, spreadsheet)
    seen, _ = picture(tab(1, "תקציב", BUDGET), one)
    return seen, one


def phones(found: dict[str, Problem]) -> Iterator[tuple[str, Problem]]:
    return ((key, one) for key, one in found.items() if one.field == "phone" and one.kind is ProblemKind.TYPE)


def test_two_problems_alike_are_two_rows_and_keep_their_ids_when_sorted() -> None:
    seen, _ = registrations()
    assert len(by_id(seen)) == len(seen.problems)
    assert len([*phones(by_id(seen))]) == 2
    header, *rows = REGISTRATIONS
    upside_down, _ = picture(tab(1, "תקציב", BUDGET), tab(3, "נרשמים", [header, rows[0], (), *rows[1:]]))
    [(first, _), _] = phones(by_id(seen))
    assert first in dict(phones(by_id(upside_down)))


def test_a_tick_stays_with_its_row_when_rows_alike_are_sorted() -> None:
    """Two rows without a name, with the same phone: what else stands in them tells them apart."""
    header, *_ = REGISTRATIONS
    yoga, chess = (None, "501234567", "יוגה"), (None, "501234567", "שחמט")
    asked = []
    for rows in ([yoga, chess], [chess, yoga], [(), chess, yoga]):
        seen, _ = picture(tab(1, "תקציב", BUDGET), tab(3, "נרשמים", [header, *rows]))
        found = {key: one for key, one in by_id(seen).items() if one.proposal == "050-1234567"}
        asked += [key for key, one in found.items() if rows[one.row - 1] is chess]
    assert len(asked) == 3
    assert len(set(asked)) == 1


def proposed(seen: Picture) -> tuple[str, Problem]:
    return next((key, one) for key, one in by_id(seen).items() if one.proposal == "050-1234567")


def test_a_repair_is_written_where_its_box_is_ticked_and_nowhere_else() -> None:
    seen, _ = registrations()
    key, problem = proposed(seen)
    found = by_id(seen)
    assert cells([*repairs([key], found, seen.tabs)]) == {(problem.row, problem.column): "050-1234567"}
    assert [*repairs([], found, seen.tabs)] == []
    assert [*repairs(["of another day"], found, seen.tabs)] == []
    hopeless = [id for id, other in found.items() if other.proposal in (None, "")]
    assert hopeless
    assert [*repairs(hopeless, found, seen.tabs)] == []


def test_a_repair_never_goes_over_a_formula() -> None:
    seen, one = registrations()
    key, problem = proposed(seen)
    held = replace(one, formulas=frozenset({(problem.row, problem.column)}))
    assert [*repairs([key], by_id(seen), {**seen.tabs, "registrations": held})] == []


def test_a_repair_is_off_when_the_cell_says_something_else_by_now() -> None:
    key, _ = proposed(registrations()[0])
    header, _, *rest = REGISTRATIONS
    changed, _ = picture(tab(1, "תקציב", BUDGET), tab(3, "נרשמים", [header, ("נועה", "507654321", "יוגה"), *rest]))
    assert [*repairs([key], by_id(changed), changed.tabs)] == []


def test_ticks_are_read_from_the_tab() -> None:
    headers = [column.hebrew for column in CHECKS.columns]
    at = {column.field: i for i, column in enumerate(CHECKS.columns)}
    rows: list[list[Cell]] = [[None] * len(headers) for _ in range(3)]
    for row, (id, fix) in zip(rows, [("a", True), ("b", False), (None, True)], strict=True):
        row[at["id"]], row[at["fix"]], row[at["place"]] = id, fix, "נרשמים B2"
    seen, _ = picture(tab(9, CHECKS.hebrew, [headers, *rows]))
    assert ticked(seen.book["checks"]) == ["a"]
    assert ticked(None) == []


@pytest.mark.parametrize(("spreadsheet", "shows"), [(MAIN, True), (OTHER, False)], ids=["at home", "elsewhere"])
def test_what_is_personal_stays_in_its_spreadsheet(spreadsheet: str, shows: bool) -> None:
    """The tab of problems is in the main spreadsheet, which more people open."""
    seen, _ = registrations(spreadsheet)
    key, _ = proposed(seen)
    row = check_rows(by_id(seen), MAIN, "he", "")[key]
    assert ("501234567" in str(row["value"])) == shows
    assert ("050-1234567" in str(row["proposal"])) == shows
    assert PRIVATE_HE in (row["value"], "") or shows
