"""Which spreadsheets changed: one `changes.list` of Drive for all that a service account sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheets_sync.errors import GoogleTrouble, Unavailable
from sheets_sync.google.client import CarefulClient

CHANGES = "https://www.googleapis.com/drive/v3/changes"
FIELDS = "nextPageToken,newStartPageToken,changes(fileId)"
DRIVES = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
MOST_PAGES = 200
"""Of a thousand changes; whoever is so far behind reads everything anew."""


@dataclass(frozen=True)
class News:
    """What the feed said: the token to ask with next, and the ids that changed; None where all may have changed."""

    token: str
    changed: frozenset[str] | None = None
    trouble: GoogleTrouble | None = None


def poll(client: CarefulClient, token: str) -> News:
    """Ask what changed since `token`; '' begins the feed, and then all may have changed.

    A feed that is busy or out of reach is asked again with the same token: nothing is lost, it only comes later. One
    that fails otherwise (an unknown token, Drive's API not enabled) begins anew; until it does all may have changed.
    """
    try:
        return _since(client, token) if token else News(_begin(client))
    except Unavailable as trouble:
        return News(token, frozenset() if token else None, trouble)
    except GoogleTrouble as trouble:
        return News("", None, trouble)


def watch(client: CarefulClient, channel: str, secret: str, address: str, until: datetime) -> Mapping[str, Any]:
    """Open a channel of pushes to `address`, which then bear `secret`; Google's Channel. Raises GoogleTrouble."""
    body = {
        "id": channel,
        "type": "web_hook",
        "address": address,
        "token": secret,
        "expiration": str(int(until.timestamp() * 1000)),
    }
    params = {"pageToken": _begin(client), **DRIVES}
    answer: Mapping[str, Any] = client.request("post", f"{CHANGES}/watch", params=params, json=body).json()
    return answer


def _begin(client: CarefulClient) -> str:
    """The token of this moment."""
    answer = client.request("get", f"{CHANGES}/startPageToken", params={"supportsAllDrives": "true"}).json()
    return str(answer["startPageToken"])


def _since(client: CarefulClient, token: str) -> News:
    found: set[str] = set()
    for _ in range(MOST_PAGES):
        params = {"pageToken": token, "pageSize": "1000", "fields": FIELDS, "includeRemoved": "true", **DRIVES}
        answer: Mapping[str, Any] = client.request("get", CHANGES, params=params).json()
        found.update(change["fileId"] for change in answer.get("changes", ()) if "fileId" in change)
        if "newStartPageToken" in answer:
            return News(str(answer["newStartPageToken"]), frozenset(found))
        token = str(answer["nextPageToken"])
    return News("")
