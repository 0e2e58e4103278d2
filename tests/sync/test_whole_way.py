"""The main job over HTTP: a form answer closes an alert, an expense opens one, and the same pass again does nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from werkzeug.serving import make_server

from rules.dates import serial
from rules.lifecycle import Step
from rules.table import Cell
from sheets_sync.config import Mail
from sheets_sync.notify.sink import Sink
from sheets_sync.telling.outbox import deliver
from sheets_sync.wiring import open_channels
from tests.webhooks.wire import SECRET, Request, send, submission
from tests.world import World
from webhooks.app import create_app
from webhooks.config import WebConfig

TODAY = serial(date(2026, 11, 23))
QUESTIONS = {
    "מה שם הילד/ה?": "  נועה   כץ ",
    "טלפון נייד": "501234567",
    "לאיזה חוג?": "קרמיקה כיתות א-ג",
    "שאלה שאין לה עמודה": "=IMPORTXML(1)",
}


@pytest.fixture
def village(world: World) -> World:
    """Dana coordinates, Ron is secretary; ceramics lacks one registration on its day; a line is nearly used up."""
    world.fill(
        "people",
        {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"},
        {"role": "מזכיר/ת היישוב", "name": "רון לוי", "email": "ron@village.example"},
        {"role": "רכז/ת חוגים", "name": "מיכל ברק", "email": "michal@village.example"},
    )
    world.fill("budget", {"line": "חגים", "category": "תרבות", "planned": 18_000, "one_off": True})
    world.fill("expenses", expense("17", 15_000))
    world.fill(
        "classes",
        {
            "name": "קרמיקה, כיתות א׳–ג׳",
            "instructor": "מיה",
            "minimum": 2,
            "maximum": 10,
            "decision_date": TODAY,
            "start": TODAY + 8,
            "status": "פתוח להרשמה",
        },
    )
    world.fill(
        "registrations", {"participant": "איתי דגן", "phone": "050-7654321", "class_name": "קרמיקה, כיתות א׳–ג׳"}
    )
    return world


def expense(invoice: str, amount: int) -> dict[str, Cell]:
    paid = {"line": "חגים", "supplier": "אולמי גל", "kind": "תשלום", "status": "תקין"}
    return {"date": TODAY - 30, "invoice": invoice, "amount": amount, **paid}


@contextmanager
def web(world: World) -> Iterator[int]:
    config = WebConfig(world.service.engine, "test", {"registrations": (SECRET,)}, lambda: world.now)
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_form_answer_becomes_a_row_and_closes_the_alert(village: World) -> None:
    first = village.run()
    [alert] = [step for step in first.plan.transitions if step.alert.rule == "class.below_minimum"]
    assert alert.step is Step.OPENED
    request = Request(
        body=submission(**QUESTIONS), form="registrations", seconds=str(int(village.now.timestamp())), message_id="m-7"
    )
    with web(village) as port:
        assert send(port, request).status == 202
        assert send(port, request).status == 200
        second = village.run()
    assert second.placed == 1
    assert [step.step for step in second.plan.transitions if step.alert.id == alert.alert.id] == [Step.CLOSED]
    header, *rows = village.values("main", "נרשמים")
    added = dict(zip(header, rows[1], strict=False))
    assert len(rows) == 2
    assert added["שם המשתתף/ת"] == "נועה כץ"
    assert added["טלפון"] == "050-1234567"
    assert added["חוג"] == "קרמיקה, כיתות א׳–ג׳"
    assert added["סטטוס הרשמה"] == "התקבל"
    assert added["הערות"] == "שאלה שאין לה עמודה: =IMPORTXML(1)"
    assert added["מזהה תשובה (מערכת)"] == "r-1"
    assert added["חותמת זמן"] == pytest.approx(serial(date(2026, 11, 22)) + (13 * 60 + 59) / 1440)
    closed = dict(zip(*[village.values("main", "התראות")[i] for i in (0, 1)], strict=False))
    assert closed["נסגרה"] == TODAY


def test_an_expense_over_the_line_tells_two_people_once(village: World) -> None:
    village.run()
    village.fill("expenses", expense("18", 4_000), at=2)
    with Sink() as sink:
        village.with_settings(mail=Mail(host="127.0.0.1", port=sink.port, security="none", sender="s@village.example"))
        village.run()
        channels = open_channels(village.settings)
        deliver(village.service.engine, channels, lambda: village.now)
        told = [(kept.recipients, kept.mail["Subject"]) for kept in sink.kept if "חריגה" in kept.text]
        assert sorted(who for who, _ in told) == [("dana@village.example",), ("ron@village.example",)]
        before = len(sink.kept)
        again = village.run()
        deliver(village.service.engine, channels, lambda: village.now)
    assert again.requests == 0
    assert len(sink.kept) == before
    header, row = village.values("budget", "תקציב")[:2]
    figures = dict(zip(header, row, strict=False))
    assert (figures["שולם (מחושב)"], figures["התחייבויות"], figures["יתרה"]) == (19_000, 0, -1_000)
    assert figures["% ניצול"] == 1.06


def test_a_pass_with_nothing_new_makes_no_write(village: World) -> None:
    village.run()
    before = village.whole("main"), village.whole("budget"), village.whole("absorption")
    account = village.run()
    assert account.calls == {"reads": 3}
    assert (village.whole("main"), village.whole("budget"), village.whole("absorption")) == before


def test_what_is_new_at_night_is_told_in_the_morning_if_it_still_holds(village: World) -> None:
    """22:30 on a Monday: written in the sheets at once, told on Tuesday at 7:00, without what was mended meanwhile."""
    village.now = village.now.replace(hour=22, minute=30)
    village.fill("expenses", expense("18", 4_000), at=2)
    with Sink() as sink:
        mail = Mail(host="127.0.0.1", port=sink.port, security="none", sender="s@village.example")
        village.with_settings(mail=mail, clock=type(village.settings.clock)())
        assert village.run().plan.post.letters == ()
        assert len(village.values("main", "התראות")) == 3
        village.fill("expenses", expense("18", 1_000), at=2)
        village.run()
        village.now = village.now.replace(day=24, hour=7, minute=0)
        village.run()
        deliver(village.service.engine, open_channels(village.settings), lambda: village.now)
    assert {kept.recipients for kept in sink.kept} == {("dana@village.example",), ("michal@village.example",)}
    assert not any("חריגה" in kept.text for kept in sink.kept)
