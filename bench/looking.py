"""What a look costs that takes over from the one before: cold, unchanged, one cell changed, another day.

`uv run python -m bench.looking [--json] [--rounds 3]`. The demo's community, and one of 100,000 registrations of 10
columns; the bytes of Google's answer are parsed for each look, and orjson alone on the same bytes is the measure.
Reading by the network, deciding and writing are not in it.
"""

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import orjson

from bench.figure import Figure, figure, show
from bench.reading import registrations
from rules.memo import NOTHING_DONE, Memo
from rules.table import Cell, Grid, Place
from sheets_sync.config import Community, Google, Settings, SpreadsheetSettings
from sheets_sync.demo.community import invent
from sheets_sync.look import Picture, look
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab

TODAY = date(2026, 11, 22)
MAIN = SpreadsheetSettings("main", "m" * 44)
SETTINGS = Settings(Community("bench"), [MAIN], google=Google(Path("key.json")))
Columns = list[list[Cell]]


@dataclass(frozen=True)
class Asked:
    """A spreadsheet as Google answers it: the tabs' titles, and the bytes of their columns."""

    titles: Sequence[str]
    body: bytes


def asked(tabs: Sequence[tuple[str, Columns]]) -> Asked:
    ranges = [{"majorDimension": "COLUMNS", "values": columns} for _, columns in tabs]
    return Asked([title for title, _ in tabs], orjson.dumps({"valueRanges": ranges}))


def see(one: Asked, memo: Memo, today: date) -> Picture:
    """From bytes to a picture."""
    ranges = zip(one.titles, orjson.loads(one.body)["valueRanges"], strict=True)
    places = [(Place(MAIN.id, at, title), values["values"]) for at, (title, values) in enumerate(ranges)]
    tabs = tuple(Tab(place, Grid(place, columns), 1000, 26) for place, columns in places)
    return look(Snapshot((Spreadsheet(MAIN, "bench", tabs),)), SETTINGS, today, memo=memo)


def changed(tabs: Sequence[tuple[str, Columns]]) -> list[tuple[str, Columns]]:
    """The tabs with another cell in the last one."""
    title, columns = tabs[-1]
    first = [*columns[0]]
    first[-1] = 46_001
    return [*tabs[:-1], (title, [first, *columns[1:]])]


def best(work: Callable[[], object], rounds: int) -> float:
    """The least seconds of the processor's time."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measure(name: str, tabs: Sequence[tuple[str, Columns]], rounds: int) -> list[Figure]:
    """The ways to look, each against orjson alone."""
    one, other = asked(tabs), asked(changed(tabs))
    memo = see(one, NOTHING_DONE, TODAY).memo
    floor = best(lambda: orjson.loads(one.body), rounds)
    ways: dict[str, Callable[[], object]] = {
        "cold": lambda: see(one, NOTHING_DONE, TODAY),
        "one cell changed": lambda: see(other, memo, TODAY),
        "another day": lambda: see(one, memo, TODAY + timedelta(days=1)),
        "unchanged": lambda: see(one, memo, TODAY),
    }
    return [
        figure(f"{name}, {way}", spent * 1000, "ms", f"orjson {floor * 1000:.2f} ms", spent / floor)
        for way, spent in ((way, best(work, rounds)) for way, work in ways.items())
    ]


def main() -> None:
    """Print the ratios for the demo's community and for a large table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    demo = [(sheet.title, [list(column) for column in sheet.grid().columns]) for sheet in invent(TODAY, 1).sheets]
    show(measure(f"{len(demo)} tabs of the demo", demo, options.rounds), as_json=options.json)
    large = [("נרשמים", registrations(options.rows))]
    show(measure(f"{options.rows} rows", large, options.rounds), as_json=options.json)


if __name__ == "__main__":
    main()
