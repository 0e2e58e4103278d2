"""Peak memory of a pass over one table, from the bytes of Google's answer to problems, against orjson's own.

`uv run python -m bench.memory [--json] [--rows 100000]`. Each in a process of its own; what the process had before the
bytes came is not counted.
"""

import argparse
import gc
import tempfile
from pathlib import Path

from bench.figure import figure, show
from bench.floors import alone, floor
from bench.reading import answer, classes, whole_pass
from bench.stopwatch import forget_peak, peak, resident


def grown(file: Path) -> float:
    """MB that a pass makes a fresh process grow by at the most."""
    other = classes()
    whole_pass(answer(100), other)
    gc.collect()
    before = resident()
    forget_peak()
    problems = whole_pass(file.read_bytes(), other)
    assert problems
    return peak() - before


def main() -> None:
    """Print the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answer.json")
        file.write_bytes(answer(options.rows))
        ours, least = alone(grown, file), floor([file]).memory
    name = f"{options.rows} rows of 10 columns: memory of a pass from bytes to problems"
    show([figure(name, ours, "MB", f"orjson {least:.0f} MB", ours / least)], as_json=options.json)


if __name__ == "__main__":
    main()
