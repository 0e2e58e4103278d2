"""`/drive/v3/files/…/permissions`: sharing."""

import re

from flask import Blueprint, Response

from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.errors import JSON, GoogleError
from sheets_sync.embedded.web import answer, body, caller, mask, query, service

routes = Blueprint("permissions", __name__)
DRIVE = "drive.v3"
BASE = "/drive/v3/files/<file_id>/permissions"
ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+$")
SHORT = ("kind", "id", "type", "role")


def _shown(permission: JSON) -> JSON:
    if mask() is not None:
        return permission
    return {name: permission[name] for name in SHORT if name in permission}


@routes.get(BASE)
def listing(file_id: str) -> Response:
    """`permissions.list`: for those who may share the file."""
    query("drive.permissions.list", DRIVE)
    service().files.allow_drive(file_id, caller(), "writer")
    found = [_shown(permission) for permission in service().files.permissions(file_id)]
    return answer({"kind": "drive#permissionList", "permissions": found})


def _find(file_id: str, permission_id: str) -> JSON:
    for permission in service().files.permissions(file_id):
        if permission["id"] == permission_id:
            return permission
    raise GoogleError(404, f"Permission not found: {permission_id}.", reason="notFound")


@routes.get(BASE + "/<permission_id>")
def get(file_id: str, permission_id: str) -> Response:
    """`permissions.get`."""
    query("drive.permissions.get", DRIVE)
    service().files.allow_drive(file_id, caller(), "writer")
    return answer(_shown(_find(file_id, permission_id)))


@routes.post(BASE)
def create(file_id: str) -> Response:
    """`permissions.create`: with an address, or with anyone who has the link."""
    options = query("drive.permissions.create", DRIVE)
    account, given = caller(write=True), body("Permission", DRIVE)
    role, kind = given.get("role", ""), given.get("type", "")
    service().files.allow_drive(file_id, account, "owner" if role == "owner" else "writer")
    email = _checked(given, kind, role)
    if role == "owner":
        if not options.get("transferOwnership"):
            message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
            raise GoogleError(403, message, reason="forbidden")
        service().files.give(file_id, email)
        return answer(_shown(_by_address(file_id, email)))
    known = service().files.role(file_id, email) if kind != "anyone" else ""
    if known == "owner":  # sharing with the owner changes nothing
        return answer(_shown(_by_address(file_id, email)))
    permission_id = service().files.share(file_id, kind, email, role)
    service().files.touch(file_id)
    return answer(_shown(_find(file_id, permission_id)))


def _by_address(file_id: str, email: str) -> JSON:
    found = service().files.permissions(file_id)
    return next(p for p in found if p.get("emailAddress", "").lower() == email.lower())


def _checked(given: JSON, kind: str, role: str) -> str:
    """The address of a permission to be made. Raises Drive's 400."""
    if kind not in ("user", "group", "anyone", "domain"):
        raise GoogleError(400, "The permission type field is required.", reason="required")
    if role not in ("reader", "commenter", "writer", "owner"):
        raise GoogleError(400, "The permission role field is required.", reason="required")
    if kind == "anyone":
        return ""
    if kind == "domain":
        raise GoogleError(501, "The embedded Google does not share with domains.")
    email = str(given.get("emailAddress", ""))
    if not ADDRESS.match(email):
        message = "The specified emailAddress is invalid or not applicable for the given permission type."
        raise GoogleError(400, message, reason="invalid")
    return email


@routes.patch(BASE + "/<permission_id>")
def update(file_id: str, permission_id: str) -> Response:
    """`permissions.update`: another role."""
    options = query("drive.permissions.update", DRIVE)
    account, given = caller(write=True), body("Permission", DRIVE)
    role = given.get("role", "reader")
    found = _find(file_id, permission_id)
    if role == "owner" and options.get("transferOwnership"):
        return _transfer(file_id, account, found)
    file = service().files.allow_drive(file_id, account, "owner" if given.get("pendingOwner") else "writer")
    if found["role"] == "owner" or role == "owner":
        raise GoogleError(403, "The owner of a file cannot be changed this way.", reason="forbidden")
    email = found.get("emailAddress", "")
    service().files.share(file_id, found["type"], email, role)
    if given.get("pendingOwner"):
        service().files.update(file_id, file.name, file.trashed, {**file.more, "pendingOwner": email})
    service().files.touch(file_id)
    return answer(_shown(_find(file_id, permission_id)))


def _transfer(file_id: str, account: Account, found: JSON) -> Response:
    """Make an address the owner: by the owner, or by the address itself once the owner has offered it."""
    file = service().files.allow_drive(file_id, account)
    email = found.get("emailAddress", "")
    offered = file.more.get("pendingOwner") == email == account.email
    service().files.allow_drive(file_id, account, "reader" if offered else "owner")
    service().files.give(file_id, email)
    service().files.touch(file_id)
    return answer(_shown(_find(file_id, found["id"])))


@routes.delete(BASE + "/<permission_id>")
def delete(file_id: str, permission_id: str) -> Response:
    """`permissions.delete`: writers may; anyone may leave by himself; the owner stays."""
    account = caller(write=True)
    service().files.allow_drive(file_id, account)
    found = _find(file_id, permission_id)
    own = found.get("emailAddress", "").lower() == account.email.lower()
    service().files.allow_drive(file_id, account, "reader" if own else "writer")
    if found["role"] == "owner":
        raise GoogleError(403, "The owner of a file cannot be removed.", reason="forbidden")
    service().files.unshare(file_id, permission_id)
    return Response("", 204)
