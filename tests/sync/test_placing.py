"""What a form answer becomes in a sheet: which cell each answer goes to, as text, below what is there, once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reading import Reading, read_table
from rules.table import Book, Cell
from sheets_sync.answers.placing import RECEIVED, Answer, Row, is_known, is_there, mark_of, requests_of, row_of
from sheets_sync.look import ALL_TABLES
from sheets_sync.reading.read import Tab
from tests.rules.sheets import book
from tests.sync.sheet_model import Sheet
from tests.world import JERUSALEM

SPEC = ALL_TABLES["registrations"]
HEADERS = ("שם המשתתף/ת", "טלפון", "מייל", "חוג", "סטטוס הרשמה", "הערות", "חותמת זמן", "מזהה תשובה (מערכת)", "כובע?")
NAME, PHONE, EMAIL, CLASS, STATUS, NOTES, TIME, ID, HAT = range(9)
CLASSES: Book = book(
    """
    classes
    name | minimum
    קרמיקה, כיתות א׳–ג׳ | 8
    יוגה | 5
    """
)


def sheet(*rows: Sequence[Cell], headers: Sequence[Cell] = HEADERS, spare: int = 5) -> Sheet:
    return Sheet([[*headers], *([*row] for row in rows), *([] for _ in range(spare))], len(headers))


def seen(one: Sheet, **changes: object) -> tuple[Tab, Reading]:
    tab = one.tab(**changes)
    return tab, read_table(SPEC, tab.grid)


def answer(answers: Mapping[str, str], message: str = "m-1") -> Answer:
    return Answer(message, "a-1", datetime.fromisoformat("2026-11-23T07:30:00+00:00"), answers)


def row(answers: Mapping[str, str], one: Sheet | None = None, fields: Mapping[str, str] | None = None) -> Row:
    tab, reading = seen(one or sheet())
    return row_of("registrations", answer(answers), fields or {}, tab, reading, CLASSES, JERUSALEM)


@pytest.mark.parametrize(
    ("question", "text", "column", "written"),
    [
        ("שם המשתתף/ת", "נועה כץ", NAME, "נועה כץ"),
        ("  שם  המשתתף/ת ", "  נועה   כץ ", NAME, "נועה כץ"),
        ("שם הילד/ה", "נועה", NAME, "נועה"),
        ("מה שם הילד/ה?", "נועה", NAME, "נועה"),
        ("טלפון נייד", "050-1234567", PHONE, "050-1234567"),
        ("טלפון", "501234567", PHONE, "050-1234567"),
        ("טלפון", "אין לי", PHONE, "אין לי"),
        ("לאיזה חוג?", "קרמיקה כיתות א-ג", CLASS, "קרמיקה, כיתות א׳–ג׳"),
        ("חוג", "חוג שאין", CLASS, "חוג שאין"),
        ("כובע?", "כחול", HAT, "כחול"),
        ("למי להתקשר?", "0501234567", PHONE, "050-1234567"),
    ],
    ids=[
        "the header",
        "spaces",
        "an alias",
        "asked as a question",
        "another alias",
        "a lost zero",
        "no phone at all",
        "as the other table spells it",
        "a class nobody knows",
        "a column of the person's own",
        "by the settings",
    ],
)
def test_where_an_answer_goes(question: str, text: str, column: int, written: Cell) -> None:
    made = row({question: text}, fields={"למי להתקשר?": "phone"})
    assert made.cells[column] == written
    assert made.left_over == ""
    assert NOTES not in made.cells


def test_what_the_service_says_itself() -> None:
    made = row({"חוג": "יוגה"})
    assert made.cells[ID] == "a-1"
    assert made.cells[STATUS] == RECEIVED
    assert made.cells[TIME] == pytest.approx(46_349 + 9.5 / 24)  # 9:30 where the community lives
    assert made.mark == mark_of("registrations", "m-1")


def test_an_answer_to_the_status_stands() -> None:
    assert row({"סטטוס הרשמה": "רשימת המתנה"}).cells[STATUS] == "רשימת המתנה"


def test_what_finds_no_column_goes_to_the_notes() -> None:
    made = row({"הערות": "שלום", "מידת נעליים": "41", "אלרגיות": "=HYPERLINK(1)"})
    assert made.cells[NOTES] == "שלום\nמידת נעליים: 41\nאלרגיות: =HYPERLINK(1)"
    assert made.left_over == ""


def test_without_a_column_for_notes_it_stays_beside_the_row() -> None:
    one = sheet(headers=HEADERS[:NOTES])
    made = row({"חוג": "יוגה", "מידת נעליים": "41"}, one)
    assert made.left_over == "מידת נעליים: 41"
    tab, reading = seen(one)
    one.apply(requests_of([made], tab, reading))
    assert one.notes[1] == {CLASS: "מידת נעליים: 41"}


def test_a_question_named_like_a_column_of_ours_does_not_write_it() -> None:
    made = row({"מזהה תשובה (מערכת)": "a-2"})
    assert made.cells[ID] == "a-1"
    assert made.cells[NOTES] == "מזהה תשובה (מערכת): a-2"


def test_hidden_characters_are_kept_for_the_checks_to_flag() -> None:
    assert row({"שם המשתתף/ת": "נו\u200eעה"}).cells[NAME] == "נו\u200eעה"


def test_two_questions_of_one_column_lose_nothing() -> None:
    made = row({"טלפון": "0501234567", "טלפון נייד": "0527654321"})
    assert made.cells[PHONE] == "050-1234567"
    assert "0527654321" in str(made.cells[NOTES])


@pytest.mark.parametrize("text", ["=IMPORTXML(1)", "+972501234567", "-5", "@x", "\t=1", "0012", "1/2", "TRUE", "＝1"])
def test_an_answer_is_never_a_formula_nor_a_number(text: str) -> None:
    """In the person's own column it stands to the letter; nowhere is anything but text written."""
    one = sheet()
    tab, reading = seen(one)
    made = row({"כובע?": text, "שם המשתתף/ת": text, "חוג": text}, one)
    requests = [*requests_of([made], tab, reading)]
    entered = [cell["userEnteredValue"] for r in requests for cell in _cells(r)]
    assert not any("formulaValue" in value or "boolValue" in value for value in entered)
    assert {"stringValue": text} in entered
    assert sum("numberValue" in value for value in entered) == 1  # the time it came


