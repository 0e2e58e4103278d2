"""Places in the sheet: the cells behind a finding's figures, and questions about a cell."""

from collections.abc import Iterator

from rules.finding import CellRef, Problem, ProblemKind
from rules.table import Table


def cells(table: Table, index: int, *fields: str) -> Iterator[CellRef]:
    """The cells of a row for these fields, where the tab has their columns."""
    for field in fields:
        if table.has(field):
            yield CellRef(table.place, table.rows[index], table.at[field])


def question(table: Table, index: int, field: str, he: str, en: str) -> Problem:
    """Ask about a cell; where the tab has no such column, about the row's first key."""
    about = field if table.has(field) else table.spec.key_fields[0]
    value = table[about][index]
    return Problem(
        table=table.spec.key,
        place=table.place,
        row=table.rows[index],
        column=table.at.get(about, 0),
        field=about,
        kind=ProblemKind.QUESTION,
        value=value if isinstance(value, str | int | float) else None,
        hint=f"{he}\n{en}",
    )
