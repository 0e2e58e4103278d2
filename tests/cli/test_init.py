"""`init --into`: a spreadsheet that a person made is furnished once, and nothing in it is disturbed."""

from typing import Any

import pytest

from rules.profiles import COMMUNITY, SUSTAINABILITY
from rules.wording import Language
from sheets_sync.furnishing.guide import GUIDE_TITLES
from sheets_sync.tabs.service_tabs import SERVICE_TABLES
from tests.cli.conftest import Terminal
from tests.world import World


def titles(world: World) -> list[str]:
    path = f"/v4/spreadsheets/{world.ids['main']}?fields=sheets.properties.title"
    return [sheet["properties"]["title"] for sheet in world.call("get", path)["sheets"]]


def account(world: World) -> list[object]:
    """The options that name the world's Google, without a settings file."""
    return ["--key-file", world.folder / "key.json", "--base-url", world.google.url]


def test_an_empty_spreadsheet_is_furnished(empty: World, terminal: Terminal) -> None:
    told = terminal("init", "--into", empty.address("main"), *account(empty))
    assert (told.status, told.err) == (0, "")
    assert f'url = "{empty.address("main")}"' in told.out
    assert titles(empty) == [GUIDE_TITLES["he"], *(spec.hebrew for spec in (*SERVICE_TABLES, *COMMUNITY.tables))]


def test_what_is_furnished_stays_as_it_is(empty: World, terminal: Terminal) -> None:
    """One workbook: all of them are a million cells to compare."""
    command = ["init", "--into", empty.address("main"), "--workbook", "budget", *account(empty)]
    assert terminal(*command).status == 0
    before = empty.whole("main")
    assert all(sheet["properties"]["rightToLeft"] for sheet in before["sheets"])
    again = terminal(*command, language="he")
    assert (again.status, again.out.strip()) == (0, "כל הלשוניות כבר שם; שום דבר לא השתנה.")
    assert empty.whole("main") == before


def test_what_is_furnished_is_what_a_pass_reads(empty: World, terminal: Terminal) -> None:
    """Nothing is wrong with an empty template, and every tab is known for what it is."""
    terminal("init", "--into", empty.address("main"), *account(empty))
    told = terminal("check", "--settings", empty.settings_file())
    assert (told.status, told.err) == (0, "")
    picture = empty.run().picture
    assert {spec.key for spec in COMMUNITY.tables} <= set(picture.tabs)
    assert picture.problems == ()
    assert not any(reading.headers.missing or reading.headers.unknown for reading in picture.readings.values())


@pytest.mark.parametrize(("language", "title"), [("he", "תקציב"), ("en", "budget")])
def test_one_workbook_in_either_language(empty: World, terminal: Terminal, language: Language, title: str) -> None:
    url = empty.address("main")
    told = terminal(
        "init", "--into", url, "--workbook", "budget", "--language", language, "--settings", empty.settings_file()
    )
    assert told.status == 0
    assert title in titles(empty)
    assert 'name = "budget"' in told.out
    assert "נרשמים" not in titles(empty)


def test_a_persons_tab_stays_as_it_is(empty: World, terminal: Terminal) -> None:
    [first] = empty.whole("main")["sheets"]
    sheet = first["properties"]["sheetId"]
    cell = {"userEnteredValue": {"stringValue": "הערות שלי"}, "note": "לא לגעת"}
    start = {"sheetId": sheet, "rowIndex": 3, "columnIndex": 2}
    fields = "userEnteredValue,note"
    empty.edit(empty.ids["main"], [{"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}}])

    def persons() -> Any:
        return next(s for s in empty.whole("main")["sheets"] if s["properties"]["sheetId"] == sheet)

    before = persons()
    command = ["init", "--into", empty.address("main"), "--workbook", "budget", *account(empty)]
    assert terminal(*command).status == 0
    assert persons() == before


@pytest.mark.parametrize(("language", "said"), [("en", "Share it, as editor, with"), ("he", "בהרשאת עריכה, עם")])
def test_an_unshared_spreadsheet_names_the_account(
    empty: World, terminal: Terminal, language: Language, said: str
) -> None:
    made = empty.call("post", "/v4/spreadsheets", {"properties": {"title": "סגור"}})
    empty.ids["closed"] = made["spreadsheetId"]
    before = empty.whole("closed")
    told = terminal("init", "--into", empty.address("closed"), *account(empty), language=language)
    assert told.status == 3
    assert f"{said} {empty.account}" in told.err
    assert empty.whole("closed") == before


def test_a_spreadsheet_shared_to_read_only(empty: World, terminal: Terminal) -> None:
    made = empty.call("post", "/v4/spreadsheets", {"properties": {"title": "לקריאה"}})
    empty.ids["read"] = made["spreadsheetId"]
    permission = {"type": "user", "role": "reader", "emailAddress": empty.account}
    empty.call("post", f"/drive/v3/files/{made['spreadsheetId']}/permissions", permission)
    before = empty.whole("read")
    told = terminal("init", "--into", empty.address("read"), *account(empty))
    assert told.status == 3
    assert f"as editor, with {empty.account}" in told.err
    assert empty.whole("read") == before


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("https://example.org/my-sheet", 2, "not a Google Sheets address"),
        ("A" * 44, 3, "There is no such spreadsheet"),
    ],
    ids=["no address", "no spreadsheet"],
)
def test_an_address_of_nothing(empty: World, terminal: Terminal, url: str, status: int, said: str) -> None:
    told = terminal("init", "--into", url, *account(empty))
    assert told.status == status
    assert said in told.err


def test_a_missing_key_file(empty: World, terminal: Terminal) -> None:
    told = terminal("init", "--into", empty.address("main"), "--key-file", empty.folder / "none.json")
    assert told.status == 3
    assert "There is no key file" in told.err


def test_a_profile_opens_its_own_tables(empty: World, terminal: Terminal) -> None:
    command = ["init", "--into", empty.address("main"), *account(empty), "--workbook"]
    assert terminal(*command, "own", "--profile", "sustainability").status == 0
    own = {spec.hebrew for spec in SUSTAINABILITY.tables if spec.workbook == "own"}
    assert own == {"פניות תושבים", "שעות עבודה"}
    assert own <= set(titles(empty))
    told = terminal(*command, "welfare", "--profile", "sustainability")
    assert (told.status, told.err.strip()) == (2, "The profile sustainability has no tabs in welfare")
