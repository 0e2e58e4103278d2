"""The tab `rules`: what people choose in it holds from the next pass on, and nothing they write there is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.dates import serial
from rules.finding import Role, Severity
from rules.table import Cell, Grid, Place
from sheets_sync.config import Community, Settings, SpreadsheetSettings
from sheets_sync.decide import decide
from sheets_sync.look import look
from sheets_sync.pass_ import run_pass
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.tabs.rule_choices import rule_rows, usual_cells
from sheets_sync.tabs.service_tabs import RULES_TAB, keyed, update_rows
from sheets_sync.writing.edits import set_cells
from sheets_sync.writing.marks import MARKER
from tests.sync.sheet_model import Sheet
from tests.world import NOON, World

TITLE = RULES_TAB.hebrew
HEADERS = [column.hebrew for column in RULES_TAB.columns]
AT = {column.field: index for index, column in enumerate(RULES_TAB.columns)}
TODAY = date(2026, 11, 23)
IDS = [row.id for row in rule_rows()]
OVERRUN, SHARE = "budget.overrun:secretary_amount", "budget.overrun:secretary_share"
MAIN = "m" * 30


def rows(world: World) -> dict[str, dict[str, Any]]:
    """The tab's rows by id, by field."""
    header, *lines = world.values("main", TITLE)
    where = {field: header.index(HEADERS[at]) for field, at in AT.items()}
    table = [{field: line[at] if at < len(line) else "" for field, at in where.items()} for line in lines]
    return {line["id"]: line for line in table}


def sheet(world: World) -> Any:
    return world.tab("main", TITLE)


def spot(world: World, id: str, field: str) -> tuple[int, int, int]:
    """Sheet, row and column of a cell."""
    header, *lines = world.values("main", TITLE)
    at = header.index(HEADERS[AT["id"]])
    row = next(i for i, line in enumerate(lines, 1) if line[at : at + 1] == [id])
    return world.sheet_ids("main")[TITLE], row, header.index(HEADERS[AT[field]])


def write(world: World, id: str, field: str, value: Cell) -> None:
    """What a person types in a cell."""
    where = spot(world, id, field)
    world.edit(world.ids["main"], [set_cells(*where, [[value]])])


def cell(world: World, id: str, field: str) -> Any:
    _, row, column = spot(world, id, field)
    return sheet(world)["data"][0]["rowData"][row]["values"][column]


def overrun(world: World, spent: int = 900) -> None:
    world.fill("budget", {"line": "חגים", "planned": 100})
    paid: dict[str, Cell] = {
        "date": serial(TODAY), "line": "חגים", "supplier": "גל", "amount": spent, "kind": "תשלום"
    }  # fmt: skip
    world.fill("expenses", paid)


def told(world: World) -> dict[str, tuple[set[Role], Severity]]:
    """Of each open alert, by rule: the roles it is for and how pressing it is."""
    steps = [step for step in world.run().plan.transitions if step.finding]
    return {step.alert.rule: (set(step.finding.roles), step.finding.severity) for step in steps if step.finding}


