"""The npm client google-spreadsheet, unmodified: what it says, and what the API then holds.

It has no option for another host, so node loads `npm/preload.mjs` first, which sends what is meant for Google's
hosts to the embedded server, the token request of google-auth-library as well. It is installed for this test alone.
"""

import base64
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from tests.embedded.clients import Person

pytestmark = pytest.mark.slow

PINNED = ("google-spreadsheet@5.3.0", "google-auth-library@10.9.1")
# What they need in turn is chosen as of this day, as `exclude-newer` does for Python.
AS_OF = "2026-11-20"
SCRIPTS = Path(__file__).parent / "npm"
Step = Callable[..., Any]


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed; the npm client is tested with it"
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client and the scripts."""
    folder = tmp_path_factory.mktemp("npm")
    program("node")
    (folder / "package.json").write_text('{"private": true}')
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", f"--before={AS_OF}")
    command = [program("npm"), "install", *options, *PINNED]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stderr
    shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def book(owner: Person) -> str:
    """A spreadsheet that a person shared with the service account."""
    file_id = owner.sheet()
    owner.share(file_id, SERVICE_EMAIL)
    return file_id


@pytest.fixture
def step(google: EmbeddedGoogle, tmp_path: Path, installed: Path) -> Step:
    """Runs one subject of steps.mjs and answers what the client said."""
    google.make_key_file(tmp_path / "key.json")
    places = {"EMBEDDED_GOOGLE": google.url, "GOOGLE_KEY": str(tmp_path / "key.json")}

    def run(subject: str, file_id: str, **more: Any) -> Any:
        command = [program("node"), "--import", "./preload.mjs", "steps.mjs", subject, file_id, json.dumps(more)]
        env = {**os.environ, **places}
        ran = subprocess.run(command, cwd=installed, env=env, capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


def look(owner: Person, book: str, **options: str) -> Any:
    return owner.call("GET", f"/v4/spreadsheets/{book}", params=options)


def test_info(step: Step, book: str) -> None:
    assert step("info", book) == ["תקציב", "en_US", "Etc/GMT", 1, 1000, 26, 0]


def test_rows(step: Step, owner: Person, book: str) -> None:
    """| שם | סכום | כפול |, added, read, saved and deleted; formulas are computed, raw text stays text."""
    said = step("rows", book)
    assert said["headers"] == ["שם", "סכום", "כפול"]
    assert said["made"] == {"שם": "דנה", "סכום": "12.5", "כפול": "25"}
    assert [row[0] for row in said["before"]] == [2, 3, 4, 5]
    assert said["before"][1:3] == said["two"]
    assert said["raw"] == said["before"][3:] == [[5, {"שם": "=1+1", "סכום": "007", "כפול": ""}]]
    assert said["saved"] == {"שם": "רון", "סכום": "100", "כפול": "14"}  # what was read is entered: the formula is gone
    assert [row[1]["שם"] for row in said["after"]] == ["דנה", "גילי", "=1+1"]
    assert (said["moved"], said["again"][:25]) == (3, "This row has been deleted")
    held = [
        ["שם", "סכום", "כפול"],
        ["דנה", 12.5, "=B2*2"],
        ["גילי", "0", "טקסט"],
        ["=1+1", "007"],
    ]
    assert owner.values(book, "'חברי הוועד ''א'''", valueRenderOption="FORMULA") == held


def test_rows_under_a_header_further_down(step: Step, owner: Person, book: str) -> None:
    said = step("insertedRows", book)
    assert said["rows"] == [[4, {"a": "1", "b": "2"}], [5, {"a": "3", "b": "4"}], [6, {"a": "5", "b": "6"}]]
    assert said["cleared"][1] == [5, {"a": "", "b": ""}]
    assert owner.values(book) == [[], [], ["a", "b"], ["1", "2"], [], ["5", "6"]]
    assert look(owner, book)["sheets"][0]["properties"]["gridProperties"]["rowCount"] == said["rowCount"] == 1001


def test_cells(step: Step, owner: Person, book: str) -> None:
    said = step("cells", book)
    assert (said["loaded"], said["nonEmpty"]) == (12, 0)
    assert said["a1"] == [3, "numberValue", "3.00", None]
    assert said["b1"] == [12, "numberValue", "12", "=A1*4"]
    assert said["c1"] == [True, "boolValue", "TRUE", None]
    assert said["d1"] == ["=not a formula", "stringValue", "=not a formula", None]
    assert (said["a2"][0], said["note"], said["bold"]) == ("שלום", "הערה", True)
    assert said["error"][0] == "DIVIDE_BY_ZERO"
    assert said["link"] == "https://example.com"
    rows = look(owner, book, includeGridData="true")["sheets"][0]["data"][0]["rowData"]
    cell = rows[0]["values"][0]
    assert cell["userEnteredFormat"] == said["format"]
    assert cell["userEnteredFormat"]["backgroundColorStyle"] == {"rgbColor": {"red": 1, "green": 0.5}}
    assert cell["effectiveFormat"]["backgroundColorStyle"] == {"rgbColor": {"red": 1, "green": 0.5}}
    assert rows[0]["values"][3]["userEnteredValue"] == {"stringValue": "=not a formula"}
    assert rows[1]["values"][0]["note"] == "הערה"
    assert owner.values(book, "A1:D2", valueRenderOption="FORMULA")[0] == [3, "=A1*4", True, "=not a formula"]


def test_colours_and_clearing(step: Step, owner: Person, book: str) -> None:
    owner.write(book, "A1", [["x"]])
    said = step("cellsAgain", book)
    assert said["styled"] == {"blue": 1}
    assert said["colored"] == [{"green": 1}, {"rgbColor": {"green": 1}}]
    assert (said["format"], said["note"], said["value"]) == (None, "", None)
    assert "rowData" not in look(owner, book, includeGridData="true")["sheets"][0]["data"][0]


def test_sheets(step: Step, owner: Person, book: str) -> None:
    said = step("sheets", book)
    assert said["doc"] == ["שם חדש", "he_IL", "Asia/Jerusalem"]
    assert said["sheet"] == ["לוח", True, 20, 5, 1]
    assert (said["copy"], said["sent"]) == ([77, "עותק", 0], "Copy of עותק")
    assert (said["cleared"], said["blank"]) == ([["א", "ב"]], None)
    held = look(owner, book)
    assert held["properties"]["title"] == "שם חדש"
    titles = [sheet["properties"]["title"] for sheet in held["sheets"]]
    assert titles == said["titles"] == ["עותק", "לוח", "Copy of עותק"]
    assert held["sheets"][1]["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 5, "frozenRowCount": 1}
    assert owner.values(book, "'Copy of עותק'") == owner.values(book, "לוח") == [["א", "ב"], ["1", "x"]]


def test_rows_and_columns(step: Step, owner: Person, book: str) -> None:
    owner.write(book, "A1", [[f"{column}{row}" for column in "ABCDEF"] for row in range(1, 7)])
    said = step("dimensions", book)
    held = [
        ["", "C1", "E1", "F1"],
        ["B1"],
        ["", "A2", "C2", "E2", "F2"],
        ["B2", "A4", "C4", "E4", "F4"],
        ["B4", "A5", "C5", "E5", "F5"],
        ["B5", "A6", "C6", "E6", "F6"],
    ]
    assert said["values"] == held
    assert owner.values(book) == [*held, ["B6"]]
    sheet = look(owner, book, includeGridData="true")["sheets"][0]
    grid = sheet["properties"]["gridProperties"]
    assert [grid["rowCount"], grid["columnCount"]] == said["size"] == [1005, 25]
    assert sheet["data"][0]["columnMetadata"][0]["pixelSize"] == 150


def test_texts(step: Step, owner: Person, book: str) -> None:
    said = step("texts", book)
    held = [["a", "1", "10"], ["", "", "0"], ["גמר", "3"], [], [], ["a", "1"], ["b", "2"], ["x", "y"]]
    assert said == owner.values(book) == held
    area = {"startRowIndex": 9, "endRowIndex": 10, "startColumnIndex": 0, "endColumnIndex": 2}
    assert look(owner, book)["sheets"][0]["merges"] == [area]


def test_rules(step: Step, owner: Person, book: str) -> None:
    said = step("rules", book)
    held = look(owner, book, includeGridData="true")
    assert [named["name"] for named in held["namedRanges"]] == ["total"]
    sheet = held["sheets"][0]
    assert said["protected"] == [{**sheet["protectedRanges"][0], "requestingUserCanEdit": True}]
    assert (said["protected"][0]["description"], said["protected"][0]["warningOnly"]) == ("כותרות", True)
    rows = sheet["data"][0]["rowData"]
    assert rows[0]["values"][0]["userEnteredFormat"]["borders"]["top"]["style"] == "SOLID"
    assert rows[1]["values"][1]["dataValidation"]["strict"] is True
    assert len(rows) == 2  # the rule on the third row was taken away
    assert [rule["booleanRule"]["condition"]["type"] for rule in sheet["conditionalFormats"]] == ["NOT_BLANK"]
    assert sheet["basicFilter"]["range"]["endRowIndex"] == 5
    assert [view["title"] for view in sheet["filterViews"]] == ["Copy of שלנו"]
    assert sheet["bandedRanges"][0]["range"]["endRowIndex"] == 6


def test_metadata(step: Step, owner: Person, book: str) -> None:
    owner.write(book, "A1", [["a"], ["b"]])
    assert step("metadata", book) == {"found": ["changed"], "cell": "b"}
    path = f"/v4/spreadsheets/{book}/developerMetadata:search"
    found = owner.call("POST", path, json={"dataFilters": [{"developerMetadataLookup": {"visibility": "DOCUMENT"}}]})
    assert [each["developerMetadata"]["metadataKey"] for each in found["matchedDeveloperMetadata"]] == ["row"]


def test_permissions(step: Step, owner: Person, book: str) -> None:
    said = step("permissions", book)
    assert ["anyone", "reader", None] in said["open"]
    assert ["user", "reader", "friend@example.com"] in said["open"]
    assert ["user", "writer", "editor@example.com"] in said["open"]
    assert sorted(said["left"]) == ["editor@example.com", owner.email, SERVICE_EMAIL]
    fields = {"fields": "permissions(emailAddress)"}
    held = owner.call("GET", f"/drive/v3/files/{book}/permissions", params=fields)["permissions"]
    assert [each["emailAddress"] for each in held] == said["left"]


def test_exports(step: Step, owner: Person, book: str) -> None:
    owner.batch(book, {"addSheet": {"properties": {"title": "שני"}}})
    owner.write(book, "'שני'!A1", [["א", "ב,ג"], [1, 'x"y']])
    said = step("exports", book)
    assert (said["csv"], said["tsv"]) == ('א,"ב,ג"\r\n1,"x""y"\r\n', 'א\tב,ג\r\n1\tx"y')
    workbook = openpyxl.load_workbook(io.BytesIO(base64.b64decode(said["xlsx"])))
    assert [[cell.value for cell in row] for row in workbook["שני"].rows] == [["א", "ב,ג"], [1, 'x"y']]
    assert said["pdf"] == "Google API error - [501] The embedded Google does not export pdf."


def test_a_persons_token_owns_files(step: Step, owner: Person, book: str) -> None:
    said = step("person", book, auth={"token": str(owner.headers["Authorization"]).partition(" ")[2]})
    assert look(owner, said["kept"])["properties"]["title"] == said["title"] == "נשאר"
    owner.call("GET", f"/v4/spreadsheets/{said['gone']}", 404)


def test_an_api_key_reads_what_is_public(step: Step, owner: Person, book: str) -> None:
    owner.write(book, "A1", [["x"]])
    owner.call("POST", f"/drive/v3/files/{book}/permissions", json={"type": "anyone", "role": "reader"})
    said = step("key", book, auth={"apiKey": "any"})
    assert (said["value"], said["write"][:24]) == ("x", "Google API error - [401]")
    assert owner.values(book) == [["x"]]


def test_errors(step: Step, owner: Person, book: str, google: EmbeddedGoogle, tmp_path: Path) -> None:
    google.make_key_file(tmp_path / "other.json", "other@embedded-google.iam.gserviceaccount.com")
    key = json.loads((tmp_path / "other.json").read_text())["private_key"]
    said = step("errors", book, unshared=owner.sheet("other"), key=key)
    expected = {
        "unshared": "[403] The caller does not have permission",
        "unknown": "[404] Requested entity was not found.",
        "range": "[400] Unable to parse range: 'gone'!A1:B2",
        "duplicate": '[400] Invalid requests[0].addSheet: A sheet with the name "Sheet1" already exists. '
        "Please enter another name.",
        "beyond": "[400] Range (Sheet1!A9999) exceeds grid limits. Max rows: 1000, max columns: 26",
        "id": "[400] Invalid requests[0].deleteSheet: No grid with id: 12345",
        "fill": "[501] The embedded Google does not support the request kind autoFill.",
    }
    assert {name: said[name] for name in expected} == {
        name: f"Google API error - {text}" for name, text in expected.items()
    }
    assert said["headers"].startswith("No values in the header row")
    assert "403" in said["create"]
    assert said["key"] == "invalid_grant: Invalid JWT Signature."
    assert [sheet["properties"]["title"] for sheet in look(owner, book)["sheets"]] == ["Sheet1"]
    assert owner.values(book) is None


def test_a_quota_is_waited_out(step: Step, owner: Person, book: str) -> None:
    """The client tries again by itself after a 429; the caller sees nothing of it."""
    owner.call("POST", "/admin/faults", json=[{"match": "^/v4/spreadsheets/", "do": "status", "code": 429}])
    assert step("info", book)[0] == "תקציב"
    log = owner.call("GET", "/admin/requests")["requests"]
    assert [entry["fault"] for entry in log if book in entry["path"]][-2:] == ["status", None]
