"""Writes docs/embedded-google.md: what of Google's schema is supported here.

`uv run python -m sheets_sync.embedded.reference > docs/embedded-google.md`
"""

import inspect
import re
import sys

from sheets_sync.embedded.batch import STORED, SUPPORTED
from sheets_sync.embedded.call import Handler
from sheets_sync.embedded.functions import FUNCTIONS, UNSUPPORTED
from sheets_sync.embedded.schema import api
from sheets_sync.embedded.spreading import SPREAD

HEAD = """# The embedded Google

A local server of the Sheets v4 and Drive v3 calls that real clients make, with the same addresses under one base:
`/v4/…`, `/drive/v3/…`, `/upload/drive/v2|v3/…`, `/token`, and a page a spreadsheet at `/spreadsheets/d/<id>/edit`.
Requests, query parameters and field masks are held against Google's discovery documents; errors have Google's shape.
State is one SQLite file, written and on the disk before each answer.

This page is generated: `uv run python -m sheets_sync.embedded.reference > docs/embedded-google.md`.

## Where it differs from Google

- Formulas are computed by formualizer; a function that it lacks is `#NAME?`. ARRAYFORMULA spreads operators, IF and
  the functions of single values listed below.
- Regular expressions are Python's; one that could take for ever is `#VALUE!`.
- A gradient in a conditional format is kept, but not drawn on the page; `effectiveFormat` is the cell's own format,
  without conditional formats.
- Developer metadata on a row stays at its place when the rows are sorted.
- Writing through the API does not refuse what a strict data validation would.
- There are spreadsheets only: no folders, comments, revisions, shared drives or groups.
- `files.export` makes .xlsx, .csv and .tsv, not PDF.
- `changes.watch` pushes to loopback addresses alone, over http.
- Any API key is good; with a key alone one reads what is shared with anyone who has the link.
- An upload in pieces is forgotten when the server ends.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_kinds(), *_methods(), *_functions()]) + "\n"


def _kinds() -> list[str]:
    kinds = sorted(api("sheets.v4").schemas["Request"]["properties"])
    rows = [f"| `{kind}` | {_state(kind)} | {_words(kind)} |" for kind in kinds]
    counts = f"{len(SUPPORTED)} supported, {len(STORED)} stored and given back, "
    rest = f"{len(kinds) - len(SUPPORTED) - len(STORED)} answered with 501 and their name."
    return ["## Kinds of request of `batchUpdate`", "", counts + rest, "", "| kind | state | |", "|---|---|---|", *rows]


def _state(kind: str) -> str:
    if kind in SUPPORTED:
        return "supported"
    return "stored only" if kind in STORED else "no (501)"


def _words(kind: str) -> str:
    handler: Handler | None = SUPPORTED.get(kind)
    text = inspect.getdoc(handler) or "" if handler else ""
    found = re.match(r"`\w+`: (.*)", text.replace("\n", " "))
    return found[1] if found else ""


METHODS = {
    "Sheets": (
        "spreadsheets.create, get, getByDataFilter, batchUpdate; sheets.copyTo; developerMetadata.get, search; "
        "values.get, update, append, clear, batchGet, batchUpdate, batchClear, and the three ByDataFilter forms"
    ),
    "Drive": (
        "files.create, get, list, update, copy, delete, export; "
        "uploads of .xlsx and .csv (media, multipart, resumable); "
        "permissions.create, get, list, update, delete; changes.getStartPageToken, list, watch; channels.stop; "
        "about.get"
    ),
}


def _methods() -> list[str]:
    return ["", "## Methods", "", *(f"- {name}: {text}." for name, text in METHODS.items())]


def _functions() -> list[str]:
    ours = ", ".join(sorted(FUNCTIONS))
    lacking = ", ".join(sorted(UNSUPPORTED))
    added = f"Added to formualizer's, or put into Google's form: {ours}."
    spread = f"Spread inside ARRAYFORMULA: {', '.join(sorted(SPREAD))}."
    return ["", "## Functions", "", added, "", spread, "", f"`#NAME?` with a message that says so: {lacking}."]


if __name__ == "__main__":
    sys.stdout.write(page())
