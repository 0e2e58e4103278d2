"""The pages: what a person sees, in his language, and what an attacker does not get."""

import re
from typing import Any

import pytest
import requests

from tests.embedded.clients import Person

EVIL = "<script>alert(1)</script>\"'&"


def get(owner: Person, path: str, language: str = "he", **headers: str) -> requests.Response:
    return requests.get(owner.base + path, headers={"Accept-Language": language, **headers}, timeout=10)


def cell(html: str, address: str) -> str:
    found = re.search(rf'<td id="c{address}".*?</td>', html, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.fixture
def book(owner: Person) -> str:
    file_id = owner.sheet(EVIL)
    owner.write(file_id, "A1:B3", [["שם", "סכום"], [EVIL, 12], ["ב", 3]])
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    condition: dict[str, Any] = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B2>5"}]}
    red = {"backgroundColor": {"red": 1}}
    note = {"range": {**area, "endRowIndex": 2, "endColumnIndex": 1}, "rows": [{"values": [{"note": EVIL}]}]}
    owner.batch(
        file_id,
        {"updateCells": {**note, "fields": "note"}},
        {"updateSheetProperties": {
            "properties": {"rightToLeft": True, "gridProperties": {"frozenRowCount": 1}},
            "fields": "rightToLeft,gridProperties.frozenRowCount"}},
        {"addConditionalFormatRule": {"rule": {
            "ranges": [area], "booleanRule": {"condition": condition, "format": red}}}},
        {"addSheet": {"properties": {"title": EVIL, "sheetId": 5}}},
    )  # fmt: skip
    return file_id


def test_a_sheet_right_to_left_with_notes_and_colours(owner: Person, book: str) -> None:
    html = get(owner, f"/spreadsheets/d/{book}/htmlview").text
    assert re.search(r'<main class="sheet" dir="rtl" data-gid="0"', html)
    red = re.search(r"td\.(f\d+)\{background-color:rgb\(255,0,0\)\}", html)
    assert red is not None
    assert [red[1] in cell(html, address) for address in ("A2", "B2", "A3", "B3")] == [True, True, False, False]
    assert 'tabindex="0" aria-describedby="nA2"' in cell(html, "A2")
    assert 'role="tooltip"' in cell(html, "A2")
    assert html.index('id="cA1"') < html.index("</thead>") < html.index('id="cA2"')


def test_everything_is_escaped(owner: Person, book: str) -> None:
    for path in (
        "/",
        f"/spreadsheets/d/{book}/edit",
        f"/spreadsheets/d/{book}/htmlview",
        f"/spreadsheets/d/{book}/htmlview?gid=5",
    ):
        html = get(owner, path).text
        assert "alert(1)" in html
        assert "<script>alert" not in html
        assert not re.search(r"<script(?! src=\"/static/)", html)
        assert " style=" not in html
        assert not re.search(r"\son\w+=", html)


def test_the_policy_is_strict(owner: Person, book: str) -> None:
    answer = get(owner, f"/spreadsheets/d/{book}/htmlview")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert f'<style nonce="{nonce[1]}">' in answer.text


@pytest.mark.parametrize(
    ("language", "lang", "words"),
    [("he", 'lang="he" dir="rtl"', "כל הגיליונות"), ("en-US,en", 'lang="en" dir="ltr"', "All spreadsheets"),
     ("fr", 'lang="he" dir="rtl"', "כל הגיליונות")],
)  # fmt: skip
def test_both_languages(owner: Person, book: str, language: str, lang: str, words: str) -> None:
    html = get(owner, f"/spreadsheets/d/{book}/htmlview", language).text
    assert lang in html
    assert words in html


def test_a_forged_host_is_refused(owner: Person, book: str) -> None:
    assert get(owner, "/", Host="evil.example").status_code == 400


def test_what_is_not_there(owner: Person) -> None:
    assert get(owner, "/spreadsheets/d/nothing/htmlview").status_code == 404


def test_unsafe_links_are_not_links(owner: Person) -> None:
    file_id = owner.sheet()
    links = [{"userEnteredValue": {"stringValue": "x"}, "userEnteredFormat": {"textFormat": {"link": {"uri": uri}}}}
             for uri in ("javascript:alert(1)", "https://example.com/", "#gid=0&range=A1")]  # fmt: skip
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    owner.batch(file_id, {"updateCells": {"start": start, "rows": [{"values": links}], "fields": "*"}})
    html = get(owner, f"/spreadsheets/d/{file_id}/htmlview").text
    assert ["href" in cell(html, address) for address in ("A1", "B1", "C1")] == [False, True, True]


def test_columns_as_wide_as_the_sheet_says(owner: Person, book: str) -> None:
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    owner.batch(
        book, {"updateDimensionProperties": {"range": span, "properties": {"pixelSize": 420}, "fields": "pixelSize"}}
    )
    html = get(owner, f"/spreadsheets/d/{book}/htmlview").text
    assert "col.w1{width:100px}col.w2{width:420px}" in html


def test_a_blank_cell_to_tick_shows_an_empty_box(owner: Person, book: str) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 2, "endColumnIndex": 3}
    owner.batch(book, {"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}})
    owner.write(book, "C3", [[True]])
    html = get(owner, f"/spreadsheets/d/{book}/htmlview").text
    assert ["☐" in cell(html, "C2"), "☑" in cell(html, "C3")] == [True, True]


@pytest.mark.parametrize(
    ("formula", "href"),
    [('=HYPERLINK("https://example.com/?a=""1""&b","x")', "https://example.com/?a=&#34;1&#34;&amp;b"),
     ('=hyperlink("http://example.com")', "http://example.com"),
     ('=HYPERLINK("#gid=0&range=B2","x")', "#gid=0&amp;range=B2"),
     ('=HYPERLINK("javascript:alert(1)","x")', ""), ('=HYPERLINK("#gid=0"" onclick=""x","x")', "")],
)  # fmt: skip
def test_a_hyperlink_formula_is_a_link(owner: Person, formula: str, href: str) -> None:
    file_id = owner.sheet()
    owner.write(file_id, "A1", [[formula]], "USER_ENTERED")
    found = re.search(r'href="([^"]*)"', cell(get(owner, f"/spreadsheets/d/{file_id}/htmlview").text, "A1"))
    assert (found[1] if found else "") == href
