"""Form answers a second: signed, 1 KB, durably committed before the answer; 64 connections.

`uv run python -m bench.intake [--json] [--seconds 4] [--rounds 3]`. granian, one process of 16 threads, on SQLite; the
load comes from a process of its own on the same machine. Medians of interleaved rounds: our group commit, a commit for
each answer, and the same handler without storage; also by the second of the server's own processor time, which says
something on a busy machine too. Each is killed (`kill -9`), and what it accepted is looked for.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure, figure, goal, show
from bench.floors import alone
from bench.intake_server import serving, worked
from bench.load import Load, generate
from sheets_sync.store import inbox
from sheets_sync.store.database import Engine, reading
from tests.webhooks.process import database

WAYS = {
    "no storage": "bench.intake_ways:nowhere",
    "a commit each": "bench.intake_ways:each",
    "group commit": "webhooks.wsgi:application",
}
OURS, ACCEPTED = "group commit", 202


@dataclass(frozen=True)
class Round:
    """What a round gave: answers a second, of the clock and of the processor; milliseconds; what went wrong."""

    rate: float
    by_processor: float
    p50: float
    p99: float
    errors: int
    lost: int


def play(folder: Path, way: str, load: tuple[float, int]) -> Round:
    """One way, with a new database, until it is killed."""
    folder.mkdir(parents=True)
    engine = database(folder)
    with serving(folder, WAYS[way]) as (port, group):
        before = worked(group)
        sent = alone(generate, Load(port, *load))
        spent = worked(group) - before
    accepted = {one.id for one in sent if one.status == ACCEPTED}
    lost = 0 if way == "no storage" else len(accepted - _kept(engine))
    engine.dispose()
    took = sorted(one.seconds * 1000 for one in sent)
    middle, slow = took[len(took) // 2], took[len(took) * 99 // 100]
    rates = len(accepted) / load[0], len(accepted) / spent
    return Round(*rates, middle, slow, len(sent) - len(accepted), lost)


def _kept(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return {one.message_id for one in inbox.waiting(connection, "kfar", datetime.now(UTC), 1_000_000)}


def figures(played: dict[str, Sequence[Round]]) -> Iterator[Figure]:
    """The medians, ours against the others."""
    rates = {way: statistics.median(one.rate for one in rounds) for way, rounds in played.items()}
    costs = {way: statistics.median(one.by_processor for one in rounds) for way, rounds in played.items()}
    for way, rounds in played.items():
        yield figure(f"{way}: rate", rates[way], "answers/s")
        yield figure(f"{way}: by the processor", costs[way], "answers/s")
        yield figure(f"{way}: p50", statistics.median(one.p50 for one in rounds), "ms")
        yield figure(f"{way}: p99", statistics.median(one.p99 for one in rounds), "ms")
    ours = played[OURS]
    for other in ("no storage", "a commit each"):
        yield figure(f"ours against {other}", rates[OURS], "answers/s", other, rates[OURS] / rates[other])
        name = f"ours against {other}, by the processor"
        yield figure(name, costs[OURS], "answers/s", other, costs[OURS] / costs[other])
    yield goal("ours: slowest round's p99", max(one.p99 for one in ours), "ms", 50)
    yield goal("ours: not accepted", sum(one.errors for one in ours), "answers", 0)
    yield goal("ours: accepted, and gone after kill -9", sum(one.lost for one in ours), "answers", 0)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    load = (options.seconds, options.connections)
    played: dict[str, list[Round]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as name:
        for number in range(options.rounds):
            for way, rounds in played.items():
                rounds.append(play(Path(name, f"{way} {number}"), way, load))
    show(figures({**played}), as_json=options.json)


if __name__ == "__main__":
    main()
