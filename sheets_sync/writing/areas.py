"""An area of a tab as it reads after rows or columns came or went, as Google moves the areas of colour rules. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.writing.replay import Rule

Pairs = Sequence[tuple[int, int]]
"""Lines (rows or columns) that are known in both readings: where each stood, where it stands; in order of the first."""

AXES = (("startRowIndex", "endRowIndex"), ("startColumnIndex", "endColumnIndex"))


def moved_rule(rule: Rule, rows: Pairs, columns: Pairs) -> Rule:
    """A rule with its areas as they would stand had it been there when the lines came or went.

    Lines that changed their order (a sort, a move) leave an area as it is.
    """
    return {**rule, "ranges": [_moved(area, rows, columns) for area in rule.get("ranges", ())]}


def _moved(area: Mapping[str, Any], rows: Pairs, columns: Pairs) -> Mapping[str, Any]:
    moved = dict(area)
    for (start, end), pairs in zip(AXES, (rows, columns), strict=True):
        if not _is_in_order(pairs):
            continue
        first, last = area.get(start), area.get(end)
        new_first = None if first is None else _first(first, pairs)
        new_last = None if last is None else _last(last - 1, pairs) + 1
        if (0 if new_first is None else new_first) >= (new_last if new_last is not None else float("inf")):
            continue
        moved |= {name: at for name, at in ((start, new_first), (end, new_last)) if at is not None}
    return moved


def _is_in_order(pairs: Pairs) -> bool:
    stands = [now for _, now in pairs]
    return stands == sorted(stands)


def _first(line: int, pairs: Pairs) -> int:
    """Where an area begins that began with this line: a line put in just above it stays outside."""
    above = max((now for stood, now in pairs if stood < line), default=-1)
    for stood, now in pairs:
        if stood >= line:
            return max(above + 1, now - (stood - line))
    return line if not pairs else above + line - pairs[-1][0]


def _last(line: int, pairs: Pairs) -> int:
    """Where an area ends that ended with this line: a line put in just below it stays outside."""
    below = next((now for stood, now in pairs if stood > line), None)
    for stood, now in reversed(pairs):
        if stood <= line:
            return now + line - stood if below is None else min(below - 1, now + line - stood)
    return line if below is None else below - 1
