"""What the service knows beside the tables, through the whole way: files out of reach, sharing, roles, who was told."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from rules.catalogue import RULES
from rules.lifecycle import Step
from rules.table import Cell
from sheets_sync.config import Clock
from sheets_sync.errors import Unshared
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox, memory
from sheets_sync.store.database import reading, writing
from sheets_sync.store.schema import outbox
from sheets_sync.telling.outbox import deliver
from tests.world import JERUSALEM, OWNER, World

DANA = {"role": "רכז/ת קהילה", "name": "דנה", "email": "dana@village.example"}
RON = {"role": "מזכיר/ת היישוב", "name": "רון", "email": "ron@village.example"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    one = World(tmp_path)
    one.fill("people", DANA, RON)
    yield one
    one.close()


def only(world: World, *keys: str, **changes: Any) -> None:
    world.with_settings(rules={rule.key: {"on": False} for rule in RULES if rule.key not in keys}, **changes)


def alerts(world: World) -> dict[str, list[dict[str, str]]]:
    """The rows of the tab of alerts by rule's name, by header."""
    header, *rows = world.values("main", "התראות")
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        cells = {name: str(row[at]) if at < len(row) else "" for at, name in enumerate(header)}
        found.setdefault(cells["כלל"], []).append(cells)
    return found


def letters(world: World) -> list[tuple[str, str]]:
    with reading(world.service.engine) as connection:
        return [(row.recipient, row.text) for row in connection.execute(select(outbox).order_by(outbox.c.id))]


def permissions(world: World, book: str) -> list[Mapping[str, str]]:
    path = f"/drive/v3/files/{world.ids[book]}/permissions?fields=permissions(id,emailAddress,type)"
    found: list[Mapping[str, str]] = world.call("get", path)["permissions"]
    return found


def unshare(world: World, book: str, address: str) -> None:
    [one] = [one for one in permissions(world, book) if one.get("emailAddress", "") == address]
    world.call("delete", f"/drive/v3/files/{world.ids[book]}/permissions/{one['id']}")


def share(world: World, book: str, **permission: str) -> None:
    world.call("post", f"/drive/v3/files/{world.ids[book]}/permissions", {"role": "reader", **permission})


def overrun(world: World, line: str = "חגים", amount: int = 2000) -> None:
    world.fill("budget", {"line": line, "planned": 1000})
    world.fill("expenses", {"date": 46350, "line": line, "supplier": "א", "amount": amount, "kind": "תשלום"})


def ceramics(world: World, **more: Cell) -> None:
    """A class to be decided about today, without a registration."""
    world.fill("classes", {"name": "קרמיקה", "minimum": 8, "decision_date": 46349, "start": 46360, **more})


def test_while_a_file_is_out_of_reach_only_its_own_alerts_stay(world: World) -> None:
    only(world, "budget.overrun", "class.below_minimum", "service.unreadable")
    overrun(world)
    ceramics(world)
    world.run()
    unshare(world, "budget", world.account)
    ceramics(world, status="לא נפתח")
    assert {type(one) for one in run_pass(world.service).troubles.values()} == {Unshared}
    found, by_key = alerts(world), {rule.key: rule.hebrew for rule in RULES}
    [unread] = found["קובץ שלא נקרא"]
    assert f"{world.account}.\u2069 מה שתלוי בקובץ" in unread["מה קורה"]
    assert {name: [bool(row["נסגרה"]) for row in rows] for name, rows in found.items()} == {
        "חריגה מסעיף תקציבי": [False],
        by_key["class.below_minimum"]: [True],
        "קובץ שלא נקרא": [False],
    }
    share(world, "budget", type="user", role="writer", emailAddress=world.account)
    world.run()
    assert [bool(row["נסגרה"]) for row in alerts(world)["קובץ שלא נקרא"]] == [True]
    assert [bool(row["נסגרה"]) for row in alerts(world)["חריגה מסעיף תקציבי"]] == [False]


def restricted(world: World, *allowed: str) -> None:
    books = [
        msgspec.structs.replace(one, restricted=one.name == "absorption", shared_with=list(allowed))
        for one in world.settings.spreadsheets
    ]
    only(world, "privacy.shared", spreadsheets=books)


def asked(world: World) -> int:
    return sum("/permissions" in str(one) and "GET" in str(one) for one in world.requests_seen())


def shared_alerts(world: World) -> list[tuple[str, bool]]:
    rows = alerts(world).get("קובץ בגישה מוגבלת ששותף", [])
    plain = str.maketrans("", "", "\u2068\u2069")
    return [(row["מה קורה"].split("\n")[0].translate(plain), not row["נסגרה"]) for row in rows]


def test_who_sees_a_restricted_file_is_asked_once_an_hour(world: World) -> None:
    restricted(world)
    world.run()
    before = asked(world)
    assert shared_alerts(world) == []
    share(world, "absorption", type="anyone")
    share(world, "absorption", type="user", emailAddress="stranger@other.example")
    world.now += timedelta(minutes=59)
    world.run()
    assert (asked(world) - before, shared_alerts(world)) == (0, [])
    world.now += timedelta(minutes=1)
    world.run()
    assert asked(world) - before == 1
    assert shared_alerts(world) == [("הקובץ absorption פתוח לכל מי שיש לו קישור", True)]
    assert {to for to, _ in letters(world)} == {"dana@village.example", "ron@village.example"}
    assert "stranger" not in str(letters(world)) + str(world.whole("main"))
    assert world.run().requests == 0


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ((), []),
        ((OWNER,), []),
        ((OWNER.upper(),), []),
        (("other@v.example",), [("הקובץ absorption משותף עם כתובת אחת שאינה ברשימה", True)]),
    ],
    ids=["no list: its owner may", "the owner is listed", "in capitals", "the owner is not on the list"],
)
def test_the_list_says_who_may_see_a_file(world: World, allowed: tuple[str, ...], said: list[object]) -> None:
    restricted(world, *allowed)
    world.run()
    assert shared_alerts(world) == said


