"""The log: only known events and listed fields come out, in words or as JSON, whoever logs them and however."""

import inspect
import json
import logging
import re
import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.wording import Language
from sheets_sync import errors
from sheets_sync.clock import due
from sheets_sync.errors import GoogleTrouble, Trouble, Unshared
from sheets_sync.log import NAMES, NUMBERS, WORDS, Form, allowed, log, place_of, set_up, take_over
from sheets_sync.log_words import EVENTS, MEANT, told_in
from sheets_sync.pass_ import run_pass
from sheets_sync.story import story, tell_failure, tell_story
from tests.world import World

PERSONAL = "נועה כץ, 050-1234567, noa@example.org"

pytestmark = pytest.mark.usefixtures("log_as_it_was")


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"letters": 3, "seconds": 1.5}, {"letters": 3, "seconds": 1.5}),
        ({"letters": "3", "problems": True}, {}),
        (
            {"kind": "Unshared", "place": "pass_.py:80 < look.py:12"},
            {"kind": "Unshared", "place": "pass_.py:80 < look.py:12"},
        ),
        ({"kind": PERSONAL, "reason": "noa@example.org"}, {}),
        ({"spreadsheets": ["main", "תקציב"]}, {"spreadsheets": ["main", "תקציב"]}),
        ({"spreadsheets": ["main", 5]}, {}),
        ({"spreadsheet": "א" * 61}, {}),
        ({"spreadsheet": "main\nfault"}, {}),
        ({"title": "main", "row": 3, "name": "Noa", "error": "x"}, {}),
    ],
)
def test_only_listed_fields_of_the_right_kind_come_out(fields: dict[str, Any], kept: dict[str, Any]) -> None:
    assert allowed(None, "info", {"event": "pass.ended", **fields}) == {"event": "pass.ended", **kept}


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text())), max_size=5), st.text())
def test_nothing_else_ever_does(fields: dict[str, Any], event: str) -> None:
    out = allowed(None, "info", {**fields, "event": event})
    assert set(out) <= NUMBERS | WORDS | NAMES | {"event"}
    assert out["event"] in EVENTS


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_words_that_ask_for_listed_fields_alone(event: str, language: Language) -> None:
    fields = {**dict.fromkeys(NUMBERS, 7), **dict.fromkeys(WORDS, "clock"), **{name: ["main"] for name in NAMES}}
    assert "–" not in told_in(language, {"event": event, **fields})


