import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync.log import set_up
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def log_as_it_was() -> Iterator[None]:
    """What a test sets up of the log, and of faults that nobody catches, ends with it."""
    handlers, level, hook, thread_hook = (
        logging.root.handlers[:],
        logging.root.level,
        sys.excepthook,
        threading.excepthook,
    )
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    sys.excepthook, threading.excepthook = hook, thread_hook
    set_up()
