"""Which row and column of an earlier reading stands where now, whatever a person sorted, moved or deleted. Pure.

Rows and columns are known by what stands in them, first exactly, then by what is most alike.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.table import Cell
from sheets_sync.reading.grid_data import At
from sheets_sync.reading.read import Tab
from sheets_sync.writing.marks import is_our_rule, persons_note
from sheets_sync.writing.replay import Replay

COMPUTED = "\0="
"""What counts as the content of every computed cell: it may show something else each time."""
MOST_COMPARED = 400
"""Rows that are looked at for likeness; of more, those that are left over count as new or gone."""

Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Alignment:
    """From rows and columns as they stand now (a row by its name, see Replay) to those of the earlier reading."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def before(self, at: At) -> At | None:
        """Where a cell of now stood; None for one that is new."""
        row, column = self.rows.get(at[0]), self.columns.get(at[1])
        return None if row is None or column is None else (row, column)


def is_calm(before: Tab, after: Tab, done: Replay) -> bool:
    """Whether a tab was just before the batch what it was when it was read; computed cells may differ."""
    there = sum(name >= 0 for name in done.rows) + len(done.deleted)
    place = {name: row for row, name in enumerate(done.rows)}
    width = max(len(before.grid.columns), len(after.grid.columns))
    return (
        there == before.row_count
        and not done.rules
        and before.own.items() <= after.own.items()
        and _persons_rules(before) == _persons_rules(after)
        and _notes_agree(before, after, done)
        and all(_column_agrees(before, after, done, place, column) for column in range(width))
    )


def align(before: Tab, after: Tab, done: Replay) -> Alignment:
    """Match the rows and columns of two readings of a tab."""
    columns = _columns(before, after, done)
    pairs = [(old, new) for new, old in columns.items() if new not in after.own]
    masked = {(name, column) for name, column in done.values}
    rows = {name: row for row, name in enumerate(done.rows) if name >= 0}
    old = {row: _cells(before, row, [one for one, _ in pairs]) for row in range(before.row_count)}
    new = {name: _cells(after, row, [one for _, one in pairs]) for name, row in rows.items()}
    hidden = {name for name, _ in done.notes}
    noted_old = _notes_of(before, {one: one for one in range(before.row_count)}, {a: a for a, _ in pairs})
    noted_new = _notes_of(after, {row: name for name, row in rows.items()}, {b: a for a, b in pairs})
    found: dict[int, int] = {}
    exact = {name: (cells, noted_new[name]) for name, cells in new.items() if name not in hidden}
    _match(found, {row: (cells, noted_old[row]) for row, cells in old.items()}, exact)
    _match(found, old, new)
    places = {new_column: at for at, (_, new_column) in enumerate(pairs)}
    unsure = defaultdict(set)
    for name, column in masked:
        if column in places:
            unsure[name].add(places[column])
    _match_alike(found, old, new, unsure)
    return Alignment(found, columns)


def _column_agrees(before: Tab, after: Tab, done: Replay, place: Mapping[int, int], column: int) -> bool:
    one, other = (tab.grid.columns[column] if column < len(tab.grid.columns) else () for tab in (before, after))
    if len(done.rows) == before.row_count and not done.deleted and _same(one, other):
        return True
    return all(
        (name, column) in done.values
        or ((name, column) in before.formulas or (row, column) in after.formulas)
        or _equal(before.grid.cell(name, column), after.grid.cell(row, column))
        for name, row in place.items()
        if name >= 0
    )


def _notes_agree(before: Tab, after: Tab, done: Replay) -> bool:
    skipped, gone = done.notes, frozenset(done.deleted)
    one = {at: note for at, note in before.notes.items() if at not in skipped and at[0] not in gone}
    other = {(done.rows[row], column): note for (row, column), note in after.notes.items()}
    return one == {at: note for at, note in other.items() if at not in skipped and at[0] >= 0}


def _persons_rules(tab: Tab) -> int:
    return sum(not is_our_rule(rule) for rule in tab.rules)


