"""The doctor over a folder of settings files: each community by itself, and whether they can be served side by side."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.doctor.test_doctor import Clinic, clinic

__all__ = ["clinic"]


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    """Two communities that are well, by one Google: the second has its own key, spreadsheet and port."""
    world, first = clinic.world, clinic.settings
    world.ids["twin"] = world.make("twin", ("people", "classes"))
    head, _, rest = clinic.text.partition("[[spreadsheets]]")
    _, _, tail = rest.partition("[database]")
    books = f'[[spreadsheets]]\nname = "main"\nurl = "{world.address("twin")}"\n'
    second = f"{head}{books}[database]{tail}".replace('key = "test"', 'key = "twin"')
    before, forms, after = second.partition("[[forms]]")
    second = before + after.partition('name = "registrations"')[2].partition("[web]")[0]
    (first.parent / "twin.toml").write_text(second, encoding="utf-8")
    assert forms
    return first.parent


def rows(folder: Path, terminal: Terminal) -> dict[str, dict[str, bool]]:
    told = terminal("doctor", "--settings", folder, "--json")
    found: dict[str, dict[str, bool]] = {}
    for line in json.loads(told.out):
        found.setdefault(line["settings"], {})[line["check"]] = line["ok"]
    return found


def test_every_community_is_checked_under_its_own_heading(folder: Path, terminal: Terminal) -> None:
    (folder / "twin.toml").write_text((folder / "twin.toml").read_text(encoding="utf-8"), encoding="utf-8")
    found = rows(folder, terminal)
    assert set(found) == {"settings.toml", "twin.toml", folder.name}
    assert all(found["settings.toml"].values())
    assert found[folder.name] == {"communities": True}
    assert {"key", "token", "spreadsheet.main", "database"} <= found["twin.toml"].keys()
    told = terminal("doctor", "--settings", folder, language="he").out.splitlines()
    assert told.index("settings.toml") < told.index("twin.toml") < told.index(folder.name)


@pytest.mark.parametrize(
    ("old", "new", "where", "check"),
    [
        ('key = "twin"', 'key = "test"', "", "communities"),
        ('name = "גבעת אלון"', "name = 5", "twin.toml", "settings"),
        ("key.json", "no-key.json", "twin.toml", "key"),
    ],
)
def test_one_that_is_ill_is_told_by_the_exit_status(
    folder: Path, terminal: Terminal, old: str, new: str, where: str, check: str
) -> None:
    file = folder / "twin.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert rows(folder, terminal)[where or folder.name][check] is False
    told = terminal("doctor", "--settings", folder, language="he")
    assert told.status == 1
    assert f"{where or folder.name} (1)" in told.out.splitlines()[-1] or where == "twin.toml"
    assert "settings.toml (" not in told.out.splitlines()[-1]


def test_a_folder_without_settings_is_said_to_be_so(tmp_path: Path, terminal: Terminal) -> None:
    told = terminal("doctor", "--settings", tmp_path)
    assert (told.status, "There are no settings files" in told.err) == (2, True)
