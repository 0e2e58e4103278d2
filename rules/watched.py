"""What a rule is given, noting what it looked at: tables, there or not, and the facts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

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


class Watched(Mapping[str, Table]):
    """The tables at hand; it notes which were asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._asked: dict[str, Table | None] = {}
        self._listed = False

    @property
    def looked(self) -> Looked:
        """What was asked for until now."""
        return Looked(self._asked, tuple(self._book) if self._listed else None)

    def __getitem__(self, key: str) -> Table:
        self._asked[key] = self._book.get(key)
        return self._book[key]

    def __iter__(self) -> Iterator[str]:
        self._listed = True
        return iter(self._book)

    def __len__(self) -> int:
        self._listed = True
        return len(self._book)


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
