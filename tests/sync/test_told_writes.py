"""What is told of writes is what Google took: in the log, to who asked for the pass, and in the table of passes."""

from sqlalchemy import select

from sheets_sync.account import Account
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import reading
from sheets_sync.store.schema import passes
from sheets_sync.story import story
from tests.sync.test_parts import protect
from tests.world import SPECS, World


def told(account: Account) -> tuple[object, list[str]]:
    wrote = dict(story(account)).get("pass.wrote", {})
    return wrote.get("changes", 0), wrote.get("spreadsheets", [])


def remembered(world: World) -> int:
    with reading(world.service.engine) as connection:
        counts = connection.execute(select(passes.c.counts).order_by(passes.c.id.desc())).scalars().first()
    return int((counts or {})["changes"])


def test_what_never_went_out_is_not_told_as_written(world: World) -> None:
    world.run()
    world.fill("budget", {"line": "חגים", "planned": "מאה"})
    protect(world, "budget", SPECS["budget"].hebrew)
    first = run_pass(world.service, "clock")
    assert first.plan.requests[world.ids["budget"]]
    assert told(first)[1] == ["main"]
    assert told(first)[0] == first.requests == remembered(world) == first.mended["main"].written > 0
    later = run_pass(world.service, "clock")  # the tab is left alone
    assert later.plan.requests[world.ids["budget"]]
    assert "budget" not in told(later)[1]
    assert remembered(world) == later.requests == sum(one.written for one in later.mended.values())


def test_what_some_tabs_took_is_told_though_one_refused(world: World) -> None:
    world.run()
    protect(world, "main", SPECS["classes"].hebrew)
    world.fill("classes", {"name": "יוגה", "phone": "12"})
    world.fill("registrations", {"participant": "איתי", "phone": "12", "class_name": "יוגה"})
    account = run_pass(world.service)
    planned = len(account.plan.requests[world.ids["main"]])
    assert "main" in account.troubles
    assert told(account)[1] == ["main"]
    assert 0 < account.requests < planned


def test_a_refused_write_tells_of_nothing(world: World) -> None:
    world.run()
    world.fill("budget", {"line": "חגים", "planned": "מאה"})
    world.faults({"match": ":batchUpdate", "do": "status", "code": 503, "times": 99})
    world.service.gateway.client.deadline = 0
    account = run_pass(world.service)
    assert any(account.plan.requests.values())
    assert (account.requests, told(account)) == (0, (0, []))
