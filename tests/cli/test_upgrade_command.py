from pathlib import Path

import pytest

from sheets_sync.store.schema import VERSION
from tests.cli.conftest import Terminal
from tests.postgres import Server
from tests.store.test_upgrade import OLDER, make

SETTINGS = """
[community]
name = "כפר לדוגמה"
[[spreadsheets]]
name = "main"
url = "https://docs.google.com/spreadsheets/d/1234567890123456789012345"
[database]
url = "{}"
"""


def settings(folder: Path, url: str) -> Path:
    file = folder / "sheets-sync.toml"
    file.write_text(SETTINGS.format(url), encoding="utf-8")
    return file


def test_a_new_file_gets_its_tables_and_once_is_enough(terminal: Terminal, tmp_path: Path) -> None:
    file = settings(tmp_path, "sqlite:///village.db")
    assert f"0000 → {VERSION}" in terminal("upgrade", "--settings", file).out
    again = terminal("upgrade", "--settings", file, language="he")
    assert (again.status, again.out.strip()) == (0, f"מסד הנתונים כבר בגרסה {VERSION}.")


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("options", [(), ("--no-backup",)])
def test_an_old_file_is_copied_unless_it_need_not_be(
    terminal: Terminal, tmp_path: Path, version: str, options: tuple[str, ...]
) -> None:
    make(f"sqlite:///{tmp_path / 'village.db'}", version).dispose()
    told = terminal("upgrade", "--settings", settings(tmp_path, "sqlite:///village.db"), *options)
    copies = [path.name for path in tmp_path.glob(f"village.before-{VERSION}-*.db")]
    assert (told.status, len(copies)) == (0, 0 if options else 1)
    assert f"{version} → {VERSION}" in told.out
    assert all(name in told.out for name in copies)


@pytest.mark.parametrize("version", OLDER)
def test_postgresql_waits_for_its_administrator(
    terminal: Terminal, tmp_path: Path, postgres: Server, version: str
) -> None:
    url = postgres.new()
    make(url, version).dispose()
    file = settings(tmp_path, url)
    refused = terminal("upgrade", "--settings", file)
    assert refused.status == 4
    assert "pg_dump" in refused.err
    assert f"{version} → {VERSION}" in terminal("upgrade", "--settings", file, "--no-backup").out
