"""The doctor on an installation that is well, and on ones that are ill in one way each."""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from rules.finding import Role
from sheets_sync.config import SpreadsheetSettings, load
from sheets_sync.doctor.case import Case
from sheets_sync.doctor.examine import examine, kept
from sheets_sync.doctor.line import Line, good, troubled
from sheets_sync.doctor.machine import mode_line, skew_line
from sheets_sync.doctor.memory import leftover_lines, room_line
from sheets_sync.doctor.sharing import file_lines
from sheets_sync.errors import BadSettings
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.google.drive_file import DriveFile
from sheets_sync.notify.sink import Sink
from sheets_sync.store.figures import Figures
from sheets_sync.writing.edits import column_letters
from tests.cli.conftest import Terminal
from tests.webhooks.wire import SECRET
from tests.world import SPECS, World
from webhooks.app import create_app
from webhooks.config import WebConfig
from webhooks.signature import Signer

ROLES = [role.hebrew for role in Role]


@dataclass
class Clinic:
    """An installation: a world, a mail server, a web process, and the settings that name them."""

    world: World
    sink: Sink
    web: int
    settings: Path = field(init=False)

    def __post_init__(self) -> None:
        self.settings = self.world.settings_file()
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {self.sink.port}\nsecurity = "none"\nsender = "s@village.example"\n'
        self.settings.write_text(self.text + mail + f"[web]\nport = {self.web}\n", encoding="utf-8")

    @property
    def text(self) -> str:
        return self.settings.read_text(encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        assert old in self.text
        self.settings.write_text(self.text.replace(old, new), encoding="utf-8")

    def lines(self, send_to: str = "") -> dict[str, Line]:
        found = [*examine(self.settings, lambda: datetime.now(UTC), Signer, send_to)]
        assert len({line.check for line in found}) == len(found)
        return {line.check: line for line in found}

    def wrong(self) -> dict[str, Line]:
        return {check: line for check, line in self.lines().items() if not line.ok}


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    monkeypatch.setenv("SHEETS_SYNC_FORM_REGISTRATIONS", SECRET)
    world = World(tmp_path)
    os.chmod(tmp_path / "key.json", 0o600)
    world.fill("people", *[{"role": role, "name": role, "email": "dana@village.example"} for role in ROLES])
    server = make_server("127.0.0.1", 0, create_app(WebConfig(world.service.engine, "test", {})), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    with Sink() as sink:
        yield Clinic(world, sink, server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()


def test_an_installation_that_is_well(clinic: Clinic) -> None:
    assert clinic.wrong() == {}
    assert list(clinic.lines()) == [
        *("settings", "clock", "key", "key.mode", "token", "drive"),
        *("spreadsheet.main", "spreadsheet.budget", "spreadsheet.absorption"),
        *("tabs.main", "tabs.budget", "tabs.absorption", "tables", "roles"),
        *("disk", "database", "mail", "form.registrations", "web"),
    ]
    assert "זוהו תקציב, הוצאות" in clinic.lines()["tabs.budget"].he


def unshare(clinic: Clinic, role: str = "") -> None:
    """Take the service account's permission to `budget` away, or give it a lesser one."""
    world, file = clinic.world, clinic.world.ids["budget"]
    found = world.call("get", f"/drive/v3/files/{file}/permissions?fields=permissions(id,emailAddress)")["permissions"]
    mine = next(one["id"] for one in found if one["emailAddress"] == world.account)
    world.call("delete", f"/drive/v3/files/{file}/permissions/{mine}")
    if role:
        given = {"type": "user", "role": role, "emailAddress": world.account}
        world.call("post", f"/drive/v3/files/{file}/permissions", given)


def open_to_all(clinic: Clinic, role: str) -> None:
    clinic.world.call(
        "post", f"/drive/v3/files/{clinic.world.ids['budget']}/permissions", {"type": "anyone", "role": role}
    )


def second_budget(clinic: Clinic, title: str = "תקציב (2)") -> None:
    """A copy of the budget's tab, with a row in it."""
    clinic.world.fill("budget", {"line": "חגים", "planned": 100})
    copy = {"duplicateSheet": {"sourceSheetId": sheet_id("budget"), "newSheetId": 999, "newSheetName": title}}
    clinic.world.edit(clinic.world.ids["budget"], [copy])


def without_lines(clinic: Clinic) -> None:
    """The header of the budget's column of lines reads otherwise."""
    at = clinic.world.values("budget", "תקציב")[0].index(SPECS["budget"].by_field["line"].hebrew)
    path = f"/v4/spreadsheets/{clinic.world.ids['budget']}/values/'תקציב'!{column_letters(at)}1?valueInputOption=RAW"
    clinic.world.call("put", path, {"values": [["דבר מה"]]})


def nobody(clinic: Clinic) -> None:
    clinic.world.fill("people", *[{"role": role} for role in ROLES])


def drop_database(clinic: Clinic) -> None:
    clinic.world.service.engine.dispose()
    with closing(sqlite3.connect(clinic.world.folder / "memory.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()


def say(setting: str, value: str) -> Callable[[Clinic], None]:
    return lambda clinic: clinic.change(setting, value)


def no_secret(_clinic: Clinic) -> None:
    del os.environ["SHEETS_SYNC_FORM_REGISTRATIONS"]


def short_secret(_clinic: Clinic) -> None:
    os.environ["SHEETS_SYNC_FORM_REGISTRATIONS"] = "c2hvcnQ="


ILLS: dict[str, tuple[Callable[[Clinic], object], dict[str, str]]] = {
    "settings that are none": (say("[community]", "[comunity]"), {"settings": "unknown 'comunity'"}),
    "no key": (say('"key.json"', '"other.json"'), {"key": "no key file"}),
    "a key others may read": (lambda c: os.chmod(c.world.folder / "key.json", 0o644), {"key.mode": "mode 644"}),
    "a key of another kind": (
        lambda c: (c.world.folder / "key.json").write_text('{"type": "authorized_user"}'),
        {"key": "no service account key"},
    ),
    "Google out of reach": (
        lambda c: c.world.google.stop(),
        {"clock": "Google did not answer", "token": ""},
    ),
    "a token refused": (
        lambda c: c.world.faults({"match": "startPageToken", "do": "status", "code": 401, "times": 99}),
        {"token": "key"},
    ),
    "an unshared spreadsheet": (unshare, {"spreadsheet.budget": "is not shared with the service account"}),
    "one to view alone": (lambda c: unshare(c, "reader"), {"spreadsheet.budget": "may only view it"}),
    "one that anyone may change": (
        lambda c: open_to_all(c, "writer"),
        {"sharing.budget": "anyone with the link may change"},
    ),
    "no such spreadsheet": (
        lambda c: c.change(c.world.ids["budget"], "x" * 44),
        {"spreadsheet.budget": "budget: "},
    ),
    "a tab that the settings name": (
        lambda c: c.change(
            f'/d/{c.world.ids["budget"]}/edit"\n', f'/d/{c.world.ids["budget"]}/edit"\ntabs = {{ budget = "לוח" }}\n'
        ),
        {"tabs.budget.budget": "there is no tab לוח"},
    ),
    "two tabs of a table": (second_budget, {"doubled.budget": "two tabs look like budget"}),
    "a required column": (without_lines, {"columns.budget": "required columns not found: "}),
    "a role that nobody holds": (nobody, {"role.coordinator": "nobody", "role.secretary": "nobody"}),
    "a database of another version": (drop_database, {"database": "version 0000"}),
    "no folder for the database": (say("memory.db", "nowhere/memory.db"), {"disk": "nowhere"}),
    "no mail server": (lambda c: c.change(f"port = {c.sink.port}\n", "port = 1\n"), {"mail": "ConnectionRefused"}),
    "no form secret": (no_secret, {"form.registrations": "no signing secret"}),
    "a short form secret": (short_secret, {"form.registrations": "not usable"}),
    "no web": (lambda c: c.change(f"port = {c.web}\n", "port = 1\n"), {"web": "nothing answers"}),
}


@pytest.mark.parametrize("ill", ILLS)
def test_each_ill_is_named_with_its_remedy(clinic: Clinic, ill: str) -> None:
    make, expected = ILLS[ill]
    make(clinic)
    wrong = clinic.wrong()
    assert set(expected) <= set(wrong), wrong
    assert set(wrong) - set(expected) <= {check for check in wrong if check.startswith("role.")}, wrong
    for check, words in expected.items():
        assert words in wrong[check].en
        assert all((wrong[check].he, wrong[check].remedy_he, wrong[check].remedy_en))


def test_the_tab_of_another_year_is_no_second_one(clinic: Clinic) -> None:
    second_budget(clinic, "תקציב 2025")
    assert clinic.wrong() == {}


def test_a_check_that_breaks_off_leaves_the_others(clinic: Clinic) -> None:
    def broken(_case: Case) -> Iterator[Line]:
        yield good("first", "טוב", "good")
        raise ValueError("נועה כץ")

    case = Case(load(clinic.settings), lambda: datetime.now(UTC), Signer)
    first, fault = kept("broken", broken, case)
    assert (first.ok, fault.check, fault.ok) == (True, "broken", False)
    assert fault.en.startswith("the check broke off (ValueError, test_doctor.py:")


def test_nothing_is_written_anywhere(clinic: Clinic) -> None:
    clinic.world.run()

    def state() -> tuple[list[str], list[str], object]:
        with closing(sqlite3.connect(clinic.world.folder / "memory.db")) as database:
            rows = [*database.iterdump()]
        files = sorted(
            str(path) for path in clinic.world.folder.rglob("*") if path.suffix not in (".db-wal", ".db-shm")
        )
        return rows, files, [clinic.world.whole(name) for name in clinic.world.ids]

    before, asked = state(), len(clinic.world.requests_seen())
    clinic.lines()
    calls = clinic.world.requests_seen()[asked:]
    assert {call["method"] for call in calls if call["path"] != "/token"} <= {"GET", "HEAD"}
    assert state() == before
    assert clinic.sink.kept == []


def test_a_letter_goes_only_where_it_is_asked_to(clinic: Clinic) -> None:
    assert clinic.lines("installer@village.example")["mail.letter"].ok
    assert [mail.recipients for mail in clinic.sink.kept] == [("installer@village.example",)]


def test_without_a_database_yet_one_is_promised_and_not_made(clinic: Clinic) -> None:
    clinic.change("memory.db", "new.db")
    assert clinic.lines()["database"].ok
    assert not (clinic.world.folder / "new.db").exists()


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "ok"), [(0, True), (30, True), (-30, True), (31, False), (-31, False), (86_400, False)]
)
def test_a_clock_may_be_half_a_minute_off(seconds: int, ok: bool) -> None:
    assert skew_line(NOW + timedelta(seconds=seconds), NOW).ok is ok


@pytest.mark.parametrize(("mode", "ok"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)])
def test_a_key_is_its_owners_alone(mode: int, ok: bool) -> None:
    assert mode_line(Path("key.json"), mode).ok is ok


@pytest.mark.parametrize(("free", "ok"), [(200 * 2**20, True), (200 * 2**20 - 1, False)])
def test_a_disk_needs_room(free: int, ok: bool) -> None:
    assert room_line(free).ok is ok


FILE = DriveFile(is_spreadsheet=True, trashed=False, can_edit=True, open_to={})


@pytest.mark.parametrize(
    ("file", "restricted", "wrong"),
    [
        (FILE, True, []),
        (replace(FILE, trashed=True), False, ["spreadsheet.x"]),
        (replace(FILE, is_spreadsheet=False), False, ["spreadsheet.x"]),
        (replace(FILE, can_edit=False), False, ["spreadsheet.x"]),
        (replace(FILE, open_to={"anyone": "reader"}), False, []),
        (replace(FILE, open_to={"anyone": "writer"}), False, ["sharing.x"]),
        (replace(FILE, open_to={"domain": "writer"}), False, []),
        (replace(FILE, open_to={"anyone": "reader"}), True, ["sharing.x"]),
        (replace(FILE, open_to={"domain": "reader"}), True, ["sharing.x"]),
        (replace(FILE, open_to={"anyone": "writer"}, can_edit=False), True, ["spreadsheet.x", "sharing.x"]),
    ],
)
def test_a_file_is_ours_to_edit_and_open_to_few(file: DriveFile, restricted: bool, wrong: list[str]) -> None:
    lines = [*file_lines(SpreadsheetSettings("x", "u" * 30, restricted), file, "robot@x")]
    assert [line.check for line in lines if not line.ok] == wrong


@pytest.mark.parametrize(
    ("figures", "stuck", "wrong"),
    [
        (Figures(), 0, []),
        (Figures(answers={"waiting": 2, "left": 0}, oldest_answer=60), 0, []),
        (Figures(answers={"waiting": 2, "left": 0}, oldest_answer=3_600), 0, ["inbox"]),
        (Figures(answers={"waiting": 0, "left": 1}), 0, ["inbox.kept"]),
        (Figures(messages={"failed": 3}), 1, ["outbox", "writes"]),
    ],
)
def test_what_was_left_lying(figures: Figures, stuck: int, wrong: list[str]) -> None:
    assert [line.check for line in leftover_lines(figures, stuck)] == wrong


@pytest.mark.parametrize(
    ("said", "words", "remedy"),
    [
        ("It is ill. Give it tea.", "It is ill", "Give it tea."),
        ("It is at 1.5; bring it up.", "It is at 1.5", "bring it up."),
        ("It is ill.", "It is ill.", "Please report this line."),
    ],
)
def test_a_trouble_says_what_is_wrong_and_then_the_remedy(said: str, words: str, remedy: str) -> None:
    line = troubled("x", BadSettings(said, said))
    assert (line.en, line.remedy_en) == (words, remedy)


def test_the_command_in_words_and_as_json(clinic: Clinic, terminal: Terminal) -> None:
    well = terminal("doctor", "--settings", clinic.settings)
    assert (well.status, well.out.splitlines()[-1]) == (0, "All is well.")
    unshare(clinic)
    ill = terminal("doctor", "--settings", clinic.settings, language="he")
    assert ill.status == 1
    assert "✗ budget: " in ill.out
    assert ill.out.splitlines()[-1].startswith("לא תקין: 1 מתוך ")
    as_json = terminal("doctor", "--settings", clinic.settings, "--json")
    assert as_json.status == 1
    [wrong] = [line for line in json.loads(as_json.out) if not line["ok"]]
    assert set(wrong) == {"settings", "check", "ok", "words", "remedy"}
    assert wrong["check"] == "spreadsheet.budget"