def _cells(request: Mapping[str, object]) -> list[dict[str, dict[str, object]]]:
    update = request.get("updateCells")
    if not isinstance(update, dict) or update["fields"] != "userEnteredValue":
        return []
    return [cell for data in update["rows"] for cell in data["values"]]


HERE = ("איתי", "050-7654321", None, "יוגה")


@pytest.mark.parametrize(
    ("rows", "spare", "at"),
    [([], 5, 1), ([], 0, 1), ([HERE], 5, 2), ([HERE], 0, 2), ([HERE, [], HERE], 2, 4), ([HERE, [], HERE], 0, 4)],
    ids=["empty", "empty, no rows", "below", "at the grid's end", "a gap above", "a gap, at the end"],
)
def test_rows_come_below_the_last_that_holds_something(rows: list[Sequence[Cell]], spare: int, at: int) -> None:
    one = sheet(*rows, spare=spare)
    before = [[*line] for line in one.rows[1 : 1 + len(rows)]]
    tab, reading = seen(one)
    first, second = row({"חוג": "יוגה", "שם המשתתף/ת": "א"}, one), row({"שם המשתתף/ת": "ב"}, one)
    one.apply(requests_of([first, second], tab, reading))
    assert [line[NAME] for line in one.rows[at : at + 2]] == ["א", "ב"]
    assert one.rows[1 : 1 + len(rows)] == before
    assert one.marks[at] == one.marks[at + 1] == [first.mark]
    assert len(one.rows) == 1 + len(rows) + spare + 2


def test_a_row_that_was_placed_is_known_by_its_mark_wherever_it_went() -> None:
    one = sheet(HERE, HERE)
    mark = mark_of("registrations", "m-1")
    tab, reading = seen(one, row_marks={mark: 7})
    assert is_there("registrations", answer({}), tab)
    assert not is_there("registrations", answer({}, "m-2"), tab)
    assert not is_there("summer", answer({}), tab)
    assert not is_known(answer({}), reading.table)


def test_an_answers_id_in_some_row_is_known() -> None:
    cells: list[Cell] = [*HERE, *[None] * 5]
    cells[ID] = "a-1"
    assert is_known(answer({}, "m-2"), seen(sheet(cells))[1].table)


@given(st.text(), st.text())
def test_a_mark_is_an_id_google_takes(form: str, message: str) -> None:
    assert 1 <= mark_of(form, message) < 2**31
    assert mark_of(form, message) == mark_of(form, message)


written = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(str.strip)
questions = st.sampled_from([*HEADERS, "טלפון נייד", "למי?", "שם הילד/ה", "חולצה"])


@given(st.dictionaries(questions, written))
def test_nothing_a_resident_wrote_is_lost(answers: dict[str, str]) -> None:
    """Whatever is asked, each answer stands somewhere in the row: read, as it was written, or among the notes."""
    made = row(answers)
    kept = "\n".join(str(cell) for cell in made.cells.values()) + made.left_over
    folded = "".join(kept.split())
    for question, text in answers.items():
        if question not in ("טלפון", "טלפון נייד", "מייל", "חותמת זמן", "חוג", "סטטוס הרשמה"):  # these are normalised
            assert "".join(text.split()) in folded
    assert made.cells[ID] == "a-1"
