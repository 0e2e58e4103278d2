"""Calls to Google and their bytes: of a pass over 12 tabs x 200 rows (and 100), and of a clock over 1,000 communities.

`uv run python -m bench.calls [--json] [--communities 1000] [--ticks 10]`. On the embedded Google and over HTTP, in
virtual time. The 1,000 communities are 1,000 spreadsheets of one tab each; 1 % of them changes in each minute.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.clocks import Clocked
from bench.figure import Figure, figure, goal, show
from bench.thousand import thousand
from bench.wire import KINDS, Sent
from rules.dates import serial
from rules.table import Cell, Column, Kind
from sheets_sync.furnish import offered, sheet_id
from sheets_sync.pass_ import Account
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
SIZES = (100, 5), (200, 5), (200, 12)
"""Rows of each tab, and columns filled in it."""
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


def one_pass(clocked: Clocked, name: str, reads: int, writes: int) -> Iterator[Figure]:
    """The next tick's passes: their calls and bytes against the goal."""
    before = len(clocked.accounts)
    clocked.wire.taken()
    clocked.tick()
    sent, done = clocked.wire.taken(), clocked.accounts[before:]
    yield from counted(sent, name, reads, writes)
    yield figure(f"{name}: problems, alerts", *_found(done))


def counted(sent: Sequence[Sent], name: str, reads: int, writes: int) -> Iterator[Figure]:
    """Calls by kind, and the largest of each."""
    for kind, most in zip(KINDS, (reads, writes), strict=True):
        those = [one for one in sent if one.kind == kind]
        yield goal(f"{name}: {kind}s", len(those), "calls", most)
        if those:
            largest = max(max(one.up, one.down) for one in those) / 1e6
            yield goal(f"{name}: largest body of a {kind}", largest, "MB", 2)


def _found(done: Sequence[Account]) -> tuple[float, str]:
    if not done:
        return 0, "passes"
    picture = done[-1].picture
    return len(picture.problems), f"problems, {len(picture.verdict.findings)} findings"


def a_pass(folder: Path, size: tuple[int, int]) -> Iterator[Figure]:
    """Cold, steady and unchanged, over one spreadsheet of twelve tabs."""
    world = World(folder, {"main": TABS})
    more = [{"sheetId": sheet_id(key), "dimension": "ROWS", "length": size[0] - 40} for key in TABS]
    world.edit(world.ids["main"], [{"appendDimension": one} for one in more])
    type_in(world, size, BAD, OVER)
    clocked = Clocked(world)
    of = f"{size[0]} rows of {size[1]} columns"
    yield from one_pass(clocked, f"{of}, cold, 300 bad cells, 50 alerts", 2, 1)
    clocked.tick()
    type_in(world, size, 0, 0)
    yield from one_pass(clocked, f"{of}, all mended", 1, 1)
    clocked.tick()
    type_in(world, size, BAD, OVER)
    yield from one_pass(clocked, f"{of}, changed, 300 bad cells, 50 alerts", 1, 1)
    yield from one_pass(clocked, f"{of}, the echo of our own write", 1, 0)
    world.fill("people", {"name": "דנה", "email": "לברר"}, book="main", at=9)
    yield from one_pass(clocked, f"{of}, changed, one row", 1, 1)
    clocked.tick()
    yield from one_pass(clocked, f"{of}, unchanged", 0, 0)
    clocked.close()
    world.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--communities", type=int, default=1_000)
    parser.add_argument("--ticks", type=int, default=10)
    parser.add_argument("--only", choices=["pass", "communities"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "communities":
            for size in SIZES:
                show(a_pass(folder / f"{size[0]} {size[1]}", size), as_json=options.json)
        if options.only != "pass":
            show(thousand(folder / "many", options.communities, options.ticks), as_json=options.json)


if __name__ == "__main__":
    main()
