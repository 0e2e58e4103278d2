"""Writes docs/performance.md out of bench/record.jsonl: `python -m bench.page [BENCH FILE …]`.

BENCH and FILE, what `python -m bench.BENCH --json` printed, take the place of that bench's lines in the record.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figure import Figure
from bench.goals import GOALS, Goal, Of

RECORD = Path(__file__).parent / "record.jsonl"
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """\
<!-- Written by bench/page.py out of bench/record.jsonl; measure again and run it to change it. -->
# Figures

What the benches measured, against their goals. *×* is a ratio to what is named beside it, measured in the same run:
machines are noisy, so only ratios say something of another machine. These were measured on two processors that did
other work too: seconds and rates are worse than on a machine at rest.

| figure | goal | found | | command |
|---|---|---:|---|---|
"""

Record = Mapping[str, Mapping[str, Figure]]
"""Figures by bench and name."""


def row(goal: Goal, found: Figure | None) -> str:
    """A line of the table."""
    command = f"`{goal.command}`"
    if found is None:
        return f"| {goal.figure} | {goal.words} | – | not measured yet | {command} |"
    number = found[goal.of]
    told = (
        f"{found['value']:,.4g} {found['unit']}" if found["value"] < 1_000 else f"{found['value']:,.0f} {found['unit']}"
    )
    if goal.of is Of.RATIO:
        told = f"{number:.3g} × ({told} against {found['against'].partition('; goal')[0]})"
    is_told = goal.most is None and goal.least is None
    result = "" if is_told else "reached" if goal.holds(number) else "missed"
    return f"| {goal.figure} | {goal.words} | {told} | {result} | {command} |"


def page(record: Record) -> str:
    """The whole page."""
    return HEAD + "\n".join(row(goal, record.get(goal.bench, {}).get(goal.figure)) for goal in GOALS) + "\n"


def recorded() -> Record:
    """The figures that were recorded."""
    found: dict[str, dict[str, Figure]] = {}
    for line in RECORD.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        found.setdefault(each["bench"], {})[each["name"]] = each
    return found


def put(record: Record, bench: str, printed: str) -> Record:
    """The record with a bench's lines anew."""
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return {**record, bench: {line["name"]: {"bench": bench, **line} for line in lines}}


def main(arguments: Sequence[str]) -> None:
    """Take lines into the record, and write the page."""
    record = recorded() if RECORD.exists() else {}
    for bench, file in zip(arguments[::2], arguments[1::2], strict=True):
        record = put(record, bench, Path(file).read_text(encoding="utf-8"))
    lines = [json.dumps(each, ensure_ascii=False) for bench in sorted(record) for each in record[bench].values()]
    RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")
    PAGE.write_text(page(record), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
