"""Writes docs/reliability.md out of what `bench.faults --json` printed: `python -m bench.fault_page FILE…`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.fault_lines import LINES, Line
from bench.figure import Figure

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
HEAD = """\
<!-- Written by bench/fault_page.py out of what bench/faults.py counted; run them again to change it. -->
# What is done to the service, and what held

Each line is a way to hurt the service at work, on the embedded Google and on real databases. An oracle compares what
was acknowledged with the rows in the sheet: *lost*, *doubled* and *in the wrong place* must be 0. Beside each count
stand its commit and how many minutes it took on two processors that did other work too.

| what strikes | what must hold | runs | lost, doubled, misplaced | result | commit | minutes | command |
|---|---|---:|---|---|---|---:|---|
"""
FOOT = """
A tenth of the runs, with a fresh seed that is printed, belongs to every `.ci/run`; `--full` does all, and `--seed`
repeats them. *Stopped* says that the time given to a line was over before its runs were. *Not always*: with one edit
between read and write nothing may be misplaced, or the test fails; with more, before the write and before its mending
too, what was misplaced is counted.
"""


def _held(found: Figure) -> str:
    """A line whose tests passed may have left something: counted, and told."""
    return "not always" if any(found[name] for name in ("lost", "doubled", "misplaced")) else "holds"


def row(line: Line, found: Figure | None) -> str:
    """A line of the table."""
    command = f"`uv run python -m bench.faults --full --line {line.name}`"
    if found is None or not found["value"]:
        return f"| {line.strike} | {line.holds} | – | – | not counted yet | – | – | {command} |"
    runs = f"{found['value']:,}" + (f" of {line.runs:,}" if line.runs else "")
    runs += "".join(f"; {name.replace('_', ' ')}: {found[name]:,}" for name in line.never_none if name in found)
    wrong = ", ".join(str(found[name]) for name in ("lost", "doubled", "misplaced"))
    result = f"{found['failed']} failed" if found["failed"] else "stopped" if found["cut_off"] else _held(found)
    counted = f"{runs} | {wrong} | {result} | `{found['commit']}` | {found['minutes']:.1f}"
    return f"| {line.strike} | {line.holds} | {counted} | {command}, seed {found['seed']} |"


def page(found: Mapping[str, Figure]) -> str:
    """The whole page."""
    return HEAD + "\n".join(row(line, found.get(line.name)) for line in LINES) + "\n" + FOOT


if __name__ == "__main__":
    lines = [json.loads(line) for file in sys.argv[1:] for line in Path(file).read_text().splitlines() if line]
    PAGE.write_text(page({line["name"]: line for line in lines}), encoding="utf-8")
