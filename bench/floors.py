"""The least there is to do: orjson alone on given bytes, in a process that has done nothing before."""

import gc
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import orjson

from bench.stopwatch import forget_peak, peak, resident

Given = TypeVar("Given")
Found = TypeVar("Found")
ROUNDS = 5


@dataclass(frozen=True)
class Floor:
    """Seconds of the processor in the best round, bytes parsed, and the MB that the process grew by at the most."""

    seconds: float
    bytes: int
    memory: float


def floor(files: Sequence[Path]) -> Floor:
    """orjson alone on the bytes of files."""
    return alone(_parse, [*files])


def alone(work: Callable[[Given], Found], given: Given) -> Found:
    """The work in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, given).result()


def _parse(files: list[Path]) -> Floor:
    before = resident()
    forget_peak()
    bodies = [file.read_bytes() for file in files]
    parsed = [orjson.loads(body) for body in bodies]
    memory = peak() - before
    del parsed
    best = min(_seconds(bodies) for _ in range(ROUNDS))
    return Floor(best, sum(map(len, bodies)), memory)


def _seconds(bodies: Sequence[bytes]) -> float:
    """The answers one after the other, as a pass meets them."""
    gc.collect()
    began = time.process_time()
    for body in bodies:
        orjson.loads(body)
    return time.process_time() - began
