"""With whom a spreadsheet is shared, by Drive's `permissions.list`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from gspread.urls import DRIVE_FILES_API_V3_URL

from sheets_sync.google.client import CarefulClient

FIELDS = "nextPageToken,permissions(type,role,emailAddress,deleted)"


@dataclass(frozen=True, slots=True)
class Permission:
    """One of Drive's permissions: `kind` is user, group, domain or anyone; the address is '' where there is none."""

    kind: str
    role: str
    address: str = ""


def list_permissions(client: CarefulClient, spreadsheet: str) -> list[Permission]:
    """All permissions of a spreadsheet; raises the GoogleTrouble kinds, Unshared for one who may only view it."""
    url = f"{DRIVE_FILES_API_V3_URL}/{quote(spreadsheet, safe='')}/permissions"
    params = {"fields": FIELDS, "pageSize": "100", "supportsAllDrives": "true"}
    found: list[Permission] = []
    while True:
        answer: Mapping[str, Any] = client.request("get", url, params=params).json()
        found += [_permission(one) for one in answer.get("permissions", ()) if not one.get("deleted")]
        if not (token := answer.get("nextPageToken")):
            return found
        params = {**params, "pageToken": token}


def _permission(one: Mapping[str, Any]) -> Permission:
    return Permission(one.get("type", ""), one.get("role", ""), one.get("emailAddress", ""))
