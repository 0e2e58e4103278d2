"""The tab `checks` (לתיקון בגיליון): a row a problem, and the repair a person asks for by ticking its box."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from rules.finding import Problem, ProblemKind
from rules.problems import shown, words
from rules.table import Column, Table
from rules.wording import Language, isolate
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Link, Request, Writable, a1, address, set_cells

PRIVATE_HE, PRIVATE_EN = "(פרטי: כתוב בתא עצמו)", "(private: see the cell)"


def problem_id(problem: Problem, table: Table) -> str:
    """A short identity that outlives sorting: the tab, the row's key (or own id), the field and what is wrong."""
    index = bisect_left(table.rows, problem.row)
    is_there = index < len(table.rows) and table.rows[index] == problem.row
    key = problem.row_id or (table.key(index) if is_there else "")
    told = (
        f"{problem.place.spreadsheet}/{problem.place.sheet}\n{key}\n{problem.field}\n{problem.kind}\n{problem.value!r}"
    )
    return _hashed(told)


def by_id(picture: Picture) -> dict[str, Problem]:
    """The problems by identity. Those alike that can be repaired are told apart by all that stands in their rows, so
    that a tick stays with its row when they are sorted; of others the second is told apart by its row's place."""
    keys = [problem_id(problem, picture.book[problem.table]) for problem in picture.problems]
    times = Counter(keys)
    found: dict[str, Problem] = {}
    for key, problem in zip(keys, picture.problems, strict=True):
        if times[key] > 1 and problem.proposal not in (None, ""):
            key = _hashed(f"{key}/{_row_content(picture.tabs[problem.table], problem.row)!r}")
        while key in found:
            key = _hashed(f"{key}/{problem.row}")
        found[key] = problem
    return found


def _row_content(tab: Tab, row: int) -> list[str]:
    """What a person entered in a row, in whatever order the columns stand."""
    columns = (one for one in range(len(tab.grid.columns)) if one not in tab.own and (row, one) not in tab.formulas)
    return sorted(repr(cell) for one in columns if (cell := tab.grid.cell(row, one)) not in (None, ""))


def _hashed(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def check_rows(
    problems: Mapping[str, Problem], main: str, language: Language, base: str, restricted: Collection[str] = ()
) -> dict[str, Mapping[str, Writable]]:
    """The service's fields of each problem's row. Personal values of other spreadsheets do not come here, nor any
    value of `restricted` ones (ids)."""
    apart = frozenset(restricted) - {main}
    return {key: _row(problem, main, language, base, apart) for key, problem in problems.items()}


def ticked(checks: Table | None) -> list[str]:
    """The ids whose repair the person asked for."""
    return [] if checks is None else [key for _, key, fix in checks.over("id", "fix") if fix and key]


def repaired_in(picture: Picture) -> frozenset[str]:
    """The ids of the spreadsheets in which a ticked problem stands."""
    if not (asked := ticked(picture.book.get("checks"))):
        return frozenset()
    found = by_id(picture)
    return frozenset(found[key].place.spreadsheet for key in asked if key in found)


def repairs(asked: Sequence[str], problems: Mapping[str, Problem], tabs: Mapping[str, Tab]) -> Iterator[Request]:
    """Write the proposals of ticked problems into their cells; never over a formula, and only while the problem is
    there with the very value the row showed (its identity holds the value)."""
    for key in asked:
        problem = problems.get(key)
        if problem is None or problem.proposal in (None, ""):
            continue
        if (problem.row, problem.column) not in tabs[problem.table].formulas:
            yield set_cells(problem.place.sheet, problem.row, problem.column, [[problem.proposal]])


def _row(problem: Problem, main: str, language: Language, base: str, apart: frozenset[str]) -> Mapping[str, Writable]:
    column = ALL_TABLES[problem.table].by_field[problem.field]
    said = words(problem, column, language)
    is_apart = problem.place.spreadsheet in apart
    hidden = is_apart or (column.personal and problem.place.spreadsheet != main)
    private = PRIVATE_HE if language == "he" else PRIVATE_EN
    cell = a1(problem.row, problem.column)
    return {
        "place": f"{problem.place.title} {cell}",
        "problem": _private(column, language) if hidden and (is_apart or _quotes(problem)) else said.problem,
        "value": private if hidden else shown(column, problem.value),
        "proposal": private if hidden and said.proposal else said.proposal,
        "link": Link(f"{problem.place.title} {cell}", address(problem.place, problem.row, problem.column, base)),
    }


def _quotes(problem: Problem) -> bool:
    """Whether the problem's words quote the cell by their hint: its several values, a date's two readings."""
    return bool(problem.hint) and problem.kind in (
        ProblemKind.TYPE,
        ProblemKind.AMBIGUOUS_DATE,
        ProblemKind.QUESTION,
        ProblemKind.RANGE,
    )


def _private(column: Column, language: Language) -> str:
    """That something is to be mended, and nothing of what it is."""
    if language == "he":
        return f"יש מה לבדוק בעמודה {isolate(column.hebrew)}. הפרטים בהערה שליד התא."
    return f"There is something to check under {isolate(column.english)}. The note at the cell says what."
