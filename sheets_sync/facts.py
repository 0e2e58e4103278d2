"""What is known beside the tables, as far as it follows from what was read. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from rules.catalogue import TABLES
from rules.facts import Lacking, Unheld
from rules.reading import Reading
from rules.table import Book
from sheets_sync.config import Settings
from sheets_sync.reading.read import Snapshot
from sheets_sync.tabs.rule_choices import Choices
from sheets_sync.telling.directory import IN_A_ROW
from sheets_sync.telling.recipients import holders

Stood = Mapping[str, Sequence[str]]
"""The tables that stood in each spreadsheet, by its id, when it was last read."""

EVERY = frozenset(spec.key for spec in TABLES)


def away(snapshot: Snapshot, settings: Settings, stood: Stood, placed: Collection[str], *, apart: bool) -> set[str]:
    """The tables that stand in spreadsheets which cannot be read now; those of restricted ones where `apart`.

    Of a spreadsheet that was never read any table may be there.
    """
    unread = [one for one in settings.spreadsheets if one.name in snapshot.troubles]
    keys = [stood.get(one.id, EVERY) for one in unread if apart or not one.restricted]
    return {key for some in keys for key in some} - set(placed)


def lacking(readings: Mapping[str, Reading], checked: Iterable[str]) -> tuple[Lacking, ...]:
    """The tabs without some of their required columns; an empty tab lacks nothing yet."""
    found = ((key, readings[key]) for key in checked)
    return tuple(
        Lacking(key, reading.table.place.title, tuple(reading.headers.missing))
        for key, reading in found
        if reading.headers.missing
    )


def unheld(choices: Choices, settings: Settings, book: Book, lost: Collection[str], today: date) -> tuple[Unheld, ...]:
    """The roles that rules in use send to and that nobody holds; not those whose holder a row names.

    A rule stays in use while a table of its is `lost`: what cannot be read now changes nobody's role.
    """
    people, there = book.get("people"), book.keys() | set(lost)
    used = [rule for rule in choices.rules if set(rule.needs) <= there]
    sent = Counter(
        role
        for rule in used
        for role in choices.roles.get(rule.key) or settings.heard_by(rule.key, rule.roles)
        if role not in IN_A_ROW
    )
    return tuple(Unheld(role, count) for role, count in sorted(sent.items()) if not holders(people, role, today))
