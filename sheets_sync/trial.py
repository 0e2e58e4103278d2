"""Files checked as one community in a temporary embedded Google, gone afterwards."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import requests

from sheets_sync.config import Clock, Community, Database, Google, Settings, SpreadsheetSettings, load
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.errors import BadSettings
from sheets_sync.wiring import Service, open_service

PERSON = "person@sheets-sync.example"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS = "application/vnd.google-apps.spreadsheet"


@contextmanager
def trial(files: Sequence[Path], settings_file: Path | None, clock: Callable[[], datetime]) -> Iterator[Service]:
    """A service over these files; its Google and its memory are gone at the end.

    Of the settings file, which may be None, all holds but its spreadsheets, Google and database. Raises BadSettings for
    a file that is no spreadsheet.
    """
    with tempfile.TemporaryDirectory() as name, EmbeddedGoogle(Path(name) / "google") as server:
        folder = Path(name)
        key_file = folder / "service-account.json"
        account = server.make_key_file(key_file)
        books = [(title, upload(server, file, account)) for title, file in zip(_names(files), files, strict=True)]
        spreadsheets = [SpreadsheetSettings(title, f"{server.url}/spreadsheets/d/{id}/edit") for title, id in books]
        given = Settings(Community(files[0].stem), spreadsheets, clock=Clock(quiet=False))
        if settings_file is not None:
            given = load(settings_file, spreadsheets=spreadsheets)
        google, database = Google(key_file, server.url), Database(f"sqlite:///{folder}/memory.db")
        service = open_service(msgspec.structs.replace(given, google=google, database=database), clock)
        try:
            yield service
        finally:
            service.engine.dispose()


def upload(server: EmbeddedGoogle, file: Path, account: str) -> str:
    """Upload a file as a person would, and share it with the service account; the spreadsheet's id.

    Raises BadSettings with the server's words when it is no spreadsheet.
    """
    headers = {"Authorization": f"Bearer {server.person_token(PERSON)}"}
    made = requests.post(
        f"{server.url}/drive/v3/files",
        json={"name": file.stem, "mimeType": SHEETS},
        headers=headers,
        timeout=60,
    ).json()
    answer = requests.put(
        f"{server.url}/upload/drive/v2/files/{made['id']}?uploadType=media&convert=true",
        data=file.read_bytes(),
        headers={**headers, "Content-Type": XLSX},
        timeout=180,
    )
    if not answer.ok:
        reason = answer.json()["error"]["message"]
        raise BadSettings(f"אי אפשר לקרוא את {file.name}: {reason}", f"{file.name} cannot be read: {reason}")
    permission = {"type": "user", "role": "writer", "emailAddress": account}
    requests.post(
        f"{server.url}/drive/v3/files/{made['id']}/permissions", json=permission, headers=headers, timeout=60
    ).raise_for_status()
    return str(made["id"])


def _names(files: Sequence[Path]) -> list[str]:
    """A name a file: its stem, told apart where two are the same."""
    stems = [file.stem for file in files]
    return [stem if stems.index(stem) == at else f"{stem} ({at + 1})" for at, stem in enumerate(stems)]
