"""`sheets-sync google`, in a process of its own."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

COMMAND = (sys.executable, "-c", "from sheets_sync.cli import main; main()", "google")
DEAF = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""As a shell without job control starts what it leaves in the background: SIGINT is ignored, and so inherited."""

MINUTE = 60.0


@contextmanager
def serving(*options: str, by: Sequence[str] = ()) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address that it printed, and the process."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*by, *COMMAND, *options], stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    try:
        assert select.select([process.stdout], [], [], MINUTE)[0], "it printed nothing"
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        yield found[0], process
    finally:
        process.kill()
        process.wait(MINUTE)
        process.stdout.close()


def made(url: str, token: str = "any") -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{url}/v4/spreadsheets", json={}, headers=headers, timeout=10)


def test_it_serves_all_under_one_address_again_and_again(tmp_path: Path) -> None:
    """Ended by Ctrl-C and started anew it has the same port and the same spreadsheets."""
    options = ("--data", str(tmp_path / "google"), "--any-token")
    with serving(*options) as (url, process):
        file_id = made(url).json()["spreadsheetId"]
        process.send_signal(signal.SIGINT)
        assert process.wait(MINUTE) == 0
    with serving(*options) as (again, _):
        assert again == url
        for path in (f"/v4/spreadsheets/{file_id}", f"/drive/v3/files/{file_id}"):
            assert requests.get(url + path, headers={"Authorization": "Bearer other"}, timeout=10).status_code == 200
        assert requests.get(f"{url}/admin/requests", timeout=10).status_code == 404


@pytest.mark.parametrize("by", [(), DEAF], ids=["in front", "in the background"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_however_it_was_started(tmp_path: Path, number: signal.Signals, by: Sequence[str]) -> None:
    with serving("--data", str(tmp_path), by=by) as (_, process):
        process.send_signal(number)
        assert process.wait(MINUTE) == 0
    assert not (tmp_path / "embedded.sqlite3-wal").exists(), "the state was not closed"


def test_a_token_must_be_known_unless_it_says_otherwise(tmp_path: Path) -> None:
    with serving("--data", str(tmp_path / "google"), "--admin") as (url, _):
        assert made(url).status_code == 401
        assert requests.get(f"{url}/admin/requests", timeout=10).status_code == 200


def test_a_port_of_ones_own(tmp_path: Path) -> None:
    with serving("--data", str(tmp_path / "one")) as (url, _):
        taken = url.rpartition(":")[2]
    with serving("--data", str(tmp_path / "two"), "--port", taken) as (again, _):
        assert again == url


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    ran = subprocess.run([*COMMAND, "--data", str(tmp_path), "--port", port], capture_output=True, timeout=MINUTE)
    assert ran.returncode == 2
