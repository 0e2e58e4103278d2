"""Bad input is answered with clear words, the rest goes on, and nothing is changed or lost."""

import json
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from rules.dates import serial
from rules.lifecycle import Step
from rules.table import Cell
from sheets_sync.config import Google, SpreadsheetSettings
from sheets_sync.errors import BadCredentials, LeaseHeld, NotFound, Refused, Unavailable, Unclear, Unshared
from sheets_sync.leasing import leased
from sheets_sync.pass_ import run_pass
from sheets_sync.previewing import preview
from sheets_sync.store import inbox, journal
from sheets_sync.store.database import reading, writing
from sheets_sync.store.schema import writes
from tests.world import World

TODAY = serial(date(2026, 11, 23))
LINE: dict[str, Cell] = {"line": "חגים", "planned": 100}
SPENT: dict[str, Cell] = {"date": TODAY, "line": "חגים", "supplier": "גל", "amount": 900, "kind": "תשלום"}


def overrun(world: World) -> None:
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.fill("people", {"role": "מזכיר/ת היישוב", "name": "רון לוי", "email": "ron@village.example"}, at=2)
    world.fill("budget", LINE)
    world.fill("expenses", SPENT)


def test_an_unshared_spreadsheet_is_named_and_the_others_go_on(world: World) -> None:
    overrun(world)
    permissions = world.call("get", f"/drive/v3/files/{world.ids['absorption']}/permissions")["permissions"]
    [shared] = [one["id"] for one in permissions if one["role"] == "writer"]
    world.call("delete", f"/drive/v3/files/{world.ids['absorption']}/permissions/{shared}")
    account = run_pass(world.service)
    [(name, trouble)] = account.troubles.items()
    assert (name, type(trouble)) == ("absorption", Unshared)
    assert world.account in trouble.he
    assert any("חריגה" in str(row) for row in world.values("main", "התראות"))
    assert any(world.account in str(row) for row in world.values("main", "תמונת מצב"))


def test_an_alert_outlives_a_tab_that_cannot_be_read(world: World) -> None:
    """The rule did not run: its alert neither closes nor opens again."""
    overrun(world)
    [step] = [step for step in world.run().plan.transitions if step.alert.rule == "budget.overrun"]
    world.faults({"match": f"/{world.ids['budget']}", "do": "status", "code": 403, "times": 10})
    broken = run_pass(world.service)
    assert "budget" in broken.troubles
    assert not broken.plan.transitions
    world.faults()
    [again] = [one for one in world.run().plan.transitions if one.alert.rule == "budget.overrun"]
    assert again.alert.opened == step.alert.opened
    assert again.tell == ()


@pytest.mark.parametrize(("id", "kind"), [("A" * 44, NotFound)], ids=["no such spreadsheet"])
def test_a_wrong_address(world: World, id: str, kind: type[Exception]) -> None:
    url = f"{world.google.url}/spreadsheets/d/{id}/edit"
    world.with_settings(spreadsheets=[*world.settings.spreadsheets, SpreadsheetSettings("other", url)])
    assert isinstance(run_pass(world.service).troubles["other"], kind)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "There is no key file"), ("{", "no service account key"), ('{"type": "x"}', "no service account key")],
    ids=["missing", "broken", "of another kind"],
)
def test_a_wrong_key_file(world: World, content: str | None, said: str) -> None:
    file = world.folder / "other.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadCredentials, match=said):
        world.with_settings(google=Google(file, world.google.url))


def test_a_key_that_google_does_not_know(world: World) -> None:
    key = json.loads((world.folder / "key.json").read_text())
    (world.folder / "foreign.json").write_text(json.dumps({**key, "client_email": "nobody@else.example"}))
    world.with_settings(google=Google(world.folder / "foreign.json", world.google.url))
    troubles = run_pass(world.service).troubles.values()
    assert {type(trouble) for trouble in troubles} == {BadCredentials}


