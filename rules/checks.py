"""What must hold for a table's cells beyond being readable: derived from its columns."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from rapidfuzz import fuzz, process

from rules.cell import several
from rules.choices import PARTS, match_choice, near
from rules.finding import REMARKS, Problem, ProblemKind
from rules.names import fold, fold_all
from rules.plain import empty_positions
from rules.table import CODE, NAMED, Book, Cell, Column, Kind, Table
from rules.values import positions, write_cell

NEAR = 75
"""Of 100: from here on a name is near enough to be proposed."""

MOST_CODES = 4
"""So many codes are named in a question."""

KINDS = {kind: at for at, kind in enumerate(sorted(ProblemKind))}
ORDERED = (("start", "end"), ("age_from", "age_to"), ("minimum", "maximum"))
"""Pairs of fields of which the second is never less than the first."""


def check(table: Table, read: Iterable[Problem], book: Book) -> list[Problem]:
    """All problems of a table's cells, by row and column: those found in reading, and what its columns ask for.

    required, range, order (a start and its end), unique (every row of a natural key that stands twice), reference
    (names that the referenced table does not have, or has several of; not asked where that table is absent or empty),
    and spelling (texts that are nearly on the column's list).
    """
    problems = list(read)
    unread: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        if problem.kind not in REMARKS:
            unread[problem.field].add(problem.row)
    for column in map(table.spec.by_field.__getitem__, table.at):
        if column.required:
            problems += _required(table, column, unread[column.field])
        if column.minimum is not None or column.maximum is not None:
            problems += _range(table, column)
        if column.choices and column.kind is Kind.TEXT:
            problems += _spelling(table, column)
        if column.table in book:
            problems += _reference(table, column, book[column.table])
    problems += _order(table)
    problems += _unique(table)
    return sorted(problems, key=_place)


def _place(problem: Problem) -> int:
    """By row, column and kind, as one number: sorting by it is several times as fast as by the three."""
    return (problem.row << 20 | problem.column) << 4 | KINDS[problem.kind]


def _problem(
    table: Table, column: Column, index: int, kind: ProblemKind, proposal: Cell = None, hint: str = ""
) -> Problem:
    value = write_cell(column, table[column.field][index])
    row, at = table.rows[index], table.at[column.field]
    return Problem(table.spec.key, table.place, row, at, column.field, kind, value, proposal, hint)


def _required(table: Table, column: Column, unread: set[int]) -> Iterator[Problem]:
    for index in empty_positions(table[column.field]):
        if table.rows[index] not in unread:
            yield _problem(table, column, index, ProblemKind.REQUIRED)


def _range(table: Table, column: Column) -> Iterator[Problem]:
    values = table[column.field]
    least, most = column.minimum, column.maximum
    outside = {
        value
        for value in set(values)
        if value is not None and ((least is not None and value < least) or (most is not None and value > most))
    }
    hint = bounds(column) if outside else ""
    for index in positions(outside, values) if outside else ():
        yield _problem(table, column, index, ProblemKind.RANGE, hint=hint)


def bounds(column: Column) -> str:
    """A column's bounds in its own unit: `1–3`, `≥ 0`, `≤ 5`."""
    least, most = (
        "" if bound is None else str(write_cell(column, bound)) for bound in (column.minimum, column.maximum)
    )
    if least and most:
        return f"{least}–{most}"
    return f"≥ {least}" if least else f"≤ {most}"


def _spelling(table: Table, column: Column) -> Iterator[Problem]:
    """Texts of which a part is nearly on the list; what is far from all of it is the person's own, and stays."""
    values = table[column.field]
    respelled = {value: _respelled(column.choices, value) for value in set(values) - {None}}
    other = {value: meant for value, meant in respelled.items() if meant != value}
    hint = several(list(column.choices))
    for index in positions(other, values) if other else ():
        yield _problem(table, column, index, ProblemKind.CHOICE, other[values[index]], hint)


def _respelled(choices: tuple[str, ...], text: str) -> str:
    """The text with each part that is nearly a choice as that choice: another number is another thing."""
    for part in filter(None, map(str.strip, PARTS.split(text))):
        if match_choice(choices, part) is None:
            best = near(choices, part)
            if best is not None and re.findall(r"\d+", best) == re.findall(r"\d+", part):
                text = text.replace(part, best)
    return text


def _order(table: Table) -> Iterator[Problem]:
    for before, after in ORDERED:
        if table.has(before) and table.has(after) and table.spec.by_field[after].kind in (Kind.DATE, Kind.INT):
            column = table.spec.by_field[after]
            for index, first, second in table.over(before, after):
                if first is not None and second is not None and second < first:
                    yield _problem(table, column, index, ProblemKind.RANGE, hint=f"≥ {as_people_write(first)}")


def as_people_write(value: Any) -> str:
    """A date as `22.11.2026`, anything else as it is."""
    return f"{value.day}.{value.month}.{value.year}" if hasattr(value, "year") else str(value)


def _unique(table: Table) -> Iterator[Problem]:
    """Both rows (all rows) of a natural key that stands twice in the same year; a row without its key has none."""
    fields = [name for name in table.spec.key_fields if table.has(name)]
    if not fields:
        return
    rows = _repeated(table, fields)
    by_key: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, key in zip(rows, _keys(table, fields, rows), strict=True):
        by_key[key].append(index)
    column = table.spec.by_field[fields[0]]
    for same in by_key.values():
        for index in same if len(same) > 1 else ():
            others = [str(table.rows[other] + 1) for other in same if other != index]
            yield _problem(table, column, index, ProblemKind.UNIQUE, hint=", ".join(others[:3]))


def _repeated(table: Table, fields: Sequence[str]) -> Sequence[int]:
    """The rows whose every key field also stands in another row: few, so that only few keys need folding."""
    required = [name for name in fields if table.spec.by_field[name].required] or fields[:1]
    rows: Sequence[int] = range(len(table))
    for name in sorted(required, key=lambda name: table.spec.by_field[name].kind in NAMED):
        keys = _normal(table, name, rows)
        times = Counter(keys)
        if len(times) == len(keys):
            return ()
        twice = {key for key, count in times.items() if count > 1} - {None}
        rows = [*compress(rows, map(twice.__contains__, keys))]
    return rows


def _keys(table: Table, fields: Sequence[str], rows: Sequence[int]) -> list[tuple[Any, ...]]:
    columns = [_normal(table, name, rows) for name in fields]
    if table.spec.by_year:
        columns.append([table["year"][row] for row in rows])
    return list(zip(*columns, strict=True))


def _normal(table: Table, name: str, rows: Sequence[int]) -> Sequence[Any]:
    """A field's values in some rows, texts in their normal form, None where there is nothing."""
    values = table[name] if len(rows) == len(table) else [table[name][row] for row in rows]
    if table.spec.by_field[name].kind not in NAMED:
        return values
    return [folded or None for folded in fold_all([value or "" for value in values])]


def _reference(table: Table, column: Column, other: Table) -> Iterator[Problem]:
    known = other.known_by
    if not known:
        return
    if CODE in other.spec.key_fields and column.kind is Kind.REF:
        yield from _which(table, column, other)
    values = table[column.field]
    several = column.kind is Kind.MULTI
    distinct = {name for names in values for name in names or ()} if several else set(values) - {None}
    proposals = {name: _near(known, name) for name in distinct if fold(name) not in known}
    if not proposals:
        return
    named = {value: value if several else (value,) for value in set(values) - {None}}
    wrong = [value for value, names in named.items() if not proposals.keys().isdisjoint(names)]
    mended = {value: _mended(named[value], proposals) for value in wrong}
    for index in positions(mended, values):
        yield _problem(table, column, index, ProblemKind.REFERENCE, mended[values[index]], hint=other.spec.hebrew)


def _mended(names: Sequence[str], proposals: Mapping[str, str | None]) -> str | None:
    """The cell with each missing name as the near one; None where a missing name has none near."""
    mended = [proposals.get(name, name) for name in names]
    return ", ".join(name for name in mended if name) if all(mended) else None


def _which(table: Table, column: Column, other: Table) -> Iterator[Problem]:
    """Names that several rows of the other table share, each with its code: only the code says which is meant."""
    codes: dict[str, list[str]] = defaultdict(list)
    for _, name, code in other.over(other.spec.key_fields[0], CODE):
        if name:
            codes[fold(name)].append(code or "")
    shared = {name: given for name, given in codes.items() if all(given) and len(set(given)) > 1}
    for index, name in enumerate(table[column.field] if shared else ()):
        if name and fold(name) in shared:
            yield _problem(table, column, index, ProblemKind.QUESTION, hint=_asked(shared[fold(name)]))


def _asked(codes: Sequence[str]) -> str:
    some = ", ".join(dict.fromkeys(codes[:MOST_CODES])) + ("…" if len(codes) > MOST_CODES else "")
    return (
        f"בשם הזה יש כמה סעיפים, בקודים {some}. אם ייכתב כאן הקוד, יהיה ברור באיזה מהם מדובר.\n"
        f"Several lines have this name, with the codes {some}. The code, written here, will say which is meant."
    )


def _near(known: Mapping[str, str], name: str) -> str | None:
    best = process.extractOne(fold(name), list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return known[best[0]] if best else None
