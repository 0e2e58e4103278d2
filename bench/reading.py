"""A pass over one table: bytes of Google's answer → typed columns → problems, against orjson on the same bytes.

`uv run python -m bench.reading [--json] [--rows 100000 2000 100] [--rounds 7]`. The table is registrations with 10
columns, 1 % bad cells and hardly a name twice; the classes that it names are read before. Two floors: orjson on an
answer of values by columns, as large tabs are read, and on a grid answer (each cell an object of its own), as all
others are. Medians of interleaved rounds, in the processor's time: only ratios within one run count. `bench.memory` has
the memory.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

import orjson

from bench.figure import Figure, figure, show
from rules.catalogue import TABLES
from rules.checks import check
from rules.finding import Problem
from rules.reading import read_table
from rules.table import Cell, Grid, Place, Table
from sheets_sync.reading.grid_data import cells_of

SPECS = {spec.key: spec for spec in TABLES}
FIELDS = (
    "submitted",
    "participant",
    "parent",
    "phone",
    "email",
    "class_name",
    "status",
    "amount_due",
    "amount_paid",
    "payment",
)
LETTERS = "אבגדהוזחטיכלמנסעפצקרשת"
CLASSES = [f"{name}, קבוצה {group}" for name in ("ג׳ודו", "קרמיקה", "ריקוד", "שחמט", "תיאטרון") for group in "אבגדהו"]
BAD: dict[str, Cell] = {
    "submitted": "3/4/2026",
    "participant": "",
    "phone": 501234567,
    "email": "dana@example",
    "class_name": "קרמיקא",
    "status": "רשומ",
    "amount_due": "230 ₪",
    "amount_paid": -5,
    "payment": "כן",
    "parent": "דנה\u200f",
}


def name(chance: random.Random) -> str:
    """A name of two made-up words."""
    return "".join(chance.choices(LETTERS, k=4)) + " " + "".join(chance.choices(LETTERS, k=5))


def registrations(rows: int, seed: int = 1) -> list[list[Cell]]:
    """Columns of registrations with their headers, one cell in a hundred bad."""
    chance = random.Random(seed)
    makers: dict[str, Callable[[int], Cell]] = {
        "submitted": lambda row: 46000 + round(row / rows * 300, 6),
        "participant": lambda row: name(chance),
        "parent": lambda row: name(chance),
        "phone": lambda row: f"05{chance.choice('0234')}-{chance.randrange(10**7):07}",
        "email": lambda row: f"user{row}@example.{chance.choice(['com', 'org', 'net'])}",
        "class_name": lambda row: chance.choice(CLASSES),
        "status": lambda row: chance.choice(["התקבל", "רשום/ה", "רשימת המתנה"]),
        "amount_due": lambda row: chance.choice([180, 230, 250.5]),
        "amount_paid": lambda row: chance.choice([0, 180, 230]),
        "payment": lambda row: chance.choice(["שולם", "טרם שולם"]),
    }
    return [
        [
            SPECS["registrations"].by_field[field].hebrew,
            *(BAD[field] if chance.random() < 0.01 else makers[field](row) for row in range(rows)),
        ]
        for field in FIELDS
    ]


def answer(rows: int) -> bytes:
    """What Google answers: one value range by columns, compact JSON."""
    return orjson.dumps({"valueRanges": [{"majorDimension": "COLUMNS", "values": registrations(rows)}]})


def classes() -> Table:
    """The classes that registrations name."""
    names = [name.split(", ") for name in CLASSES]
    grid = Grid(Place("bench", 2, "חוגים"), [["שם החוג", *(n for n, _ in names)], ["קבוצה", *(g for _, g in names)]])
    return read_table(SPECS["classes"], grid).table


def grid_answer(rows: int) -> bytes:
    """The same as Google's grid data: each cell an object with its effective value."""
    data = [{"values": [_cell(cell) for cell in row]} for row in zip_longest(*registrations(rows), fillvalue="")]
    return orjson.dumps({"sheets": [{"data": [{"rowData": data}]}]})


def _cell(value: Cell) -> dict[str, Any]:
    if value in (None, ""):
        return {}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {}, "effectiveValue": {kind: value}}


def floor(body: bytes) -> object:
    return orjson.loads(body)


def whole_pass(body: bytes, other: Table) -> list[Problem]:
    """From bytes to problems, all checks of the table's columns."""
    return _checked(orjson.loads(body)["valueRanges"][0]["values"], other)


def grid_pass(body: bytes, other: Table) -> list[Problem]:
    """From the bytes of a grid answer to problems."""
    return _checked(cells_of(orjson.loads(body)["sheets"][0]["data"]).columns, other)


def _checked(columns: Any, other: Table) -> list[Problem]:
    reading = read_table(SPECS["registrations"], Grid(Place("bench", 1, "נרשמים"), columns))
    return check(reading.table, reading.problems, {"classes": other})


def seconds(work: Callable[[], object], times: int) -> float:
    """One measured round: the mean of some calls, garbage of earlier ones collected before."""
    gc.collect()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def measure(body: bytes, work: Callable[[bytes, Table], object], rows: int, rounds: int) -> tuple[float, float, float]:
    """Median seconds of orjson alone and of the work, interleaved, and the median of their ratios."""
    other = classes()
    times = max(1, 20_000 // rows)
    both = [(seconds(lambda: floor(body), times), seconds(lambda: work(body, other), times)) for _ in range(rounds)]
    least, whole = (statistics.median(each) for each in zip(*both, strict=True))
    return least, whole, statistics.median(one / other for other, one in both)


def figures(rows: int, rounds: int) -> Iterator[Figure]:
    """What a table of so many rows costs, by values and by grid data."""
    ways = (("values", answer, whole_pass), ("grid data", grid_answer, grid_pass))
    for name, make, work in ways:
        least, whole, ratio = measure(make(rows), work, rows, rounds)
        yield figure(f"pass {rows}x10, {name}", whole * 1000, "ms", f"orjson {least * 1000:.3f} ms", ratio)


def main() -> None:
    """Print the ratios for a large, a middling and a small table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 2_000, 100])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for rows in options.rows:
        show(figures(rows, options.rounds), as_json=options.json)


if __name__ == "__main__":
    main()
