"""`sync`, `sync --dry-run` and `check` on a furnished world, with a real mail server."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from rules.dates import serial
from sheets_sync.notify.sink import Sink
from tests.cli.conftest import Terminal
from tests.world import JERUSALEM, World

MAIL = '[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "s@village.example"\n'


@dataclass(frozen=True)
class Village:
    """A line is overrun, a phone is no phone, and Dana hears of it."""

    world: World
    sink: Sink
    settings: Path

    def whole(self) -> dict[str, Any]:
        return {name: self.world.whole(name) for name in self.world.ids}


@pytest.fixture
def village(world: World) -> Iterator[Village]:
    today = serial(datetime.now(JERUSALEM).date())  # the commands work by the machine's clock
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.fill("budget", {"line": "חגים", "planned": 100})
    spent = {"date": today, "line": "חגים", "supplier": "גל", "amount": 900, "kind": "תשלום", "invoice": "7"}
    world.fill("expenses", spent)
    world.fill("registrations", {"participant": "נועה כץ", "phone": "לא ידוע", "class_name": "יוגה"})
    with Sink() as sink:
        file = world.settings_file()
        text = file.read_text(encoding="utf-8")
        year = datetime.now(JERUSALEM).year
        text = text.replace('key = "test"\n', f'key = "test"\nwork_year_start = {year}-01-01\n', 1)
        file.write_text(text + MAIL.format(port=sink.port), encoding="utf-8")
        yield Village(world, sink, file)


def test_a_pass_marks_lists_and_tells_and_the_next_has_nothing_to_do(village: Village, terminal: Terminal) -> None:
    told = terminal("sync", "--settings", village.settings)
    assert (told.status, told.err) == (0, "")
    assert "alerts: 1 opened, 0 closed" in told.out
    assert "letters sent: 1, waiting: 0" in told.out
    assert 'The line "חגים" is 800\u00a0₪ over budget' in told.out
    [row] = village.world.values("main", "התראות")[1:]
    assert "חריגה" in str(row)
    assert any("לא ידוע" in str(row) for row in village.world.values("main", "לתיקון בגיליון"))
    assert "Sheets Sync —" in str(village.world.whole("main"))
    [kept] = village.sink.kept
    assert kept.recipients == ("dana@village.example",)
    assert "חריגה" in str(kept.mail["Subject"])
    before = village.whole()
    again = terminal("sync", "--settings", village.settings, language="he")
    assert again.status == 0
    assert "שינויים שנכתבו: 0" in again.out
    assert village.whole() == before
    assert len(village.sink.kept) == 1


def test_a_rehearsal_prints_the_letters_and_changes_nothing(village: Village, terminal: Terminal) -> None:
    before = village.whole()
    told = terminal("sync", "--dry-run", "--settings", village.settings)
    assert told.status == 0
    assert "dana@village.example" in told.out
    assert "חריגה של 800" in told.out
    assert "Nothing was written or sent." in told.out
    assert village.whole() == before
    assert village.sink.kept == []
    assert "alerts: 1 opened" in terminal("sync", "--settings", village.settings).out


def test_a_check_reports_and_writes_nothing(village: Village, terminal: Terminal) -> None:
    before = village.whole()
    told = terminal("check", "--settings", village.settings, language="he")
    assert told.status == 0
    assert "חריגה של 800" in told.out
    assert "שום דבר לא נכתב ולא נשלח." in told.out
    assert village.whole() == before
    assert village.sink.kept == []
    assert not any(one["method"] == "POST" and one["path"].endswith(":batchUpdate") for one in recent(village))


def recent(village: Village) -> list[dict[str, Any]]:
    """The requests since the world was set up."""
    seen = village.world.requests_seen()
    last = max(i for i, one in enumerate(seen) if one["path"].endswith(":batchUpdate"))
    return seen[last + 1 :]


@pytest.mark.parametrize("command", ["sync", "check"])
def test_an_unshared_spreadsheet_ends_in_a_status_of_its_own(
    village: Village, terminal: Terminal, command: str
) -> None:
    id = village.world.ids["absorption"]
    permissions = village.world.call("get", f"/drive/v3/files/{id}/permissions")["permissions"]
    [shared] = [one["id"] for one in permissions if one["role"] == "writer"]
    village.world.call("delete", f"/drive/v3/files/{id}/permissions/{shared}")
    told = terminal(command, "--settings", village.settings, language="he")
    assert told.status == 3
    assert village.world.account in told.err
    assert "absorption" in told.out
    assert "חריגה" in told.out  # the other spreadsheets were read all the same


def test_without_a_mail_server_it_says_so(village: Village, terminal: Terminal) -> None:
    village.settings.write_text(village.settings.read_text(encoding="utf-8").split("[mail]")[0], encoding="utf-8")
    assert "No mail server is set (mail.host)" in terminal("sync", "--settings", village.settings).out
    assert village.sink.kept == []


@pytest.mark.parametrize("command", ["sync", "check", "serve", "web", "clock"])
def test_no_settings_file(tmp_path: Path, terminal: Terminal, command: str) -> None:
    told = terminal(command, "--settings", tmp_path / "none.toml")
    assert told.status == 2
    assert told.err.startswith("There is no settings file at")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["serve", "web"])
def test_a_form_without_its_secret_is_not_served(world: World, terminal: Terminal, command: str) -> None:
    told = terminal(command, "--settings", world.settings_file())
    assert told.status == 2
    assert "SHEETS_SYNC_FORM_REGISTRATIONS" in told.err


def test_a_database_that_cannot_be_made(world: World, terminal: Terminal) -> None:
    file = world.settings_file()
    text = file.read_text(encoding="utf-8").replace(world.settings.database.url, "sqlite:////dev/null/memory.db")
    file.write_text(text, encoding="utf-8")
    told = terminal("check", "--settings", file)
    assert told.status == 4
    assert "database" in told.err


def test_the_example_of_the_settings_is_printed_and_loads(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("settings")
    assert (told.status, told.err) == (0, "")
    file = tmp_path / "sheets-sync.toml"
    file.write_text(told.out, encoding="utf-8")
    refused = terminal("check", "--settings", file)
    assert refused.status == 3  # the settings hold; there is no key file yet
    assert "There is no key file" in refused.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["--help"], 0), (["--version"], 0), (["nonsense"], 2), (["init"], 2), (["check", "--what"], 2)],
    ids=["help", "version", "no command", "no address", "no option"],
)
def test_how_the_command_line_ends(terminal: Terminal, arguments: list[str], status: int) -> None:
    told = terminal(*arguments)
    assert told.status == status
    assert bool(told.err) == (status != 0)
