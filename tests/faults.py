"""The fault matrix's common ground: how many runs, which chance, and the oracle that compares what was acknowledged.

A line gets a tenth of its runs with a fresh seed, which is printed; SHEETS_SYNC_FAULTS=full asks for all of them, and
SHEETS_SYNC_SEED=… repeats. `python -m bench.faults` runs the lines and adds up what they count here.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random, SystemRandom

FULL = os.environ.get("SHEETS_SYNC_FAULTS") == "full"
SEED = int(os.environ.get("SHEETS_SYNC_SEED") or SystemRandom().randrange(2**32))


def runs(whole: int) -> range:
    """The runs of a line that has `whole` in all."""
    return range(whole if FULL else max(1, whole // 10))


def shares(whole: int, most: int = 25) -> list[int]:
    """The runs of a line in shares that one village bears: how many each has."""
    count = len(runs(whole))
    return [min(most, count - begun) for begun in range(0, count, most)]


def fresh_random() -> Random:
    """Chance of its own for each test, of the seed that is printed."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    print(f"SHEETS_SYNC_SEED={SEED}")
    return Random(f"{SEED} {test}")


def ran(runs: int = 1, **counts: int) -> None:
    """Tell the bench, where one listens, of runs that are over and what they counted."""
    if file := os.environ.get("SHEETS_SYNC_TALLY"):
        line = json.dumps({"test": os.environ.get("PYTEST_CURRENT_TEST", ""), "runs": runs, **counts})
        with open(file, "a", encoding="utf-8") as tally:
            tally.write(line + "\n")


def compare(acknowledged: Mapping[str, str], found: Iterable[tuple[str, str]], runs: int = 1, **counts: int) -> None:
    """What was acknowledged (id and what it says) stands, each once, and beside its own id."""
    rows = [*found]
    times = Counter(id for id, _ in rows)
    lost = acknowledged.keys() - times.keys()
    doubled = {id for id, count in times.items() if count > 1}
    misplaced = {id for id, says in rows if acknowledged.get(id) != says}
    wrong = {"lost": len(lost), "doubled": len(doubled), "misplaced": len(misplaced)}
    ran(runs, acknowledged=len(acknowledged), **wrong, **counts)
    assert not any(wrong.values()), (lost, doubled, misplaced)
