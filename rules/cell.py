"""What reading one cell gives: a value, and what there is to say about the cell."""

from typing import Any, NamedTuple, TypeAlias

from rules.finding import ProblemKind
from rules.table import Cell


class Trouble(NamedTuple):
    """A problem of a cell, before it is known where the cell is; see `finding.Problem`."""

    kind: ProblemKind
    proposal: Cell = None
    hint: str = ""


Read: TypeAlias = tuple[Any, Trouble | None]
"""A typed value (None when empty or unreadable) and what there is to say."""


def unreadable(proposal: Cell = None, hint: str = "") -> Read:
    """A cell that does not hold what its column asks for."""
    return None, Trouble(ProblemKind.TYPE, proposal, hint)


def out_of_range(proposal: Cell = None, hint: str = "") -> Read:
    """A cell of the right kind whose value cannot be meant."""
    return None, Trouble(ProblemKind.RANGE, proposal, hint)


def several(found: list[str]) -> str:
    """A hint that names several things found in one cell."""
    return " · ".join(found)
