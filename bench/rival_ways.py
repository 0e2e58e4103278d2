"""One table checked by others' means: from the bytes of Google's answer to the cells that are wrong.

`python -m bench.rival_ways WAY ROWS ROUNDS` prints one JSON line. All look for what our own checks find in
`bench.reading`'s registrations: required, list, reference, pattern, range, number and uniqueness.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import orjson

from bench.reading import classes, registrations, whole_pass
from bench.rival_frames import by_great_expectations, by_pandera
from bench.rival_given import KEY, Cells
from bench.rival_rows import by_frictionless, by_pydantic, by_records

WAYS: dict[str, Callable[[bytes], Cells]] = {
    "pandera": by_pandera,
    "pydantic": by_pydantic,
    "great-expectations": by_great_expectations,
    "gspread get_all_records and a loop": by_records,
    "frictionless": by_frictionless,
}


def seconds(work: Callable[[], object]) -> float:
    """Of the processor's time: what others do on the machine does not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(way: str, rows: int, rounds: int) -> None:
    """Check that the same cells are found; then measure in interleaved rounds."""
    columns: Sequence[Sequence[Any]] = registrations(rows)
    body = orjson.dumps({"valueRanges": [{"majorDimension": "COLUMNS", "values": columns}]})
    by_rows = orjson.dumps({"range": "A1:J", "majorDimension": "ROWS", "values": [*zip(*columns, strict=True)]})
    theirs = partial(WAYS[way], by_rows if WAYS[way] is by_records else body)
    ours = partial(whole_pass, body, classes())
    found = {(problem.row, problem.field) for problem in ours()}
    # To others a key with a gap is a key like any other, and may stand twice.
    gaps = {row for row, field in found if field == KEY[0]}
    same = found == {(row, field) for row, field in theirs() if (row, field) in found or row not in gaps}
    works: list[Callable[[], object]] = [lambda: orjson.loads(body), ours, theirs]
    took = [[seconds(work) for work in works] for _ in range(rounds)]
    floor, our, their = (statistics.median(column) for column in zip(*took, strict=True))
    print(json.dumps({"same": same, "floor": floor, "ours": our, "theirs": their}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
