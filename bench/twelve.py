"""A spreadsheet of twelve tabs: its rows with their bad cells, and lines of the budget that are spent over."""

from pathlib import Path

from bench.apart import Apart
from rules.dates import serial
from rules.table import Cell, Column, Kind
from sheets_sync.furnishing.furnish import offered, sheet_id
from tests.world import NOON, SPECS, World

TABS = (
    "budget",
    "expenses",
    "classes",
    "registrations",
    "people",
    "volunteers",
    "families",
    "emergency",
    "partners",
    "assets",
    "initiatives",
    "income",
)
BAD, OVER = 300, 50
PERSONAL = [
    (key, column.field) for key in TABS for column in offered(SPECS[key]) if column.kind in (Kind.PHONE, Kind.EMAIL)
]
"""The columns whose cells are spoilt."""


def value(column: Column, number: int) -> Cell:
    """A cell that is in order, in row `number`; None in columns that people may leave."""
    same: dict[Kind, Cell] = {
        Kind.PHONE: f"050-{1_000_000 + number}",
        Kind.EMAIL: f"person{number}@village.example",
        Kind.DATE: serial(NOON.date()) + 30,
        Kind.MONEY: 100,
    }
    if column.own or column.kind not in (*same, Kind.TEXT, Kind.REF) or column.setting:
        return column.choices[0] if column.required and column.choices else 5 if column.required else None
    named = {Kind.REF: f"{column.table} {number}", Kind.TEXT: f"{column.field} {number}"}
    return {**same, **named}[column.kind]


def rows(key: str, size: tuple[int, int], bad: int, over: int) -> list[dict[str, Cell]]:
    """The rows of a tab, with its share of `bad` cells, and `over` lines of the budget spent over."""
    found = [{column.field: value(column, n) for column in columns(key, size[1])} for n in range(size[0])]
    name = {"budget": "line", "classes": "name", "families": "family"}.get(key)
    for n, row in enumerate(found):
        if name:
            row[name] = f"{key} {n}"
        if key == "expenses":
            row |= {"amount": 900 if n < over else 50, "kind": "תשלום", "date": serial(NOON.date()), "invoice": str(n)}
    mine = [at for at, (table, _) in enumerate(PERSONAL) if table == key]
    for at in mine:
        for n in range(at, bad, len(PERSONAL)):
            found[n // len(PERSONAL)][PERSONAL[at][1]] = "לברר"
    return found


def columns(key: str, filled: int) -> list[Column]:
    """Those that are filled: what is required, and others up to `filled`."""
    every = offered(SPECS[key])
    needed = [column for column in every if column.required or (key, column.field) in PERSONAL]
    return [*needed, *(column for column in every if column not in needed)][: max(filled, len(needed))]


def type_in(world: World, size: tuple[int, int], bad: int, over: int) -> None:
    """The person fills all tabs."""
    for key in TABS:
        world.fill(key, *rows(key, size, bad, over), book="main")


def edit_one(world: World) -> None:
    """The person types one row, with a bad cell."""
    world.fill("people", {"name": "דנה", "email": "לברר"}, book="main", at=9)


def lengthen(world: World, keys: tuple[str, ...], more: int) -> None:
    """Give furnished tabs (60 rows) so many rows more."""
    changes = [{"sheetId": sheet_id(key), "dimension": "ROWS", "length": more} for key in keys]
    world.edit(world.ids["main"], [{"appendDimension": one} for one in changes])


def twelve(folder: Path, size: tuple[int, int]) -> Apart:
    """The spreadsheet, filled: rows of each tab, and columns filled in it."""
    world = Apart(folder, {"main": TABS})
    world.has(lengthen, TABS, size[0] - 40)
    world.has(type_in, size, BAD, OVER)
    return world
