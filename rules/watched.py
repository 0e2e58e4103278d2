"""A book some of whose tables are out of reach: it notes when one of those is asked for."""

from collections.abc import Collection, Iterator, Mapping

from rules.table import Book, Table


class Watched(Mapping[str, Table]):
    """The tables at hand; `missed` says whether a rule wanted one that stands where nothing can be read now."""

    def __init__(self, book: Book, away: Collection[str]) -> None:
        self._book = book
        self._away = away
        self.missed = False

    def __getitem__(self, key: str) -> Table:
        self.missed |= key in self._away
        return self._book[key]

    def __iter__(self) -> Iterator[str]:
        self.missed |= bool(self._away)
        return iter(self._book)

    def __len__(self) -> int:
        return len(self._book)
