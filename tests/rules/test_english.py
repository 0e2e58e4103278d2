"""English beside Hebrew in cells: either word is read, and what is written or told is in the community's language."""

import re

import pytest

from rules.catalogue import TABLES
from rules.catalogue.care.tables import EMERGENCY_ROLES
from rules.english import ENGLISH, chosen, language_of
from rules.english_help import HELP
from rules.finding import ROLE_NAMES, Problem, ProblemKind, Severity
from rules.names import fold
from rules.problems import words
from rules.table import Column, Kind, Place
from rules.values import read_cell, write_cell
from rules.wording import Word, fill
from sheets_sync.tabs.service_tabs import SERVICE_TABLES

LISTS = [
    (f"{spec.key}.{column.field}", column)
    for spec in (*TABLES, *SERVICE_TABLES)
    for column in spec.columns
    if column.choices and column.kind in (Kind.CHOICE, Kind.MULTI)
]
EACH_LIST = pytest.mark.parametrize("column", [column for _, column in LISTS], ids=[name for name, _ in LISTS])


@EACH_LIST
def test_each_word_of_a_list_is_read_in_either_language(column: Column) -> None:
    for word in column.choices:
        wanted = (word,) if column.kind is Kind.MULTI else word
        for written in (word, ENGLISH[word], ENGLISH[word].upper(), f" {ENGLISH[word]} "):
            assert read_cell(column, written) == (wanted, None), written


@EACH_LIST
def test_no_two_words_of_a_list_are_the_same_in_english(column: Column) -> None:
    assert len({fold(ENGLISH[word]) for word in column.choices}) == len(column.choices)


@EACH_LIST
def test_what_is_written_in_english_reads_the_same_again(column: Column) -> None:
    for word in column.choices:
        value = (word,) if column.kind is Kind.MULTI else word
        written = write_cell(column, value, language="en")
        assert not re.search("[א-ת]", str(written))
        assert read_cell(column, written) == (value, None)


def test_what_is_no_choice_of_a_column_has_its_words_too() -> None:
    for word in (*EMERGENCY_ROLES, *ROLE_NAMES.values(), *(severity.hebrew for severity in Severity)):
        assert word in ENGLISH
    for role, word in ROLE_NAMES.items():
        assert ENGLISH[word] == role.english


def test_every_column_s_help_is_in_english_too() -> None:
    helps = {column.help for spec in (*TABLES, *SERVICE_TABLES) for column in spec.columns if column.help}
    assert helps - HELP.keys() == set()


WEEKDAY = next(column for name, column in LISTS if name == "classes.weekday")
STATUS = next(column for name, column in LISTS if name == "tasks.status")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sunday", ("א׳",)),
        ("Sun-Tue", ("א׳", "ב׳", "ג׳")),
        ("Mondays and Wednesdays", ("ב׳", "ד׳")),
        ("Mon, ד׳", ("ב׳", "ד׳")),
    ],
)
def test_days_of_the_week_in_english(written: str, read: tuple[str, ...]) -> None:
    assert read_cell(WEEKDAY, written) == (read, None)


@pytest.mark.parametrize(
    ("written", "proposal"), [("opne", "open"), ("canceled", "cancelled"), ("בבצוע", "בביצוע"), ("purple", None)]
)
def test_a_near_spelling_is_proposed_in_its_own_language(written: str, proposal: str | None) -> None:
    _, trouble = read_cell(STATUS, written)
    assert trouble is not None
    assert trouble.proposal == proposal


def test_a_problem_names_the_choices_in_the_language() -> None:
    _, trouble = read_cell(STATUS, "purple")
    assert trouble is not None
    place = Place("book", 0, "tasks")
    problem = Problem("tasks", place, 1, 1, "status", ProblemKind.CHOICE, "purple", None, trouble.hint)
    assert "open, under way, done, cancelled" in words(problem, STATUS, "en").note
    assert "פתוח, בביצוע, בוצע, בוטל" in words(problem, STATUS, "he").note


@pytest.mark.parametrize(
    ("value", "language", "told"),
    [
        ("טיוטה", "he", "טיוטה"),
        ("טיוטה", "en", "draft"),
        ("דיור, חברים", "en", "housing, friends"),
        ("פייסבוק · הורי הגן", "en", "Facebook · הורי הגן"),
    ],
)
def test_a_chosen_word_is_told_in_the_message_s_language(value: str, language: str, told: str) -> None:
    assert fill("{word}", {"word": Word(value)}, "en" if language == "en" else "he") == f"\u2068{told}\u2069"


def test_the_language_of_a_text() -> None:
    assert [language_of(text) for text in ("open", "פתוח", "Bit ביט", "12", "")] == ["en", "he", "he", "he", "he"]
    assert chosen("נושא של היישוב", "en") == "נושא של היישוב"
