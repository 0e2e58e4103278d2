"""Formulas: Google's functions, errors, spilling, and what happens to an unknown one."""

import threading
from typing import Any

import pytest

from tests.embedded.clients import Person

TABLE: list[list[Any]] = [["נוער", 3, True], ["קליטה", 1, False], ["נוער", 2, True], ["", "", ""]]


@pytest.fixture
def book(owner: Person) -> str:
    file_id = owner.sheet()
    owner.write(file_id, "A1:C4", TABLE)
    return file_id


def result(owner: Person, book: str, formula: str) -> Any:
    owner.write(book, "J1", [[formula]], "USER_ENTERED")
    return owner.values(book, "J1:P9", valueRenderOption="UNFORMATTED_VALUE")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=SUM(B1:B)", [[6]]),
        ("=FILTER(A1:B3,B1:B3>1)", [["נוער", 3], ["נוער", 2]]),
        ('=FILTER(A1:B3,B1:B3>1,A1:A3="קליטה")', [["#N/A"]]),
        ("=SORT(A1:B3,2,TRUE)", [["קליטה", 1], ["נוער", 2], ["נוער", 3]]),
        ("=SORT(A1:B3,1,FALSE,2,TRUE)", [["קליטה", 1], ["נוער", 2], ["נוער", 3]]),
        ("=UNIQUE(A1:A3)", [["נוער"], ["קליטה"]]),
        ("=COUNTUNIQUE(A1:A4)", [[2]]),
        ('=SPLIT("a,b;1",",;")', [["a", "b", 1]]),
        ('=JOIN("-",B1:B3)', [["3-1-2"]]),
        ("=FLATTEN(A1:B2)", [["נוער"], [3], ["קליטה"], [1]]),
        ('=REGEXMATCH(A1,"נו.ר")', [[True]]),
        ('=REGEXEXTRACT("טל 050-1234567","(\\d+)-(\\d+)")', [["050", "1234567"]]),
        ('=REGEXREPLACE("050-123","(\\d+)-(\\d+)","$2/$1")', [["123/050"]]),
        ('=REGEXMATCH("aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!","(a+)+$")', [["#VALUE!"]]),
        ("=ARRAYFORMULA(B1:B3*2)", [[6], [2], [4]]),
        ('=ARRAYFORMULA(IF(B1:B3>1,"כן","לא"))', [["כן"], ["לא"], ["כן"]]),
        ("=ARRAYFORMULA(ROUND(B1:B3/2,0))", [[2], [1], [1]]),
        ("=ARRAYFORMULA(LEN(A1:A3)+B1:B3)", [[7], [6], [6]]),
        ('=ARRAYFORMULA(IF(A1:A4="","",VLOOKUP(B1:B4,{B1:B3,A1:A3},2,FALSE)))', [["נוער"], ["קליטה"], ["נוער"], [""]]),
        ("=ARRAYFORMULA(COUNTIF(A1:A3,A1:A3))", [[2], [1], [2]]),
        ('=ARRAYFORMULA(IFERROR(MATCH(B1:B3,B2:B3,0),"-"))', [["-"], [1], [2]]),
        ("={B1:B2;B3}", [[3], [1], [2]]),
        ("={A1:A2,B1:B2}", [["נוער", 3], ["קליטה", 1]]),
        ("={1,2;3,4}", [[1, 2], [3, 4]]),
        ('=SUMIF(A1:A3,"נוער",B1:B3)', [[5]]),
        ("=VLOOKUP(\"קליטה\",A1:B3,2,FALSE)", [[1]]),
        ("=IF(B1>2;\"a\";\"b\")", [["a"]]),
        ("=MINUS(B1,B2)", [[2]]),
        ("=DIVIDE(1,0)", [["#DIV/0!"]]),
        ("=1/0", [["#DIV/0!"]]),
        ("=NA()", [["#N/A"]]),
        ("=SQRT(-1)", [["#NUM!"]]),
        ("=Missing!A1", [["#REF!"]]),
        ("=1+", [["#ERROR!"]]),
        ("=J1", [["#REF!"]]),
        ("=NOSUCH(1)", [["#NAME?"]]),
        ('=QUERY(A1:B3,"select A")', [["#NAME?"]]),
        ('=IMPORTRANGE("x","A1")', [["#NAME?"]]),
    ],
)  # fmt: skip
def test_results(owner: Person, book: str, formula: str, shown: Any) -> None:
    assert result(owner, book, formula) == shown


def test_an_unsupported_function_says_so(owner: Person, book: str) -> None:
    result(owner, book, '=QUERY(A1:B3,"select A")')
    params: dict[str, Any] = {"ranges": "J1", "includeGridData": "true"}
    found = owner.call("GET", f"/v4/spreadsheets/{book}", params=params)
    value = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]["effectiveValue"]
    assert value == {"errorValue": {"type": "NAME", "message": "The embedded Google does not compute QUERY."}}


def test_a_blocked_spill_is_an_error(owner: Person, book: str) -> None:
    owner.write(book, "K3", [["mine"]])
    owner.write(book, "K1", [["=FLATTEN(B1:B3)"]], "USER_ENTERED")
    assert owner.values(book, "K1:K3") == [["#REF!"], [], ["mine"]]
    owner.call("POST", f"/v4/spreadsheets/{book}/values/K3:clear")
    assert owner.values(book, "K1:K3") == [["3"], ["1"], ["2"]]


def test_a_title_with_spaces_and_its_rename(owner: Person, book: str) -> None:
    added = owner.batch(book, {"addSheet": {"properties": {"title": "שנה קודמת"}}})
    sheet_id = added["replies"][0]["addSheet"]["properties"]["sheetId"]
    owner.write(book, "'שנה קודמת'!A1", [[5]])
    assert result(owner, book, "='שנה קודמת'!A1*2") == [[10]]
    renamed = {"properties": {"sheetId": sheet_id, "title": "2025"}, "fields": "title"}
    owner.batch(book, {"updateSheetProperties": renamed})
    assert owner.values(book, "J1", valueRenderOption="FORMULA") == [["='2025'!A1*2"]]
    assert owner.values(book, "J1") == [["10"]]
    owner.batch(book, {"deleteSheet": {"sheetId": sheet_id}})
    assert owner.values(book, "J1") == [["#REF!"]]


def test_named_ranges(owner: Person, book: str) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}
    owner.batch(book, {"addNamedRange": {"namedRange": {"name": "places", "range": area}}})
    assert result(owner, book, "=SUM(places)") == [[6]]
    assert owner.values(book, "places") == [["3"], ["1"], ["2"]]


def test_many_callers_of_python_functions_do_not_hang(owner: Person, book: str) -> None:
    """formualizer deadlocks when threads share a workbook whose functions call Python."""
    owner.write(book, "J1", [[f'=JOIN("-",B1:B3)&SPLIT("{i},b",",")'] for i in range(50)], "USER_ENTERED")
    failures: list[Exception] = []

    def edit(number: int) -> None:
        try:
            for i in range(10):
                owner_copy = owner.write(book, f"B{number % 3 + 1}", [[i]])
                assert owner_copy["updatedCells"] == 1
                owner.values(book, "J1:J50")
        except Exception as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=edit, args=[number], daemon=True) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert not failures
