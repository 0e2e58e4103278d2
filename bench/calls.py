"""Calls to Google and their bytes: of a pass over twelve tabs of 100 and 200 rows, 5 and 12 columns filled.

`uv run python -m bench.calls [--json]`. On the embedded Google and over HTTP, in virtual time.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.clocks import Clocked
from bench.figure import Figure, figure, goal, show
from bench.twelve import BAD, OVER, edit_one, twelve, type_in
from bench.wire import KINDS, Sent

SIZES = (100, 5), (200, 5), (200, 12)
"""Rows of each tab, and columns filled in it."""


def one_pass(clocked: Clocked, name: str, reads: int, writes: int) -> Iterator[Figure]:
    """The next tick's passes: their calls and bytes against the goal."""
    before = clocked.passes
    clocked.wire.taken()
    clocked.tick()
    yield from counted(clocked.wire.taken(), name, reads, writes)
    if clocked.passes > before and clocked.last is not None:
        picture = clocked.last.picture
        unit = f"problems, {len(picture.verdict.findings)} findings"
        yield figure(f"{name}: problems, alerts", len(picture.problems), unit)


def counted(sent: Sequence[Sent], name: str, reads: int | None, writes: int | None) -> Iterator[Figure]:
    """Calls by kind, against a goal if there is one, and the largest of each."""
    for kind, most in zip(KINDS, (reads, writes), strict=True):
        those = [one for one in sent if one.kind == kind]
        calls = f"{name}: {kind}s"
        yield figure(calls, len(those), "calls") if most is None else goal(calls, len(those), "calls", most)
        if those:
            largest = max(max(one.up, one.down) for one in those) / 1e6
            yield goal(f"{name}: largest body of a {kind}", largest, "MB", 2)


def a_pass(folder: Path, size: tuple[int, int]) -> Iterator[Figure]:
    """Cold, steady and unchanged, over one spreadsheet of twelve tabs."""
    with twelve(folder, size) as world:
        clocked = Clocked(world)
        of = f"{size[0]} rows of {size[1]} columns"
        yield from one_pass(clocked, f"{of}, cold, 300 bad cells, 50 alerts", 2, 1)
        clocked.tick()
        world.has(type_in, size, 0, 0)
        yield from one_pass(clocked, f"{of}, all mended", 1, 1)
        clocked.tick()
        world.has(type_in, size, BAD, OVER)
        yield from one_pass(clocked, f"{of}, changed, 300 bad cells, 50 alerts", 1, 1)
        yield from one_pass(clocked, f"{of}, the echo of our own write", 1, 0)
        world.has(edit_one)
        yield from one_pass(clocked, f"{of}, changed, one row", 1, 1)
        clocked.tick()
        yield from one_pass(clocked, f"{of}, unchanged", 0, 0)
        clocked.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            show(a_pass(Path(name, f"{size[0]} {size[1]}"), size), as_json=options.json)


if __name__ == "__main__":
    main()
