"""`python -m webhooks`: the web process, under granian; the settings file is named by SHEETS_SYNC_SETTINGS."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sheets_sync.config import load
from sheets_sync.processes import end_with_parent


def main() -> None:
    """Serve until told to end, or until the process that started this one is gone."""
    web = load(Path(os.environ.get("SHEETS_SYNC_SETTINGS", "sheets-sync.toml"))).web
    end_with_parent()
    server = Granian(
        "webhooks.wsgi:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=web.host,
        port=web.port,
        workers=1,
        blocking_threads=16,
        log_level=LogLevels.error,
    )
    server.serve()


if __name__ == "__main__":
    main()