def test_the_first_pass_furnishes_it_and_the_second_writes_nothing(world: World) -> None:
    world.run()
    header, *lines = world.values("main", TITLE)
    assert header == HEADERS
    assert [line[AT["id"]] for line in lines] == IDS
    row = rows(world)[OVERRUN]
    [rule] = [rule for rule in RULES if rule.key == "budget.overrun"]
    assert (row["key"], row["name"], row["explanation"]) == (rule.key, rule.hebrew, rule.explanation_he)
    assert (row["parameter"], row["unit"]) == (rule.params[0].hebrew, "₪")
    assert (row["on"], row["threshold"], row["urgency"], row["changed"]) == (True, 250, "", "")
    assert (row["findings"], row["in_use"]) == (0, "כן")
    assert row["roles"] == "רכז/ת קהילה, מזכיר/ת היישוב"
    made = cell(world, OVERRUN, "threshold")
    assert made["note"] == "ברירת המחדל: 250. אפשר מספר שלם מ־0 עד 1,000,000."
    assert made["dataValidation"]["condition"]["type"] == "NUMBER_BETWEEN"
    assert cell(world, OVERRUN, "urgency")["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    assert cell(world, OVERRUN, "on")["dataValidation"]["condition"]["type"] == "BOOLEAN"
    again = world.run()
    assert (again.requests, again.calls) == (0, {"reads": 3})


def test_a_rule_without_parameters_has_one_row(world: World) -> None:
    world.run()
    bare = [rule.key for rule in RULES if not rule.params]
    assert bare
    shown = rows(world)
    for key in bare:
        assert (shown[key]["parameter"], shown[key]["threshold"]) == ("", "")
    assert "note" not in cell(world, bare[0], "threshold")


def test_a_changed_threshold_holds_from_the_next_pass(world: World) -> None:
    """₪800 over: for the secretary from ₪250 on, not from ₪1,000 on."""
    overrun(world)
    assert told(world)["budget.overrun"] == ({Role.COORDINATOR, Role.SECRETARY}, Severity.URGENT)
    write(world, OVERRUN, "threshold", 1000)
    assert told(world)["budget.overrun"] == ({Role.COORDINATOR}, Severity.CARE)
    assert (rows(world)[OVERRUN]["changed"], rows(world)[SHARE]["changed"]) == (serial(TODAY), "")
    assert rows(world)[OVERRUN]["findings"] == 1
    assert world.run().requests == 0


def test_the_day_of_the_last_change_stays(world: World) -> None:
    world.run()
    write(world, OVERRUN, "threshold", 300)
    world.run()
    world.now += timedelta(days=2)
    world.run()
    assert rows(world)[OVERRUN]["changed"] == serial(TODAY)
    write(world, OVERRUN, "urgency", "לידיעה")
    world.run()
    assert rows(world)[OVERRUN]["changed"] == serial(TODAY) + 2


@pytest.mark.parametrize("id", [OVERRUN, SHARE], ids=["in its first row", "in another row"])
def test_a_rule_turned_off_closes_its_alerts_and_one_turned_on_opens_them(world: World, id: str) -> None:
    overrun(world)
    assert "budget.overrun" in told(world)
    write(world, id, "on", False)
    assert told(world) == {}
    header, row = world.values("main", "התראות")
    assert row[header.index("נסגרה")] == serial(TODAY)
    assert {rows(world)[one]["in_use"] for one in (OVERRUN, SHARE)} == {"לא: כבוי"}
    write(world, id, "on", True)
    assert "budget.overrun" in told(world)


def test_a_rule_that_the_settings_file_turns_off_can_be_turned_on(world: World) -> None:
    overrun(world)
    world.with_settings(rules={**world.settings.rules, "budget.overrun": {"on": False}})
    assert told(world) == {}
    assert (rows(world)[OVERRUN]["on"], rows(world)[OVERRUN]["in_use"]) == (False, "לא: כבוי")
    write(world, OVERRUN, "on", True)
    assert "budget.overrun" in told(world)


def test_the_settings_file_holds_where_nobody_chose(world: World) -> None:
    """The tab says which threshold holds, where the cell was written under another settings file."""
    overrun(world)
    world.run()
    changed = {"secretary_amount": 1000, "roles": ["board"]}
    world.with_settings(rules={**world.settings.rules, "budget.overrun": changed})
    assert told(world)["budget.overrun"][0] == {Role.BOARD}
    assert rows(world)[OVERRUN]["in_use"] == "כן, עם הסף 1000"
    write(world, OVERRUN, "threshold", 900)
    write(world, OVERRUN, "roles", "מזכיר/ת היישוב")
    assert told(world)["budget.overrun"][0] == {Role.SECRETARY}
    assert rows(world)[OVERRUN]["in_use"] == "כן"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("threshold", "הרבה", "צפוי כאן מספר שלם"),
        ("threshold", -1, "0–1000000"),
        ("threshold", 2.5, "צפוי כאן מספר שלם"),
        ("on", "אולי", "צפוי כאן סימון"),
        ("roles", "מזכיר/ת היישוב, קוסם", "לא נמצא ברשימת הערכים"),
        ("urgency", "נורא", "לא נמצא ברשימת הערכים"),
    ],
)
def test_what_cannot_be_read_is_marked_until_mended(world: World, field: str, value: Cell, said: str) -> None:
    overrun(world)
    before = told(world)
    good, note = rows(world)[OVERRUN][field], cell(world, OVERRUN, field).get("note", "")
    write(world, OVERRUN, field, value)
    assert told(world) == before
    [problem] = [row for row in world.values("main", "לתיקון בגיליון")[1:] if TITLE in row[0]]
    assert said in problem[1]
    marked = cell(world, OVERRUN, field)["note"]
    assert said in marked
    assert marked.startswith(note)
    assert "sheets-sync:problem" in str(sheet(world)["conditionalFormats"])
    world.run()
    assert world.run().requests == 0
    write(world, OVERRUN, field, good or None)
    world.run()
    assert cell(world, OVERRUN, field).get("note", "") == note
    assert MARKER not in str(sheet(world))
    assert not any(TITLE in row[0] for row in world.values("main", "לתיקון בגיליון")[1:])


