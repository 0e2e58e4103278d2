"""Drive's records: files, who may do what with them, and the log of changes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import orjson

from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.database import Database
from sheets_sync.embedded.errors import JSON, GoogleError, denied, file_not_found, not_found

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
ROLES = ("reader", "commenter", "writer", "owner")
ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class File:
    """One spreadsheet file. Times are Drive's texts, with milliseconds."""

    id: str
    name: str
    owner: str
    created: str
    modified: str
    trashed: bool
    version: int
    more: JSON


def new_id() -> str:
    """A file id as Drive makes them: 44 characters."""
    return "1" + "".join(secrets.choice(ID_LETTERS) for _ in range(43))


def permission_id(kind: str, email: str) -> str:
    """A permission's id: `anyoneWithLink`, or a number that belongs to the address."""
    return "anyoneWithLink" if kind == "anyone" else f"{crc32(email.lower().encode()) + 10**19}"


class Files:
    """The files in the database."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], changed: Callable[[list[str]], None] = lambda _: None
    ) -> None:
        self._database = database
        self._clock = clock
        self._changed = changed  # told which addresses may see what changed

    def stamp(self) -> str:
        """Now, as Drive writes times."""
        return self._clock().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def get(self, file_id: str) -> File | None:
        """The file, or None."""
        record = self._database.one("select * from files where id = ?", file_id)
        if record is None:
            return None
        values = dict(record)
        return File(**{**values, "trashed": bool(values["trashed"]), "more": orjson.loads(values["more"])})

    def visible(self, account: Account) -> list[File]:
        """The files that the account owns or that are shared with it by name, last changed first."""
        query = """select distinct file from permissions join files on files.id = file
                   where lower(email) = lower(?) order by modified desc, file"""
        found = [self.get(record["file"]) for record in self._database.all(query, account.email)]
        return [file for file in found if file is not None]

    def all(self) -> list[File]:
        """Every file, by name."""
        found = [self.get(record["id"]) for record in self._database.all("select id from files order by name, id")]
        return [file for file in found if file is not None]

    def role(self, file_id: str, email: str) -> str:
        """The highest role of the address, link sharing included; '' for none."""
        query = "select role from permissions where file = ? and (type = 'anyone' or lower(email) = lower(?))"
        roles = [record["role"] for record in self._database.all(query, file_id, email)]
        return max(roles, key=ROLES.index, default="")

    def allow_sheets(self, file_id: str, account: Account, least: str) -> str:
        """The caller's role, when it suffices. Raises the 403 or 404 that Sheets answers."""
        if self.get(file_id) is None:
            raise not_found()
        role = self.role(file_id, account.email)
        if not role or ROLES.index(role) < ROLES.index(least):
            raise denied()
        return role

    def allow_drive(self, file_id: str, account: Account, least: str = "reader") -> File:
        """The file, when the caller's role suffices. Raises the 403 or 404 that Drive answers."""
        file = self.get(file_id)
        role = self.role(file_id, account.email) if file else ""
        if file is None or not role:
            raise file_not_found(file_id)
        if ROLES.index(role) < ROLES.index(least):
            message = "The user does not have sufficient permissions for this file."
            raise GoogleError(403, message, reason="insufficientFilePermissions")
        return file

    def create(self, file_id: str, name: str, owner: str, more: JSON) -> None:
        """Record a new file of that owner; in the caller's transaction if there is one."""
        now = self.stamp()
        with self._database.transaction() as connection:
            values = (file_id, name, owner, now, now, orjson.dumps(more).decode())
            connection.execute(
                "insert into files (id, name, owner, created, modified, more) values (?, ?, ?, ?, ?, ?)", values
            )
            self.share(file_id, "user", owner, "owner")

    def touch(self, file_id: str, *, removed: bool = False) -> None:
        """Note that a file changed: its time, its version, and a line in the log."""
        now = self.stamp()
        query = "select distinct lower(email) as email from permissions where file = ? and email != ''"
        readers = [record["email"] for record in self._database.all(query, file_id)]
        with self._database.transaction() as connection:
            connection.execute("update files set modified = ?, version = version + 1 where id = ?", (now, file_id))
            # The log keeps each file's last change only, as Drive's does.
            connection.execute("delete from changes where file = ?", (file_id,))
            values = (file_id, now, int(removed), orjson.dumps(readers).decode())
            connection.execute("insert into changes (file, time, removed, readers) values (?, ?, ?, ?)", values)
            self._changed(readers)

    def update(self, file_id: str, name: str, trashed: bool, more: JSON) -> None:
        """Rename a file, or put it into the bin or take it out."""
        with self._database.transaction() as connection:
            values = (name, int(trashed), orjson.dumps(more).decode(), file_id)
            connection.execute("update files set name = ?, trashed = ?, more = ? where id = ?", values)
            self.touch(file_id)

    def rename(self, file_id: str, name: str) -> None:
        """Give a file the name that its spreadsheet has been given."""
        with self._database.transaction() as connection:
            connection.execute("update files set name = ? where id = ?", (name, file_id))

    def delete(self, file_id: str) -> None:
        """Delete a file for good."""
        with self._database.transaction() as connection:
            self.touch(file_id, removed=True)
            for table, column in (("files", "id"), ("permissions", "file"), ("books", "file"), ("sheets", "file")):
                connection.execute(f"delete from {table} where {column} = ?", (file_id,))
            connection.execute("delete from rows where file = ?", (file_id,))

    def permissions(self, file_id: str) -> list[JSON]:
        """Who the file is shared with: Drive's Permission resources."""
        query = "select * from permissions where file = ? order by role != 'owner', email, id"
        return [_permission(dict(record)) for record in self._database.all(query, file_id)]

    def share(self, file_id: str, kind: str, email: str, role: str) -> str:
        """Give a role to an address (or to anyone with the link); answers the permission's id."""
        found = permission_id(kind, email)
        with self._database.transaction() as connection:
            values = (file_id, found, kind, email, role)
            connection.execute("insert or replace into permissions values (?, ?, ?, ?, ?)", values)
        return found

    def give(self, file_id: str, email: str) -> None:
        """Make the address the owner; the owner until now stays as a writer."""
        with self._database.transaction() as connection:
            demote = "update permissions set role = 'writer' where file = ? and role = 'owner'"
            connection.execute(demote, (file_id,))
            self.share(file_id, "user", email, "owner")
            connection.execute("update files set owner = ? where id = ?", (email, file_id))

    def unshare(self, file_id: str, found: str) -> None:
        """Take a permission away."""
        with self._database.transaction() as connection:
            self.touch(file_id)
            connection.execute("delete from permissions where file = ? and id = ?", (file_id, found))

    def last_change(self) -> int:
        """The number of the last line of the log."""
        record = self._database.one("select seq from sqlite_sequence where name = 'changes'")
        return int(record["seq"]) if record else 0

    def changes(self, after: int, limit: int) -> list[JSON]:
        """Lines of the log: number, file, time, removed, readers."""
        query = "select * from changes where number > ? order by number limit ?"
        found = [dict(record) for record in self._database.all(query, after, limit)]
        return [{**line, "readers": orjson.loads(line["readers"])} for line in found]


def _permission(record: JSON) -> JSON:
    found: JSON = {"kind": "drive#permission", "id": record["id"], "type": record["type"], "role": record["role"]}
    if record["type"] == "anyone":
        return {**found, "allowFileDiscovery": False}
    name = record["email"].partition("@")[0]
    return {**found, "emailAddress": record["email"], "displayName": name, "deleted": False, "pendingOwner": False}
