"""What `init` writes in new tabs: a guide, first rows, a banner, and by choice invented rows that read clean."""

import json
from datetime import date

import pytest

from rules.catalogue import TABLES
from rules.catalogue.care.tables import EMERGENCY_ROLES
from rules.names import fold
from rules.profiles import COMMUNITY, PROFILES, SUSTAINABILITY
from rules.wording import Language
from sheets_sync.furnishing.example_rows import EXAMPLES, first_rows
from sheets_sync.furnishing.furnish import Existing, fit
from sheets_sync.furnishing.guide import GUIDE_SHEET, GUIDE_TITLES, guide_requests, guide_rows
from sheets_sync.furnishing.guide_words import PURPOSES
from sheets_sync.furnishing.starting_rows import starting_rows
from tests.cli.conftest import Terminal
from tests.world import World

SPECS = {spec.key: spec for spec in TABLES}
DAY = date(2026, 11, 23)


def test_every_table_has_a_purpose_and_an_example_of_its_own_fields() -> None:
    assert SPECS.keys() <= PURPOSES.keys()
    assert SPECS.keys() - EXAMPLES.keys() == {"committees", "emergency"}
    starts = {**{key: [row] for key, row in EXAMPLES.items()}, **first_rows("community")}
    for key, rows in starts.items():
        spec = SPECS[key]
        for row in rows:
            assert row.keys() <= spec.by_field.keys()
            assert {column.field for column in spec.columns if column.required} <= row.keys()


def test_the_names_of_one_table_stand_in_the_others() -> None:
    starts = {**{key: [row] for key, row in EXAMPLES.items()}, **first_rows("community")}
    for key, rows in starts.items():
        for column in SPECS[key].columns:
            for row in rows:
                if column.table and column.field in row:
                    names = [one.get(SPECS[column.table].key_fields[0]) for one in starts[column.table]]
                    assert row[column.field] in names, (key, column.field)


@pytest.mark.parametrize("language", ["he", "en"])
def test_the_guide_says_each_tab_and_what_a_row_needs(language: Language) -> None:
    rows = [cells for _, cells in guide_rows(COMMUNITY.tables, language)]
    by_tab = {cells[0]: cells for cells in rows}
    assert all(len(cells) == 4 for cells in rows)
    budget = by_tab["תקציב" if language == "he" else "budget"]
    assert budget[2] == ("סעיף · תקציב מאושר" if language == "he" else "line · planned")
    assert all(cells[1] for name, cells in by_tab.items() if name in {spec.hebrew for spec in COMMUNITY.tables})


@pytest.mark.parametrize("there", [Existing("הסבר", 5), Existing("guide ", 5), Existing("שלי", GUIDE_SHEET)])
def test_a_guide_that_is_there_stays(there: Existing) -> None:
    assert [*guide_requests(COMMUNITY.tables, [there], "he")] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_first_rows_of_a_profile(profile: str) -> None:
    names = [row["name"] for row in first_rows(profile)["committees"]]
    forum = ("הפורום השכונתי", "Neighbourhood forum")
    assert (names == [forum]) is (profile == SUSTAINABILITY.key)
    assert [row["role"] for row in first_rows(profile)["emergency"]] == [*EMERGENCY_ROLES]


def test_nothing_is_written_in_a_tab_that_is_there() -> None:
    there = [Existing(spec.hebrew, at) for at, spec in enumerate(TABLES)]
    assert [*starting_rows(fit(TABLES, there), "community", "he", DAY, examples=True)] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["he", "en"])
def test_examples_read_clean_and_the_guide_is_read_around(empty: World, terminal: Terminal, language: Language) -> None:
    account = ("--key-file", empty.folder / "key.json", "--base-url", empty.google.url)
    command = ("init", "--into", empty.address("main"), "--language", language, "--examples", *account)
    told = terminal(*command)
    assert (told.status, told.err) == (0, "")
    told = terminal("check", "--settings", empty.settings_file(), "--json")
    assert (told.status, json.loads(told.out)["problems"]) == (0, [])
    picture = empty.run().picture
    assert {key: len(table) for key, table in picture.book.items() if key in COMMUNITY_KEYS} == SIZES
    sheets = {sheet["properties"]["title"]: sheet for sheet in empty.whole("main")["sheets"]}
    assert GUIDE_TITLES[language] in sheets
    assert not [tab for tab in picture.tabs.values() if tab.place.sheet == GUIDE_SHEET]
    welfare = picture.tabs["welfare"]
    assert picture.book["welfare"].header_row == 1
    assert fold(str(welfare.grid.cell(0, 0))).startswith(fold("קוד פנייה בלבד" if language == "he" else "Case codes"))
    frozen = sheets[welfare.title]["properties"]["gridProperties"]["frozenRowCount"]
    assert frozen == 2


COMMUNITY_KEYS = {spec.key for spec in COMMUNITY.tables}
SIZES = dict.fromkeys(COMMUNITY_KEYS, 1) | {key: len(rows) for key, rows in first_rows("community").items()}
