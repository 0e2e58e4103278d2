"""A spreadsheet of one large table of registrations, one cell in a hundred bad, and of the classes it names."""

from collections.abc import Mapping
from pathlib import Path

from bench.apart import Apart
from bench.reading import CLASSES, FIELDS, registrations
from bench.twelve import lengthen
from rules.table import Cell
from tests.world import World

AT_ONCE = 10_000


def large(folder: Path, rows: int) -> Apart:
    """The spreadsheet, filled."""
    world = Apart(folder, {"main": ("registrations", "classes")})
    world.has(fill, rows)
    return world


def fill(world: World, rows: int) -> None:
    """The person has everything typed in."""
    lengthen(world, ("registrations",), rows)
    columns = [column[1:] for column in registrations(rows)]
    typed: list[Mapping[str, Cell]] = [dict(zip(FIELDS, cells, strict=True)) for cells in zip(*columns, strict=True)]
    for start in range(0, rows, AT_ONCE):
        world.fill("registrations", *typed[start : start + AT_ONCE], at=1 + start, book="main")
    named = [name.split(", ") for name in CLASSES]
    world.fill("classes", *({"name": name, "group": group} for name, group in named), book="main")


def one_cell(world: World, row: int) -> None:
    """The person types one row anew."""
    world.fill("registrations", {"participant": "דנה כהן", "phone": "050"}, at=row, book="main")
