"""What a pass did, for the log and for the person who started it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.finding import Role
from rules.lifecycle import Step
from sheets_sync.decide import Plan
from sheets_sync.errors import GoogleTrouble
from sheets_sync.look import Picture
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.writing.mending import Mended


@dataclass(frozen=True)
class Account:
    """What a pass did, for the log and for the person who started it."""

    picture: Picture
    plan: Plan
    placed: int = 0
    waiting: int = 0
    calls: Mapping[str, int] = field(default_factory=dict)
    troubles: Mapping[str, GoogleTrouble] = field(default_factory=dict)
    community: str = ""
    reason: str = ""
    seconds: float = 0.0
    unread: frozenset[str] = frozenset()
    """The spreadsheets, by name, that were known not to have changed and were not read again."""
    mended: Mapping[str, Mended] = field(default_factory=dict)
    """What the writes found in their own answers, by the spreadsheet's name."""

    @property
    def wake(self) -> datetime | None:
        """When the next pass is due by itself."""
        return self.plan.wake

    @property
    def steps(self) -> Counter[Step]:
        """How many alerts opened, changed, stayed and closed."""
        return Counter(transition.step for transition in self.plan.transitions)

    @property
    def requests(self) -> int:
        """How many changes were written: of those that were planned, what Google took."""
        return sum(one.written for one in self.mended.values())

    @property
    def divided(self) -> list[Spreadsheet]:
        """The spreadsheets that were read, and that one read could not hold."""
        every = self.picture.snapshot.spreadsheets
        return [one for one in every if one.reads > 1 and one.settings.name not in self.unread]

    @property
    def parts(self) -> dict[str, int]:
        """In how many parts was read and written what one call could not hold; 0 where one could."""
        return {
            "reads": sum(one.reads for one in self.divided),
            "writes": sum(one.batches for one in self.mended.values() if one.batches > 1),
        }

    @property
    def unheld(self) -> frozenset[Role]:
        """The roles that should have heard something and that nobody holds."""
        return self.plan.post.unheld