def test_a_missing_tab_leaves_its_rules_unused_and_the_others_used(world: World) -> None:
    overrun(world)
    sheets = world.sheet_ids("main")
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": sheets["נרשמים"]}}])
    account = world.run()
    assert account.picture.verdict.unused["class.below_minimum"] == ("registrations",)
    assert "budget.overrun" in account.picture.verdict.ran


def test_a_deleted_tab_of_ours_comes_back_without_a_second_message(world: World) -> None:
    overrun(world)
    world.run()
    before = world.values("main", "התראות")
    sheets = world.sheet_ids("main")
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": sheets[title]}} for title in ("התראות", "תמונת מצב")])
    account = world.run()
    assert account.plan.post.letters == ()
    assert world.values("main", "התראות") == before
    assert world.run().requests == 0


def test_a_busy_google_is_waited_for(world: World) -> None:
    overrun(world)
    world.faults({"match": "^/v4/spreadsheets/", "method": "GET", "do": "status", "code": 503, "times": 1})
    world.service.gateway.client.deadline = 30
    assert world.run().requests
    world.faults({"match": "^/v4/spreadsheets/", "method": "GET", "do": "html", "code": 502, "times": 99})
    world.service.gateway.client.deadline = 0.1
    assert {type(trouble) for trouble in run_pass(world.service).troubles.values()} == {Unavailable}


@pytest.mark.parametrize(
    "fault", [{"do": "lose_answer"}, {"do": "status", "code": 500}], ids=["applied", "not applied"]
)
def test_an_unclear_answer_is_looked_up(world: World, fault: dict[str, object]) -> None:
    """Whether the write stands or not, the next pass ends with one row an alert, told once."""
    overrun(world)
    world.faults({"match": ":batchUpdate", "times": 9, **fault})
    troubles = run_pass(world.service).troubles
    assert {type(trouble) for trouble in troubles.values()} == {Unclear}
    world.faults()
    again = world.run()
    assert again.plan.post.letters == ()
    with reading(world.service.engine) as connection:
        assert journal.open_writes(connection, "test") == []
    rows = world.values("main", "התראות")
    assert len(rows) == 2
    assert world.run().requests == 0


def test_one_pass_at_a_time(world: World) -> None:
    with leased(world.service), pytest.raises(LeaseHeld):
        run_pass(world.service)
    world.run()


def test_a_preview_changes_nothing(world: World) -> None:
    overrun(world)
    before = [world.whole(name) for name in world.ids]
    account = preview(world.service)
    assert any(account.plan.requests.values())
    assert account.requests == 0
    assert [world.whole(name) for name in world.ids] == before
    assert account.calls == {"reads": 6}


def test_an_answer_waits_while_its_tab_is_missing(world: World) -> None:
    body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}}
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", "m-1", msgspec.json.encode(body), world.now)
    sheets = world.sheet_ids("main")
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": sheets["נרשמים"]}}])
    account = world.run()
    assert (account.placed, account.waiting) == (0, 1)
    assert any("ממתינות לשיבוץ" in str(row) for row in world.values("main", "תמונת מצב"))
    world.edit(world.ids["main"], [{"addSheet": {"properties": {"title": "נרשמים"}}}])
    header = {"range": "נרשמים!A1", "majorDimension": "ROWS", "values": [["שם המשתתף/ת", "טלפון", "חוג"]]}
    world.call("put", f"/v4/spreadsheets/{world.ids['main']}/values/נרשמים!A1?valueInputOption=RAW", header)
    assert world.run().placed == 1
    assert world.values("main", "נרשמים")[1:] == [["", "", "יוגה"]]


def test_an_edited_answer_is_kept_for_a_person(world: World) -> None:
    """The same answer in another message: neither a second row nor a guess."""
    for message in ("m-1", "m-2"):
        body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": message}}}
        with writing(world.service.engine) as connection:
            inbox.take(connection, "test", "registrations", message, msgspec.json.encode(body), world.now)
        world.run()
    assert len(world.values("main", "נרשמים")) == 2
    with reading(world.service.engine) as connection:
        [left] = inbox.left_over(connection, "test")
    assert left.message_id == "m-2"


