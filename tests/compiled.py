"""Compiled code is kept from run to run, and for the processes that tests start, also where the environment forbids it.

PYTHONDONTWRITEBYTECODE keeps checkouts clean; obeyed here, each worker and each process would compile everything anew,
some seconds each. What is compiled goes beside what pytest itself keeps. pytest loads this before all else (`-p`).
"""

import os
import sys
from pathlib import Path

KEPT = Path(__file__).parents[1] / ".pytest_cache" / "compiled"

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(KEPT)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE")
