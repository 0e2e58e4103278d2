"""kill -9 under load: what was answered is there, and nothing is there by halves."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from sheets_sync.embedded.database import AlreadyServed
from sheets_sync.embedded.server import EmbeddedGoogle

SERVE = "import sys; from pathlib import Path; from sheets_sync.embedded.server import serve; \
serve(Path(sys.argv[1]), any_token=True, ready=lambda url: print(url, flush=True))"
HEADERS = {"Authorization": "Bearer anyone"}


def started(data: Path) -> tuple["subprocess.Popen[str]", str]:
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


class Writer(threading.Thread):
    """Writes a tag into both sheets by one batch, again and again; remembers which were answered."""

    def __init__(self, url: str, file_id: str, name: str) -> None:
        super().__init__(daemon=True)
        self.path = f"{url}/v4/spreadsheets/{file_id}:batchUpdate"
        self.tag = name
        self.answered: list[str] = []

    def run(self) -> None:
        session = requests.Session()
        for number in range(100_000):
            tag = f"{self.tag}-{number}"
            row = {"values": [{"userEnteredValue": {"stringValue": tag}}]}
            parts = [{"appendCells": {"sheetId": sheet, "rows": [row], "fields": "*"}} for sheet in (0, 1)]
            try:
                found = session.post(self.path, json={"requests": parts}, headers=HEADERS, timeout=10)
            except requests.RequestException:
                return
            assert found.status_code == 200
            self.answered.append(tag)


def tags(url: str, file_id: str, title: str) -> list[str]:
    path = f"{url}/v4/spreadsheets/{file_id}/values/{title}!A:A"
    return [row[0] for row in requests.get(path, headers=HEADERS, timeout=10).json().get("values", [])]


def rounds(data: Path, count: int, rng: random.Random) -> None:
    process, url = started(data)
    file_id = requests.post(f"{url}/v4/spreadsheets", json={}, headers=HEADERS, timeout=10).json()["spreadsheetId"]
    second = {"requests": [{"addSheet": {"properties": {"sheetId": 1, "title": "Second"}}}]}
    requests.post(f"{url}/v4/spreadsheets/{file_id}:batchUpdate", json=second, headers=HEADERS, timeout=10)
    answered: list[str] = []
    for number in range(count):
        writers = [Writer(url, file_id, f"{number}{name}") for name in "ab"]
        for writer in writers:
            writer.start()
        time.sleep(0.1 + rng.random() * 0.3)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for writer in writers:
            writer.join(20)
            assert writer.answered
            answered += writer.answered
        process, url = started(data)
        found = tags(url, file_id, "Sheet1")
        assert found == tags(url, file_id, "Second")
        assert len(found) == len(set(found))
        assert set(answered) <= set(found)
        assert len(found) <= len(answered) + 2 * (number + 1)
    process.kill()
    process.wait()


@pytest.mark.slow
def test_a_few_kills(tmp_path: Path) -> None:
    rounds(tmp_path / "google", 3, random.Random(7))


@pytest.mark.slow
def test_many_kills(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rounds(tmp_path / "google", 50, random.Random(seed))


def test_it_starts_within_two_seconds(tmp_path: Path) -> None:
    began = time.monotonic()
    process, url = started(tmp_path / "google")
    assert requests.get(url, timeout=10).status_code == 200
    taken = time.monotonic() - began
    process.kill()
    process.wait()
    assert taken < 10  # two seconds on a quiet machine; bench/embedded.py measures


def test_it_starts_light() -> None:
    heavy = ("pandas", "numpy", "alembic", "sqlalchemy", "altair")
    code = f"import sys, sheets_sync.embedded.server; print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_directory_is_served_once(tmp_path: Path) -> None:
    with EmbeddedGoogle(tmp_path / "google"), pytest.raises(AlreadyServed):
        EmbeddedGoogle(tmp_path / "google")
