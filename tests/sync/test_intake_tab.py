"""The tab of answers that wait for a person: what stands in it, where, and what becomes of each decision."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from rules.wording import Language
from sheets_sync.config import Form
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox, schema
from sheets_sync.store.database import reading, writing
from sheets_sync.store.inbox import State
from sheets_sync.store.schema import writes
from sheets_sync.tabs.intake_tab import REASONS, said_reason
from tests.world import World

TITLE = "טפסים שממתינים לשיבוץ"
NAME, PHONE, CLASS = "שם המשתתף/ת", "טלפון", "חוג"
FIRST = {NAME: "נועה כץ", PHONE: "050-1234567", CLASS: "יוגה"}
DECISION = 5


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    one = World(tmp_path)
    yield one
    one.close()


def send(world: World, message: str, id: str = "a-1", **changed: str) -> None:
    body = {"submission": {"id": id, "submitted": "2026-11-23T09:00:00+02:00", "answers": {**FIRST, **changed}}}
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", message, msgspec.json.encode(body), world.now)


def waiting(world: World, book: str = "main") -> list[list[str]]:
    """The tab's rows: form, what was sent, why, where, the decision."""
    return [[str(cell) for cell in row[1:6]] for row in world.values(book, TITLE)[1:] if any(row)]


def decide(world: World, choice: str, book: str = "main", row: int = 2) -> None:
    path = f"/v4/spreadsheets/{world.ids[book]}/values/'{TITLE}'!F{row}?valueInputOption=RAW"
    world.call("put", path, {"values": [[choice]]})


def state(world: World, message: str) -> State:
    with reading(world.service.engine) as connection:
        found = connection.execute(select(schema.inbox.c.state).where(schema.inbox.c.message_id == message))
        return State(found.scalar_one())


def registered(world: World, book: str = "main") -> list[list[str]]:
    """Name, phone and class of each registration."""
    header, *rows = world.values(book, "נרשמים")
    at = [header.index(name) for name in (NAME, PHONE, CLASS)]
    return [[str(row[column]) if column < len(row) else "" for column in at] for row in rows if any(row)]


def cell(world: World, column: str, value: str) -> None:
    """The person types over a cell of the first registration."""
    header = world.values("main", "נרשמים")[0]
    letter = chr(ord("A") + header.index(column))
    path = f"/v4/spreadsheets/{world.ids['main']}/values/'נרשמים'!{letter}2?valueInputOption=RAW"
    world.call("put", path, {"values": [[value]]})


def edited(world: World, **changed: str) -> None:
    """An answer that was placed, and then edited by its resident."""
    send(world, "m-1")
    world.run()
    send(world, "m-2", **changed)
    world.run()


def test_nothing_waits_and_nothing_is_written(world: World) -> None:
    world.run()
    assert waiting(world) == []
    assert world.run().requests == 0


def test_an_answer_whose_tab_is_missing_is_shown_and_goes_by_itself(world: World) -> None:
    tab = world.tab("main", "נרשמים")["properties"]
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": tab["sheetId"]}}])
    send(world, "m-1")
    world.run()
    [[form, sent, reason, place, *_]] = waiting(world)
    assert (form, reason, place) == ("registrations", REASONS["no tab"][0], "")
    assert "נועה כץ" in sent
    assert world.run().requests == 0


def test_a_discarded_answer_is_kept_and_becomes_no_row(world: World) -> None:
    edited(world, **{PHONE: "052-7654321"})
    [[_, sent, reason, place, *_]] = waiting(world)
    assert (reason, place) == (REASONS["edited"][0], "נרשמים")
    assert "052-7654321" in sent
    assert world.run().requests == 0
    decide(world, "לא לשבץ")
    world.run()
    assert waiting(world) == []
    assert (state(world, "m-2"), registered(world)) == (State.DISCARDED, [["נועה כץ", "050-1234567", "יוגה"]])
    assert world.run().requests == 0


def test_an_edit_changes_the_cells_that_still_say_what_was_sent_first(world: World) -> None:
    edited(world, **{PHONE: "052-7654321"})
    decide(world, "לשבץ")
    world.run()
    assert registered(world) == [["נועה כץ", "052-7654321", "יוגה"]]
    assert (waiting(world), state(world, "m-2")) == ([], State.PLACED)
    send(world, "m-3", **{PHONE: "052-7654321", NAME: "נועה כהן"})
    world.run()
    decide(world, "לשבץ")
    world.run()
    assert registered(world) == [["נועה כהן", "052-7654321", "יוגה"]]
    assert world.run().requests == 0


