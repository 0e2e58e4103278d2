"""Canaries in every personal column, in messages and form answers are in no log, of any part, in either form."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from sheets_sync.config import Form
from sheets_sync.errors import Trouble
from sheets_sync.log import NAMES, NUMBERS, WORDS, set_up, take_over
from sheets_sync.log_words import EVENTS
from sheets_sync.notify.channel import Failure, SendFailed
from sheets_sync.notify.message import Message
from sheets_sync.pass_ import run_pass
from sheets_sync.store import outbox
from sheets_sync.store.database import writing
from sheets_sync.story import tell_failure, tell_story
from sheets_sync.telling.outbox import deliver
from tests.sync.test_privacy_canaries import BOOKS, CANARY, PEOPLE, Aviary, rows
from tests.webhooks.wire import SECRET
from tests.world import NOON, SPECS
from webhooks.app import create_app
from webhooks.config import WebConfig
from webhooks.intake import BODY_LIMIT

FORMS = pytest.mark.parametrize("form", ["text", "json"])
SEEN = "canary"

pytestmark = pytest.mark.usefixtures("log_as_it_was")


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aviary]:
    """Canaries in every personal column of every table, and all over the restricted spreadsheet."""
    one = Aviary(tmp_path_factory.mktemp("aviary"), BOOKS)
    one.fill_in("main", "people", PEOPLE)
    for book in ("others", "apart"):
        for key in BOOKS[book]:
            one.fill_in(book, key, list(rows(SPECS[key], everywhere=book == "apart")))
    spreadsheets = [msgspec.structs.replace(s, restricted=s.name == "apart") for s in one.settings.spreadsheets]
    one.with_settings(spreadsheets=spreadsheets, rules={}, forms=[Form("registrations")])
    yield one
    one.close()


def heard(capfd: pytest.CaptureFixture[str], form: str) -> str:
    """What the process said; no canary, and as JSON nothing that is on no list."""
    said = "".join(capfd.readouterr())
    assert CANARY not in said
    assert SEEN not in said
    for line in said.splitlines() if form == "json" else ():
        entry: dict[str, Any] = json.loads(line)
        assert set(entry) <= NUMBERS | WORDS | NAMES | {"event", "level", "at"}
        assert entry["event"] in EVENTS
    return said


def begin(form: str) -> None:
    set_up("json" if form == "json" else "text", "he")
    take_over()
    logging.root.setLevel(logging.DEBUG)


@FORMS
def test_passes(aviary: Aviary, capfd: pytest.CaptureFixture[str], form: str) -> None:
    begin(form)
    aviary.faults({"match": aviary.ids["others"], "do": "status", "code": 503, "times": 1})
    tell_story(replace(run_pass(aviary.service), placed=1))
    said = heard(capfd, form)
    assert ("pass.began" if form == "json" else "סיבוב: ") in said
    assert "others" in said


@FORMS
def test_a_fault_that_quotes_a_cell(aviary: Aviary, capfd: pytest.CaptureFixture[str], form: str) -> None:
    begin(form)
    try:
        int(f"{CANARY} 7")
    except ValueError as error:
        fault = Trouble(f"{CANARY}", f"{CANARY}")
        fault.__cause__ = error
        tell_failure(fault, "test")
    logging.getLogger("gspread").error("cell %s", CANARY, exc_info=ValueError(CANARY))
    assert heard(capfd, form).count("ValueError") == 2


@FORMS
@pytest.mark.parametrize("failure", Failure)
def test_messages_that_fail(aviary: Aviary, capfd: pytest.CaptureFixture[str], form: str, failure: Failure) -> None:
    begin(form)
    key = f"{form} {failure} {CANARY}"
    with writing(aviary.service.engine) as connection:
        outbox.put(connection, Message("test", key, "mail", f"{SEEN}@x.example", CANARY, CANARY, CANARY), NOON)

    def channel(_message: Message) -> None:
        raise SendFailed(failure, "RecipientsRefused 550")

    deliver(aviary.service.engine, {"mail": channel}, lambda: NOON, "test")
    assert "RecipientsRefused 550" in heard(capfd, form)


@FORMS
def test_the_web(aviary: Aviary, capfd: pytest.CaptureFixture[str], form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused requests, and a fault of ours that quotes the body: 500, and its kind in the log."""
    begin(form)
    client = create_app(WebConfig(aviary.service.engine, "test", {"registrations": (SECRET,)})).test_client()
    body = json.dumps({"submission": {"id": CANARY, "answers": {"שם": CANARY}}}).encode()
    for data in (body, b"x" * (BODY_LIMIT + 2), b"{"):
        answer = client.post(f"/forms/registrations?who={SEEN}", data=data, content_type="application/json")
        assert answer.status_code >= 400
    monkeypatch.setattr("webhooks.intake._body", broken)
    assert client.post(f"/forms/registrations?who={SEEN}", data=body).status_code == 500
    assert "ValueError" in heard(capfd, form)


def broken(_request: object) -> bytes:
    raise ValueError(f"{CANARY} {SEEN}")
