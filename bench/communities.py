"""A pass over whole communities: bytes of Google's answer → tables → problems → findings, against orjson on the bytes.

`uv run python -m bench.communities [--json] [--communities 100] [--rounds 3]`. Each community is the demo's, of another
day and seed, all in one process; medians over the communities of the best of some rounds. Only ratios within one run
count. Inventing them is not measured.
"""

import argparse
import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from rules.catalogue import RULES
from rules.checks import check
from rules.engine import Verdict, judge
from rules.reading import read_table
from rules.rule import Settings
from rules.table import Grid, Place
from sheets_sync.demo.community import Community, invent
from sheets_sync.demo.draft import SPECS

FIRST = date(2026, 1, 4)
APART = timedelta(days=11)


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


def whole(one: Asked) -> Verdict:
    """Read, check and judge."""
    ranges = zip(one.tables, orjson.loads(one.body)["valueRanges"], strict=True)
    readings = {
        key: read_table(SPECS[key], Grid(Place("bench", at, key), values["values"]))
        for at, (key, values) in enumerate(ranges)
    }
    book = {key: reading.table for key, reading in readings.items()}
    for reading in readings.values():
        check(reading.table, reading.problems, book)
    return judge(RULES, book, one.settings, {}, one.today)


def seconds(work: Callable[[Asked], object], one: Asked) -> float:
    """One measured call, in time of the processor: what others do on the machine does not count."""
    start = time.process_time()
    work(one)
    return time.process_time() - start


def measure(all_of: list[Asked], rounds: int) -> tuple[list[float], list[float]]:
    """The best seconds of each community, parsing alone and the whole, interleaved."""
    least, most = [float("inf")] * len(all_of), [float("inf")] * len(all_of)
    for _ in range(rounds):
        gc.collect()
        for at, one in enumerate(all_of):
            least[at] = min(least[at], seconds(floor, one))
            most[at] = min(most[at], seconds(whole, one))
    return least, most


def main() -> None:
    """Print the time a community and its ratio to parsing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--communities", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    all_of = [asked(invent(FIRST + at * APART, seed=at)) for at in range(options.communities)]
    least, most = measure(all_of, options.rounds)
    parsing, passing = statistics.median(least), statistics.median(most)
    rows, size = (
        statistics.median(values) for values in zip(*((one.rows, len(one.body)) for one in all_of), strict=True)
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figure = {
        "name": f"community of {rows:.0f} rows, of {len(all_of)}",
        "value": round(passing * 1000, 2),
        "unit": "ms",
    }
    figure |= {
        "against": f"orjson {parsing * 1000:.3f} ms of {size / 1000:.0f} kB",
        "ratio": round(passing / parsing, 1),
    }
    if options.json:
        print(json.dumps(figure))
    else:
        print(f"{figure['name']}: {passing * 1000:.1f} ms = {passing / parsing:.0f} x {figure['against']}")
        print(f"all {len(all_of)}: {sum(most):.2f} s")
    print(
        json.dumps({"name": "peak", "value": peak, "unit": "MB"}) if options.json else f"peak {peak} MB",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