def test_permissions_that_cannot_be_read_are_told_of(world: World) -> None:
    restricted(world)
    world.faults({"match": "/permissions", "method": "GET", "do": "status", "code": 403, "times": 9})
    world.run()
    assert shared_alerts(world) == [("לא ידוע עם מי משותף הקובץ absorption", True)]
    world.faults()
    world.now += timedelta(hours=1)
    world.run()
    assert shared_alerts(world) == [("לא ידוע עם מי משותף הקובץ absorption", False)]


def test_an_answer_that_waits_a_day_is_told_of(world: World) -> None:
    only(world, "service.intake")
    tab = world.tab("main", "נרשמים")["properties"]
    world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": tab["sheetId"]}}])
    body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}}
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", "m-1", msgspec.json.encode(body), world.now)
    world.now += timedelta(hours=24)
    world.run()
    assert alerts(world) == {}
    world.now += timedelta(minutes=1)
    world.run()
    [row] = alerts(world)["תשובת טופס שממתינה"]
    assert row["מה קורה"].startswith("תשובת טופס אחת ממתינה לשיבוץ")


def test_a_role_without_a_recipient_and_a_tab_without_a_column(world: World) -> None:
    only(world, "service.no_recipient", "service.columns", "class.below_minimum")
    header = world.values("main", "חוגים, סדנאות וקורסים")[0]
    column = header.index("מינימום משתתפים")
    path = f"/v4/spreadsheets/{world.ids['main']}/values/'חוגים, סדנאות וקורסים'!{chr(ord('A') + column)}1"
    world.call("put", f"{path}?valueInputOption=RAW", {"values": [["כובע"]]})
    world.run()
    found = alerts(world)
    [role] = found["תפקיד בלי נמען"]
    assert "רכז/ת חוגים" in role["מה קורה"]
    [lacks] = found["עמודת חובה שלא נמצאה"]
    assert "מינימום משתתפים" in lacks["מה קורה"]


def test_in_whose_stead_the_coordinator_is_told_is_said_and_mended(world: World) -> None:
    only(world, "budget.overrun")
    world.fill("people", DANA, {})
    overrun(world)
    world.run()
    [row] = alerts(world)["חריגה מסעיף תקציבי"]
    assert row["נשלח אל"] == "רכז/ת קהילה · רכז/ת קהילה (במקום מזכיר/ת היישוב)"
    [(to, text)] = letters(world)
    assert to == "dana@village.example"
    assert "במקום אל" in text
    assert world.run().requests == 0
    world.fill("people", DANA, RON)
    world.run()
    [row] = alerts(world)["חריגה מסעיף תקציבי"]
    assert row["נשלח אל"] == "מזכיר/ת היישוב · רכז/ת קהילה"
    [_, (to, text)] = letters(world)
    assert to == "ron@village.example"
    assert "במקום אל" not in text
    assert world.run().requests == 0


NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=JERUSALEM)


@pytest.mark.parametrize(("pierce", "told"), [([], 0), (["privacy.shared"], 2)], ids=["by default", "by choice"])
def test_what_pierces_quiet_hours_is_named_in_a_setting(world: World, pierce: list[str], told: int) -> None:
    restricted(world, "nobody@v.example")
    rules = {key: change for key, change in world.settings.rules.items() if key != "budget.overrun"}
    world.with_settings(rules=rules, clock=Clock(pierce=pierce))
    world.now = NIGHT
    overrun(world)
    world.run()
    assert len(alerts(world)) == 2
    sent: list[str] = []
    deliver(world.service.engine, {"mail": lambda one: sent.append(one.subject)}, lambda: world.now, quiet=True)
    assert (len(letters(world)), len(sent)) == (told, told)
    assert not [text for _, text in letters(world) if "חגים" in text]
    world.now += timedelta(hours=9)
    world.run()
    deliver(world.service.engine, {"mail": lambda one: sent.append(one.subject)}, lambda: world.now)
    assert len(sent) == told + 2


def test_a_role_stays_unheld_while_the_tables_of_its_rules_cannot_be_read(world: World) -> None:
    only(world, "service.no_recipient", "budget.overrun")
    world.fill("people", DANA, {})
    world.run()
    assert len(letters(world)) == 1
    for code in (503, 0) * 2:
        world.faults(*[{"match": world.ids["budget"], "do": "status", "code": code, "times": 99}] if code else [])
        world.now += timedelta(hours=1)
        assert run_pass(world.service).steps.keys() <= {Step.STAYED}
    assert len(letters(world)) == 1


def test_while_the_tab_of_people_cannot_be_read_it_counts_as_it_was_read_last(world: World) -> None:
    only(world, "service.unreadable", "budget.overrun", "service.no_recipient")
    world.run()
    before = len(letters(world))
    world.faults({"match": world.ids["main"], "do": "status", "code": 403, "times": 999})
    overrun(world)
    run_pass(world.service)
    told = letters(world)[before:]
    assert {to for to, _ in told} == {"dana@village.example", "ron@village.example"}
    assert any("main" in text for _, text in told)
    world.now += timedelta(hours=1)
    run_pass(world.service)
    assert letters(world)[before:] == told
    world.faults()
    world.now += timedelta(hours=1)
    world.run()
    world.fill("people", {}, {})
    world.now += timedelta(hours=1)
    world.run()
    with reading(world.service.engine) as connection:
        assert memory.recall(connection, "test", "people", {})["name"] == []
