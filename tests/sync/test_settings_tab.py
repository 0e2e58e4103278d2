"""The tab `settings`: what people write in it holds from the next pass on, and nothing they write there is lost."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from rules.dates import serial
from rules.rule import Settings as RuleSettings
from rules.table import Cell
from sheets_sync.config import Clock, Community, Settings, SpreadsheetSettings
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.life import Life
from sheets_sync.pass_ import run_pass
from sheets_sync.tabs.said_tabs import SETTINGS_TAB
from sheets_sync.tabs.setting_rows import SETTINGS
from sheets_sync.tabs.settings_said import with_tab
from sheets_sync.tabs.told_memory import is_quiet_now
from sheets_sync.writing.edits import set_cells
from sheets_sync.writing.marks import MARKER
from tests.world import JERUSALEM, World

TITLE = SETTINGS_TAB.hebrew
HEADERS = [column.hebrew for column in SETTINGS_TAB.columns]
AT = {column.field: index for index, column in enumerate(SETTINGS_TAB.columns)}
KEYS = [one.key for one in SETTINGS]
FILE = Settings(Community("כפר"), [SpreadsheetSettings("main", "m" * 30)])


def rows(world: World, title: str = TITLE) -> dict[str, dict[str, Any]]:
    """The tab's rows by setting, by field."""
    header, *lines = world.values("main", title)
    where = {field: header.index(HEADERS[at]) for field, at in AT.items()}
    table = [{field: line[at] if at < len(line) else "" for field, at in where.items()} for line in lines]
    return {line["id"]: line for line in table}


def sheet(world: World, title: str = TITLE) -> Any:
    return world.tab("main", title)


def spot(world: World, key: str, field: str = "value", title: str = TITLE) -> tuple[int, int, int]:
    """Sheet, row and column of a cell."""
    header, *lines = world.values("main", title)
    at = header.index(HEADERS[AT["id"]])
    row = next(i for i, line in enumerate(lines, 1) if line[at : at + 1] == [key])
    return world.sheet_ids("main")[title], row, header.index(HEADERS[AT[field]])


def write(world: World, key: str, value: Cell, title: str = TITLE) -> None:
    """What a person types beside a setting."""
    world.edit(world.ids["main"], [set_cells(*spot(world, key, title=title), [[value]])])


def cell(world: World, key: str) -> Any:
    _, row, column = spot(world, key)
    return sheet(world)["data"][0]["rowData"][row]["values"][column]


def in_force(world: World) -> Settings:
    return world.run().picture.settings


def test_the_first_pass_furnishes_it_and_the_second_writes_nothing(world: World) -> None:
    world.run()
    header, *lines = world.values("main", TITLE)
    assert header == HEADERS
    assert [line[AT["id"]] for line in lines] == KEYS
    shown = {key: row["default"] for key, row in rows(world).items()}
    assert shown["work_year_start"] == "01/01/2026"
    assert (shown["approval_from"], shown["character"], shown["quiet_hours"]) == ("2000", "מעורב", "22:00–07:00")
    assert (shown["place"], shown["candle_minutes"], shown["topics"]) == ("ירושלים", "40", "אין")
    assert {row["value"] for row in rows(world).values()} == {""}
    cells = [row["values"][AT["value"]] for row in sheet(world)["data"][0]["rowData"][1 : len(KEYS) + 1]]
    kinds = {
        key: one.get("dataValidation", {}).get("condition", {}).get("type")
        for key, one in zip(KEYS, cells, strict=True)
    }
    assert kinds["work_year_start"] == kinds["role_start"] == "DATE_IS_VALID"
    assert kinds["character"] == kinds["place"] == kinds["weekly_answer_day"] == "ONE_OF_LIST"
    assert kinds["approval_from"] == kinds["candle_minutes"] == "NUMBER_BETWEEN"
    assert kinds["topics"] is None
    again = world.run()
    assert again.requests == 0


