"""An embedded Google and its person in a process of their own, so that figures of the service are its alone."""

from collections.abc import Callable, Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from sheets_sync.google.gateway import open_gateway
from sheets_sync.store.database import open_database
from sheets_sync.wiring import Service
from tests.world import NOON, World

Given = ParamSpec("Given")


class Apart:
    """The other end of a world in another process; `now` is this process's clock. A context manager."""

    def __init__(self, folder: Path, books: Mapping[str, tuple[str, ...]]) -> None:
        context = get_context("spawn")
        self.here, there = context.Pipe()
        self.process = context.Process(target=_live, args=(there, folder, dict(books)), daemon=True)
        self.process.start()
        self.settings, self.ids, self.account = self.here.recv()
        self.now = NOON

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *_: object) -> None:
        self.here.send(None)
        self.process.join(60)
        self.process.kill()

    def has(self, act: Callable[Concatenate[World, Given], object], *given: Given.args, **named: Given.kwargs) -> None:
        """Let the person do something, and wait until it is done; `act` is a function of a module."""
        self.here.send((act, given, named))
        if (failed := self.here.recv()) is not None:
            raise RuntimeError(f"the person's process failed: {failed}")

    def open_service(self) -> Service:
        """The service, as a new process would open it; the quota is the caller's to set."""
        google = self.settings.google
        engine = open_database(self.settings.database.url)
        return Service(self.settings, open_gateway(google.key_file, google.base_url), engine, lambda: self.now)


def _live(there: Connection, folder: Path, books: dict[str, tuple[str, ...]]) -> None:
    """The life of the other process."""
    world = World(folder, books)
    there.send((world.settings, world.ids, world.account))
    asked: Any
    while (asked := there.recv()) is not None:
        act, given, named = asked
        try:
            act(world, *given, **named)
        except Exception as error:  # noqa: BLE001 - told on the other side, which ends
            there.send(repr(error)[:2000])
        else:
            there.send(None)
    world.close()
