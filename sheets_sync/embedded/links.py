"""Where a cell leads: its HYPERLINK formula or its format's link, only when that is safe to follow."""

import re

from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import Entered, Formula

HYPERLINK = re.compile(r'=\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)
# A place in the same spreadsheet, as Sheets writes it.
PLACE = re.compile(r"#gid=\d+(?:&range=[A-Za-z0-9:$]+)?")


def written_link(written: Entered) -> str:
    """The address of a HYPERLINK formula, or ''."""
    found = HYPERLINK.match(written.text) if isinstance(written, Formula) else None
    return found[1].replace('""', '"') if found else ""


def link(written: Entered, form: JSON) -> str:
    """The cell's address to follow, or '' for none: http, https, or a place in the same spreadsheet."""
    uri = written_link(written) or str(form.get("textFormat", {}).get("link", {}).get("uri", ""))
    return uri if uri.lower().startswith(("https://", "http://")) or PLACE.fullmatch(uri) else ""
