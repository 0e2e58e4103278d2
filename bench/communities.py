"""A pass over whole communities: bytes of Google's answer → tables → problems → findings, against orjson on the bytes.

`uv run python -m bench.communities [--json] [--communities 100] [--rounds 3]`. Each community is the demo's, of another
day and seed, all in one process; beside them communities of twelve tables of 100 registrations. Medians over the
communities of the best of some rounds. Only ratios within one run count. Inventing them is not measured.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from bench.figure import Figure, figure, show
from bench.reading import classes, registrations
from rules.catalogue import RULES
from rules.checks import check
from rules.engine import Verdict, judge
from rules.reading import read_table
from rules.rule import Settings
from rules.table import Book, Grid, Place
from sheets_sync.demo.community import Community, invent
from sheets_sync.demo.draft import SPECS

FIRST = date(2026, 1, 4)
APART = timedelta(days=11)
CLASSES_READ = classes()


@dataclass(frozen=True)
class Asked:
    """A community as Google answers it: its tables' keys in the order of the value ranges, and the bytes."""

    today: date
    settings: Settings
    tables: tuple[str, ...]
    body: bytes
    rows: int


def asked(of: Community) -> Asked:
    """All tabs of a community in one answer, by columns."""
    columns = [sheet.grid().columns for sheet in of.sheets]
    ranges = [{"majorDimension": "COLUMNS", "values": values} for values in columns]
    rows = sum(len(sheet.rows) - sheet.header_row - 1 for sheet in of.sheets)
    tables = tuple(sheet.table for sheet in of.sheets)
    return Asked(of.today, of.settings, tables, orjson.dumps({"valueRanges": ranges}), rows)


def floor(one: Asked) -> object:
    """The least there is to do: to parse the bytes."""
    return orjson.loads(one.body)


def checked(one: Asked) -> Book:
    """Read and check."""
    ranges = zip(one.tables, orjson.loads(one.body)["valueRanges"], strict=True)
    readings = {
        key: read_table(SPECS[key], Grid(Place("bench", at, key), values["values"]))
        for at, (key, values) in enumerate(ranges)
    }
    book = {key: reading.table for key, reading in readings.items()}
    for reading in readings.values():
        check(reading.table, reading.problems, book)
    return book


def whole(one: Asked) -> Verdict:
    """Read, check and judge."""
    return judge(RULES, checked(one), one.settings, {}, one.today)


def seconds(work: Callable[[Asked], object], one: Asked) -> float:
    """One measured call, in time of the processor: what others do on the machine does not count."""
    start = time.process_time()
    work(one)
    return time.process_time() - start


def measure(all_of: Sequence[Asked], works: Sequence[Callable[[Asked], object]], rounds: int) -> list[float]:
    """The median over the communities of each work's best seconds, interleaved."""
    best = [[float("inf")] * len(all_of) for _ in works]
    for _ in range(rounds):
        gc.collect()
        for at, one in enumerate(all_of):
            for of, work in zip(best, works, strict=True):
                of[at] = min(of[at], seconds(work, one))
    return [statistics.median(of) for of in best]


def alike(communities: int) -> list[Asked]:
    """Communities of twelve tables of 100 registrations each, as performance.md's 12,000 small tables."""
    return [Asked(FIRST, Settings(), (), _twelve(at), 1200) for at in range(communities)]


def _twelve(seed: int) -> bytes:
    ranges = [{"majorDimension": "COLUMNS", "values": registrations(100, seed * 12 + at)} for at in range(12)]
    return orjson.dumps({"valueRanges": ranges})


def twelve_checked(one: Asked) -> None:
    """Read and check each of the twelve."""
    for values in orjson.loads(one.body)["valueRanges"]:
        reading = read_table(SPECS["registrations"], Grid(Place("bench", 1, "נרשמים"), values["values"]))
        check(reading.table, reading.problems, {"classes": CLASSES_READ})


def figures(communities: int, rounds: int) -> Iterator[Figure]:
    """What checks and rules cost a community."""
    twelve = alike(communities)
    least, checks = measure(twelve, (floor, twelve_checked), rounds)
    against = f"orjson {least * 1000:.3f} ms"
    yield figure("12 tables of 100x10, checks", checks * 1000, "ms", against, checks / least)
    all_of = [asked(invent(FIRST + at * APART, seed=at)) for at in range(communities)]
    least, checks, rules = measure(all_of, (floor, checked, whole), rounds)
    rows, tabs = (
        statistics.median(each) for each in zip(*((one.rows, len(one.tables)) for one in all_of), strict=True)
    )
    against = f"orjson {least * 1000:.3f} ms"
    yield figure(f"{tabs:.0f} tabs of {rows:.0f} rows, checks", checks * 1000, "ms", against, checks / least)
    yield figure(f"{tabs:.0f} tabs of {rows:.0f} rows, all rules", rules * 1000, "ms", against, rules / least)


def main() -> None:
    """Print the time a community and its ratio to parsing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--communities", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    show(figures(options.communities, options.rounds), as_json=options.json)


if __name__ == "__main__":
    main()
