"""How many runs a line of the fault matrix gets here: a tenth, all of them with SHEETS_SYNC_FAULTS=full."""

import os
from random import Random, SystemRandom


def runs(whole: int) -> range:
    """The runs of a line that has `whole` in all."""
    return range(whole if os.environ.get("SHEETS_SYNC_FAULTS") == "full" else max(1, whole // 10))


def fresh_random() -> Random:
    """Chance with a fresh seed, which is printed; SHEETS_SYNC_SEED repeats one."""
    seed = int(os.environ.get("SHEETS_SYNC_SEED") or SystemRandom().randrange(2**32))
    print(f"SHEETS_SYNC_SEED={seed}")
    return Random(seed)
