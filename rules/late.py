"""Values that are made of what was read when somebody first looks at one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any


class Late(Sequence[Any]):
    """A column of which, as long as nobody looks, only the length is known; equal to the list of its values."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, read: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self._values = read
        self._make: Callable[[Any], Any] | None = make

    @property
    def values(self) -> Sequence[Any]:
        """The values, made now if they were not."""
        if self._make is not None:
            self._values, self._make = [*map(self._make, self._values)], None
        return self._values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, at: Any) -> Any:
        return self.values[at]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)

    def __eq__(self, other: object) -> bool:
        return self.values == (other.values if isinstance(other, Late) else other)

    def __repr__(self) -> str:
        return repr(self.values)
