"""The web process in a process that was forked with all of it imported: granian, as `python -m webhooks` starts it."""

import multiprocessing
import os
from collections.abc import Mapping
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

import webhooks.wsgi

TARGET = f"{webhooks.wsgi.__name__}:{webhooks.wsgi.application.__name__}"


def serve(port: int, environment: Mapping[str, str], log: Path) -> None:
    """Serve until ended; what it says goes to the log."""
    os.setsid()
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.environ.update(environment)
    multiprocessing.set_start_method("fork", force=True)  # granian's own way on Linux
    Granian(
        TARGET,
        address="127.0.0.1",
        port=port,
        factory=True,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=16,
        log_level=LogLevels.error,
    ).serve()
