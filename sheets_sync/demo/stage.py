"""The demo's stage: an embedded Google with the community's spreadsheets, a mail sink, and settings that name them."""

import secrets
import shutil
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests

from sheets_sync.config import Settings, load
from sheets_sync.demo.community import Community, invent
from sheets_sync.demo.fill import fill
from sheets_sync.demo.layouts import ABSORPTION, BUDGET, MAIN, OWN, WELFARE
from sheets_sync.demo.life import life
from sheets_sync.demo.neighbourhood import invent_neighbourhood
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.errors import Trouble
from sheets_sync.notify.sink import Sink

OWNER = "coordinator@nof-shikma.example"
DAY = "invented-for"
"""The file that makes a folder the demo's: the day its community was invented for, and the profile but `community`."""

INVENT: Mapping[str, Callable[[date], Community]] = {"community": invent, "sustainability": invent_neighbourhood}
"""The community of each profile."""

TITLES = {MAIN: "לוח העבודה", BUDGET: "תקציב", ABSORPTION: "קליטה", OWN: "תיק הרכז/ת", WELFARE: "רווחה – גישה מוגבלת"}
SETTINGS = """\
# Written by `sheets-sync demo` at each start.
[community]
name = "{name}"
key = "demo"
profile = "{profile}"
work_year_start = {work_year_start}

[life]
{life}
[google]
key_file = "service-account.json"
base_url = "{google}"

{spreadsheets}
[mail]
host = "127.0.0.1"
port = {mail}
security = "none"
sender = "sheets-sync@nof-shikma.example"

[web]
port = {web}

[clock]
seconds = 5
quiet = false   # the demo also speaks at night

[letters]
at_once = true         # so that there are letters to see
silent_start = false

[[forms]]
name = "registrations"
"""


class NotOurs(Trouble):
    """A folder in which somebody else keeps something."""

    status = 2


@dataclass(frozen=True)
class Stage:
    """What the demo plays on."""

    folder: Path
    settings_file: Path
    settings: Settings
    community: Community
    google: EmbeddedGoogle
    sink: Sink
    secret: str
    is_new: bool


@contextmanager
def stage(folder: Path, today: date, profile: str = "community") -> Iterator[Stage]:
    """Set the stage up in a folder, or take up what stands there from last time; raises NotOurs as `forget` does."""
    _own(folder)
    is_new = not (folder / "spreadsheets").exists()
    community = INVENT[profile](_day(folder, today, profile))
    with EmbeddedGoogle(folder / "google") as google, Sink() as sink:
        if is_new:
            _make(folder, google, community)
        settings_file = folder / "sheets-sync.toml"
        settings_file.write_text(_settings(folder, google.url, sink.port, community), encoding="utf-8")
        yield Stage(folder, settings_file, load(settings_file), community, google, sink, _secret(folder), is_new)


def forget(folder: Path) -> None:
    """Remove a demo's folder; raises NotOurs, with nothing removed, for any other."""
    if folder.exists():
        _own(folder)
        shutil.rmtree(folder)


def _own(folder: Path) -> None:
    """Make the folder, or take up the demo's own; what a person keeps is not written over."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / DAY).exists():
        raise NotOurs(
            f"{folder} אינה תיקייה של ההדגמה, ולא נגענו בה. אפשר לבחור אחרת: --folder",
            f"{folder} is not a folder of the demo's, and was left alone. Choose another: --folder",
        )


def _day(folder: Path, today: date, profile: str) -> date:
    """The day the community was invented for: its data do not move when the demo is taken up later."""
    file = folder / DAY
    if not file.exists():
        file.write_text(f"{today.isoformat()} {profile}", encoding="utf-8")
    day, *of = file.read_text(encoding="utf-8").split()
    if of and of != [profile]:
        raise NotOurs(
            f"ב־{folder} נמצאת ההדגמה של {of[0]}. אפשר לבחור תיקייה אחרת ב־--folder, או להתחיל מחדש ב־--reset",
            f"{folder} holds the demo of {of[0]}. Choose another with --folder, or begin anew with --reset",
        )
    return date.fromisoformat(day)


def _make(folder: Path, google: EmbeddedGoogle, community: Community) -> None:
    """Make the spreadsheets as their owner would, and share them with the service account."""
    account = google.make_key_file(folder / "service-account.json")
    call = _Caller(google.url, google.person_token(OWNER))
    made: list[str] = []
    for name, changes in fill(community).items():
        properties = {"title": f"{TITLES[name]} · {community.name}", "locale": "iw_IL", "timeZone": "Asia/Jerusalem"}
        book = call.post("/v4/spreadsheets", {"properties": properties, "sheets": [FIRST_TAB]})
        call.post(f"/v4/spreadsheets/{book['spreadsheetId']}:batchUpdate", {"requests": changes})
        permission = {"type": "user", "role": "writer", "emailAddress": account}
        call.post(f"/drive/v3/files/{book['spreadsheetId']}/permissions", permission)
        if name == WELFARE:  # a slip of the owner's, for the rule privacy.shared
            by_link = {"type": "anyone", "role": "reader"}
            call.post(f"/drive/v3/files/{book['spreadsheetId']}/permissions", by_link)
        made.append(f"{name} {book['spreadsheetId']}")
    (folder / "spreadsheets").write_text("\n".join(made), encoding="utf-8")


FIRST_TAB = {"properties": {"sheetId": 0, "title": "גיליון1"}}


@dataclass(frozen=True)
class _Caller:
    url: str
    token: str

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.post(self.url + path, json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json()


def _settings(folder: Path, google: str, mail: int, community: Community) -> str:
    books = [line.split() for line in (folder / "spreadsheets").read_text(encoding="utf-8").splitlines()]
    spreadsheets = "\n".join(
        f'[[spreadsheets]]\nname = "{name}"\nurl = "{google}/spreadsheets/d/{book}/edit"\n'
        + ("restricted = true\n" if name == WELFARE else "")
        for name, book in books
    )
    return SETTINGS.format(
        name=community.name,
        profile=community.profile,
        work_year_start=community.settings.work_year_start.isoformat(),
        life=life(community.settings),
        google=google,
        spreadsheets=spreadsheets,
        mail=mail,
        web=_free_port(),
    )


def _secret(folder: Path) -> str:
    """The form's signing secret, readable by its owner alone."""
    file = folder / "form-secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"whsec_{b64encode(secrets.token_bytes(24)).decode()}", encoding="utf-8")
    return file.read_text(encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
