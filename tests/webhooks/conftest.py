import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from werkzeug.serving import make_server

from sheets_sync.store.database import Engine, open_database
from tests.migrated import migrated
from tests.webhooks.wire import NOON, OLD_SECRET, OTHER_SECRET, SECRET
from webhooks.app import create_app
from webhooks.config import WebConfig


class Serve(Protocol):
    def __call__(self, now: int = NOON, hosts: tuple[str, ...] = ()) -> AbstractContextManager[int]: ...


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(migrated(tmp_path / "memory.db"), busy_seconds=0.2)


@pytest.fixture
def serve(engine: Engine) -> Serve:
    """Serves the application on a free port, at a fixed time; gives the port."""

    @contextmanager
    def serving(now: int = NOON, hosts: tuple[str, ...] = ()) -> Iterator[int]:
        forms = {"classes": (SECRET, OLD_SECRET), "events": (OTHER_SECRET,)}
        config = WebConfig(engine, "kfar", forms, lambda: datetime.fromtimestamp(now, UTC), hosts)
        server = make_server("127.0.0.1", 0, create_app(config), threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    return serving


@pytest.fixture
def port(serve: Serve) -> Iterator[int]:
    with serve() as port:
        yield port
