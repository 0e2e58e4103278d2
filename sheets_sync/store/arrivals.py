"""Taking form answers in, many in one statement: the web process's part of the inbox."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Connection, and_, select, update

from sheets_sync.store.database import inserting_new
from sheets_sync.store.schema import inbox


class Taken(StrEnum):
    """What a message was when it came."""

    NEW = "new"
    SAME = "same"
    OTHER_BODY = "other body"


Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A form answer whose signature and shape were found right."""

    community: str
    form: str
    message_id: str
    body: bytes
    received: datetime

    @property
    def key(self) -> Key:
        """What makes it the same message: ids are a form's own."""
        return self.community, self.form, self.message_id

    @property
    def digest(self) -> bytes:
        """What makes it the same body, once the body itself is erased."""
        return hashlib.sha256(self.body).digest()


def take_all(connection: Connection, arrivals: Sequence[Arrival]) -> list[Taken]:
    """Take answers in, in their order. An id that came before takes nothing in.

    It is then SAME with the same body, else OTHER_BODY, which is counted so that a person can be told of it.
    """
    statement = inserting_new(connection, inbox).returning(inbox.c.community, inbox.c.form, inbox.c.message_id)
    new = {tuple(row) for row in connection.execute(statement, [_row(arrival) for arrival in arrivals])}
    digests = _digests(connection, arrivals) if len(new) < len(arrivals) else {}
    taken: list[Taken] = []
    for arrival in arrivals:
        if arrival.key in new:
            new.remove(arrival.key)
            taken.append(Taken.NEW)
        elif digests[arrival.key] == arrival.digest:
            taken.append(Taken.SAME)
        else:
            _count_conflict(connection, arrival)
            taken.append(Taken.OTHER_BODY)
    return taken


def _row(arrival: Arrival) -> dict[str, Any]:
    return {
        "community": arrival.community,
        "form": arrival.form,
        "message_id": arrival.message_id,
        "digest": arrival.digest,
        "body": arrival.body,
        "received": arrival.received,
        "state": "waiting",
        "tries": 0,
        "row_identity": "",
        "reason": "",
        "conflicts": 0,
    }


def _digests(connection: Connection, arrivals: Collection[Arrival]) -> dict[Key, bytes]:
    """The digests of the bodies that were taken in first."""
    ids = {arrival.message_id for arrival in arrivals}
    query = select(inbox.c.community, inbox.c.form, inbox.c.message_id, inbox.c.digest)
    found = connection.execute(query.where(inbox.c.message_id.in_(ids)))
    return {(community, form, message_id): digest for community, form, message_id, digest in found}


def _count_conflict(connection: Connection, arrival: Arrival) -> None:
    community, form, message_id = arrival.key
    same = and_(inbox.c.community == community, inbox.c.form == form, inbox.c.message_id == message_id)
    connection.execute(update(inbox).where(same).values(conflicts=inbox.c.conflicts + 1))
