"""Seconds by part, and the memory of this process."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch


class Stopwatch:
    """Seconds by part, of the clock and of the processor; what one part does in another counts to the inner alone."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.worked: Counter[str] = Counter()
        self.local = threading.local()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what is done within."""
        outer, self.local.inner = getattr(self.local, "inner", (0.0, 0.0)), (0.0, 0.0)
        began = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            passed, worked = time.perf_counter() - began[0], time.thread_time() - began[1]
            self.passed[name] += passed - self.local.inner[0]
            self.worked[name] += worked - self.local.inner[1]
            self.local.inner = outer[0] + passed, outer[1] + worked

    @contextmanager
    def watching(self, watched: Sequence[tuple[Any, str, str]]) -> Iterator[None]:
        """Count the calls of functions, each named by its holder, its attribute and its part."""
        with ExitStack() as stack:
            for holder, attribute, name in watched:
                stack.enter_context(patch.object(holder, attribute, self._timed(name, getattr(holder, attribute))))
            yield

    def _timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timed(*given: Any, **named: Any) -> Any:
            with self.part(name):
                return work(*given, **named)

        return timed

    def begin(self) -> None:
        """Forget what was counted."""
        self.passed.clear()
        self.worked.clear()


def resident() -> float:
    """This process's memory now, in MB (Linux)."""
    return _status("VmRSS")


def peak() -> float:
    """The most it had since `forget_peak`, in MB."""
    return _status("VmHWM")


def forget_peak() -> None:
    """Count the peak from now on (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