@pytest.mark.parametrize(("form", "levels"), [("text", 1), ("json", 2)])
def test_what_is_for_machines_alone_is_left_out_of_the_text(
    form: Form, levels: int, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(form)
    log.debug("pass.ended", calls=3, seconds=0.1)
    log.info("pass.ended", calls=3, seconds=0.1)
    assert len(capsys.readouterr().err.splitlines()) == levels


def test_a_fault_is_told_by_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    try:
        int(PERSONAL)
    except ValueError as error:
        tell_failure(_caused(error), "test")
        log.error(f"fault {error}", exc_info=error)
    failed, unnamed = said(capsys)
    assert (failed["event"], failed["kind"], failed["community"]) == ("pass.failed", "ValueError", "test")
    assert failed["place"].startswith("test_log.py:")
    assert unnamed["event"] == "unnamed"
    assert place_of(ValueError()) == ""


def _caused(error: Exception) -> Trouble:
    trouble = Trouble("תקלה", "fault")
    trouble.__cause__ = error
    return trouble


def test_a_trouble_is_told_by_its_kind_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("text", "he")
    tell_failure(Unshared(PERSONAL, PERSONAL))
    assert "הקובץ לא משותף עם חשבון השירות" in (line := capsys.readouterr().err)
    assert "נועה" not in line


def test_other_libraries_and_what_nobody_caught_come_in_without_their_texts(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    take_over()
    try:
        raise ValueError(PERSONAL)
    except ValueError:
        logging.getLogger("flask.app").exception("Exception on %s", PERSONAL)
    logging.getLogger("urllib3").info("nothing of weight")
    thread = threading.Thread(target=int, args=(PERSONAL,))
    thread.start()
    thread.join()
    library, fault = said(capsys)
    assert (library["event"], library["logger"], library["kind"]) == ("library", "flask.app", "ValueError")
    assert (fault["event"], fault["kind"]) == ("fault", "ValueError")
    assert "place" in fault
    assert PERSONAL not in json.dumps([library, fault], ensure_ascii=False)


def test_a_process_that_dies_of_a_fault_says_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    program = f"from sheets_sync.log import *; set_up('json'); take_over(); int({PERSONAL!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert [json.loads(line)["kind"] for line in done.stderr.splitlines()] == ["ValueError"]


def test_a_pass_reads_as_a_story(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.fill("budget", {"line": "חגים", "planned": 100})
    world.fill("expenses", {"line": "חגים", "amount": 900, "status": "שולם", "date": 46300, "supplier": "לוי"})
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה", "email": "dana@village.example"})
    set_up("text", "he")
    tell_story(world.run())
    lines = [line.partition("] ")[2] for line in capsys.readouterr().err.splitlines()]
    beginnings = [
        "סיבוב: לפי בקשה",
        "נקראו main, budget, absorption · 6 קריאות",
        "תא אחד לתיקון · ממצא אחד · התראות: אחת נפתחה, לא נסגרו",
        "212 שינויים נכתבו אל main, budget · שתי כתיבות",
        "הודעה אחת לשליחה",
    ]
    assert [line for line, beginning in zip(lines, beginnings, strict=False) if not line.startswith(beginning)] == []
    assert re.fullmatch(r"הסתיים אחרי [\d.]+ שניות · פניות ל־Google: 6 קריאות, שתי כתיבות", lines[-1])
    assert len(lines) == 6
    assert not [line for line in lines if "לוי" in line or "דנה" in line]


@pytest.mark.parametrize(
    ("event", "fields", "he", "en"),
    [
        ("pass.found", {"problems": 1, "findings": 2, "opened": 0, "closed": 2},
         "תא אחד לתיקון · שני ממצאים · התראות: לא נפתחו, שתיים נסגרו",
         "one cell to mend · 2 findings · alerts: none opened, 2 closed"),
        ("pass.placed", {"placed": 1}, "תשובת טופס אחת נקלטה", "one form answer taken in"),
        ("pass.mended", {"spreadsheet": "main", "tabs": 1, "put_back": 2, "left": 0},
         "main: היו עריכות בזמן הכתיבה (לשונית אחת) · שני דברים הוחזרו למקומם · אין תא בספק",
         "main: edited during the write (one tab) · 2 things put back · no cell in doubt"),
        ("pass.cut", {"spreadsheet": "main", "writes": 3}, "main: גדול מכתיבה אחת, ונכתב ב־3 חלקים",
         "main: too large for one write, written in 3 parts"),
        ("pass.ended", {"seconds": 0.4, "reads": 1, "writes": 0},
         "הסתיים אחרי 0.4 שניות · פניות ל־Google: קריאה אחת, בלי כתיבות",
         "ended after 0.4 s · at Google: one read, no writes"),
        ("pass.read", {}, "נקראו – · בלי קריאות", "read – · no reads"),
    ],
)  # fmt: skip
def test_counts_are_told_in_words(event: str, fields: dict[str, Any], he: str, en: str) -> None:
    assert (told_in("he", {"event": event, **fields}), told_in("en", {"event": event, **fields})) == (he, en)


def test_a_pass_in_which_nothing_was_done_is_for_machines_alone(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.run()
    account = world.run()
    tell_story(account)
    assert capsys.readouterr().err == ""
    set_up("json")
    tell_story(account)
    told = said(capsys)
    assert [one["event"] for one in told] == ["pass.began", "pass.read", "pass.found", "pass.ended"]
    assert told[-1]["calls"] == sum(account.calls.values()) > 0
    assert {one["community"] for one in told} == {"test"}


def test_troubles_are_told_by_the_settings_name_of_the_spreadsheet(world: World) -> None:
    world.faults({"match": world.ids["budget"], "do": "status", "code": 403, "times": 99})
    account = run_pass(world.service)
    assert ("pass.trouble", {"spreadsheet": "budget", "kind": "Unshared"}) in [*story(account)]


def test_only_what_was_read_is_told_as_read(world: World) -> None:
    world.run()
    account = replace(world.run(), unread=frozenset({"main", "budget"}))
    assert dict(story(account))["pass.read"]["spreadsheets"] == ["absorption"]
    assert "pass.read" not in dict(story(replace(account, unread=frozenset(world.ids))))


def test_every_reason_and_trouble_has_words() -> None:
    reasons = set(re.findall(r'return "(\w+)"', inspect.getsource(due)))
    assert reasons | {"active", "asked", "clock"} <= MEANT.keys()
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, GoogleTrouble)}
    assert kinds - {"GoogleTrouble"} <= MEANT.keys()
