"""`demo`: the whole story once, taken up again, begun anew, and ended by Ctrl-C."""

import re
import signal
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.processes import living, running

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/spreadsheets/d/([\w-]+)/edit")
LETTER = "✉"


@pytest.mark.slow
@pytest.mark.timeout(300)  # three demos: half a minute on a machine at rest
def test_once_then_taken_up_then_begun_anew(tmp_path: Path, terminal: Terminal) -> None:
    folder = tmp_path / "demo"
    began = time.monotonic()
    first = terminal("demo", "--once", "--folder", folder)
    took = time.monotonic() - began
    assert (first.status, first.err) == (0, "")
    assert took < 120  # 11 on a machine at rest
    ids = ADDRESS.findall(first.out)
    assert len(set(ids)) == 5
    assert "rows added to the sheet: 1" in first.out
    assert "✓ closed: A class below its minimum" in first.out
    assert first.out.rstrip().splitlines()[-1].strip().endswith("/health")
    assert first.out.count(LETTER) == 11
    assert "changes written: 0" in first.out
    again = terminal("demo", "--once", "--folder", folder, language="he")
    assert again.status == 0
    assert ADDRESS.findall(again.out) == ids
    assert again.out.count(LETTER) == 0
    assert "אין חדש: מה שסופר לא מסופר שוב." in again.out
    assert "שורות שנוספו לגיליון: 0" in again.out
    assert "התראות: 0 נפתחו, 0 נסגרו" in again.out
    anew = terminal("demo", "--once", "--reset", "--folder", folder)
    assert anew.status == 0
    assert not set(ADDRESS.findall(anew.out)) & set(ids)
    assert anew.out.count(LETTER) == 11


@pytest.mark.slow
def test_the_other_post_has_its_own_community_and_folder(tmp_path: Path, terminal: Terminal) -> None:
    folder = tmp_path / "demo"
    told = terminal("demo", "--once", "--profile", "sustainability", "--folder", folder)
    assert (told.status, told.err) == (0, "")
    assert len(set(ADDRESS.findall(told.out))) == 3
    assert "hours are written down, less than the quota" in told.out
    assert "changes written: 0" in told.out
    other = terminal("demo", "--once", "--folder", folder)
    assert other.status == 2
    assert "holds the demo of sustainability" in other.err


@pytest.mark.parametrize("options", [["--reset"], []], ids=["reset", "begin"])
def test_a_folder_that_is_not_the_demos_is_left_alone(tmp_path: Path, terminal: Terminal, options: list[str]) -> None:
    (tmp_path / "sheets-sync.toml").write_text("# mine")
    told = terminal("demo", "--once", *options, "--folder", tmp_path)
    assert told.status == 2
    assert "not a folder of the demo's" in told.err
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("sheets-sync.toml", "# mine")]


@pytest.mark.slow
def test_ctrl_c_ends_the_running_demo(tmp_path: Path) -> None:
    with running(tmp_path / "demo.log", "demo", "--folder", tmp_path / "demo") as one:
        one.until("Ctrl-C ends")
        children = one.children()
        assert children
        assert one.end(signal.SIGINT) in (0, 130)
        assert "Traceback" not in one.said
        assert living(children) == set()


@pytest.mark.slow
def test_ctrl_c_while_the_community_is_invented(tmp_path: Path) -> None:
    """Nothing is left running, and the next start goes on."""
    with running(tmp_path / "demo.log", "demo", "--folder", tmp_path / "demo") as one:
        one.until("Inventing")
        assert one.end(signal.SIGINT) in (0, 130)
        assert "Traceback" not in one.said
        assert one.children() == set()
    with running(tmp_path / "again.log", "demo", "--once", "--folder", tmp_path / "demo") as again:
        again.until("/health")
        assert again.process.wait(60) == 0
