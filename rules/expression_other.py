"""The rows of another table that meet a condition: found by an index where columns must equal the rule's row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from rules.expression_run import Part, Run, comparable

Rows: TypeAlias = Callable[[Run], Iterator[None]]
"""Sets `run.other` to each row in turn."""


@dataclass(frozen=True, slots=True)
class Other:
    """A condition over a table: `theirs` must equal `ours`, one by one, and all of `rest` must hold."""

    table: str
    theirs: tuple[Part, ...]
    ours: tuple[Part, ...]
    rest: tuple[Part, ...]


def match_rows(other: Other) -> Rows:
    """The rows that meet it, in their order. Each row looked at costs a step, and its index is made once a run."""

    def rows(run: Run) -> Iterator[None]:
        for row in _candidates(run, other):
            run.spend()
            run.other = row
            if all(part(run) for part in other.rest):
                yield

    return rows


def _candidates(run: Run, other: Other) -> Iterable[int]:
    if not other.theirs:
        return range(len(run.book[other.table]))
    known = run.indexes.get(id(other))
    if known is None:
        known = run.indexes[id(other)] = _index(run, other)
    key = _key(run, other.ours)
    return known.get(key, ()) if key is not None else ()


def _index(run: Run, other: Other) -> Mapping[Any, list[int]]:
    index: dict[Any, list[int]] = {}
    for row in range(len(run.book[other.table])):
        run.other = row
        key = _key(run, other.theirs)
        if key is not None:
            index.setdefault(key, []).append(row)
    return index


def _key(run: Run, parts: tuple[Part, ...]) -> tuple[Any, ...] | None:
    """The values in the form in which they are equal; None where one is empty."""
    values = tuple(comparable(part(run), run) for part in parts)
    return None if any(value is None for value in values) else values
