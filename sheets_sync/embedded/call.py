"""What a request of a batch works on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sheets_sync.embedded import ranges
from sheets_sync.embedded.dates import zone
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Spreadsheet
from sheets_sync.embedded.ranges import Area

PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if "
    "you need to edit."
)


@dataclass
class Call:
    """A batch in progress: the spreadsheet, who writes, and when."""

    book: Spreadsheet
    email: str
    owner: bool
    now: datetime
    renamed: list[str] = field(default_factory=list)

    @property
    def locale(self) -> str:
        """The spreadsheet's locale."""
        return str(self.book.properties.get("locale", "en_US"))

    @property
    def local(self) -> datetime:
        """Now, in the spreadsheet's time zone."""
        return self.now.astimezone(zone(self.book.properties.get("timeZone", "UTC")))

    def area(self, grid_range: JSON) -> Area:
        """The cells of a GridRange, which the caller may edit."""
        area = ranges.from_grid(self.book, grid_range)
        self.guard(area)
        return area

    def guard(self, area: Area) -> None:
        """Refuse to touch what a hard protection keeps from the caller; a warning keeps nobody."""
        for protected in area.sheet.items("protectedRanges"):
            if not self.may_pass(protected) and area.meets(self._protected_area(protected)):
                if any(
                    area_inside(area, ranges.from_grid(self.book, r)) for r in protected.get("unprotectedRanges", [])
                ):
                    continue
                raise invalid(PROTECTED)

    def _protected_area(self, protected: JSON) -> Area:
        named = protected.get("namedRangeId")
        if named:
            found: JSON = next((n["range"] for n in self.book.named_ranges if n["namedRangeId"] == named), {})
            return ranges.from_grid(self.book, found)
        return ranges.from_grid(self.book, protected.get("range", {}))

    def may_pass(self, protected: JSON) -> bool:
        """Whether the caller may edit under that protection."""
        if self.owner or protected.get("warningOnly"):
            return True
        editors = protected.get("editors", {}).get("users", [])
        return self.email.lower() in [address.lower() for address in editors]


def area_inside(inner: Area, outer: Area) -> bool:
    """Whether the outer area holds all of the inner."""
    return (
        inner.sheet is outer.sheet
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
        and outer.left <= inner.left
        and inner.right <= outer.right
    )


Handler = Callable[[Call, JSON], JSON | None]
