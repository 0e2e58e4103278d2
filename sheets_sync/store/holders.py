"""Who holds a lease: a process of a machine, so that the lease of one that was killed need not run out first."""

import os
from functools import cache
from pathlib import Path
from uuid import uuid4

PROC = Path("/proc")
ENDED = frozenset("ZX")
"""The states of a process that has ended and that nobody has waited for (proc(5))."""


def this_holder() -> str:
    """A name for one lease of this process: its machine, number and beginning, and what is like no other."""
    began = _began(os.getpid()) or ""
    return " ".join([_machine(), str(os.getpid()), began, uuid4().hex]) if began else uuid4().hex


def is_gone(holder: str) -> bool:
    """Whether the holder has surely ended: a process of this machine, in the same name space, that is there no more.

    Of another machine, or where the system does not say it, nothing is known: the lease runs out by itself.
    """
    machine, _, rest = holder.partition(" ")
    number, _, rest = rest.partition(" ")
    if not rest or machine != _machine():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # another user's, whose state may be hidden
        return False
    return _began(int(number)) != rest.partition(" ")[0]


@cache
def _machine() -> str:
    """This start of this machine, and the name space of its process numbers; '' where the system does not say."""
    try:
        start = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{start}/{(PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return ""


def _began(process: int) -> str | None:
    """When a process began, in the system's ticks; None of one that has ended."""
    try:
        fields = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ENDED else fields[19]
