"""Commands that a person types take their turns in the quota as passes do, and before them."""

from pathlib import Path
from typing import Any

import pytest

from sheets_sync.google.kind import Kind
from sheets_sync.store import calls
from tests.cli import files
from tests.cli.conftest import Terminal
from tests.world import World

Turns = list[tuple[Kind, bool]]


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    """The turns that are asked for, and whether urgently."""
    seen: Turns = []
    ask = calls.ask

    def noted(connection: Any, caller: Any, kind: Kind, *, urgent: bool) -> calls.Call:
        seen.append((kind, urgent))
        return ask(connection, caller, kind, urgent=urgent)

    monkeypatch.setattr(calls, "ask", noted)
    return seen


def test_init_asks_for_its_turns(empty: World, terminal: Terminal, turns: Turns) -> None:
    url, file = empty.address("main"), empty.settings_file()
    told = terminal("init", "--into", url, "--workbook", "budget", "--settings", file)
    assert told.status == 0
    assert turns == [(Kind.READ, True), (Kind.READ, True), (Kind.WRITE, True)]


def test_import_asks_for_its_turns(tmp_path: Path, terminal: Terminal, turns: Turns) -> None:
    """In a memory of its own, which is gone afterwards: its Google is nobody else's."""
    told = terminal("import", files.made_budget(tmp_path), "--data", tmp_path / "google")
    assert (told.status, told.err) == (0, "")
    assert turns == [(Kind.READ, False)] * 2
    assert not [*tmp_path.rglob("memory.db")]
