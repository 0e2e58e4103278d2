"""The invented community in spreadsheets of an embedded Google, made over HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import gspread
import pytest

from sheets_sync.config import SpreadsheetSettings
from sheets_sync.demo.community import Community, invent
from sheets_sync.demo.fill import fill
from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from sheets_sync.google.gateway import open_gateway
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Snapshot
from tests.embedded.clients import Person, service_client


@dataclass(frozen=True)
class Made:
    """The community, its spreadsheets as the service reads them, and all that Google tells of them."""

    community: Community
    snapshot: Snapshot
    told: Mapping[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("demo")
    community = invent(date(2026, 11, 23))
    with EmbeddedGoogle(folder / "google") as google:
        google.make_key_file(folder / "key.json")
        client = service_client(google, folder / "key.json")
        gateway = open_gateway(folder / "key.json", google.url)
        ids = make_spreadsheets(community, Person(google, "rakezet@example.org"), client)
        read = tuple(read_spreadsheet(gateway, SpreadsheetSettings(name, f"/d/{key}")) for name, key in ids.items())
        told = {name: client.open_by_key(key).fetch_sheet_metadata() for name, key in ids.items()}
        yield Made(community, Snapshot(read), told)


def make_spreadsheets(community: Community, person: Person, client: gspread.Client) -> dict[str, str]:
    """A person makes and shares each spreadsheet; it is filled by real gspread, one batch each."""
    ids = {}
    for name, requests in fill(community).items():
        ids[name] = person.sheet(name, locale="iw_IL", timeZone="Asia/Jerusalem")
        person.share(ids[name], SERVICE_EMAIL)
        client.open_by_key(ids[name]).batch_update({"requests": requests})
    return ids