def test_a_refused_write_is_told_and_changes_nothing(world: World) -> None:
    """Google refuses the batch and each of its parts: nothing is applied, and all of it comes later."""
    overrun(world)
    before = world.whole("main")
    world.faults({"match": f"{world.ids['main']}:batchUpdate", "do": "status", "code": 400, "times": 99})
    troubles = run_pass(world.service).troubles
    assert {name: type(trouble) for name, trouble in troubles.items()} == {"main": Refused}
    assert world.whole("main") == before
    world.faults()
    world.now += timedelta(minutes=2)
    assert world.run().requests
    assert world.values("main", "התראות")


def test_an_alert_of_a_rule_turned_off_closes(world: World) -> None:
    overrun(world)
    world.run()
    world.with_settings(rules={**world.settings.rules, "budget.overrun": {"on": False}})
    world.run()
    header, row = world.values("main", "התראות")
    assert row[header.index("נסגרה")] == TODAY
    assert world.run().requests == 0


def test_of_two_budgets_the_work_years_counts(world: World) -> None:
    """Next year's budget stands first, and is left alone."""
    overrun(world)
    sheets = world.sheet_ids("budget")
    copy = {"sourceSheetId": sheets["תקציב"], "insertSheetIndex": 0, "newSheetName": "תקציב 2027"}
    named = {"properties": {"sheetId": sheets["תקציב"], "title": "תקציב 2026"}, "fields": "title"}
    world.edit(world.ids["budget"], [{"duplicateSheet": copy}, {"updateSheetProperties": named}])
    assert world.run().picture.tabs["budget"].title == "תקציב 2026"


def test_what_is_old_and_settled_is_forgotten(world: World) -> None:
    """A month later the journal holds no cells; alerts stay, and nothing is told again."""
    overrun(world)
    world.run()
    world.now += timedelta(days=32)
    assert world.run().plan.post.letters == ()
    with reading(world.service.engine) as connection:
        told = connection.execute(writes.select()).all()
    assert [row for row in told if row.settled < world.now - timedelta(days=31)] == []


def answer(world: World, message: str, form: str = "registrations", **answers: str) -> None:
    submission = {"id": message, "submitted": "2026-11-23T09:00:00+02:00", "answers": answers or {"חוג": "יוגה"}}
    with writing(world.service.engine) as connection:
        body = msgspec.json.encode({"submission": submission})
        inbox.take(connection, "test", form, message, body, world.now)


def test_a_refused_row_is_told_and_placed_later(world: World) -> None:
    answer(world, "m-1")
    world.faults({"match": f"{world.ids['main']}:batchUpdate", "do": "status", "code": 400, "times": 1})
    account = run_pass(world.service)
    assert {name: type(trouble) for name, trouble in account.troubles.items()} == {"main": Refused}
    assert (account.placed, account.waiting) == (0, 1)
    assert world.run().placed == 1


def test_answers_of_a_form_that_is_gone_keep_nobody_waiting(world: World) -> None:
    for number in range(600):
        answer(world, f"old-{number}", "gone")
    answer(world, "m-1")
    assert world.run().placed == 1


def test_an_answer_without_any_column_becomes_a_row_with_a_note(world: World) -> None:
    sheets = world.sheet_ids("main")
    clear = {"range": {"sheetId": sheets["נרשמים"], "startRowIndex": 0, "endRowIndex": 1}, "fields": "userEnteredValue"}
    world.edit(world.ids["main"], [{"updateCells": {**clear, "rows": []}}])
    for column, header in enumerate(("שם המשתתף/ת", "טלפון", "חוג")):
        cell = {"values": [{"userEnteredValue": {"stringValue": header}}]}
        start = {"sheetId": sheets["נרשמים"], "rowIndex": 0, "columnIndex": column}
        world.edit(world.ids["main"], [{"updateCells": {"start": start, "rows": [cell], "fields": "userEnteredValue"}}])
    answer(world, "m-1", **{"שאלה אחרת לגמרי": "42"})
    assert world.run().placed == 1
    tab = world.tab("main", "נרשמים")
    assert "שאלה אחרת לגמרי: 42" in str(tab["data"][0]["rowData"][1])


