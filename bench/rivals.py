"""One table by others' means against ours: the same bytes, the same checks, the same cells found.

`uv run --group rivals python -m bench.rivals [--json] [--rows 20000] [--rounds 3]`. Each in a process of its own, in
interleaved rounds with ours and with orjson alone; medians of the processor's time.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from bench.figure import Figure, figure, show

MODULES = ("frictionless", "great_expectations", "pandas", "pandera", "pydantic")
COMMAND = "uv run --group rivals python -m bench.rivals"
SLOWER = {
    "pandera": 4,
    "pydantic": None,
    "great-expectations": 10,
    "gspread get_all_records and a loop": 10,
    "frictionless": 20,
}
"""How many times slower than ours each should be."""


def against(rival: str, rows: int, rounds: int) -> Iterator[Figure]:
    """A rival's figures."""
    command = [sys.executable, "-m", "bench.rival_ways", rival, str(rows), str(rounds)]
    environment = os.environ | {"GX_ANALYTICS_ENABLED": "false"}
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    found = json.loads(said.splitlines()[-1])
    wanted = f"; goal: at least {SLOWER[rival]}" if SLOWER[rival] else ""
    name = f"{rival}, {rows} rows"
    yield figure(name, found["theirs"] * 1000, "ms", f"ours {found['ours'] * 1000:.1f} ms{wanted}", _ratio(found))
    yield figure(f"{name}: ours", found["ours"] * 1000, "ms", "orjson", found["ours"] / found["floor"])
    if not found["same"]:
        yield figure(f"{name}: finds other cells than ours", 1, "of 1")


def _ratio(found: dict[str, float]) -> float:
    return found["theirs"] / found["ours"]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=[*SLOWER])
    options = parser.parse_args()
    if missing := [name for name in MODULES if find_spec(name) is None]:
        sys.exit(f"Not installed: {', '.join(missing)}. They come with: {COMMAND}")
    for rival in [options.only] if options.only else SLOWER:
        show(against(rival, options.rows, options.rounds), as_json=options.json)


if __name__ == "__main__":
    main()
