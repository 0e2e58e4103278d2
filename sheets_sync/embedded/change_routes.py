"""`/drive/v3/changes`: what changed since a token, and the pushes that hint at it."""

from flask import Blueprint, Response

from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.drive_routes import DRIVE, shown
from sheets_sync.embedded.errors import JSON, GoogleError
from sheets_sync.embedded.web import answer, body, caller, query, service

routes = Blueprint("changes", __name__)


@routes.get("/drive/v3/changes/startPageToken")
def start_page_token() -> Response:
    """`changes.getStartPageToken`."""
    query("drive.changes.getStartPageToken", DRIVE)
    caller()
    return answer({"kind": "drive#startPageToken", "startPageToken": str(service().files.last_change() + 1)})


@routes.get("/drive/v3/changes")
def changes() -> Response:
    """`changes.list`: what changed of the caller's files since the token; removals are told as such."""
    options = query("drive.changes.list", DRIVE)
    account = caller()
    token = options.get("pageToken", "")
    if not token.isdigit():
        raise GoogleError(400, "Invalid Value", reason="invalid")
    size = options.get("pageSize", 100)
    lines = service().files.changes(int(token) - 1, size + 1)
    found = [change for line in lines[:size] if (change := _change(line, account))]
    answered: JSON = {"kind": "drive#changeList", "changes": found}
    if len(lines) > size:
        return answer({**answered, "nextPageToken": str(lines[size]["number"])})
    return answer({**answered, "newStartPageToken": str(service().files.last_change() + 1)})


def _change(line: JSON, account: Account) -> JSON | None:
    """A line of the log as the caller may see it."""
    if account.email.lower() not in line["readers"]:
        return None
    file = service().files.get(line["file"])
    lost = file is None or not service().files.role(line["file"], account.email)
    found = {"kind": "drive#change", "changeType": "file", "time": line["time"], "fileId": line["file"]}
    if lost or file is None:
        return {**found, "removed": True}
    return {**found, "removed": False, "file": shown(file, account)}


@routes.post("/drive/v3/changes/watch")
def watch() -> Response:
    """`changes.watch`: an empty POST to a loopback address whenever something of the caller's changes."""
    query("drive.changes.watch", DRIVE)
    account = caller()
    return answer(service().pushes.watch(body("Channel", DRIVE), account.email))


@routes.post("/drive/v3/channels/stop")
def stop() -> Response:
    """`channels.stop`."""
    caller()
    service().pushes.stop(str(body("Channel", DRIVE).get("id", "")))
    return Response("", 204)
