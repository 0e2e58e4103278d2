"""The commands as a person types them: in this process where a process of their own adds nothing."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from rules.wording import Language
from sheets_sync.cli import main
from tests.world import World


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


class Terminal(Protocol):
    def __call__(self, *arguments: object, language: Language = "en") -> Told: ...


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """`sheets-sync ARGUMENTS`, as the installed command runs it."""

    def typed(*arguments: object, language: Language = "en") -> Told:
        monkeypatch.setenv("LANG", "he_IL.UTF-8" if language == "he" else "C.UTF-8")
        for name in ("LC_ALL", "LC_MESSAGES", "SHEETS_SYNC_SETTINGS"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "argv", ["sheets-sync", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Told(status, said.out, said.err)

    return typed


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """A world with one spreadsheet, as a person makes it: a single empty tab."""
    made = World(tmp_path, {"main": ()})
    yield made
    made.close()
