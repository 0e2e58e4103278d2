"""The machine: its clock against Google's, and the key file."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests

from sheets_sync.doctor.case import Case
from sheets_sync.doctor.line import Line, bad, good, troubled
from sheets_sync.errors import GoogleTrouble
from sheets_sync.google.gateway import open_gateway

GOOGLE = "https://sheets.googleapis.com/"
MOST_SKEW = timedelta(seconds=30)
"""Google refuses a token request that is signed too early or too late; from here on the clock is surely not kept."""

PATIENCE = 10.0
ANOTHER_KEY = (
    "להוריד מפתח מסוג JSON מהעמוד של חשבון השירות ב־Google Cloud.",
    "Download a key of type JSON from the service account's page in Google Cloud.",
)
NEEDED = ("client_email", "private_key", "token_uri")


def clock_lines(case: Case) -> Iterator[Line]:
    """The machine's clock beside the Date that Google's answers bear."""
    try:
        answer = requests.head(case.settings.google.base_url or GOOGLE, timeout=PATIENCE)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (requests.RequestException, KeyError, ValueError):
        yield bad(
            "clock",
            "Google לא ענה, ולכן השעון לא נבדק",
            "Google did not answer, so the clock was not checked",
            "לבדוק את החיבור לאינטרנט במחשב שבו השירות רץ.",
            "Check the internet connection of the service's machine.",
        )
        return
    yield skew_line(case.clock(), theirs)


def skew_line(ours: datetime, theirs: datetime) -> Line:
    """How far the clock is off; both aware."""
    seconds = round(abs((ours - theirs).total_seconds()))
    if timedelta(seconds=seconds) <= MOST_SKEW:
        return good("clock", "השעון מכוון", "the clock is right")
    return bad(
        "clock",
        f"השעון של המחשב רחוק {seconds:,} שניות מהשעון של Google",
        f"the machine's clock is {seconds:,} seconds off Google's",
        "לכוון את השעון ולהפעיל סנכרון (NTP); בלי זה Google לא נותן להיכנס.",
        "Set the clock and keep it by NTP; Google lets nobody in otherwise.",
    )


def key_lines(case: Case) -> Iterator[Line]:
    """The key file: there, a service account's, readable by its owner alone."""
    path = case.settings.google.key_file
    try:
        gateway = open_gateway(path)
        kept = json.loads(path.read_text(encoding="utf-8"))
    except GoogleTrouble as trouble:
        yield troubled("key", trouble, ANOTHER_KEY)
        return
    if kept.get("type") != "service_account" or not all(kept.get(name) for name in NEEDED):
        yield bad(
            "key",
            f"הקובץ {path} אינו מפתח של חשבון שירות",
            f"{path} is no service account's key",
            *ANOTHER_KEY,
        )
        return
    yield good("key", f"מפתח של {gateway.account}", f"the key of {gateway.account}")
    if os.name == "posix":
        yield mode_line(path, stat.S_IMODE(path.stat().st_mode))


def mode_line(path: Path, mode: int) -> Line:
    """Whether only the owner may read the key; `mode` as in chmod."""
    if not mode & 0o077:
        return good("key.mode", "רק לבעלים יש גישה לקובץ המפתח", "only its owner may read the key file")
    return bad(
        "key.mode",
        f"גם אחרים במחשב יכולים לקרוא את קובץ המפתח (הרשאות {mode:o})",
        f"others on the machine may read the key file (mode {mode:o})",
        f"chmod 600 {path}",
        f"chmod 600 {path}",
    )
