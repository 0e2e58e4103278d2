"""The coordinator's guide against the tabs that it describes."""

from pathlib import Path

import pytest

from sheets_sync.tabs.columns_tab import YES_NO
from sheets_sync.tabs.said_tabs import COLUMNS_TAB, SETTINGS_TAB
from sheets_sync.tabs.setting_rows import SETTINGS, Setting

GUIDE = (Path(__file__).parents[2] / "docs" / "coordinator-he.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """What the guide says of a tab."""
    return GUIDE.partition(f'## לשונית "{title}"')[2].partition("\n## ")[0]


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.key)
def test_every_setting_of_the_tab_is_in_the_guide(one: Setting) -> None:
    assert one.he in section(SETTINGS_TAB.hebrew)


def test_the_persons_columns_are_named_as_in_the_tabs() -> None:
    assert f"**{SETTINGS_TAB.by_field['value'].hebrew}**" in section(SETTINGS_TAB.hebrew)
    told = section(COLUMNS_TAB.hebrew)
    assert f"**{COLUMNS_TAB.by_field['right'].hebrew}**" in told
    assert COLUMNS_TAB.by_field["field"].hebrew in told
    assert all(f"| {word} |" in told for word in YES_NO["he"])
