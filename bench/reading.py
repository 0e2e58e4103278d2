"""A pass over one table: bytes of Google's answer → typed columns → problems, against orjson on the same bytes.

`uv run python -m bench.reading [--json] [--rows 100000] [--rounds 7]`. Medians of interleaved rounds: only ratios
within one run count. The table is registrations with 10 columns, 1 % bad cells and hardly a name twice.
"""

import argparse
import gc
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable

import orjson

from rules.catalogue import TABLES
from rules.checks import check
from rules.finding import Problem
from rules.reading import read_table
from rules.table import Cell, Grid, Place, Table

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


def floor(body: bytes) -> object:
    return orjson.loads(body)


def whole_pass(body: bytes, other: Table) -> list[Problem]:
    """From bytes to problems, all checks of the table's columns."""
    columns = orjson.loads(body)["valueRanges"][0]["values"]
    reading = read_table(SPECS["registrations"], Grid(Place("bench", 1, "נרשמים"), columns))
    return check(reading.table, reading.problems, {"classes": other})


def seconds(work: Callable[[], object], times: int) -> float:
    """One measured round: the mean of some calls, garbage of earlier ones collected before."""
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def measure(rows: int, rounds: int) -> tuple[float, float]:
    """Median seconds of orjson alone and of the whole pass, interleaved."""
    body, other = answer(rows), classes()
    times = max(1, 20_000 // rows)
    both = [
        (seconds(lambda: floor(body), times), seconds(lambda: whole_pass(body, other), times)) for _ in range(rounds)
    ]
    return statistics.median(one for one, _ in both), statistics.median(one for _, one in both)


def main() -> None:
    """Print the ratios for a large, a middling and a small table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 2_000, 100])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for rows in options.rows:
        least, whole = measure(rows, options.rounds)
        figure = {"name": f"pass {rows}x10", "value": round(whole * 1000, 3), "unit": "ms"}
        figure |= {"against": f"orjson {least * 1000:.3f} ms", "ratio": round(whole / least, 2)}
        print(
            json.dumps(figure)
            if options.json
            else f"{rows:>8} rows: {whole * 1000:9.2f} ms = {whole / least:.2f} x orjson"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps({"name": "peak", "value": peak, "unit": "MB"}) if options.json else f"peak {peak} MB",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
