"""Processes that are there at once: forked from one that has imported all they need, and killed like any other.

A kill in a process of its own costs the seconds of its imports, which are no part of what it shows.
"""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sheets_sync.faultpoints import arm

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["pytest", "tests.sync.child", "tests.store.upgrading", "tests.webhooks.serving"])


def fork(
    do: Callable[..., int | None], *arguments: object, fault: str = "", has_children: bool = False
) -> ForkServerProcess:
    """Begin a process that ends with what `do` returns as its status; `fault` as in SHEETS_SYNC_FAULT.

    One that has children leads a group of its own, and whoever began it must end it.
    """
    process = CONTEXT.Process(target=_run, args=(fault, do, arguments), daemon=not has_children)
    process.start()
    return process


def ended(process: ForkServerProcess, seconds: float = 60) -> int:
    """Wait for its end: the status, or the signal that ended it as a negative number."""
    process.join(seconds)
    assert process.exitcode is not None, "it does not end"
    return process.exitcode


def is_stopped(process: ForkServerProcess) -> bool:
    """Whether it was stopped by a signal; fails when it has ended."""
    assert process.exitcode is None, f"it ended with {process.exitcode}"
    return Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T"


def _run(fault: str, do: Callable[..., int | None], arguments: tuple[object, ...]) -> None:
    arm(fault)
    raise SystemExit(do(*arguments))
