"""What a rule is given, noting what it looked at: tables, there or not, and the facts.

What several rules make of the same tables (how full each class is, where each line stands) is made `once` for all.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias, TypeVar, TypeVarTuple

from rules.facts import Facts
from rules.rule import Given
from rules.table import Book, Table


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: tables by key, None for one that was not there; `every` key where all were listed."""

    tables: Mapping[str, Table | None]
    every: tuple[str, ...] | None = None

    def stands(self, book: Book) -> bool:
        """Whether the same look at a book would find the very same tables."""
        if self.every is not None and self.every != tuple(book):
            return False
        return all(book.get(key) is table for key, table in self.tables.items())

    def misses(self, away: Collection[str]) -> bool:
        """Whether a table was wanted that stands where nothing can be read now."""
        return bool(away) and (self.every is not None or any(key in away for key in self.tables))


Made: TypeAlias = dict[tuple[Any, ...], tuple[Any, Looked]]
"""What was made of a book, and what was looked at for it; by what made it and of what else."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Watched(Mapping[str, Table]):
    """The tables at hand; it notes which were asked for. `made` is shared by those who are given the same book."""

    def __init__(self, book: Book, made: Made | None = None) -> None:
        self._book = book
        self._made: Made = {} if made is None else made
        self._asked: dict[str, Table | None] = {}
        self._listed = False

    @property
    def looked(self) -> Looked:
        """What was asked for until now."""
        return Looked(self._asked, tuple(self._book) if self._listed else None)

    def once(self, make: Callable[[Book, *Ts], T], *others: *Ts) -> T:
        """What `make` gives, from another who asked for it where there is one; it counts as looked at all the same."""
        key = (make, *others)
        if key not in self._made:
            apart = Watched(self._book, self._made)
            self._made[key] = make(apart, *others), apart.looked
        found, looked = self._made[key]
        self._asked |= looked.tables
        self._listed |= looked.every is not None
        return found  # type: ignore[no-any-return]

    def __getitem__(self, key: str) -> Table:
        self._asked[key] = self._book.get(key)
        return self._book[key]

    def __iter__(self) -> Iterator[str]:
        self._listed = True
        return iter(self._book)

    def __len__(self) -> int:
        self._listed = True
        return len(self._book)


def once(make: Callable[[Book, *Ts], T]) -> Callable[[Book, *Ts], T]:
    """A function of the tables (and of hashable things beside them) whose answer the rules of one pass share.

    Its answer is read only. The other arguments are given by position.
    """

    @wraps(make)
    def shared(book: Book, *others: *Ts) -> T:
        return book.once(make, *others) if isinstance(book, Watched) else make(book, *others)

    return shared


class WatchedGiven(Given):
    """What a rule is given beside the tables; it notes whether the facts were asked for."""

    asked = False

    @property
    def facts(self) -> Facts:
        """The facts; they change from hour to hour, and few rules look at them."""
        self.__dict__["asked"] = True
        facts: Facts = self.__dict__["facts"]
        return facts

    @facts.setter
    def facts(self, facts: Facts) -> None:
        self.__dict__["facts"] = facts
