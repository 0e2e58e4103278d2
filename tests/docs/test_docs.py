"""The documentation against the code: generated lists, settings, links, and the two commands of the README."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from docs.generate import pages, sections
from rules.catalogue import RULES, TABLES
from sheets_sync.cli import COMMANDS
from sheets_sync.config import Settings, load

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "settings.toml"
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEBREW = re.compile(r"[֐-׿]")


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_what_the_code_gives(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run: uv run python docs/generate.py"


def test_every_table_rule_and_command_has_its_place() -> None:
    made = pages()
    assert [spec.key for spec in TABLES if f"`{spec.key}`" not in made["tables.md"]] == []
    assert [rule.key for rule in RULES if f"`{rule.key}`" not in made["rules.md"]] == []
    assert [name for name in COMMANDS if f"## {name}\n" not in made["commands.md"]] == []


def template() -> dict[str, Any]:
    """The example, with what it only shows behind a `# name = …` read as if it stood there."""
    text = TEMPLATE.read_text(encoding="utf-8")
    return tomllib.loads(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE))


def json(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)


@pytest.mark.parametrize(("name", "struct", "several"), list(sections()))
def test_the_example_has_every_setting_with_its_default(name: str, struct: type[msgspec.Struct], several: bool) -> None:
    given = template()[name][0] if several else template()[name]
    shown = set(re.findall(r"^(?!#)([a-z_]+) = ", TEMPLATE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(given) == set(struct.__struct_fields__)
    for one in msgspec.structs.fields(struct):
        if one.default is not msgspec.NODEFAULT and one.name in shown:
            assert json(one.default) == json(given[one.name]), one.name


def test_the_example_has_every_section() -> None:
    assert set(template()) == set(Settings.__struct_fields__)


def test_the_example_loads_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "sheets-sync.toml"
    file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    settings = load(file)
    assert settings.main.name == "main"
    assert settings.rules_in_use() == RULES
    assert settings.google.key_file == tmp_path / "service-account.json"


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_links_lead_to_files_that_are_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    targets = [match["target"].partition("#")[0] for match in LINK.finditer(text)]
    near = [target for target in targets if target and "://" not in target]
    assert [target for target in near if not (file.parent / target).exists()] == []


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_hebrew_prose_stands_right_to_left(file: Path) -> None:
    """A Hebrew page, or paragraph, is inside a block that says so; tables of an English page may name Hebrew words."""
    text = re.sub(r'<div dir="rtl">.*?</div>', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    prose = [line for line in text.splitlines() if not line.startswith(("|", "#", "Other titles:"))]
    assert [line for line in prose if len(HEBREW.findall(line)) > len(line) / 2] == []


@pytest.mark.parametrize("command", ["pip install uv && uv run sheets-sync demo", "pip install uv && uv run pytest"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert command in lines


def test_every_picture_is_shown_and_small_enough_for_a_phone() -> None:
    pictures = {picture.name: picture.stat().st_size for picture in (ROOT / "docs" / "pictures").iterdir()}
    text = "".join(file.read_text(encoding="utf-8") for file in WRITTEN)
    assert set(re.findall(r"pictures/([a-z-]+\.png)\)", text)) == set(pictures)
    assert [name for name, size in pictures.items() if size > 250_000] == []
