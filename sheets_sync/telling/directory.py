"""Who can be reached for a finding on a day, and who hears in the stead of those that cannot. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rules.finding import Finding, Role
from rules.lifecycle import Step, Transition
from rules.table import Book, Table
from sheets_sync.telling.recipients import Recipient, holders, named
from sheets_sync.telling.scopes import about

IN_A_ROW = frozenset({Role.COMPANION, Role.OWNER, Role.HANDLER, Role.COMMITTEE_CHAIR, Role.INSTRUCTOR})
"""Roles that a row names a person for. Once the finding is gone nobody knows which row, so they hear no closings."""


@dataclass(frozen=True)
class Directory:
    """Who can be reached on a day: the tab of people, and the tables that say what a finding's row is about."""

    people: Table | None
    today: date
    book: Book = field(default_factory=dict)

    def resolve(self, finding: Finding | None, role: Role) -> tuple[Recipient, ...]:
        """The people of a role for a finding; for what closed, those whose role is not for some rows only."""
        if finding is not None and role in finding.named:
            return named(self.people, finding.named[role], self.today)
        return holders(self.people, role, self.today, about(finding, self.book) if finding else ())

    @property
    def coordinators(self) -> tuple[Recipient, ...]:
        """Who hears in the stead of those that cannot be reached."""
        return holders(self.people, Role.COORDINATOR, self.today)

    def reached(self, step: Transition) -> dict[Role, tuple[tuple[Recipient, ...], bool]]:
        """By role to tell of a step: who is reached, and whether they are the coordinators in its stead."""
        found = {role: self.resolve(step.finding, role) for role in _roles(step)}
        return {role: (those or self.coordinators, not those) for role, those in found.items()}


def _roles(step: Transition) -> Iterable[Role]:
    return step.alert.told - IN_A_ROW if step.step is Step.CLOSED else step.tell


def reachable_now(finding: Finding, roles: Iterable[Role], directory: Directory) -> frozenset[Role]:
    """Of roles in whose stead the coordinator was told of a finding, those for which somebody can be reached by now."""
    return frozenset(role for role in roles if directory.resolve(finding, role))
