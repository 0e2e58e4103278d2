"""What became of the last message to each person, as the tab `people` says it: once a day a row at most. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from rules.table import Cell, Table
from rules.wording import Language, day
from sheets_sync.telling.recipients import address_of


class Outcome(StrEnum):
    """Whether a message went out, will never go, or is still tried."""

    SENT = "sent"
    FAILED = "failed"
    TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: on which day, and of one that did not go out the channel's reason."""

    day: date
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The delivery that a person's row shows, and since which day."""

    delivery: Delivery
    since: date


Deliveries: TypeAlias = Mapping[str, Shown]
"""By address, folded."""

NO_DELIVERIES: Deliveries = {}

SAID: Mapping[Language, Mapping[Outcome, str]] = {
    "he": {
        Outcome.SENT: "נשלח, {day}",
        Outcome.FAILED: "לא נשלח, {day}: {why}",
        Outcome.TRIED: "עוד לא נשלח, {day}: {why}",
    },
    "en": {
        Outcome.SENT: "sent, {day}",
        Outcome.FAILED: "not sent, {day}: {why}",
        Outcome.TRIED: "not sent yet, {day}: {why}",
    },
}

REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("e-mail address"), "הכתובת אינה כתובת מייל", "it is no e-mail address"),
    (re.compile("recipient refused: (452|552)"), "תיבת המייל מלאה", "the mailbox is full"),
    (re.compile("recipient refused: 5"), "הכתובת נדחתה", "the address was refused"),
    (re.compile("recipient refused"), "שרת המייל של הנמען דחה את המשלוח לזמן מה", "the recipient's server put it off"),
    (re.compile("content refused"), "תוכן המייל נדחה", "the mail's content was refused"),
    (re.compile("no such channel"), "ערוץ המשלוח לא מחובר", "the channel is not connected"),
    (re.compile(""), "שרת המייל לא זמין", "the mail server is away"),
)
"""A channel's reasons in people's words; the first that fits holds. 452 and 552 are RFC 5321's for a full mailbox."""


def shown_now(before: Deliveries, latest: Mapping[str, Delivery], today: date) -> dict[str, Shown]:
    """What the rows show from now on: what is newer than what they show, unless that is of today already."""
    now = dict(before)
    for address, delivery in latest.items():
        known = before.get(address)
        if known is None or (known.since < today and known.delivery != delivery):
            now[address] = Shown(delivery, today)
    return now


def presses(deliveries: Deliveries, today: date) -> bool:
    """Whether the column is worth a write of its own: what will never go out is; all else can wait for another's.

    Otherwise every letter would cost a write more and a reading of its echo, and a mail server that is away one a tick.
    """
    return any(one.delivery.outcome is Outcome.FAILED or one.delivery.day < today for one in deliveries.values())


def of_people(deliveries: Deliveries, people: Table | None) -> Deliveries:
    """Those of addresses that stand in the tab; all while there is no tab to be read."""
    if people is None:
        return deliveries
    known = {address.casefold() for address in _addresses(people)}
    return {address: shown for address, shown in deliveries.items() if address in known}


def delivery_column(people: Table, deliveries: Deliveries, language: Language) -> dict[str, list[Cell]]:
    """The column `last_delivery`, a value a row of `people`."""
    shown = (deliveries.get(address.casefold()) for address in _addresses(people))
    return {"last_delivery": [said(one.delivery, language) if one else None for one in shown]}


def said(delivery: Delivery, language: Language) -> str:
    """A delivery in people's words."""
    why = next((he if language == "he" else en) for fits, he, en in REASONS if fits.search(delivery.reason))
    return SAID[language][delivery.outcome].format(day=day(delivery.day, language), why=why)


def _addresses(people: Table) -> Iterable[str]:
    """The address of each row; '' where it has none."""
    return (address_of(recipient, email) for _, recipient, email in people.over("recipient", "email"))
