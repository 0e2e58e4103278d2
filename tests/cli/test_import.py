"""`import FILE.xlsx`: what was understood is said column by column, and no cell changes."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import requests

from sheets_sync.config import Community, Google, Settings, SpreadsheetSettings
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.google.gateway import open_gateway
from sheets_sync.look import Picture, look
from sheets_sync.reading.fetch import read
from sheets_sync.trial import PERSON, upload
from tests.cli import files
from tests.cli.conftest import Terminal
from tests.world import NOON

MakeFile = Callable[[Path], Path]
BUDGETS = pytest.mark.parametrize("make", [files.municipal_budget, files.made_budget], ids=["municipal", "made"])


def whole(google: EmbeddedGoogle, id: str) -> Any:
    """The spreadsheet as its owner gets it over the API."""
    headers = {"Authorization": f"Bearer {google.person_token(PERSON)}"}
    url = f"{google.url}/v4/spreadsheets/{id}?includeGridData=true"
    answer = requests.get(url, headers=headers, timeout=60)
    assert answer.ok, answer.text
    return {name: part for name, part in answer.json().items() if name != "spreadsheetUrl"}


def picture(google: EmbeddedGoogle, key_file: Path, id: str) -> Picture:
    url = f"{google.url}/spreadsheets/d/{id}/edit"
    settings = Settings(Community("עיר"), [SpreadsheetSettings("main", url)], google=Google(key_file, google.url))
    return look(read(open_gateway(key_file, google.url), settings), settings, NOON.date())


@BUDGETS
def test_a_budget_is_mapped_typed_exactly_and_not_touched(tmp_path: Path, make: MakeFile) -> None:
    """
    | מס כרטיס   | שם כרטיס      | מספר משרות | תקציב באלפי שח |
    | 1111100100 | ארנונה מגורים | 0          | 44500          |  → 4,450,000,000 agorot
    """
    file, key_file = make(tmp_path), tmp_path / "key.json"
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] is not None]
    with EmbeddedGoogle(tmp_path / "google") as google:
        id = upload(google, file, google.make_key_file(key_file))
        before = whole(google, id)
        seen = picture(google, key_file, id)
        assert whole(google, id) == before
    table, headers = seen.book["budget"], seen.readings["budget"].headers
    assert table.header_row == 0
    assert table.place.title == sheet.title
    assert {name: table.at[name] for name in ("code", "line", "planned")} == {"code": 0, "line": 1, "planned": 3}
    assert [(unknown.column, unknown.header) for unknown in headers.unknown] == [(2, "מספר משרות")]
    assert headers.scale == {"planned": 1_000}
    expected = {
        str(code): None if amount is None else int((Decimal(str(amount)) * 100_000).to_integral_exact())
        for code, _, _, amount in rows
    }
    read_rows = list(table.over("code", "line", "planned"))
    assert {code: planned for _, code, _, planned in read_rows} == {code: expected[code] for _, code, _, _ in read_rows}
    assert len(read_rows) >= 0.95 * len(rows)  # but for totals
    assert all(type(planned) is int for _, _, _, planned in read_rows if planned is not None)
    assert any((planned or 0) < 0 for *_, planned in read_rows)


@BUDGETS
def test_the_command_says_what_each_column_was_taken_for(tmp_path: Path, terminal: Terminal, make: MakeFile) -> None:
    file = make(tmp_path)
    told = terminal("import", file, "--data", tmp_path / "google")
    assert (told.status, told.err) == (0, "")
    lines = [line.split() for line in told.out.splitlines()]
    assert any("headers in row 1" in line for line in told.out.splitlines())
    assert ["A", "מס", "כרטיס", "code", "sure"] in lines
    assert ["B", "שם", "כרטיס", "line", "sure"] in lines
    assert ["C", "מספר", "משרות", "not", "mapped"] in lines
    assert ["D", "תקציב", "באלפי", "שח", "planned", "to", "be", "confirmed", "(×", "1,000)"] in lines


def test_it_is_said_in_hebrew_too(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("import", files.made_budget(tmp_path), "--data", tmp_path / "google", language="he")
    assert told.status == 0
    assert "כותרות בשורה 1" in told.out
    assert "לא מופה" in told.out


def test_a_file_without_a_table_of_ours_is_left_alone(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("import", files.statistics(tmp_path), "--data", tmp_path / "google")
    assert (told.status, told.err) == (0, "")
    assert "budget: not recognised; left alone." in told.out


@pytest.mark.parametrize("make", [files.bomb, files.entities, files.broken, files.text])
def test_a_file_that_must_not_be_read(tmp_path: Path, terminal: Terminal, make: MakeFile) -> None:
    file = make(tmp_path)
    told = terminal("import", file, "--data", tmp_path / "google")
    assert told.status == 2
    assert told.err.startswith(f"{file.name} cannot be read: ")
    assert "Traceback" not in told.err


def test_no_file(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("import", tmp_path / "none.xlsx", "--data", tmp_path / "google")
    assert told.status == 2
    assert "does not exist" in told.err


def test_a_folder_that_is_served_already(tmp_path: Path, terminal: Terminal) -> None:
    with EmbeddedGoogle(tmp_path / "google"):
        told = terminal("import", files.made_budget(tmp_path), "--data", tmp_path / "google")
    assert told.status == 4
    assert "already serves" in told.err


def test_imported_twice_makes_two_spreadsheets(tmp_path: Path, terminal: Terminal) -> None:
    """The key file of the first time still opens the folder; nothing is overwritten."""
    file, data = files.made_budget(tmp_path), tmp_path / "google"
    assert [terminal("import", file, "--data", data).status for _ in range(2)] == [0, 0]
    with EmbeddedGoogle(data) as google:
        headers = {"Authorization": f"Bearer {google.person_token(PERSON)}"}
        found = requests.get(f"{google.url}/drive/v3/files", headers=headers, timeout=30).json()["files"]
    assert [one["name"] for one in found] == ["made", "made"]