@pytest.mark.slow
def test_what_is_written_reaches_the_rules(world: World) -> None:
    world.run()
    written: dict[str, Cell] = {
        "work_year_start": serial(date(2026, 9, 1)),
        "role_start": serial(date(2026, 10, 1)),
        "populations": "ילדים, ותיקים",
        "topics": "תחבורה\nתרבות",
        "fields": "גינון;מחזור",
        "holidays": "חנוכה, יום היישוב = 05/12/2026",
        "pauses": "01/08/2026–31/08/2026\n1.4.2027 - 8.4.2027",
        "school_holidays": "06/12/2026",
        "approval_from": 500,
        "character": "דתי",
        "position_percent": 75,
        "full_month_hours": 180,
        "quiet_hours": "21:00–08:00",
        "place": "עמק יזרעאל",
        "weekly_answer_day": "יום ראשון",
        "monthly_letter_to": "מנהלת האזור",
    }
    for key, value in written.items():
        write(world, key, value)
    settings = in_force(world)
    rules = settings.for_rules
    assert replace(rules, spot=RuleSettings().spot) == RuleSettings(
        work_year_start=date(2026, 9, 1),
        approval_from=500_00,
        role_start=date(2026, 10, 1),
        populations=("ילדים", "ותיקים"),
        topics=("תחבורה", "תרבות"),
        fields=("גינון", "מחזור"),
        holidays=("חנוכה", "יום היישוב = 2026-12-05"),
        pauses=((date(2026, 8, 1), date(2026, 8, 31)), (date(2027, 4, 1), date(2027, 4, 8))),
        school_holidays=((date(2026, 12, 6), date(2026, 12, 6)),),
        character="דתי",
        position_percent=75,
        full_month_hours=180,
        weekly_answer_day=6,
        monthly_letter_to="מנהלת האזור",
    )
    assert (rules.spot.latitude, rules.spot.longitude, rules.spot.candle_minutes) == (32.66, 35.25, 20)
    assert settings.clock.night == (time(21), time(8))
    assert {key: row["wrong"] for key, row in rows(world).items() if row["wrong"]} == {}
    assert {key: row["value"] for key, row in rows(world).items() if row["value"] != ""} == written
    assert rows(world)["candle_minutes"]["default"] == "20"
    assert world.run().requests == 0


def test_an_emptied_cell_leaves_it_to_the_file_again(world: World) -> None:
    world.with_settings(life=Life(topics=("תרבות",)))
    world.run()
    assert rows(world)["topics"]["default"] == "תרבות"
    write(world, "topics", "אין")
    assert in_force(world).life.topics == ()
    write(world, "topics", None)
    assert in_force(world).life.topics == ("תרבות",)


@pytest.mark.parametrize(
    ("key", "good", "bad", "said"),
    [
        ("work_year_start", serial(date(2026, 9, 1)), "מתישהו", "צפוי כאן תאריך מלא"),
        ("work_year_start", serial(date(2026, 9, 1)), "3/4/2026", "התאריך נקרא בשתי דרכים"),
        ("approval_from", 500, "הרבה", "צפוי כאן מספר שלם"),
        ("position_percent", 50, 0, "צפוי כאן ערך בטווח"),
        ("character", "דתי", "דתית מאוד", "לא נמצא ברשימת הערכים"),
        ("holidays", "חנוכה", "חנוקה", "החג חנוקה אינו מוכר"),
        ("holidays", "חנוכה", "יום היישוב = מחר", "התאריך של יום היישוב לא נקרא"),
        ("pauses", "01/08/2026–31/08/2026", "אוגוסט", "אוגוסט לא נקרא כתאריכים"),
        ("pauses", "01/08/2026–31/08/2026", "31/08/2026–01/08/2026", "היום האחרון לפני הראשון"),
        ("quiet_hours", "21:00–08:00", "בלילה", "משעה עד שעה"),
        ("place", "חיפה", "אטלנטיס", "המקום אטלנטיס אינו ברשימה"),
        ("place", "חיפה", "35.21, 31.77", "קו הרוחב צריך להיות"),
    ],
)
def test_what_cannot_be_read_is_marked_and_what_held_before_holds(
    world: World, key: str, good: Cell, bad: Cell, said: str
) -> None:
    world.run()
    write(world, key, good)
    before = in_force(world)
    write(world, key, bad)
    assert in_force(world) == before != world.settings
    assert said in rows(world)[key]["wrong"]
    assert said in cell(world, key)["note"]
    [problem] = [row for row in world.values("main", "לתיקון בגיליון")[1:] if row[0].startswith(TITLE)]
    assert said in problem[1]
    assert "sheets-sync:problem" in str(sheet(world)["conditionalFormats"])
    world.run()
    assert world.run().requests == 0
    write(world, key, good)
    assert in_force(world) == before
    assert MARKER not in str(sheet(world))
    assert {row["wrong"] for row in rows(world).values()} == {""}


