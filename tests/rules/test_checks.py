"""What must hold for the cells of a table."""

from collections.abc import Sequence

from rules.checks import check
from rules.finding import Problem
from rules.finding import ProblemKind as P
from rules.table import Book, Cell, TableSpec
from tests.rules.grids import BUDGET, CLASSES, EXPENSES, REGISTRATIONS, read

Seen = tuple[int, str, P, Cell, str]


def problems(spec: TableSpec, *rows: Sequence[Cell], book: Book | None = None, title: str = "x") -> list[Seen]:
    reading = read(spec, *rows, title=title)
    found = check(reading.table, reading.problems, book or {})
    return [(one.row, one.field, one.kind, one.proposal, one.hint) for one in found]


SPENT = ["תאריך", "סעיף", "ספק", "סכום"]
FORM = ["שם מלא", "טלפון", "חוג"]
CLASS = ["שם החוג", "קבוצה", "מינימום", "מקסימום", "תאריך פתיחה", "תאריך סיום"]


def test_required_cells_are_asked_for_once() -> None:
    """An unreadable cell is told as such, not also as missing; a column that is not there has no cells."""
    assert problems(EXPENSES, ["תאריך", "ספק", "סכום"], [46322, None, 5], ["מחר", "דפוס", "-"]) == [
        (1, "supplier", P.REQUIRED, None, ""),
        (2, "date", P.TYPE, None, ""),
        (2, "amount", P.REQUIRED, None, ""),
    ]


def test_bounds_of_a_column() -> None:
    assert problems(CLASSES, ["שם החוג", "מינימום"], ["ג׳ודו", -1], ["קפוארה", 0], ["ריקוד", "-3"]) == [
        (1, "minimum", P.RANGE, None, "≥ 0"),
        (3, "minimum", P.RANGE, None, "≥ 0"),
        (3, "minimum", P.TEXT_NUMBER, -3, ""),
    ]
    assert problems(BUDGET, ["סעיף", "תקציב מאושר"], ["חגים", -0.5]) == [(1, "planned", P.RANGE, None, "≥ 0")]


def test_a_refund_is_no_problem() -> None:
    assert problems(EXPENSES, SPENT, [46322, "חגים", "דפוס", -80]) == []


def test_an_end_is_not_before_its_start() -> None:
    assert problems(CLASSES, CLASS, ["ג׳ודו", None, 8, 5, 46322, 46321], ["קפוארה", None, 5, 5, 46322, 46322]) == [
        (1, "maximum", P.RANGE, None, "≥ 8"),
        (1, "end", P.RANGE, None, "≥ 27.10.2026"),
    ]


def test_a_key_that_stands_twice_is_flagged_in_every_row() -> None:
    assert problems(
        REGISTRATIONS,
        FORM,
        ["נועה כהן", "050-1234567", "ג'ודו"],
        ["נועה  כהן", "0501234567", "ג׳ודו"],
        ["נועה כהן", "050-1234567", "קרמיקה"],
        ["אורי כהן", "050-1234567", "ג׳ודו"],
        ["נועה־כהן", "+972501234567", "גודו"],
        [None, "050-7654321", "ג׳ודו"],
        [None, "050-7654321", "ג׳ודו"],
    ) == [
        (1, "participant", P.UNIQUE, None, "3, 6"),
        (2, "participant", P.UNIQUE, None, "2, 6"),
        (5, "participant", P.UNIQUE, None, "2, 3"),
        (6, "participant", P.REQUIRED, None, ""),
        (7, "participant", P.REQUIRED, None, ""),
    ]


def test_groups_of_one_class_are_two_rows() -> None:
    assert problems(CLASSES, CLASS[:2], ["ג׳ודו", "א"], ["ג׳ודו", "ב"], ["ג׳ודו", None]) == []
    assert problems(CLASSES, CLASS[:2], ["ג׳ודו", None], ["גודו", ""]) == [
        (1, "name", P.UNIQUE, None, "3"),
        (2, "name", P.UNIQUE, None, "2"),
    ]


def test_a_budget_line_is_one_a_year() -> None:
    header: list[Cell] = ["סעיף", "תקציב מאושר", "שנה"]
    assert problems(BUDGET, header, ["חגים", 1, 2025], ["חגים", 1, 2026]) == []
    assert [one[2] for one in problems(BUDGET, header, ["חגים", 1, 2026], ["חגים", 1, None], title="תקציב 2026")] == [
        P.UNIQUE
    ] * 2


def test_names_of_another_table() -> None:
    classes = read(CLASSES, CLASS[:2], ["ג׳ודו", "א׳"], ["קרמיקה", None], ["קרמיקה", "בוגרים"]).table
    rows: list[list[Cell]] = [
        ["נועה", "050-1234567", "ג'ודו"],
        ["אורי", "050-1234567", "ג׳ודו, א"],
        ["דנה", "050-1234567", "קרמיקה (בוגרים)"],
        ["רות", "050-1234567", "קרמיקא"],
        ["לב", "050-1234567", "שחמט"],
    ]
    assert problems(REGISTRATIONS, FORM, *rows, book={"classes": classes}) == [
        (4, "class_name", P.REFERENCE, "קרמיקה", "חוגים, סדנאות וקורסים"),
        (5, "class_name", P.REFERENCE, None, "חוגים, סדנאות וקורסים"),
    ]
    assert problems(REGISTRATIONS, FORM, *rows, book={}) == []
    assert problems(REGISTRATIONS, FORM, *rows, book={"classes": read(CLASSES, CLASS).table}) == []


def test_what_rows_are_referred_to_by() -> None:
    table = read(CLASSES, CLASS[:2], ["ג׳ודו", "א׳"], ["קרמיקה", None], [None, "ב׳"]).table
    assert table.known_by == {"גודו": "ג׳ודו", "קרמיקה": "קרמיקה", "גודו א": "ג׳ודו, א׳"}


def test_a_problem_says_where_and_what_stands_there() -> None:
    reading = read(EXPENSES, ["הוצאות"], SPENT, [46322, "חגים", None, 12.5], [46322, "חגים", "א", 12.5])
    (problem,) = check(reading.table, reading.problems, {})
    assert problem == Problem("expenses", reading.table.place, 2, 2, "supplier", P.REQUIRED, None)
    assert not problem.is_remark
