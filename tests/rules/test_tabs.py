import pytest

from rules.catalogue import TABLES
from rules.headers import find_headers
from rules.table import TableSpec
from rules.tabs import best_table, header_score
from tests.rules.grids import BUDGET, CLASSES, EXPENSES, REGISTRATIONS, grid

SPECS = (BUDGET, EXPENSES, CLASSES, REGISTRATIONS)


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: str(spec.key))
def test_a_template_s_tab_is_known_by_its_title_and_by_its_headers(spec: TableSpec) -> None:
    headers = [column.hebrew for column in spec.columns]
    for title, by_title in ((spec.hebrew, True), (spec.key, True), ("גיליון1", False)):
        guess = best_table(grid(headers, title=title), TABLES)
        assert guess is not None
        assert (guess.spec.key, guess.by_title) == (spec.key, by_title)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("תקציב 2027", "budget"),
        ("תקציב תרבות תשפ״ח", "budget"),
        ("חוגים תשפז", "classes"),
        ("מעקב־הוצאות", "expenses"),
        ("הרשמות (2)", "registrations"),
    ],
)
def test_titles_with_a_year_a_season_or_a_number(title: str, key: str) -> None:
    guess = best_table(grid(title=title), SPECS)
    assert guess is not None
    assert guess.spec.key == key


def test_a_form_s_tab_is_known_by_its_questions() -> None:
    questions = ["חותמת זמן", "מה שם הילד/ה?", "מה הטלפון של ההורה?", "לאיזה חוג תרצו להירשם?"]
    guess = best_table(grid(questions, title="תגובות לטופס 1"), SPECS)
    assert guess is not None
    assert (guess.spec.key, guess.by_title) == ("registrations", False)


def test_headers_overrule_a_title_that_none_of_them_fits() -> None:
    guess = best_table(grid(["תאריך", "ספק", "סעיף", "סכום"], title="חוגים"), SPECS)
    assert guess is not None
    assert guess.spec.key == "expenses"


@pytest.mark.parametrize(
    "headers", [[], ["שם", "טלפון"], ["א", "ב", "ג", "ד"], ["ספק", "צבע", "גודל", "משקל", "תאריך", "אורך"]]
)
def test_a_tab_of_something_else_is_no_table(headers: list[str]) -> None:
    assert best_table(grid(headers, title="גיליון1"), SPECS) is None


def test_the_score_is_of_headers_known_and_of_required_fields_found() -> None:
    tab = grid(["תאריך", "ספק", "סכום", "צבע"])
    assert header_score(EXPENSES, find_headers(EXPENSES, tab)) == (3 / 4 + 3 / 4) / 2
    assert header_score(EXPENSES, find_headers(EXPENSES, grid(["תאריך", "ספק"]))) == 0
