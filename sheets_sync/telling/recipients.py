"""Who hears of a finding: the people who hold a role today, by the tab `people`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time

from rules.finding import Role
from rules.names import fold
from rules.table import Table
from rules.wording import Language


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person to write to; `digest_hour` is their own, None where the community's holds."""

    name: str
    address: str
    language: Language
    digest_hour: time | None = None


SEVERAL = (re.compile(r"[;·\n]"), re.compile(r"[,;·\n]"))
"""What may stand between the names of a scope; a comma may also be part of a class's name."""

BY_MAIL = "מייל"
"""The one channel there is, in the words of the tab."""

ALL = {fold(words) for words in ("", "הכל", "הכול", "כולם", "כל היישוב", "כל השכונה", "all", "everything")}
"""Scopes that leave nothing out."""

ALSO = {Role.COORDINATOR: ("רכז/ת קיימות",)}
"""Other names under which a role is held."""


def holders(
    people: Table | None, role: Role, today: date, about: Collection[str] | None = None
) -> tuple[Recipient, ...]:
    """Those who hold a role today and can be written to; the stand-in for one who is away.

    `about` are the committees, classes and neighbourhoods (folded) that a row names: who holds the role for some of
    them only (`scope`) is left out where none of theirs is named. None leaves out nobody.
    """
    if people is None:
        return ()
    wanted = {fold(name) for name in (role.hebrew, role.english, role, *ALSO.get(role, ()))}
    rows = (i for i, name in people.over("role") if fold(name or "") in wanted and _in_office(people, i, today))
    held = list(rows)
    mine = [i for i in held if about is None or _is_about(people["scope"][i], about)]
    if role is Role.COORDINATOR:
        mine = mine or held  # nothing is lost for what stands in a scope
    return tuple(dict.fromkeys(one for i in mine for one in _reached(people, i, today)))


def everyone(people: Table | None, today: date) -> tuple[Recipient, ...]:
    """All who can be written to today, whatever their role."""
    if people is None:
        return ()
    rows = (i for i, _ in people.over("role") if _in_office(people, i, today))
    return tuple(dict.fromkeys(one for i in rows for one in _reached(people, i, today)))


def named(people: Table | None, name: str, today: date) -> tuple[Recipient, ...]:
    """The person of a name that stands in some row, when `people` knows just that one today; else nobody."""
    if people is None or not fold(name):
        return ()
    rows = [i for i, other in people.over("name") if fold(other or "") == fold(name) and _in_office(people, i, today)]
    found = {fold(one.address): one for i in rows for one in _reached(people, i, today)}
    return tuple(found.values()) if len(found) == 1 else ()


def unconnected(people: Table | None, today: date) -> int:
    """How many rows of people ask for a channel that is not connected: these are written to by mail."""
    if people is None:
        return 0
    rows = people.over("channel")
    return sum(bool(channel) and channel != BY_MAIL and _in_office(people, i, today) for i, channel in rows)


def _in_office(people: Table, i: int, today: date) -> bool:
    since, until = people["since"][i], people["until"][i]
    return (since is None or since <= today) and (until is None or today <= until)


def _reached(people: Table, i: int, today: date) -> Iterator[Recipient]:
    """The person of a row, or the stand-in while the person is away; nobody where there is no address."""
    away_from, away_to = people["away_from"][i], people["away_to"][i]
    away = away_from is not None and away_from <= today and (away_to is None or today <= away_to)
    stand_in = fold(people["stand_in"][i] or "") if away else ""
    rows = [j for j, name in people.over("name") if stand_in and fold(name or "") == stand_in] or [i]
    for j in rows[:1]:
        if address := address_of(people["recipient"][j], people["email"][j]):
            hour = _hour(people["digest_hour"][j])
            yield Recipient(people["name"][j] or "", address, _language(people["language"][j]), hour)


def _is_about(scope: str | None, about: Collection[str]) -> bool:
    """Whether a scope, of one name or several, is all or names one of those a row is about."""
    whole = fold(scope or "")
    names = {fold(name) for between in SEVERAL for name in between.split(scope or "")}
    return whole in ALL or not names.isdisjoint(about)


def _hour(value: str | None) -> time | None:
    """A time of day as it was read; the beginning of a range."""
    return time.fromisoformat(value[:5]) if value else None


def address_of(recipient: str | None, email: str | None) -> str:
    """The e-mail address to write to: `recipient` may hold what another channel needs (a phone)."""
    return recipient if recipient and "@" in recipient else email or ""


def _language(value: str | None) -> Language:
    return "en" if fold(value or "") in {"en", "english", fold("אנגלית")} else "he"