def test_a_near_name_is_proposed_and_mended_by_a_tick(world: World) -> None:
    world.run()
    write(world, "holidays", "חנוקה, פורים")
    world.run()
    header, *lines = world.values("main", "לתיקון בגיליון")
    at = next(i for i, line in enumerate(lines, 1) if line[0].startswith(TITLE))
    assert lines[at - 1][header.index("הצעה")] == "חנוכה, פורים"
    checks = world.tab("main", "לתיקון בגיליון")
    tick = set_cells(checks["properties"]["sheetId"], at, header.index("תקן"), [[True]])
    world.edit(world.ids["main"], [tick])
    world.run()
    assert rows(world)["holidays"]["value"] == "חנוכה, פורים"
    assert in_force(world).life.holidays == ("חנוכה", "פורים")


def test_the_year_that_was_chosen_decides_which_tab_is_this_years(world: World) -> None:
    """Two budgets: that of the work year counts, and when the year begins is the person's to say."""
    budget = world.ids["budget"]
    title = {"sheetId": sheet_id("budget"), "title": "תקציב 2026"}
    copy = {"sourceSheetId": sheet_id("budget"), "newSheetId": 77, "newSheetName": "תקציב 2025"}
    world.fill("budget", {"line": "חגים", "planned": 100})
    world.edit(
        budget,
        [{"updateSheetProperties": {"properties": title, "fields": "title"}}, {"duplicateSheet": copy}],
    )
    assert world.run().picture.tabs["budget"].title == "תקציב 2026"
    write(world, "work_year_start", serial(date(2025, 12, 1)))
    assert world.run().picture.tabs["budget"].title == "תקציב 2025"


def test_quiet_hours_hold_for_the_pass_and_for_the_outbox(world: World) -> None:
    world.with_settings(clock=Clock())
    world.now = datetime(2026, 11, 24, 21, 30, tzinfo=JERUSALEM)
    world.run()
    assert not is_quiet_now(world.service)
    write(world, "quiet_hours", "21:00–07:00")
    world.run()
    assert is_quiet_now(world.service)


def test_what_was_chosen_holds_while_the_main_spreadsheet_cannot_be_read(world: World) -> None:
    world.run()
    write(world, "approval_from", 500)
    world.run()
    world.faults({"match": f"/{world.ids['main']}", "do": "status", "code": 403, "times": 10})
    assert run_pass(world.service).picture.settings.community.approval_from == 500
    world.faults()
    assert in_force(world).community.approval_from == 500


def test_sorting_and_a_column_of_the_persons_lose_nothing(world: World) -> None:
    world.run()
    write(world, "topics", "תרבות")
    id = sheet(world)["properties"]["sheetId"]
    new = {"sheetId": id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    area = {"sheetId": id, "startRowIndex": 1, "endRowIndex": len(KEYS) + 1, "startColumnIndex": 0}
    world.edit(
        world.ids["main"],
        [
            {"insertDimension": {"range": new, "inheritFromBefore": True}},
            set_cells(id, 0, 1, [["שלי"]]),
            {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}},
        ],
    )
    _, at, _ = spot(world, "topics")
    world.edit(world.ids["main"], [set_cells(id, at, 1, [["לשאול בישיבה"]])])
    assert in_force(world).life.topics == ("תרבות",)
    assert world.values("main", TITLE)[at][1] == "לשאול בישיבה"
    assert sorted(rows(world)) == sorted(KEYS)
    assert world.run().requests == 0


def test_a_deleted_tab_is_made_again_and_a_deleted_row_comes_back(world: World) -> None:
    world.run()
    write(world, "approval_from", 500)
    id, at, _ = spot(world, "approval_from")
    gone = {"range": {"sheetId": id, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}}
    world.edit(world.ids["main"], [{"deleteDimension": gone}])
    assert in_force(world).community.approval_from == 2000
    assert rows(world)["approval_from"]["value"] == ""
    assert cell(world, "approval_from")["dataValidation"]["condition"]["type"] == "NUMBER_BETWEEN"
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": id}}])
    world.run()
    assert sorted(rows(world)) == sorted(KEYS)
    assert world.run().requests == 0


