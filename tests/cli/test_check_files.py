"""`check FILE.xlsx … --json`: any file, in one command, and nothing is left behind."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rules.dates import serial
from tests.cli.conftest import Terminal
from tests.world import World

Rows = Sequence[Sequence[object]]
BUDGET: Rows = (
    ("תקציב היישוב", None, None),
    ("סעיף", "תקציב", "ביצוע"),
    ("תרבות", 10_000, 12_345),
    ("נוער", 8_000, 100),
)
FAMILIES: Rows = (
    ("משפחה", "תאריך הגעה", "משפחה מלווה", "שלב", "טלפון"),
    ("קנרי", date(2026, 11, 1), None, "בליווי", "nophone"),
)


def made(folder: Path, name: str, **tabs: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = folder / f"{name}.xlsx"
    book.save(file)
    return file


def checked(terminal: Terminal, *arguments: object) -> Any:
    told = terminal("check", *arguments, "--today", "2026-11-23", "--json")
    assert (told.status, told.err) == (0, "")
    return json.loads(told.out)


def test_findings_and_problems_of_two_files_as_one_community(
    tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    | סעיף  | תקציב  | ביצוע  |
    | תרבות | 10,000 | 12,345 |  ← row 2: overrun of 2,345
    """
    monkeypatch.chdir(tmp_path)
    files = [made(tmp_path, "כספים", תקציב=BUDGET), made(tmp_path, "קליטה", משפחות=FAMILIES)]
    before = sorted(tmp_path.iterdir())
    found = checked(terminal, *files)
    assert sorted(found) == ["findings", "problems"]
    [overrun] = [one for one in found["findings"] if one["rule"] == "budget.overrun"]
    assert {name: overrun[name] for name in ("table", "sheet", "row", "key", "severity", "roles")} == {
        "table": "budget",
        "sheet": "תקציב",
        "row": 2,
        "key": "תרבות",
        "severity": "urgent",
        "roles": ["coordinator", "secretary"],
    }
    assert "תרבות" in overrun["message"]
    assert "2,345" in overrun["message"]
    assert ("family.no_companion", "משפחות", 1) in [
        (one["rule"], one["sheet"], one["row"]) for one in found["findings"]
    ]
    [phone] = [one for one in found["problems"] if one["value"] == "nophone"]
    assert phone == {
        "sheet": "משפחות",
        "row": 1,
        "column": 4,
        "kind": "type",
        "value": "nophone",
        "proposal": None,
    }
    assert sorted(tmp_path.iterdir()) == before


def test_in_the_sustainability_post_others_hear(tmp_path: Path, terminal: Terminal) -> None:
    found = checked(terminal, made(tmp_path, "a", תקציב=BUDGET), "--profile", "sustainability", "--language", "en")
    [overrun] = [one for one in found["findings"] if one["rule"] == "budget.overrun"]
    assert overrun["roles"] == ["coordinator", "center_manager", "area_manager"]
    assert "over" in overrun["message"].lower()


def test_a_settings_file_gives_the_community_and_its_rules(tmp_path: Path, terminal: Terminal) -> None:
    settings = tmp_path / "mine.toml"
    settings.write_text(
        '[community]\nname = "גבעת אלון"\n[rules."budget.overrun"]\nroles = ["board"]\n'
        '[rules."budget.total_overrun"]\non = false\n',
        encoding="utf-8",
    )
    found = checked(terminal, made(tmp_path, "a", תקציב=BUDGET), "--settings", settings)
    roles = {one["rule"]: one["roles"] for one in found["findings"]}
    assert roles["budget.overrun"] == ["board"]
    assert "budget.total_overrun" not in roles


def test_for_people_a_file_is_told_as_a_pass_is(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("check", made(tmp_path, "a", תקציב=BUDGET), "--today", "2026-11-23")
    assert (told.status, told.err) == (0, "")
    assert "Nothing was written or sent." in told.out
    assert "תקציב" in told.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.xlsx"], "There is no such file: none.xlsx"),
        (["none.xlsx", "--today", "30.11.2026"], "--today must be a date such as 2026-11-30, not 30.11.2026"),
        (["none.xlsx", "--profile", "village"], "sustainability"),
    ],
)
def test_what_cannot_be_checked_is_said(terminal: Terminal, arguments: list[str], words: str) -> None:
    told = terminal("check", *arguments, "--json")
    assert (told.status, told.out) == (2, "")
    assert words in told.err


def test_a_file_that_is_no_spreadsheet(tmp_path: Path, terminal: Terminal) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"not a spreadsheet")
    told = terminal("check", file, "--json")
    assert (told.status, told.out) == (2, "")
    assert "a.xlsx cannot be read" in told.err
    assert "Traceback" not in told.err


def test_the_configured_spreadsheets_as_json(world: World, terminal: Terminal) -> None:
    world.fill("budget", {"line": "תרבות", "planned": 100})
    spent = {"date": serial(date(2026, 11, 1)), "line": "תרבות", "supplier": "במה", "amount": 500, "kind": "תשלום"}
    world.fill("expenses", spent)
    before = world.whole("budget")
    found = checked(terminal, "--settings", world.settings_file())
    assert [(one["rule"], one["key"], one["row"]) for one in found["findings"]] == [("budget.overrun", "תרבות", 1)]
    assert found["problems"] == []
    assert world.whole("budget") == before
