"""Where things come to stand when rows or columns are inserted, deleted or moved: pure arithmetic."""

from dataclasses import dataclass

Interval = tuple[int, int]


@dataclass(frozen=True)
class Insert:
    """`count` rows (or columns) inserted before `at`."""

    rows: bool
    at: int
    count: int

    def interval(self, start: int, end: int) -> Interval | None:
        """A half-open interval after the edit; None when nothing of it is left."""
        return (
            start + self.count if start >= self.at else start,
            end + self.count if end > self.at else end,
        )


@dataclass(frozen=True)
class Delete:
    """Rows (or columns) from `start` to before `end` deleted."""

    rows: bool
    start: int
    end: int

    def place(self, at: int) -> int:
        """Where the boundary before `at` comes to stand."""
        return at - max(0, min(at, self.end) - self.start)

    def interval(self, start: int, end: int) -> Interval | None:
        """A half-open interval after the edit; None when nothing of it is left."""
        left, right = self.place(start), self.place(end)
        return (left, right) if right > left else None


@dataclass(frozen=True)
class Move:
    """Rows (or columns) from `start` to before `end` moved before `to`, counted as things stood."""

    rows: bool
    start: int
    end: int
    to: int

    @property
    def target(self) -> int:
        """Where the moved block starts afterwards."""
        return self.to - (self.end - self.start) if self.to >= self.end else self.to

    def interval(self, start: int, end: int) -> Interval | None:
        """A half-open interval after the edit: a moved part leaves, a whole moves along."""
        if self.start <= start and end <= self.end:
            by = self.target - self.start
            return start + by, end + by
        left = Delete(self.rows, self.start, self.end).interval(start, end)
        assert left is not None, "an interval that is not wholly inside the block leaves something"
        return Insert(self.rows, self.target, self.end - self.start).interval(*left)


Edit = Insert | Delete | Move
