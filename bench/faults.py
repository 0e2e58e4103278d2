"""Runs the fault matrix and counts: `uv run python -m bench.faults [--full] [--line NAME] [--seed N] [--json]`.

A tenth of the runs, or all with `--full`. The tests do the work (`tests/faults.py`); here each line's are run in a
process of their own, and what their oracle counted is added up. The exit status is 1 where anything failed.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import SystemRandom
from xml.etree import ElementTree

from bench.fault_lines import LINES, Line
from bench.figure import Figure

ROOT = Path(__file__).parents[1]
WRONG = ("lost", "doubled", "misplaced")


def run(line: Line, seed: int, workers: int, minutes: float, *, full: bool) -> Figure:
    """Run a line's tests, for so many minutes at most; what they counted."""
    with tempfile.TemporaryDirectory() as folder:
        tally, report = Path(folder, "tally"), Path(folder, "report.xml")
        began = time.monotonic()
        ended = _pytest(line, seed, workers, minutes, {"tally": tally, "report": report}, full=full)
        counts = _counts(tally, report)
    never = [name for name in line.never_none if not counts[name]]
    failed = counts.pop("failed", 0) + (ended not in (0, 1, None)) + len(never)
    return {
        "name": line.name,
        "value": counts.pop("runs", 0),
        "unit": "runs",
        "against": f"{line.runs or 'its'} in all",
        "ratio": None,
        "failed": failed,
        **{name: counts.pop(name, 0) for name in WRONG},
        **counts,
        "seed": seed,
        "full": full,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "cut_off": ended is None,
        "commit": commit(),
    }


def commit() -> str:
    """The short hash of what was counted; with `+` where files differ from it."""
    said = subprocess.run(["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip()


def _pytest(line: Line, seed: int, workers: int, minutes: float, files: dict[str, Path], *, full: bool) -> int | None:
    """The exit status; None where the time was over."""
    command = [sys.executable, "-m", "pytest", *line.tests, "-m", "slow or not slow", "-n", str(workers)]
    command += ["--timeout=3600", "-p", "no:cacheprovider", f"--junitxml={files['report']}"]
    named = {"SHEETS_SYNC_SEED": str(seed), "SHEETS_SYNC_TALLY": str(files["tally"]), "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **named, "SHEETS_SYNC_FAULTS": "full" if full else ""}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=minutes * 60)
    except subprocess.TimeoutExpired:
        _end(process)
        return None
    if process.returncode:
        sys.stderr.write(said.decode(errors="replace")[-20_000:])
    return process.returncode


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let the tests end what they started, for a while."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _counts(tally: Path, report: Path) -> Counter[str]:
    """What the tests counted, and how many failed; a test that counts nothing is one run."""
    counts: Counter[str] = Counter()
    counting: set[str] = set()
    for line in tally.read_text(encoding="utf-8").splitlines() if tally.exists() else ():
        said = json.loads(line)
        counting.add(said.pop("test").partition("::")[2].rpartition(" ")[0])
        counts.update(said)
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        counts["runs"] += str(case.get("name")) not in counting
        counts["failed"] += case.find("failure") is not None or case.find("error") is not None
    return counts


def words(found: Figure) -> str:
    """A line for a person."""
    how = "cut off by the time limit" if found["cut_off"] else f"{found['failed']} tests failed"
    wrong = ", ".join(f"{found[name]} {name}" for name in WRONG)
    head = f"{found['name']:<10}{found['value']:>6} runs of {found['against']}: {how}; {wrong}"
    return f"{head}  ({found['minutes']} minutes, {found['commit']}, --seed {found['seed']})"


def main() -> None:
    """Run the lines asked for, and print what each counted as it ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="all runs, not a tenth")
    parser.add_argument("--line", action="append", choices=[line.name for line in LINES])
    parser.add_argument("--seed", type=int, help="a fresh one if not given; it is printed")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60.0, help="the most for one line")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else SystemRandom().randrange(2**32)
    wrong = 0
    for line in LINES:
        if not asked.line or line.name in asked.line:
            found = run(line, seed, asked.workers, asked.minutes, full=asked.full)
            print(json.dumps(found) if asked.json else words(found), flush=True)
            wrong += found["failed"]
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
