"""`/drive/v3`: files, permissions, changes, about."""

import base64

from flask import Blueprint, Response

from sheets_sync.embedded import defaults, drive_query
from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.errors import JSON, GoogleError
from sheets_sync.embedded.files import ROLES, SPREADSHEET, File
from sheets_sync.embedded.requests.sheets import copied
from sheets_sync.embedded.web import answer, base_url, body, caller, mask, query, service

routes = Blueprint("drive", __name__)
DRIVE = "drive.v3"
SHORT = ("kind", "id", "name", "mimeType")


def resource(file: File, account: Account) -> JSON:
    """The File resource: all fields under a mask that asks for them, else the four that Drive shows by default."""
    role = service().files.role(file.id, account.email)
    owner = {"kind": "drive#user", "emailAddress": file.owner, "displayName": file.owner.partition("@")[0]}
    owner["permissionId"] = next((p["id"] for p in service().files.permissions(file.id) if p["role"] == "owner"), "")
    return {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": SPREADSHEET,
        "trashed": file.trashed,
        "starred": False,
        "parents": file.more.get("parents", []),
        "version": str(file.version),
        "webViewLink": f"{base_url()}/spreadsheets/d/{file.id}/edit",
        "createdTime": file.created,
        "modifiedTime": file.modified,
        "owners": [{**owner, "me": file.owner == account.email}],
        "ownedByMe": file.owner == account.email,
        "shared": len(service().files.permissions(file.id)) > 1,
        "capabilities": {"canEdit": role in ROLES[2:], "canShare": role in ROLES[2:], "canDelete": role == "owner"},
        "permissions": service().files.permissions(file.id) if role in ROLES[2:] else [],
        **{name: file.more[name] for name in ("description", "appProperties", "properties") if name in file.more},
    }


def shown(file: File, account: Account) -> JSON:
    """A file as an answer has it when no field mask is given."""
    found = resource(file, account)
    return found if mask() is not None else {name: found[name] for name in SHORT}


@routes.get("/drive/v3/about")
def about() -> Response:
    """`about.get`: Drive demands a field mask."""
    options = query("drive.about.get", DRIVE)
    account = caller()
    if not options.get("fields"):
        message = "The 'fields' parameter is required for this method."
        raise GoogleError(400, message, reason="required")
    user = {"kind": "drive#user", "emailAddress": account.email, "displayName": account.email.partition("@")[0]}
    limit = "0" if account.kind == "service_account" else str(15 * 2**30)
    quota = {"limit": limit, "usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0"}
    return answer({"kind": "drive#about", "user": {**user, "me": True}, "storageQuota": quota})


@routes.post("/drive/v3/files")
def create() -> Response:
    """`files.create`: an empty spreadsheet."""
    query("drive.files.create", DRIVE)
    account, given = caller(write=True), body("File", DRIVE)
    if given.get("mimeType") != SPREADSHEET:
        raise GoogleError(501, f"The embedded Google keeps spreadsheets only, not {given.get('mimeType', 'files')}.")
    name = given.get("name") or "Untitled"
    book = defaults.new_spreadsheet(service().fresh_id(), name)
    service().add(account, book, _kept(given))
    return _answer_file(book.id, account)


def _kept(given: JSON) -> JSON:
    names = ("parents", "description", "appProperties", "properties")
    return {name: given[name] for name in names if name in given}


def _answer_file(file_id: str, account: Account) -> Response:
    return answer(shown(service().files.allow_drive(file_id, account), account))


@routes.get("/drive/v3/files")
def listing() -> Response:
    """`files.list`: what the caller owns or has been given, by page."""
    options = query("drive.files.list", DRIVE)
    account = caller()
    found = service().files.visible(account)
    if options.get("q"):
        found = list(filter(drive_query.parse(options["q"], _roles), found))
    found = _ordered(found, options.get("orderBy", ""))
    start, size = _page(options)
    files = [shown(file, account) for file in found[start : start + size]]
    answered: JSON = {"kind": "drive#fileList", "incompleteSearch": False, "files": files}
    if start + size < len(found):
        answered["nextPageToken"] = base64.urlsafe_b64encode(str(start + size).encode()).decode()
    return answer(answered)


def _roles(file_id: str) -> list[tuple[str, str]]:
    return [(p["role"], p.get("emailAddress", "").lower()) for p in service().files.permissions(file_id)]


def _page(options: JSON) -> tuple[int, int]:
    size = options.get("pageSize", 100)
    if not 1 <= size <= 1000:
        message = f"Invalid value '{size}'. Values must be within the range: [1, 1000]"
        raise GoogleError(400, message, reason="invalidParameter")
    token = options.get("pageToken", "")
    try:
        return (int(base64.urlsafe_b64decode(token)) if token else 0), size
    except ValueError:
        raise GoogleError(400, "Invalid Value", reason="invalid") from None


def _ordered(found: list[File], order: str) -> list[File]:
    keys = {"name": "name", "name_natural": "name", "modifiedTime": "modified", "createdTime": "created"}
    for part in reversed([part.strip() for part in order.split(",") if part.strip()]):
        name, _, down = part.partition(" ")
        if name in keys:
            found = sorted(found, key=lambda file: str(getattr(file, keys[name])), reverse=down == "desc")
    return found


@routes.get("/drive/v3/files/<file_id>")
def get(file_id: str) -> Response:
    """`files.get`."""
    query("drive.files.get", DRIVE)
    return _answer_file(file_id, caller())


@routes.patch("/drive/v3/files/<file_id>")
def update(file_id: str) -> Response:
    """`files.update`: name, bin, and what else is kept."""
    query("drive.files.update", DRIVE)
    account, given = caller(write=True), body("File", DRIVE)
    file = service().files.allow_drive(file_id, account, "owner" if "trashed" in given else "writer")
    name = given.get("name", file.name)
    if name != file.name:
        with service().changing(account, file_id) as call:
            call.book.properties = {**call.book.properties, "title": name}
    service().files.update(file_id, name, given.get("trashed", file.trashed), {**file.more, **_kept(given)})
    return _answer_file(file_id, account)


@routes.delete("/drive/v3/files/<file_id>")
def delete(file_id: str) -> Response:
    """`files.delete`: for good, by the owner alone."""
    account = caller(write=True)
    service().files.allow_drive(file_id, account, "owner")
    service().files.delete(file_id)
    service().books.forget(file_id)
    return Response("", 204)


@routes.post("/drive/v3/files/<file_id>/copy")
def copy(file_id: str) -> Response:
    """`files.copy`: the caller owns the copy."""
    query("drive.files.copy", DRIVE)
    account, given = caller(write=True), body("File", DRIVE)
    file = service().files.allow_drive(file_id, account)
    service().check_may_own(account)
    with service().reading(account, file_id) as call:
        name = given.get("name") or f"Copy of {file.name}"
        book = defaults.new_spreadsheet(service().fresh_id(), name, call.book.properties)
        book.sheets = [copied(s, s.id, s.title, index) for index, s in enumerate(call.book.sheets)]
        book.named_ranges = [dict(named) for named in call.book.named_ranges]
    service().add(account, book, _kept(given))
    return _answer_file(book.id, account)


@routes.get("/drive/v3/files/<file_id>/comments")
def comments(file_id: str) -> Response:
    """`comments.list`: none are kept."""
    service().files.allow_drive(file_id, caller())
    return answer({"kind": "drive#commentList", "comments": []})
