"""The person's own rules in their tab: made with examples, compiled, judged with the others, told and closed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from rules.table import Cell
from sheets_sync.pass_ import run_pass
from sheets_sync.previewing import preview
from sheets_sync.report import report
from sheets_sync.store.database import reading
from sheets_sync.store.schema import outbox
from sheets_sync.tabs.custom_tab import EXAMPLES, MOST_RULES, OFF
from tests.world import World

TITLE = "הכללים שלי"
BIG: Mapping[str, Cell] = {
    "name": "הוצאה גדולה",
    "table": "הוצאות",
    "condition": "סכום >= 1,000",
    "message": "הוצאה של {סכום} ל{ספק}",
    "on": True,
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    one = World(tmp_path)
    one.fill(
        "people",
        {"role": "רכז/ת קהילה", "name": "רכזת", "email": "coordinator@village.example"},
        {"role": "מזכיר/ת היישוב", "name": "מזכירה", "email": "secretary@village.example"},
    )
    spend(one, ("דפוס", 1500), ("אולם", 900))
    one.run()
    yield one
    one.close()


def spend(world: World, *lines: tuple[str, int]) -> None:
    usual: Mapping[str, Cell] = {"date": 46350, "line": "חגים", "kind": "תשלום"}
    rows: list[Mapping[str, Cell]] = [{**usual, "supplier": who, "amount": amount} for who, amount in lines]
    world.fill("expenses", *rows, *[{}] * (4 - len(lines)))


def write(world: World, *rows: Mapping[str, Cell]) -> None:
    """The tab's rows as the person leaves them; the examples go."""
    world.fill("custom_rules", *rows, *[{}] * (6 - len(rows)), book="main")


def beside(world: World) -> list[str]:
    rows = [row for row in world.values("main", TITLE)[1:] if any(row[:4])]
    return [str(row[6]) if len(row) > 6 else "" for row in rows]


def alerts(world: World) -> list[tuple[str, bool]]:
    """The message of each alert of the tab, and whether it is open."""
    header, *rows = world.values("main", "התראות")
    message, closed = header.index("מה קורה"), header.index("נסגרה")
    return [(str(row[message]).split("\n")[0].translate({0x2068: None, 0x2069: None}), not row[closed]) for row in rows]


def letters(world: World) -> list[tuple[str, str]]:
    with reading(world.service.engine) as connection:
        return [(row.recipient, row.text) for row in connection.execute(select(outbox))]


def test_the_tab_is_made_with_examples_that_are_off(world: World) -> None:
    rows = world.values("main", TITLE)[1:]
    assert [tuple(row[:4]) for row in rows] == [*EXAMPLES]
    assert {row[5] for row in rows} == {False}
    assert beside(world) == [OFF["he"]] * len(EXAMPLES)
    assert world.run().requests == 0


def test_a_rule_finds_tells_and_closes(world: World) -> None:
    write(world, {**BIG, "roles": "מזכיר/ת היישוב"})
    world.run()
    assert alerts(world) == [("הוצאה של 1,500\u00a0₪ לדפוס", True)]
    assert beside(world) == ["✓ פועל; שורות שנמצאו: 1"]
    ((to, text),) = letters(world)
    assert to == "secretary@village.example"
    assert "הוצאה גדולה" in text
    assert world.run().requests == 0
    spend(world, ("דפוס", 15), ("אולם", 900))
    world.run()
    assert alerts(world) == [("הוצאה של 1,500\u00a0₪ לדפוס", False)]
    assert beside(world) == ["✓ פועל; שורות שנמצאו: 0"]
    assert len(letters(world)) == 1


@pytest.mark.parametrize("after", [{}, {**BIG, "on": False}], ids=["row gone", "turned off"])
def test_with_the_rule_its_alerts_go(world: World, after: Mapping[str, Cell]) -> None:
    write(world, BIG)
    world.run()
    write(world, after)
    world.run()
    assert [is_open for _, is_open in alerts(world)] == [False]