def _columns(before: Tab, after: Tab, done: Replay) -> dict[int, int]:
    """Columns of now → of before: ours by their marks, the others by all that stands in them."""
    marked = {name: column for column, name in before.own.items()}
    found = {column: marked[name] for column, name in after.own.items() if name in marked}
    names = dict(enumerate(done.rows))
    olds = [one for one in range(before.column_count) if one not in before.own]
    news = [one for one in range(after.column_count) if one not in after.own]
    old = {one: Counter(_content(before, row, one) for row in range(before.grid.height)) for one in olds}
    new = {
        one: Counter(
            _content(after, row, one)
            for row in range(after.grid.height)
            if names.get(row, -1) >= 0 and (names[row], one) not in done.values
        )
        for one in news
    }
    for counts in (*old.values(), *new.values()):
        counts.pop(None, None)
    _match(found, {k: frozenset(v.items()) for k, v in old.items()}, {k: frozenset(v.items()) for k, v in new.items()})
    left = [one for one in olds if one not in found.values()]
    for column in (one for one in news if one not in found):
        best = max(left, key=lambda one: ((old[one] & new[column]).total(), one == column), default=None)
        least = 1 if best is None else max(1, min(old[best].total(), new[column].total()))  # rows come and go
        if best is not None and (old[best] & new[column]).total() * 2 >= least:
            found[column] = best
            left.remove(best)
    return found


def _match(found: dict[int, int], old: Mapping[int, Hashable], new: Mapping[int, Hashable]) -> None:
    """Match what is exactly equal: in its own place where it can, else in order."""
    taken = set(found.values())
    free: dict[Hashable, list[int]] = defaultdict(list)
    for one in new:
        if one not in found and one not in taken and one in old and old[one] == new[one]:
            found[one] = one
            taken.add(one)
    for one, key in old.items():
        if one not in taken:
            free[key].append(one)
    waiting = {key: ones[::-1] for key, ones in free.items()}
    for name, key in new.items():
        if name not in found and waiting.get(key):
            found[name] = waiting[key].pop()


def _match_alike(
    found: dict[int, int], old: Mapping[int, Key], new: Mapping[int, Key], unsure: Mapping[int, set[int]]
) -> None:
    """Match what is left: the most alike first, at least half of what stands in them."""
    taken = set(found.values())
    olds = [one for one in old if one not in taken and any(cell is not None for cell in old[one])]
    news = [one for one in new if one not in found and any(cell is not None for cell in new[one])]
    if max(len(olds), len(news)) > MOST_COMPARED:
        return
    scored = sorted(
        (
            (_alike(old[one], new[name], unsure.get(name, set())), one == name, name, one)
            for name in news
            for one in olds
        ),
        reverse=True,
    )
    for score, _, name, one in scored:
        if score >= 0.5 and name not in found and one not in taken:
            found[name] = one
            taken.add(one)


def _alike(one: Key, other: Key, unsure: set[int]) -> float:
    """The share of equal cells among those that hold anything."""
    pairs = [(a, b) for at, (a, b) in enumerate(zip(one, other, strict=True)) if at not in unsure]
    filled = [(a, b) for a, b in pairs if a is not None or b is not None]
    return sum(a == b for a, b in filled) / len(filled) if filled else 0.0


def _cells(tab: Tab, row: int, columns: Iterable[int]) -> Key:
    return tuple(_content(tab, row, column) for column in columns)


def _notes_of(tab: Tab, rows: Mapping[int, int], columns: Mapping[int, int]) -> Mapping[int, Hashable]:
    """The persons' notes of each row, by the row's name and the column's earlier number."""
    notes: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for (row, column), note in tab.notes.items():
        if row in rows and column in columns and (persons := persons_note(note)):
            notes[rows[row]].add((columns[column], persons))
    return defaultdict(frozenset, {name: frozenset(said) for name, said in notes.items()})


def _content(tab: Tab, row: int, column: int) -> Hashable:
    if (row, column) in tab.formulas:
        return COMPUTED
    cell = tab.grid.cell(row, column)
    return None if cell in (None, "") else (type(cell) is bool, cell)


def _equal(one: Cell, other: Cell) -> bool:
    if one in (None, "") and other in (None, ""):
        return True
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    return one is other or (len(one) == len(other) and all(map(_equal, one, other)))
