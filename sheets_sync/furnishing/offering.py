"""Dropdowns of the settings' lists, where the lists changed: read, compared, and to be written with all else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from rules.tailored import Lists
from sheets_sync.config import Settings
from sheets_sync.errors import GoogleTrouble
from sheets_sync.furnishing.dropdowns import Found, Listed, dropdown_requests, listed
from sheets_sync.google.gateway import Gateway
from sheets_sync.look import Picture
from sheets_sync.store import leases, memory
from sheets_sync.store.database import reading, writing
from sheets_sync.store.leases import Lease
from sheets_sync.wiring import Service
from sheets_sync.writing.edits import Request

OFFERED = "offered_lists"
"""The name under which the lists are remembered whose dropdowns may stand in the sheets, the newest last."""

VALIDATIONS = "sheets(properties/sheetId,data(startRow,startColumn,rowData/values/dataValidation))"
"""The cells' dropdowns, and nothing else of them."""


def offer(service: Service, lease: Lease, file: Settings, picture: Picture) -> Mapping[str, Sequence[Request]]:
    """By spreadsheet id, what brings the dropdowns to the lists in force; `file` are the settings of the file.

    Google is asked only after a list changed, until a pass finds that nothing is left to write.
    """
    with reading(service.engine) as connection:
        kept = memory.recall(connection, service.community, OFFERED)
    offered = _offered(kept, file.life.lists, picture.settings.life.lists)
    if len(offered) == 1:
        if kept is None:
            _remember(service, lease, offered)
        return {}
    found = {}
    for one in picture.snapshot.spreadsheets:
        columns = [each for each in listed(picture, offered) if each.tab.place.spreadsheet == one.id]
        try:
            found[one.id] = [*_requests(service.gateway, one.id, columns, service)]
        except GoogleTrouble:
            continue
    is_whole = len(found) == len(service.settings.spreadsheets)
    _remember(service, lease, offered if any(found.values()) or not is_whole else offered[-1:])
    return found


def _offered(kept: Any, file: Lists, now: Lists) -> list[Lists]:
    """The lists that may stand in the sheets, the one in force last; where nothing is kept yet, the file's."""
    before = [file] if kept is None else msgspec.convert(kept, list[Lists])
    if kept is None and file != now:
        before = [(), *before]  # a tab may be older than the file's lists
    return [*dict.fromkeys(lists for lists in before if lists != now), now]


def _requests(gateway: Gateway, spreadsheet: str, columns: Sequence[Listed], service: Service) -> Iterator[Request]:
    if columns:
        found = validations_of(gateway.part(spreadsheet, [one.area for one in columns], VALIDATIONS))
        for one in columns:
            yield from dropdown_requests(one, found, service.settings.community.language)


def validations_of(answer: Mapping[str, Any]) -> Found:
    """The validations in Google's Spreadsheet (mask VALIDATIONS)."""
    return {
        (sheet["properties"].get("sheetId", 0), row, column): cell["dataValidation"]
        for sheet in answer.get("sheets", ())
        for block in sheet.get("data", ())
        for row, data in enumerate(block.get("rowData", ()), block.get("startRow", 0))
        for column, cell in enumerate(data.get("values", ()), block.get("startColumn", 0))
        if cell.get("dataValidation")
    }


def _remember(service: Service, lease: Lease, offered: Sequence[Lists]) -> None:
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        memory.remember(connection, service.community, OFFERED, msgspec.to_builtins(list(offered)))
