"""What befalls the service itself in the invented year: for the rules that judge facts and no tables.

The stage shares the welfare file by its link, so that `privacy.shared` is seen in the demo; the others are told here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.facts import Facts, Lacking, Sharing, Unheld, Unread, Waiting
from rules.finding import Role
from sheets_sync.demo.layouts import BUDGET, WELFARE

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Befalling:
    """Facts of which a rule speaks, as `key`; facts of which it nearly does, and those that tip them."""

    rule: str
    key: str
    facts: Facts
    nearly: Facts
    tipped: Facts


def upkeep(today: date) -> tuple[Befalling, ...]:
    """What befalls the service on a day, a rule each."""

    def unread(past: timedelta, *, passing: bool = True) -> Facts:
        return Facts(unread=(Unread(BUDGET, "Google לא ענה", "Google did not answer", passing, past),))

    def waiting(past: timedelta) -> Facts:
        return Facts(waiting=(Waiting("registrations", today - timedelta(1), past),))

    lacking = Facts(lacking=(Lacking("registrations", "נרשמים", ("phone",)),))
    unheld = Facts(unheld=(Unheld(Role.SOCIAL_WORKER, 1),))
    return (
        Befalling(
            "privacy.shared",
            WELFARE,
            Facts(sharing=(Sharing(WELFARE, by_link=True),)),
            Facts(sharing=(Sharing(WELFARE),)),
            Facts(sharing=(Sharing(WELFARE, others=1),)),
        ),
        Befalling(
            "service.unreadable",
            BUDGET,
            unread(timedelta(0), passing=False),
            unread(HOUR - timedelta(minutes=1)),
            unread(HOUR),
        ),
        Befalling("service.columns", "נרשמים", lacking, Facts(), lacking),
        Befalling(
            "service.intake",
            "registrations",
            waiting(30 * HOUR),
            waiting(24 * HOUR),
            waiting(24 * HOUR + timedelta(minutes=1)),
        ),
        Befalling("service.no_recipient", Role.SOCIAL_WORKER.hebrew, unheld, Facts(), unheld),
    )
