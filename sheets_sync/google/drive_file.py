"""What Drive says of a spreadsheet as a file, and whether it answers at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from gspread.urls import DRIVE_FILES_API_V3_URL

from sheets_sync.google.gateway import Gateway

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FIELDS = "mimeType,trashed,capabilities/canEdit,permissions(type,role,deleted)"
START_TOKEN_URL = DRIVE_FILES_API_V3_URL.replace("/files", "/changes/startPageToken")


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A file as the service account sees it. `open_to` maps `anyone` and `domain` to their role, where they have one.

    Drive shows permissions only to those who may share the file; to others nobody seems to have any.
    """

    is_spreadsheet: bool
    trashed: bool
    can_edit: bool
    open_to: Mapping[str, str]


def drive_file(gateway: Gateway, file: str) -> DriveFile:
    """One file (`files.get`). Raises the GoogleTrouble kinds."""
    url = f"{DRIVE_FILES_API_V3_URL}/{quote(file, safe='')}"
    found = _got(gateway, url, {"fields": FIELDS, "supportsAllDrives": "true"})
    wide = [one for one in found.get("permissions", ()) if one.get("type") in ("anyone", "domain")]
    return DriveFile(
        found.get("mimeType") == SPREADSHEET,
        bool(found.get("trashed")),
        bool(found.get("capabilities", {}).get("canEdit")),
        {one["type"]: one.get("role", "") for one in wide if not one.get("deleted")},
    )


def ask_drive(gateway: Gateway) -> None:
    """Ask Drive where its list of changes stands: a token is fetched for it. Raises the GoogleTrouble kinds."""
    _got(gateway, START_TOKEN_URL, {"supportsAllDrives": "true"})


def _got(gateway: Gateway, url: str, params: dict[str, str]) -> Mapping[str, Any]:
    answer: Mapping[str, Any] = gateway.client.request("get", url, params=params).json()
    return answer