def test_an_emptied_cell_is_no_choice(world: World) -> None:
    overrun(world)
    before = told(world)
    for field in ("on", "threshold", "roles"):
        write(world, OVERRUN, field, None)
    assert told(world) == before
    assert rows(world)[OVERRUN]["in_use"] == "כן, עם הסף 250"
    assert world.run().picture.problems == ()


def test_roles_and_urgency_are_chosen(world: World) -> None:
    overrun(world)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "א", "email": "a@village.example"}, at=1)
    world.fill("people", {"role": "ועד הנהלה", "name": "ב", "email": "b@village.example"}, at=2)
    world.run()
    write(world, OVERRUN, "roles", "ועד הנהלה")
    write(world, OVERRUN, "urgency", "לידיעה")
    [letter] = world.run().plan.post.letters
    assert letter.recipient.address == "b@village.example"
    header, row = world.values("main", "התראות")
    assert row[header.index("דחיפות")] == "לידיעה"
    assert told(world)["budget.overrun"] == ({Role.BOARD}, Severity.INFO)


def test_sorting_and_a_column_of_the_persons_lose_nothing(world: World) -> None:
    overrun(world)
    world.run()
    write(world, OVERRUN, "threshold", 1000)
    id = sheet(world)["properties"]["sheetId"]
    new = {"sheetId": id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    area = {"sheetId": id, "startRowIndex": 1, "endRowIndex": len(IDS) + 1, "startColumnIndex": 0, "endColumnIndex": 20}
    by = {"dimensionIndex": AT["threshold"] + 1, "sortOrder": "DESCENDING"}
    world.edit(
        world.ids["main"],
        [
            {"insertDimension": {"range": new, "inheritFromBefore": True}},
            set_cells(id, 0, 1, [["שלי"]]),
            {"sortRange": {"range": area, "sortSpecs": [by]}},
        ],
    )
    _, at, _ = spot(world, OVERRUN, "threshold")
    world.edit(world.ids["main"], [set_cells(id, at, 1, [["לשאול את הגזברית"]])])
    assert told(world)["budget.overrun"][0] == {Role.COORDINATOR}
    assert world.values("main", TITLE)[at][1] == "לשאול את הגזברית"
    assert rows(world)[OVERRUN]["threshold"] == 1000
    assert sorted(rows(world)) == sorted(IDS)
    assert world.run().requests == 0


def test_a_deleted_row_comes_back_with_the_defaults(world: World) -> None:
    overrun(world)
    world.run()
    write(world, OVERRUN, "threshold", 1000)
    world.run()
    id, at, _ = spot(world, OVERRUN, "id")
    gone = {"range": {"sheetId": id, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}}
    world.edit(world.ids["main"], [{"deleteDimension": gone}])
    assert told(world)["budget.overrun"][1] is Severity.URGENT
    assert (rows(world)[OVERRUN]["threshold"], rows(world)[OVERRUN]["changed"]) == (250, "")
    assert "ברירת המחדל: 250" in cell(world, OVERRUN, "threshold")["note"]
    assert sorted(rows(world)) == sorted(IDS)
    assert world.run().requests == 0


def test_a_rule_out_of_use_says_which_tab_is_missing(world: World) -> None:
    tabs = world.sheet_ids("main")
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": tabs["נרשמים"]}}])
    world.run()
    [row] = [row for row in rows(world).values() if row["key"] == "class.below_minimum"]
    assert (row["in_use"], row["findings"]) == ("לא: אין לשונית נרשמים", "")


def test_what_was_chosen_holds_while_the_main_spreadsheet_cannot_be_read(world: World) -> None:
    """Else every rule that was turned off would speak."""
    overrun(world)
    world.run()
    write(world, OVERRUN, "on", False)
    world.run()
    world.faults({"match": f"/{world.ids['main']}", "do": "status", "code": 403, "times": 10})
    assert run_pass(world.service).picture.verdict.findings == ()
    world.faults()
    assert world.run().picture.verdict.findings == ()


def test_a_tab_without_its_ids_is_left_as_it_is(world: World) -> None:
    overrun(world)
    world.run()
    write(world, OVERRUN, "on", False)
    world.run()
    id, _, column = spot(world, OVERRUN, "id")
    gone = {"range": {"sheetId": id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}}
    world.edit(world.ids["main"], [{"deleteDimension": gone}])
    before = world.values("main", TITLE)
    assert told(world) == {}
    assert world.values("main", TITLE) == before


def test_rows_written_twice_go_unless_changed() -> None:
    """A write applied long after it was given up leaves every row twice."""
    settings = Settings(Community("כפר"), [SpreadsheetSettings("main", MAIN)])
    usual = usual_cells(settings)
    one = Sheet([[*HEADERS], *(line(id) for id in (OVERRUN, SHARE, OVERRUN, SHARE))], len(HEADERS))
    one.rows[4][AT["threshold"]] = 7
    own = {at: f"rules.{column.field}" for at, column in enumerate(RULES_TAB.columns) if column.own}
    there = keyed(one.tab(own=own), "rules", 0, AT, usual)
    one.apply(update_rows(there, {}))
    assert [(row[AT["id"]], row[AT["threshold"]]) for row in one.rows[1:]] == [(OVERRUN, 250), (SHARE, 7)]


def line(id: str, **cells: Cell) -> list[Cell]:
    """A row as the service first writes it, but for some cells."""
    usual = usual_cells(Settings(Community("כפר"), [SpreadsheetSettings("main", MAIN)]))
    row: dict[str, Cell] = {**usual[id], "id": id, **cells}
    return [row.get(field) for field in AT]


junk = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9)
)
OTHERS = len(HEADERS) - 1
junk_rows = st.lists(
    st.tuples(st.sampled_from(IDS) | junk, st.lists(junk, min_size=OTHERS, max_size=OTHERS)),
    max_size=6,
)


@given(junk_rows)
def test_no_junk_in_the_tab_keeps_a_pass_from_its_work(found: list[tuple[Cell, list[Cell]]]) -> None:
    """Every threshold that holds is within its bounds, whatever is written."""
    lines: list[list[Cell]] = [[*HEADERS], *([*cells, id] for id, cells in found)]
    place = Place(MAIN, 1, TITLE)
    columns = [list(column) for column in zip(*lines, strict=True)]
    tab = Tab(place, Grid(place, columns), 99, 26)
    main = SpreadsheetSettings("main", MAIN)
    settings = Settings(Community("כפר"), [main])
    seen = look(Snapshot((Spreadsheet(main, "main", (tab,)),)), settings, TODAY)
    assert decide(seen, {}, settings, NOON).requests
    bounds = {(rule.key, param.name): (param.minimum, param.maximum) for rule in RULES for param in rule.params}
    for key, params in seen.choices.params.items():
        for name, value in params.items():
            low, high = bounds[key, name]
            assert low <= value <= high
    for roles in seen.choices.roles.values():
        assert roles