def test_a_tab_without_its_ids_is_left_as_it_is(world: World) -> None:
    world.run()
    write(world, "approval_from", 500)
    world.run()
    id, _, column = spot(world, "approval_from", "id")
    gone = {"range": {"sheetId": id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}}
    world.edit(world.ids["main"], [{"deleteDimension": gone}])
    before = world.values("main", TITLE)
    assert in_force(world).community.approval_from == 500
    assert world.values("main", TITLE) == before


def test_a_persons_own_tab_of_that_name_stays_theirs(world: World) -> None:
    own = {"sheetId": 5, "title": TITLE}
    theirs = [["שם", "הערך שלנו", "מה זה"], ["צבע הלוגו", "כחול", "לעלון"]]
    world.edit(world.ids["main"], [{"addSheet": {"properties": own}}, set_cells(5, 0, 0, theirs)])
    world.run()
    assert world.values("main", TITLE) == theirs
    ours = f"{TITLE} 2"
    assert sorted(rows(world, ours)) == sorted(KEYS)
    write(world, "approval_from", 500, ours)
    assert in_force(world).community.approval_from == 500
    assert world.values("main", TITLE) == theirs
    assert world.run().requests == 0


def test_english_settings_are_read_and_shown_in_english(world: World) -> None:
    community: Community = msgspec.structs.replace(world.settings.community, language="en")
    world.with_settings(community=community)
    world.run()
    header, *lines = world.values("main", "settings")
    assert header[0] == "name"
    shown = {line[header.index("id")]: line for line in lines}
    assert shown["character"][header.index("default")] == "mixed"
    assert with_tab(FILE, {"character": "religious", "weekly_answer_day": "Sunday"}).settings.life == Life(
        character="religious", weekly_answer_day="sunday"
    )


# What is written in a cell, and what it is.


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("תל אביב", (32.08, 34.78, 20)),
        ("תל-אביב–יפו", (32.08, 34.78, 20)),
        ("ירושלים", (31.77, 35.21, 40)),
        ("32.5, 35.01", (32.5, 35.01, 20)),
        ("(32.5 35.01)", (32.5, 35.01, 20)),
    ],
)
def test_places(written: str, place: tuple[float, float, int]) -> None:
    clock = with_tab(FILE, {"place": written}).settings.clock
    assert (clock.latitude, clock.longitude, clock.candle_minutes) == place


def test_minutes_that_were_chosen_go_before_those_of_the_place() -> None:
    assert with_tab(FILE, {"place": "חיפה", "candle_minutes": 30}).settings.clock.candle_minutes == 30


def test_what_is_shown_as_default_reads_as_itself() -> None:
    """A default may be copied into the cell beside it and changes nothing."""
    full = msgspec.structs.replace(
        FILE,
        life=Life(
            populations=("ילדים", "ותיקים"),
            holidays=("חנוכה", "יום היישוב = 2026-12-05"),
            pauses=((date(2026, 8, 1), date(2026, 8, 31)), (date(2027, 4, 1), date(2027, 4, 1))),
            role_start=date(2026, 10, 13),
            character="secular",
            weekly_answer_day="thursday",
            monthly_letter_to="מנהלת האזור",
        ),
        clock=Clock(latitude=32.5, longitude=35.01, candle_minutes=20),
        community=Community("כפר", work_year_start=date(2026, 9, 13)),
    )
    for settings in (FILE, full):
        shown: dict[str, Cell] = {
            key: value for key, value in with_tab(settings, {}).defaults.items() if key != "work_year_start"
        }
        copied = with_tab(settings, shown)
        assert copied.wrong == {}
        assert copied.settings == settings


junk = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)


@limits(deadline=None)
@given(
    st.dictionaries(st.sampled_from(KEYS), junk),
    st.dictionaries(st.sampled_from(KEYS), junk),
)
def test_no_junk_makes_settings_that_the_file_would_refuse(cells: dict[str, Cell], held: dict[str, Cell]) -> None:
    said = with_tab(FILE, cells, held)
    plain = msgspec.to_builtins(said.settings, enc_hook=str)
    assert msgspec.convert(plain, Settings, dec_hook=lambda kind, value: kind(value)) == said.settings
    assert said.held.keys() <= cells.keys()
    again = with_tab(FILE, cells, said.held)
    assert again.settings == said.settings
    assert not again.is_news