def test_a_column_that_a_formula_fills_is_left_to_it(world: World) -> None:
    """An array formula under `סטטוס הרשמה`: the answer's row gets no value there that would break it."""
    world.fill("registrations", {"participant": "איתי", "phone": "050-7654321", "class_name": "יוגה"})
    sheets = world.sheet_ids("main")
    column = world.values("main", "נרשמים")[0].index("סטטוס הרשמה")
    formula = {"userEnteredValue": {"formulaValue": '=ARRAYFORMULA(IF(B2:B9="","","התקבל"))'}}
    start = {"sheetId": sheets["נרשמים"], "rowIndex": 1, "columnIndex": column}
    world.edit(world.ids["main"], [{"updateCells": {"start": start, "rows": [{"values": [formula]}], "fields": "*"}}])
    answer(world, "m-1", **{"שם המשתתף/ת": "נועה", "חוג": "יוגה"})
    assert world.run().placed == 1
    rows = world.values("main", "נרשמים")
    assert [row[column] for row in rows[1:3]] == ["התקבל", "התקבל"]


def test_what_nobody_could_be_told_is_told_when_somebody_can(world: World) -> None:
    world.fill("budget", LINE)
    world.fill("expenses", SPENT)
    assert world.run().plan.post.letters == ()
    overrun(world)
    assert len(world.run().plan.post.letters) == 2
    assert world.run().plan.post.letters == ()


def test_a_closing_that_was_not_written_is_written_later(world: World) -> None:
    overrun(world)
    world.run()
    world.fill("expenses", {**SPENT, "amount": 50})
    world.faults({"match": ":batchUpdate", "do": "status", "code": 500, "times": 9})
    run_pass(world.service)
    world.faults()
    world.run()
    header, row = world.values("main", "התראות")
    assert row[header.index("נסגרה")] == TODAY


def test_a_persons_tabs_stay_whatever_their_names(world: World) -> None:
    """A tab titled like our summary, and an empty-looking one that holds only a note."""
    world.edit(
        world.ids["main"],
        [
            {"addSheet": {"properties": {"sheetId": 71, "title": "תמונת מצב"}}},
            {"addSheet": {"properties": {"sheetId": 72, "title": "גיליון2"}}},
            {
                "updateCells": {
                    "start": {"sheetId": 71, "rowIndex": 0, "columnIndex": 0},
                    "rows": [{"values": [{"userEnteredValue": {"stringValue": "הדוח שלי"}}]}],
                    "fields": "userEnteredValue",
                }
            },
            {
                "updateCells": {
                    "start": {"sheetId": 72, "rowIndex": 3, "columnIndex": 3},
                    "rows": [{"values": [{"note": "לזכור"}]}],
                    "fields": "note",
                }
            },
        ],
    )
    world.run()
    titles = [sheet["properties"]["title"] for sheet in world.whole("main")["sheets"]]
    assert {"תמונת מצב", "תמונת מצב 2", "גיליון2"} <= set(titles)
    assert world.values("main", "תמונת מצב") == [["הדוח שלי"]]


def test_figures_and_alerts_wait_for_a_spreadsheet_that_cannot_be_read(tmp_path: Path) -> None:
    """The expenses stand apart and cannot be read for a while: no line is 'mended' by that, no figure changes."""
    books: dict[str, tuple[str, ...]] = {"main": ("people",), "budget": ("budget",), "spent": ("expenses",)}
    world = World(tmp_path, books)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה", "email": "dana@village.example"})
    world.fill("budget", LINE)
    world.fill("expenses", SPENT, book="spent")
    [opened] = world.run().plan.transitions
    before = world.values("budget", "תקציב")
    world.faults({"match": f"/{world.ids['spent']}", "do": "status", "code": 403, "times": 10})
    account = run_pass(world.service)
    assert [step for step in account.plan.transitions if step.step is Step.CLOSED] == []
    assert world.values("budget", "תקציב") == before
    world.faults()
    [again] = world.run().plan.transitions
    assert (again.alert.opened, again.tell) == (opened.alert.opened, ())
    world.close()
