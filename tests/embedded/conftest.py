"""A running embedded Google, its owner, and gspread."""

from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import OWNER, Person, service_client


@pytest.fixture
def google(tmp_path: Path) -> Iterator[EmbeddedGoogle]:
    with EmbeddedGoogle(tmp_path / "google", admin=True) as running:
        yield running


@pytest.fixture
def owner(google: EmbeddedGoogle) -> Person:
    return Person(google, OWNER)


@pytest.fixture
def client(google: EmbeddedGoogle, tmp_path: Path) -> gspread.Client:
    google.make_key_file(tmp_path / "key.json")
    return service_client(google, tmp_path / "key.json")
