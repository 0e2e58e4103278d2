"""The invented role-holders: who hears what, and how to reach them."""

from collections.abc import Iterator, Sequence
from datetime import date

from rules.finding import Role
from sheets_sync.demo.households import Household, phone
from sheets_sync.demo.parts import Part, Record, days_from

HOLDERS = (
    (Role.COORDINATOR, "rakezet", None),
    (Role.SECRETARY, "mazkirut", None),
    (Role.BOARD, "vaad1", None),
    (Role.BOARD, "vaad2", None),
    (Role.ACTIVITY_COORDINATOR, "chugim", None),
    (Role.YOUTH_COORDINATOR, "noar", None),
    (Role.EMERGENCY_CHAIR, "tzachi", None),
    (Role.SOCIAL_WORKER, "revaha", None),
    (Role.COMMITTEE_CHAIR, "tarbut", "ועדת תרבות"),
    (Role.COMMITTEE_CHAIR, "klita", "ועדת קליטה"),
    (Role.LIBRARIAN, "sifria", None),
)


def contacts(today: date, holders: Sequence[Household], companions: Sequence[Household]) -> Part:
    """The table `people`: a role-holder of each household, then the families that accompany."""
    return Part({"people": [*_holders(today, holders), *_companions(today, companions)]})


def _holders(today: date, homes: Sequence[Household]) -> Iterator[Record]:
    for index, ((role, mailbox, scope), home) in enumerate(zip(HOLDERS, homes, strict=False)):
        yield {
            "role": role.hebrew,
            "name": home.adults[0].name,
            "phone": phone(400 + index),
            "email": f"{mailbox}@example.org",
            "channel": "מייל",
            "language": "עברית",
            "digest_hour": "08:00" if role is Role.COORDINATOR else None,
            "scope": scope,
            "since": days_from(today, -(200 + 37 * index)),
        }


def _companions(today: date, homes: Sequence[Household]) -> Iterator[Record]:
    for home in homes:
        yield {
            "role": Role.COMPANION.hebrew,
            "name": home.together,
            "phone": home.phone,
            "email": home.email,
            "channel": "מייל",
            "since": days_from(today, -400),
        }
