"""Which row of a tab holds the headers, and their texts."""

from functools import lru_cache

from rules.claims import Rank, claimed, claimed_inside
from rules.header_words import header_text
from rules.table import Cell, Grid, TableSpec

SEARCHED = 25
"""How many rows from the top may hold the headers."""


def header_row(spec: TableSpec, grid: Grid) -> int | None:
    """The row that names most fields; the first of equals."""
    best, best_score = None, 0.0
    for row in range(min(grid.height, SEARCHED)):
        score, named = row_score(spec, grid, row)
        if score > best_score:
            best, best_score = row, score
        if score >= 3 and score >= 0.7 * named:
            break
    return best


def row_score(spec: TableSpec, grid: Grid, row: int) -> tuple[float, int]:
    """How many fields a row names (½ by a generic word, ⅓ by words inside a header), and how many texts it has."""
    texts = tuple(filter(None, _row_texts(grid, row)))
    return _score(spec, texts), len(texts)


@lru_cache(maxsize=4096)
def _score(spec: TableSpec, texts: tuple[str, ...]) -> float:
    best: dict[str, float] = {}
    for text in texts:
        parsed = header_text(text)
        found = claimed(spec, parsed) or dict.fromkeys(claimed_inside(spec, parsed), Rank.WORDS)
        for name, rank in found.items():
            weight = 1.0 if rank >= Rank.FORM else 0.5 if rank is Rank.GENERIC else 1 / 3
            best[name] = max(weight, best.get(name, 0))
    return sum(sorted(best.values(), reverse=True)[: len(texts)])


def _text(cell: Cell) -> str:
    """A cell as a header: text, or a year typed as a number."""
    if isinstance(cell, str):
        return _spaced(cell) if cell else ""
    return str(cell) if type(cell) is int and 1990 <= cell < 2100 else ""


@lru_cache(maxsize=16_384)
def _spaced(text: str) -> str:
    return " ".join(text.split())


def _row_texts(grid: Grid, row: int) -> list[str]:
    return [_text(cells[row]) if row < len(cells) else "" for cells in grid.columns]


def header_texts(grid: Grid, row: int) -> list[str]:
    """The header of each column; an empty one beside others (merged downwards) takes the text above it."""
    own = _row_texts(grid, row)
    above = _row_texts(grid, row - 1) if row else []
    if sum(map(bool, above)) < 2:
        return own
    return [mine or over for mine, over in zip(own, above, strict=True)]
