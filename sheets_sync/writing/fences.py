"""Fences: how a write that was given up is kept from being applied later.

Google may apply a batch up to 180 s after its answer was lost. So every batch takes a metadata id of its own and lets
it go again: where a fence, put there meanwhile, holds the id, Google refuses the whole batch (ids are unique in a
spreadsheet). One small write thus settles for good whether an unclear write stands or never will.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sheets_sync.writing.edits import Request

FENCE_KEY = "sheets-sync.fence"
KEPT = timedelta(hours=1)
"""Much longer than Google may work on a request; an old fence is taken away with the next one."""


def fence_id(community: str, write: int, planned: datetime) -> int:
    """The metadata id of a write: a positive int32 that no other write has, whatever database numbered it."""
    digest = hashlib.sha256(f"{community}\n{write}\n{planned.astimezone(UTC).isoformat()}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def passing(fence: int) -> list[Request]:
    """What a batch carries: it can be applied only while nobody holds its id, and leaves nothing behind."""
    return [_take(fence, ""), _let_go(fence)]


def shutting(fence: int, now: datetime) -> Request:
    """What keeps the batch of that id out from now on."""
    return _take(fence, now.astimezone(UTC).isoformat())


def clearing(marks: Iterable[Mapping[str, Any]], now: datetime) -> Iterator[Request]:
    """What takes away the fences that nobody needs any more."""
    for mark in marks:
        if mark.get("metadataKey") == FENCE_KEY and now - datetime.fromisoformat(mark["metadataValue"]) > KEPT:
            yield _let_go(mark["metadataId"])


def _take(fence: int, value: str) -> Request:
    metadata = {
        "metadataId": fence,
        "metadataKey": FENCE_KEY,
        "metadataValue": value,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def _let_go(fence: int) -> Request:
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": fence}}}}
