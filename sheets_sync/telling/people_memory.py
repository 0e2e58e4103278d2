"""The people to write to as they were last read, for passes that cannot read their tab. Pure.

An urgent alert of another spreadsheet waits for nobody, and that the tab cannot be read must itself reach somebody.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from rules.catalogue import TABLES
from rules.table import Kind, Place, Table
from sheets_sync.config import Settings
from sheets_sync.facts import Stood, away
from sheets_sync.look import Picture

SPEC = next(spec for spec in TABLES if spec.key == "people")
FIELDS = [
    "role",
    "name",
    "email",
    "channel",
    "recipient",
    "language",
    "digest_hour",
    "scope",
    "since",
    "until",
    "away_from",
    "away_to",
    "stand_in",
]
"""What is needed to write to them, and no more."""

DATES = {name for name in FIELDS if SPEC.by_field[name].kind is Kind.DATE}


def kept_of(people: Table) -> dict[str, list[Any]]:
    """The people as plain values by field, to be remembered."""
    return {name: msgspec.to_builtins([*people[name]]) for name in FIELDS}


def people_of(kept: Mapping[str, Sequence[Any]]) -> Table | None:
    """The people as they were remembered; None where none were."""
    if kept.keys() != set(FIELDS):
        return None
    columns: dict[str, Sequence[Any]] = {name: [None] * len(kept["role"]) for name in SPEC.by_field}
    for name in FIELDS:
        columns[name] = [_date(one) for one in kept[name]] if name in DATES else kept[name]
    return Table(SPEC, Place("", 0, SPEC.hebrew), range(len(kept["role"])), columns)


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def people_now(picture: Picture, settings: Settings, stood: Stood, kept: Table | None) -> Table | None:
    """The tab of people as it was read; while it cannot be read, as it was read last."""
    if "people" in picture.book:
        return picture.book["people"]
    return kept if "people" in away(picture.snapshot, settings, stood, picture.book, apart=True) else None
