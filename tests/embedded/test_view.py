"""What the page to work in is told of a sheet."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.embedded.edit_text import edit_text
from sheets_sync.embedded.entered import read
from sheets_sync.embedded.model import Entered, Formula
from tests.embedded.clients import Person
from tests.embedded.test_browser_session import Browser

TODAY = date(2026, 11, 23)
LOCALES = st.sampled_from(["he_IL", "en_US"])
KINDS = st.sampled_from([None, "DATE", "DATE_TIME", "TIME", "PERCENT", "CURRENCY", "NUMBER"])
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["050-1234567", "1.2.2026", "TRUE", "'", "=", "5%", "₪3", "12:30", " 7 "]
)


@given(NUMBERS | TEXTS.filter(bool) | st.booleans(), KINDS, LOCALES)
def test_what_is_edited_reads_back_as_what_was_there(value: Entered, kind: str | None, locale: str) -> None:
    shape = {"type": kind} if kind else None
    assert read(edit_text(value, shape, locale, TODAY), locale, TODAY).value == value


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [(46349, "DATE", "23/11/2026"), (46349.5, "DATE_TIME", "23/11/2026 12:00:00"), (46349.5, "DATE", "46349.5"),
     (0.125, "PERCENT", "12.5%"), (1200, "CURRENCY", "1200"), ("0501234567", None, "'0501234567"),
     ("0501234567", "TEXT", "0501234567"), ("שלום", None, "שלום"),
     (Formula("=A1+1"), "DATE", "=A1+1"), (True, None, "TRUE"), (None, None, "")],
)  # fmt: skip
def test_what_is_edited(value: Entered, kind: str | None, text: str) -> None:
    assert edit_text(value, {"type": kind} if kind else None, "he_IL", TODAY) == text


@pytest.mark.parametrize(
    ("pattern", "locale", "text"),
    [("d בmmmm", "he_IL", "23/11/2026"), ("d.m.yyyy", "iw_IL", "23/11/2026"), ("dd/mm", "en_US", "11/23/2026"),
     ("", "fr_FR", "23/11/2026")],
)  # fmt: skip
def test_a_date_is_edited_as_its_locale_reads_it(pattern: str, locale: str, text: str) -> None:
    edited = edit_text(46349, {"type": "DATE", "pattern": pattern}, locale, TODAY)
    assert read(edited, locale, TODAY).value == 46349
    assert edited == text


def view(owner: Person, file_id: str) -> dict[str, Any]:
    found = Browser(owner.base, file_id).get(f"{owner.base}/spreadsheets/d/{file_id}/view", timeout=10)
    shown: dict[str, Any] = found.json()
    return shown


def cells(shown: dict[str, Any]) -> dict[tuple[int, int], dict[str, Any]]:
    return {(row["i"], cell["c"]): cell for row in shown["rows"] for cell in row.get("cells", [])}


def test_cells_as_shown_and_as_edited(owner: Person) -> None:
    file_id = owner.sheet("x", locale="he_IL")
    owner.write(file_id, "A1:C2", [["שם", "'012", "1/2/2026"], ["=1/0", "=2*3", "true"]], "USER_ENTERED")
    found = cells(view(owner, file_id))
    assert found[0, 0] == {"c": 0, "t": "שם"}
    assert (found[0, 1]["t"], found[0, 1]["e"]) == ("012", "'012")
    assert (found[0, 2]["t"], found[0, 2].get("e"), found[0, 2]["k"]) == ("01/02/2026", None, "number")
    assert (found[1, 0]["t"], found[1, 0]["e"]) == ("#DIV/0!", "=1/0")
    assert (found[1, 1]["t"], found[1, 1]["e"]) == ("6", "=2*3")
    assert (found[1, 2]["t"], found[1, 2]["k"]) == ("TRUE", "boolean")


def test_rules_looks_and_notes(owner: Person) -> None:
    file_id = owner.sheet()
    owner.write(file_id, "D1:D3", [["א"], ["ב"], ["א"]])
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    names = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Sheet1!$D$1:$D$3"}]}}
    lost = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=#REF!"}]}}
    red = {"booleanRule": {"condition": {"type": "BLANK"}, "format": {"backgroundColor": {"red": 1}}}}
    owner.batch(
        file_id,
        {"setDataValidation": {"range": area, "rule": {**names, "strict": True}}},
        {"setDataValidation": {"range": {**area, "startColumnIndex": 1, "endColumnIndex": 2}, "rule": lost}},
        {"addConditionalFormatRule": {"rule": {"ranges": [area], **red}}},
        {"mergeCells": {"range": {**area, "startColumnIndex": 5, "endColumnIndex": 7}, "mergeType": "MERGE_ALL"}},
        {"repeatCell": {"range": {**area, "endRowIndex": 1}, "cell": {"note": "הערה"}, "fields": "note"}},
    )
    shown = view(owner, file_id)
    found = cells(shown)
    assert shown["rules"][found[0, 0]["v"]] == {"kind": "ONE_OF_RANGE", "strict": True, "choices": ["א", "ב"]}
    assert shown["rules"][found[0, 1]["v"]]["choices"] == []
    assert shown["styles"][found[1, 0]["s"]] == "background-color:rgb(255,0,0)"
    assert found[0, 0]["n"] == "הערה"
    assert shown["merges"] == [{"top": 0, "bottom": 2, "left": 5, "right": 7}]


def test_a_row_keeps_its_id_when_one_is_inserted_above(owner: Person) -> None:
    file_id = owner.sheet()
    owner.write(file_id, "A1:A2", [["א"], ["ב"]])
    before = {row["cells"][0]["t"]: (row["i"], row["id"]) for row in view(owner, file_id)["rows"]}
    top = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    owner.batch(file_id, {"insertDimension": {"range": top}})
    after = {row["cells"][0]["t"]: (row["i"], row["id"]) for row in view(owner, file_id)["rows"] if "cells" in row}
    assert after == {"א": before["א"], "ב": (2, before["ב"][1])}