def test_a_slip_in_a_rule_leaves_its_alerts_as_they_are(world: World) -> None:
    write(world, BIG)
    world.run()
    write(world, {**BIG, "condition": "סכוםם >= 1,000"})
    world.run()
    assert [is_open for _, is_open in alerts(world)] == [True]
    assert beside(world) == ["בתנאי, בתו 1 (סכוםם >= 1,000): אין בטבלה הזו עמודה בשם סכוםם. אולי הכוונה לסכום?"]
    write(world, BIG)
    world.run()
    assert len(letters(world)) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**BIG, "table": "הוצאו"}, "בטבלה: אין טבלה בשם הוצאו. אולי הכוונה להוצאות?"),
        ({**BIG, "condition": "סכום >"}, "בתנאי: הביטוי נגמר באמצע"),
        ({**BIG, "condition": ""}, "בתנאי: כאן עוד לא נכתב דבר"),
        ({**BIG, "condition": "9 * 9 * סכום"}, "בתנאי, בתו 1 (9 * 9 * סכום): זה אינו תנאי של כן או לא, אלא סכום כסף"),
        ({**BIG, "condition": "__import__('os')"}, "בתנאי, בתו 1 (__import__('os'…): אין פונקציה בשם __import__"),
        ({**BIG, "message": "{ספקק}"}, "בהודעה, בתו 2 (ספקק}): אין בטבלה הזו עמודה בשם ספקק. אולי הכוונה לספק?"),
        ({**BIG, "roles": "מזכיר/ת היישוב, ראש הקבוצה"}, "בתפקידים: אין תפקיד בשם ראש הקבוצה"),
        ({**BIG, "name": ""}, "בשם: כאן עוד לא נכתב דבר"),
        ({**BIG, "table": "אירועים", "condition": "תאריך = היום", "message": "x"}, "לא בשימוש: אין עכשיו אירועים"),
    ],
)
def test_what_is_wrong_is_said_beside_the_rule(world: World, row: Mapping[str, Cell], said: str) -> None:
    write(world, row)
    world.run()
    (words,) = beside(world)
    assert words.startswith(said)
    assert alerts(world) == []
    assert world.run().requests == 0


def test_two_rules_of_one_name(world: World) -> None:
    write(world, BIG, {**BIG, "condition": "סכום > 0"})
    world.run()
    assert beside(world) == [
        "✓ פועל; שורות שנמצאו: 1",
        "בשם: כבר יש למעלה כלל בשם הוצאה גדולה; כדאי לתת לזה שם אחר",
    ]


def test_a_sum_over_another_table(world: World) -> None:
    world.fill("budget", {"line": "חגים", "planned": 3000})
    rule = {**BIG, "table": "תקציב", "condition": "סכום(הוצאות; סכום; סעיף = שורה.סעיף) > [תקציב מאושר] / 2"}
    write(world, {**rule, "message": "חצי מ{סעיף} נוצל"})
    world.run()
    assert alerts(world) == [("חצי מחגים נוצל", True)]


def test_check_reports_it(world: World) -> None:
    write(world, BIG)
    (finding,) = report(preview(world.service).picture, "he")["findings"]
    assert finding["rule"].startswith("own.")
    assert (finding["table"], finding["row"], finding["roles"]) == ("expenses", 1, ["coordinator"])
    assert finding["message"].startswith("הוצאה של 1,500\u00a0₪ לדפוס")


@pytest.mark.parametrize("table", ["הוצאות", "תקציב"])
def test_a_restricted_file_is_not_read_by_a_rule_of_ones_own(world: World, table: str) -> None:
    spreadsheets = [msgspec.structs.replace(s, restricted=s.name == "budget") for s in world.settings.spreadsheets]
    world.with_settings(spreadsheets=spreadsheets)
    condition = "סכום > 0" if table == "הוצאות" else "ספירה(הוצאות) > 0"
    write(world, {**BIG, "table": table, "condition": condition, "message": "נמצא"})
    world.run()
    (words,) = beside(world)
    assert words.startswith("לא בשימוש: כלל אישי אינו קורא מקובץ בגישה מוגבלת (")
    assert alerts(world) == []


def test_while_a_file_is_out_of_reach_its_rules_alerts_stay(world: World) -> None:
    write(world, BIG)
    world.run()
    shared = world.call("get", f"/drive/v3/files/{world.ids['budget']}/permissions?fields=permissions(id,emailAddress)")
    ours = next(one["id"] for one in shared["permissions"] if one["emailAddress"] == world.account)
    world.call("delete", f"/drive/v3/files/{world.ids['budget']}/permissions/{ours}")
    run_pass(world.service)
    assert [is_open for _, is_open in alerts(world)] == [True]


def test_fifty_rules_of_much_work_end_in_time(world: World) -> None:
    heavy = "ספירה(הוצאות; סכום > שורה.סכום) = 0"
    rows = [{**BIG, "name": f"כלל {n}", "condition": heavy, "on": True} for n in range(MOST_RULES + 2)]
    world.fill("custom_rules", *rows, book="main")
    world.run()
    words = beside(world)
    assert words[:MOST_RULES] == ["✓ פועל; שורות שנמצאו: 1"] * MOST_RULES
    assert words[MOST_RULES] == f"בשם: נקראים {MOST_RULES} כללים ראשונים, וזה אחריהם"
