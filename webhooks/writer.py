"""One thread that commits what form answers have gathered; each is answered after its commit (group commit)."""

from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeAlias

from sheets_sync.faultpoints import reach
from sheets_sync.store.arrivals import Arrival, Taken, take_all
from sheets_sync.store.database import DatabaseFault, Engine, writing

AT_ONCE = 256
PATIENCE = 9.0
"""Seconds until a request is told to come again; its sender may wait only ten."""


class NotStored(Exception):
    """The database is busy or full: nothing was promised, the sender should come again."""


Waiting: TypeAlias = tuple[Arrival, Future[Taken]]


class Writer:
    """The writing thread of one process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.queue: SimpleQueue[Waiting] = SimpleQueue()
        self.thread = Thread(target=self._work, name="inbox-writer", daemon=True)
        self.thread.start()

    def take(self, arrival: Arrival, patience: float = PATIENCE) -> Taken:
        """Store an arrival durably; raises NotStored. After that it may still be stored: a resend finds out."""
        future: Future[Taken] = Future()
        self.queue.put((arrival, future))
        try:
            return future.result(patience)
        except TimeoutError:
            raise NotStored from None

    def _work(self) -> None:
        while True:
            self._commit(self._gathered())

    def _gathered(self) -> list[Waiting]:
        """Wait for one, and take along what else is there."""
        batch = [self.queue.get()]
        try:
            while len(batch) < AT_ONCE:
                batch.append(self.queue.get_nowait())
        except Empty:
            pass
        return batch

    def _commit(self, batch: list[Waiting]) -> None:
        try:
            with writing(self.engine) as connection:
                taken = take_all(connection, [arrival for arrival, _ in batch])
                reach("inbox.taken")
            reach("inbox.committed")
        except DatabaseFault as error:
            for _, future in batch:
                future.set_exception(NotStored(type(error).__name__))
        else:
            for (_, future), result in zip(batch, taken, strict=True):
                future.set_result(result)
