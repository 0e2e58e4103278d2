"""A whole pass through the real parts: time by part against orjson, calls, bytes, memory of the service's process.

`uv run python -m bench.passes [--json] [--only twelve|large] [--rows 100000]`. Twelve tabs of 200 rows and 12 columns
with 300 bad cells and 50 alerts, and one table of 100,000 rows and 10 columns of which 1 % is bad. gspread speaks over
HTTP to the embedded Google in a process of its own; the database is SQLite on the disk. Seconds are the processor's,
but for *waiting for google*, that process, and for *waiting for the disk*. orjson, in a fresh process, parses the same
answers to reads.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from bench.calls import counted
from bench.clocks import Clocked
from bench.figure import Figure, figure, show
from bench.floors import floor
from bench.large import large, one_cell
from bench.stopwatch import Stopwatch, forget_peak, peak, resident
from bench.twelve import BAD, OVER, edit_one, twelve, type_in
from bench.wire import kind_of
from sheets_sync import pass_
from sheets_sync.clock import clockwork

PARTS = (
    (clockwork, "run_pass", "the rest"),
    (pass_, "read_guarded", "parse"),
    (pass_, "looked", "judge"),
    (pass_, "grace", "decide"),
    (pass_, "decide", "decide"),
    (pass_, "write_fresh", "write"),
)
COMMIT = ("do_begin", "do_execute", "do_executemany", "do_commit")


class Watched:
    """A clock whose passes are taken apart; what Google answers to reads is kept in files, out of the memory."""

    def __init__(self, clocked: Clocked, folder: Path) -> None:
        self.clocked, self.folder, self.watch = clocked, folder, Stopwatch()
        self.files: list[Path] = []
        service = clocked.services[0]
        service.gateway.client.session.hooks["response"].append(self._keep)
        database = [(service.engine.dialect, name, "commit") for name in COMMIT]
        self.watched: list[tuple[Any, str, str]] = [(clocked.wire, "send", "google"), *PARTS, *database]

    def tick(self, name: str, reads: int | None = None, writes: int | None = None) -> Iterator[Figure]:
        """The next tick's passes, with the figures of each part."""
        self.clocked.wire.taken()
        self.files.clear()
        self.watch.begin()
        before = resident()
        forget_peak()
        began = time.process_time()
        with self.watch.watching(self.watched):
            self.clocked.tick()
        worked, most = time.process_time() - began, peak()
        yield from self._figures(name, worked, most - before)
        yield figure(f"{name}: peak memory of the process", most, "MB")
        yield from counted(self.clocked.wire.taken(), name, reads, writes)

    def _figures(self, name: str, worked: float, grown: float) -> Iterator[Figure]:
        if not self.files:
            yield figure(f"{name}: all", worked * 1000, "ms")
            return
        least = floor(self.files)
        against = f"orjson {least.seconds * 1000:.1f} ms of {least.bytes / 1e6:.1f} MB"
        for part, where in (("google", "google"), ("commit", "the disk")):
            yield figure(f"{name}: waiting for {where}", self.watch.passed[part] * 1000, "ms")
        for part, spent in self.watch.worked.items():
            yield figure(f"{name}: {part}", spent * 1000, "ms", against, spent / least.seconds)
        own = worked - self.watch.worked["google"]
        yield figure(f"{name}: all but google", own * 1000, "ms", against, own / least.seconds)
        yield figure(f"{name}: memory it took", grown, "MB", f"orjson {least.memory:.0f} MB", grown / least.memory)

    def _keep(self, answer: requests.Response, *_: object, **__: object) -> None:
        path = answer.request.path_url.partition("?")[0]
        if kind_of(answer.request.method or "", path) == "read":
            file = self.folder / f"{len(self.files)}.json"
            file.write_bytes(answer.content)
            self.files.append(file)


def of_twelve(folder: Path, size: tuple[int, int] = (200, 12)) -> Iterator[Figure]:
    """Cold, changed, the echo of our own write, unchanged, over twelve tabs."""
    name = f"12 tabs of {size[0]} rows and {size[1]} columns"
    with twelve(folder / "google", size) as world:
        clocked = Clocked(world)
        watched = Watched(clocked, folder)
        yield from watched.tick(f"{name}, cold", 2, 1)
        clocked.tick()
        world.has(type_in, size, 0, 0)
        clocked.tick()
        clocked.tick()
        world.has(type_in, size, BAD, OVER)
        yield from watched.tick(f"{name}, changed", 1, 1)
        yield from watched.tick(f"{name}, echo", 1, 0)
        world.has(edit_one)
        yield from watched.tick(f"{name}, one row changed", 1, 1)
        clocked.tick()
        yield from watched.tick(f"{name}, unchanged", 0, 0)
        clocked.close()


def of_large(folder: Path, rows: int) -> Iterator[Figure]:
    """Cold, one cell changed, unchanged, over one large table."""
    with large(folder / "google", rows) as world:
        clocked = Clocked(world)
        watched, name = Watched(clocked, folder), f"{rows} rows of 10 columns"
        for when in ("cold", "echo"):
            yield from watched.tick(f"{name}, {when}")
        world.has(one_cell, rows // 2)
        yield from watched.tick(f"{name}, one cell changed")
        clocked.tick()
        yield from watched.tick(f"{name}, unchanged", 0, 0)
        clocked.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--only", choices=["twelve", "large"])
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.only != "large":
            show(of_twelve(Path(name, "twelve")), as_json=options.json)
        if options.only != "twelve":
            show(of_large(Path(name, "large"), options.rows), as_json=options.json)


if __name__ == "__main__":
    main()
