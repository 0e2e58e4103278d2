"""docs/embedded-google.md is what the code says, and the code knows every kind of Google's schema."""

from pathlib import Path

from sheets_sync.embedded import reference
from sheets_sync.embedded.batch import STORED, SUPPORTED
from sheets_sync.embedded.schema import api

DOCS = Path(__file__).parents[2] / "docs" / "embedded-google.md"


def test_the_page_is_up_to_date() -> None:
    assert DOCS.read_text(encoding="utf-8") == reference.page()


def test_every_kind_is_one_of_the_schemas_and_named_once() -> None:
    kinds = api("sheets.v4").schemas["Request"]["properties"].keys()
    assert kinds >= SUPPORTED.keys() | STORED.keys()
    assert not SUPPORTED.keys() & STORED.keys()
    assert all(f"| `{kind}` |" in reference.page() for kind in kinds)
