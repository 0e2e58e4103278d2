"""A small world for tests: an embedded Google, a person who owns spreadsheets, and the service beside them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import orjson
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from rules.catalogue import RULES, TABLES
from rules.table import Cell
from rules.wording import Language
from sheets_sync.account import Account
from sheets_sync.config import Clock, Community, Database, Form, Google, Letters, Settings, SpreadsheetSettings
from sheets_sync.embedded.accounts import new_key
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.furnishing.furnish import furnish, offered, sheet_id
from sheets_sync.google.gateway import open_gateway
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import open_database
from sheets_sync.store.migrate import upgrade
from sheets_sync.tabs.service_tabs import SERVICE_TABLES
from sheets_sync.wiring import Service
from tests.migrated import migrated

JERUSALEM = ZoneInfo("Asia/Jerusalem")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=JERUSALEM)
OWNER = "coordinator@village.example"
SPECS = {spec.key: spec for spec in (*TABLES, *SERVICE_TABLES)}
WHOLE = (
    "sheets(properties,merges,conditionalFormats,protectedRanges,basicFilter,data(columnMetadata,rowMetadata,"
    "rowData.values(userEnteredValue,userEnteredFormat,note,dataValidation)))"
)
"""But for what is computed of it (shown values, effective formats), which is ten times as much."""

STATE = "embedded.sqlite3"
"""The one file of an embedded Google that is closed."""

FEW = {"budget.overrun", "class.below_minimum", "family.no_companion"}
"""The rules in use here: these tests are about the way of the data, not about the catalogue."""

BOOKS = {
    "main": ("classes", "registrations", "people"),
    "budget": ("budget", "expenses"),
    "absorption": ("families", "followups"),
}


class World:
    """One community's spreadsheets on an embedded Google, furnished and shared; `now` is the service's clock.

    `database` is its address, a file in the folder when none is given.
    """

    def __init__(
        self,
        folder: Path,
        books: dict[str, tuple[str, ...]] | None = None,
        now: datetime = NOON,
        database: str = "",
        language: Language = "he",
    ) -> None:
        self.folder = folder
        self.now = now
        books = books or BOOKS
        self.ids = _take_furnished(folder / "google", tuple(books.items()), language)
        self._serve(folder)
        self.settings = Settings(
            community=Community("גבעת אלון", key="test"),
            spreadsheets=[SpreadsheetSettings(name, self.address(name)) for name in self.ids],
            google=Google(folder / "key.json", self.google.url),
            database=Database(database or migrated(folder / "memory.db")),
            clock=Clock(quiet=False, grace_minutes=0, grace_hours=0),
            letters=Letters(at_once=True, silent_start=False),
            forms=[Form("registrations")],
            rules={rule.key: {"on": False} for rule in RULES if rule.key not in FEW},
        )
        self.service = self.open_service()

    def _serve(self, folder: Path) -> None:
        self.google = EmbeddedGoogle(folder / "google", admin=True).start()
        self.account = self.google.make_key_file(folder / "key.json", key=_key())
        self.headers = {"Authorization": f"Bearer {self.google.person_token(OWNER)}"}
        self.person = requests.Session()
        self.person.trust_env = False
        self.person.headers.update(self.headers, Connection="close")  # the next call may be to a server begun anew

    def open_service(self) -> Service:
        """The service, as a new process would open it."""
        engine = open_database(self.settings.database.url, clock=lambda: self.now)
        upgrade(engine)
        gateway = open_gateway(self.settings.google.key_file, self.google.url, deadline=3)
        return Service(self.settings, gateway, engine, lambda: self.now)

    def close(self) -> None:
        self.service.engine.dispose()
        self.person.close()
        self.google.stop()

    def address(self, name: str) -> str:
        return f"{self.google.url}/spreadsheets/d/{self.ids[name]}/edit"

    def run(self) -> Account:
        """One pass; a trouble fails the test."""
        account = run_pass(self.service)
        assert not account.troubles, account.troubles
        return account

    # What the person does, over HTTP.

    def make(self, name: str, keys: Sequence[str], language: Language = "he") -> str:
        """Create, furnish and share a spreadsheet."""
        made = self.call(
            "post", "/v4/spreadsheets", {"properties": {"title": name, "locale": "iw_IL", "timeZone": "Asia/Jerusalem"}}
        )
        spreadsheet = str(made["spreadsheetId"])
        if keys:
            self.edit(spreadsheet, furnish([SPECS[key] for key in keys], language=language, rows=60))
        permission = {"type": "user", "role": "writer", "emailAddress": self.account}
        self.call("post", f"/drive/v3/files/{spreadsheet}/permissions", permission)
        return spreadsheet

    def call(self, method: str, path: str, body: object = None) -> Any:
        answer = self.person.request(method, self.google.url + path, json=body, timeout=60)
        assert answer.ok, answer.text
        return orjson.loads(answer.content) if answer.content else {}

    def edit(self, spreadsheet: str, changes: Sequence[object]) -> Any:
        """A batchUpdate of the person's."""
        return self.call("post", f"/v4/spreadsheets/{spreadsheet}:batchUpdate", {"requests": list(changes)})

    def fill(self, key: str, *rows: Mapping[str, Cell], at: int = 1, book: str = "") -> None:
        """Type rows into a furnished tab, by field, from a 0-based row on."""
        book = book or next(name for name, keys in BOOKS.items() if key in keys)
        fields = [column.field for column in offered(SPECS[key])]
        values = [[_entered(row.get(field)) for field in fields] for row in rows]
        start = {"sheetId": sheet_id(key), "rowIndex": at, "columnIndex": 0}
        update = {"start": start, "rows": [{"values": cells} for cells in values], "fields": "userEnteredValue"}
        self.edit(self.ids[book], [{"updateCells": update}])

    def values(self, book: str, title: str) -> list[list[Any]]:
        """What a tab shows, unformatted."""
        path = f"/v4/spreadsheets/{self.ids[book]}/values/'{title}'?valueRenderOption=UNFORMATTED_VALUE"
        answer: list[list[Any]] = self.call("get", path).get("values", [])
        return answer

    def tab(self, book: str, title: str) -> Any:
        """All that people put in one tab."""
        path = f"/v4/spreadsheets/{self.ids[book]}?ranges='{title}'&fields={WHOLE}"
        [found] = self.call("get", path)["sheets"]
        return found

    def sheet_ids(self, book: str) -> dict[str, int]:
        """The sheetIds of a spreadsheet's tabs, by title."""
        path = f"/v4/spreadsheets/{self.ids[book]}?fields=sheets.properties(title,sheetId)"
        every = (sheet["properties"] for sheet in self.call("get", path)["sheets"])
        return {one["title"]: one.get("sheetId", 0) for one in every}

    def whole(self, book: str) -> Any:
        """All that people put in a spreadsheet, as a client sees it."""
        return self.call("get", f"/v4/spreadsheets/{self.ids[book]}?includeGridData=true&fields={WHOLE}")

    def settings_file(self) -> Path:
        """The settings as a file, for a process of its own."""
        file = self.folder / "settings.toml"
        books = "".join(f'[[spreadsheets]]\nname = "{name}"\nurl = "{self.address(name)}"\n' for name in self.ids)
        rules = "".join(f'[rules."{key}"]\non = false\n' for key in self.settings.rules)
        file.write_text(
            f'[community]\nname = "גבעת אלון"\nkey = "test"\n'
            f'[google]\nkey_file = "key.json"\nbase_url = "{self.google.url}"\n{books}'
            f'[database]\nurl = "{self.settings.database.url}"\n'
            f"[clock]\nquiet = false\ngrace_minutes = 0\ngrace_hours = 0\n"
            f"[letters]\nat_once = true\nsilent_start = false\n"
            f'[[forms]]\nname = "registrations"\n{rules}',
            encoding="utf-8",
        )
        return file

    def requests_seen(self) -> list[dict[str, Any]]:
        """The requests that reached the embedded Google."""
        answer = requests.get(f"{self.google.url}/admin/requests", timeout=30).json()
        found: list[dict[str, Any]] = answer["requests"]
        return found

    def forget_requests(self) -> None:
        """Begin the log of requests anew."""
        requests.delete(f"{self.google.url}/admin/requests", timeout=30).raise_for_status()

    def faults(self, *script: dict[str, Any]) -> None:
        """Tell the embedded Google how to fail."""
        requests.post(f"{self.google.url}/admin/faults", json=list(script), timeout=30).raise_for_status()

    def with_settings(self, **changes: Any) -> None:
        """Change the settings and open the service anew."""
        self.settings = msgspec.structs.replace(self.settings, **changes)
        self.service.engine.dispose()
        self.service = self.open_service()


Books = tuple[tuple[str, tuple[str, ...]], ...]


def _take_furnished(folder: Path, books: Books, language: Language) -> dict[str, str]:
    """Put furnished and shared spreadsheets where an embedded Google is to serve them; their ids by name."""
    state, ids = _furnished(books, language)
    folder.mkdir(parents=True)
    (folder / STATE).write_bytes(state)
    return dict(ids)


@cache
def _furnished(books: Books, language: Language) -> tuple[bytes, dict[str, str]]:
    """An embedded Google's state with these spreadsheets, made once a worker; it is bound to no port."""
    with TemporaryDirectory() as folder:
        world = World.__new__(World)
        world._serve(Path(folder))
        ids = {name: world.make(name, keys, language) for name, keys in books}
        world.google.service.database.set("port", "0")
        world.person.close()
        world.google.stop()
        return (Path(folder) / "google" / STATE).read_bytes(), ids


@cache
def _key() -> RSAPrivateKey:
    """One key for every world of a worker: making one takes as long as all else of a world."""
    return new_key()


def _entered(value: Cell) -> dict[str, Any]:
    match value:
        case None:
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
    kind = "formulaValue" if value.startswith("=") else "stringValue"
    return {"userEnteredValue": {kind: value}}
