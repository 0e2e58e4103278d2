"""Many communities under one clock: one call of Drive's for all, each for itself, and none keeps another waiting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from sheets_sync import wiring
from sheets_sync.clock import beats
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.due import Standing, day_of
from sheets_sync.clock.feed import poll
from sheets_sync.clock.member import member
from sheets_sync.communities import load_all, with_web
from sheets_sync.config import Community, Form, Settings
from sheets_sync.errors import BadSettings
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.store import inbox
from sheets_sync.store.database import writing
from tests.sync.test_feed import Bench, Told
from tests.world import World

KEYS = tuple(f"village-{number}" for number in range(6))


class Many(Bench):
    """A clock over six communities of one spreadsheet each."""

    def open(self) -> Clockwork:
        self.services = wiring.open_services(settings_of(self.world), lambda: self.world.now)
        members = [member(service, {}) for service in self.services]
        return Clockwork(members, self.told.accounts.append, self.told.trouble, lambda: self.seconds)


def settings_of(world: World) -> list[Settings]:
    return [
        msgspec.structs.replace(
            world.settings,
            community=Community(f"כפר {one.name}", key=one.name),
            spreadsheets=[msgspec.structs.replace(one, name="main")],
            forms=[Form("registrations")] if one.name == KEYS[0] else [],
        )
        for one in world.settings.spreadsheets
    ]


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Many]:
    world = World(tmp_path, {KEYS[0]: ("registrations", "classes"), **dict.fromkeys(KEYS[1:], ("people",))})
    made = Many(world)
    made.go(times=3)
    made.calls()
    made.told.accounts.clear()
    yield made
    made.services[0].engine.dispose()
    world.close()


def test_one_account_is_one_client_and_one_database_one_engine(many: Many) -> None:
    assert len({id(service.gateway.client.session) for service in many.services}) == 1
    assert len({id(service.engine) for service in many.services}) == 1
    assert len({id(service.gateway.client) for service in many.services}) == len(KEYS)


def test_nothing_new_is_one_call_for_all(many: Many) -> None:
    assert many.go(times=2) == []
    assert many.calls() == ["changes"] * 2


def test_only_the_community_that_changed_has_a_pass(many: Many) -> None:
    many.world.fill("people", {"name": "דנה", "email": "לא כתובת"}, book=KEYS[3])
    many.calls()
    [account] = many.go()
    assert (account.community, account.calls) == (KEYS[3], {"reads": 1, "writes": 1})
    assert many.calls() == ["changes", "sheets", "sheets"]
    path = f"/v4/spreadsheets/{many.world.ids[KEYS[3]]}?fields=sheets(properties.sheetId,data.rowData.values.note)"
    sheets = many.world.call("get", path + "&includeGridData=true")["sheets"]
    [people] = [one for one in sheets if one["properties"]["sheetId"] == sheet_id("people")]
    assert any(cell.get("note") for cell in people["data"][0]["rowData"][1]["values"])  # within a tick of the edit


def test_the_oldest_change_goes_first(many: Many) -> None:
    for key in (KEYS[5], KEYS[2]):
        many.world.fill("people", {"name": "דנה"}, book=key)
        for ear in many.clock.ears:
            ear.listen(many.world.now)
        many.world.now += timedelta(seconds=1)
    assert [account.community for account in many.go()] == [KEYS[5], KEYS[2]]


def test_one_communitys_trouble_keeps_no_other(many: Many) -> None:
    for key in KEYS[1:4]:
        many.world.fill("people", {"name": "דנה"}, book=key)
    many.world.faults({"match": many.world.ids[KEYS[1]], "do": "status", "code": 403, "times": 99})
    accounts = {account.community: account for account in many.go()}
    assert set(accounts) == set(KEYS[1:4])
    assert [key for key, account in accounts.items() if account.troubles] == [KEYS[1]]
    assert not many.told.troubles


def test_a_fault_of_the_program_in_one_keeps_no_other(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in KEYS[1:4]:
        many.world.fill("people", {"name": "דנה"}, book=key)

    def broken(spreadsheet: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(many.services[1].gateway, "state", broken)
    many.world.now += timedelta(minutes=1)
    many.seconds += 60
    many.clock.beat()
    assert {account.community for account in many.told.accounts} == set(KEYS[2:4])
    [(trouble, key)] = many.told.troubles
    assert key == KEYS[1]
    assert "ZeroDivisionError" in trouble.en


def test_a_fault_before_a_pass_of_one_keeps_no_other(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many.world.fill("people", {"name": "דנה"}, book=KEYS[2])

    def broken() -> datetime:
        raise ZeroDivisionError

    members = [
        replace(one, service=replace(one.service, clock=broken)) if one.key == KEYS[1] else one
        for one in many.clock.members
    ]
    monkeypatch.setattr(many.clock, "members", tuple(members))
    many.world.now += timedelta(minutes=1)
    many.seconds += 60
    many.clock.beat()
    assert {account.community for account in many.told.accounts} == {KEYS[2]}
    assert {key for _, key in many.told.troubles} == {KEYS[1]}


def test_a_form_answer_begins_a_pass_at_once(many: Many) -> None:
    body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}}
    with writing(many.services[0].engine) as connection:
        inbox.take(connection, KEYS[0], "registrations", "m-1", msgspec.json.encode(body), many.world.now)
    [account] = many.go(1)
    assert (account.community, account.reason, account.placed) == (KEYS[0], "answers", 1)


def test_an_answer_that_cannot_be_placed_is_tried_once_a_tick(many: Many) -> None:
    many.world.edit(many.world.ids[KEYS[0]], [{"deleteSheet": {"sheetId": sheet_id("registrations")}}])
    many.go(times=3)
    body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}}
    with writing(many.services[0].engine) as connection:
        inbox.take(connection, KEYS[0], "registrations", "m-1", msgspec.json.encode(body), many.world.now)
    assert [account.reason for account in many.go(1)] == ["answers"]
    assert many.go(1, times=2) == []
    many.go()  # the echo of the summary's line about it
    [again] = many.go()
    assert (again.reason, again.waiting) == ("answers", 1)


def test_a_thousand_communities_with_nothing_new_are_one_call(world: World) -> None:
    """As a restart finds them: each had its pass, and the feed was read to its end."""
    every = [
        msgspec.structs.replace(world.settings, community=Community("כפר", key=f"village-{n}")) for n in range(1_000)
    ]
    services = wiring.open_services(every, lambda: world.now)
    members = [member(service, {}) for service in services]
    token = poll(world.service.gateway.client, "").token
    with writing(services[0].engine) as connection:
        for one in members:
            calm = Standing(ended=world.now, whole=day_of(world.now), settings=one.digest)
            beats.keep(connection, one.key, calm)
        beats.keep_feed_token(connection, world.account, token, world.now)
    told = Told()
    clock = Clockwork(members, told.accounts.append, told.trouble, lambda: 0.0)
    before = len(world.requests_seen())
    assert clock.beat() == 0
    assert [one["path"] for one in world.requests_seen()[before:] if "token" not in one["path"]] == [
        "/drive/v3/changes"
    ]
    services[0].engine.dispose()


SETTINGS = """
[community]
name = "כפר"
key = "{key}"
[[spreadsheets]]
name = "main"
url = "https://docs.google.com/spreadsheets/d/{id}/edit"
{more}
"""


def written(folder: Path, name: str, key: str, id: str, more: str = "") -> None:
    (folder / name).write_text(SETTINGS.format(key=key, id=id * 44, more=more), encoding="utf-8")


def test_a_folder_is_a_community_a_file(tmp_path: Path) -> None:
    written(tmp_path, "b.toml", "b", "b", '[[forms]]\nname = "registrations"')
    written(tmp_path, "a.toml", "a", "a")
    found = load_all(tmp_path)
    assert [settings.community.key for settings in found.values()] == ["a", "b"]
    assert [file.name for file in with_web(found)] == ["b.toml"]
    assert [*load_all(tmp_path / "a.toml")] == [tmp_path / "a.toml"]


FORM = '[[forms]]\nname = "registrations"'


@pytest.mark.parametrize(
    ("key", "id", "more", "named"),
    [
        ("a", "b", "", "community.key"),
        ("b", "a", "", "spreadsheets.url"),
        ("b", "b", FORM, "web.port"),
    ],
)
def test_what_each_needs_for_itself_stands_in_one_file(
    tmp_path: Path, key: str, id: str, more: str, named: str
) -> None:
    written(tmp_path, "a.toml", "a", "a", FORM)
    written(tmp_path, "b.toml", key, id, more)
    with pytest.raises(BadSettings) as raised:
        load_all(tmp_path)
    for words in (raised.value.he, raised.value.en):
        assert named in words
        assert "a.toml" in words
        assert "b.toml" in words


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"\.toml"):
        load_all(tmp_path)