def test_what_a_person_wrote_meanwhile_stays_and_is_said(world: World) -> None:
    send(world, "m-1")
    world.run()
    cell(world, PHONE, "03-5551234")
    send(world, "m-2", **{PHONE: "052-7654321", NAME: "נועה כהן"})
    world.run()
    decide(world, "לשבץ")
    world.run()
    assert registered(world) == [["נועה כהן", "03-5551234", "יוגה"]]
    [[_, _, reason, *_]] = waiting(world)
    assert reason == said_reason(f"left:{PHONE}", "he")
    decide(world, "לא לשבץ")
    world.run()
    assert waiting(world) == []


def test_an_answer_that_came_before_there_were_digests_fills_only_empty_cells(world: World) -> None:
    send(world, "m-1")
    world.run()
    with writing(world.service.engine) as connection:
        connection.execute(schema.inbox.update().values(body=None))
    cell(world, NAME, "")
    send(world, "m-2", **{PHONE: "052-7654321"})
    world.run()
    decide(world, "לשבץ")
    world.run()
    assert registered(world) == [["נועה כץ", "050-1234567", "יוגה"]]
    [[_, _, reason, *_]] = waiting(world)
    assert reason == said_reason(f"left:{PHONE}", "he")


def test_an_edit_whose_row_is_gone_becomes_a_row(world: World) -> None:
    edited(world, **{PHONE: "052-7654321"})
    tab = world.tab("main", "נרשמים")["properties"]
    span = {"sheetId": tab["sheetId"], "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    world.edit(world.ids["main"], [{"deleteDimension": {"range": span}}])
    decide(world, "לשבץ")
    world.run()
    world.run()
    assert registered(world) == [["נועה כץ", "052-7654321", "יוגה"]]
    assert waiting(world) == []


@pytest.mark.parametrize(
    "fault", [{"do": "lose_answer", "times": 1}, {"do": "status", "code": 503, "times": 1}], ids=["lost", "busy"]
)
def test_an_edit_is_made_once_whatever_becomes_of_the_answer(world: World, fault: dict[str, object]) -> None:
    edited(world, **{PHONE: "052-7654321"})
    decide(world, "לשבץ")
    world.faults({"match": ":batchUpdate", **fault})
    run_pass(world.service)
    world.faults()
    world.run()
    world.run()
    assert registered(world) == [["נועה כץ", "052-7654321", "יוגה"]]
    assert (waiting(world), state(world, "m-2")) == ([], State.PLACED)


def test_another_body_under_a_known_id_is_told_of(world: World) -> None:
    send(world, "m-1")
    send(world, "m-1", **{PHONE: "052-7654321"})
    world.run()
    assert [row[:3] for row in waiting(world)] == [["registrations", "", REASONS["conflict"][0]]]
    decide(world, "לא לשבץ")
    world.run()
    assert (waiting(world), state(world, "m-1")) == ([], State.PLACED)


def test_what_was_sent_is_seen_only_where_the_forms_table_stands(tmp_path: Path) -> None:
    world = World(tmp_path, {"main": ("people",), "apart": ("registrations",)})
    spreadsheets = [msgspec.structs.replace(s, restricted=s.name == "apart") for s in world.settings.spreadsheets]
    world.with_settings(spreadsheets=spreadsheets, forms=[Form("registrations")])
    edited(world, **{PHONE: "052-7654321"})
    assert waiting(world) == []
    [[_, sent, *_]] = waiting(world, "apart")
    assert "052-7654321" in sent
    assert "נועה" not in json.dumps(world.whole("main"), ensure_ascii=False)
    with reading(world.service.engine) as connection:
        assert not [row for row in connection.execute(select(writes)) if "7654321" in str(tuple(row))]
    decide(world, "לשבץ", "apart")
    world.run()
    assert registered(world, "apart") == [["נועה כץ", "052-7654321", "יוגה"]]
    assert world.run().requests == 0
    world.close()


@pytest.mark.parametrize("language", ["he", "en"])
def test_a_reason_is_said_in_words(language: Language) -> None:
    assert said_reason("left:א, ב", language).endswith(": א, ב")
    assert all(said_reason(code, language) for code in REASONS)
    assert said_reason("a reason of an earlier version", language) == "a reason of an earlier version"
