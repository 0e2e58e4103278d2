"""Canary values in every personal column, and all over a restricted spreadsheet, are nowhere they must not be."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from rules.catalogue import TABLES
from rules.engine import CRASHED
from rules.table import Cell, Column, Kind, TableSpec
from sheets_sync.config import Form
from sheets_sync.previewing import preview
from sheets_sync.report import report
from sheets_sync.store import inbox
from sheets_sync.store.database import reading, writing
from sheets_sync.store.schema import outbox, passes, writes
from sheets_sync.tabs.service_tabs import SERVICE_TABLES, SUMMARY_TITLES
from tests.world import NOON, SPECS, World

CANARY = "קנרית"
APART = ("welfare", "families", "followups", "class_costs", "meetings")
"""In the restricted spreadsheet: its own, and some that speak loudly elsewhere."""

OPEN = tuple(spec.key for spec in TABLES if spec.key not in (*APART, "people"))
BOOKS = {"main": ("people",), "others": OPEN, "apart": APART}
DAY_ZERO = datetime(1899, 12, 30)
LONG_AGO = (NOON.replace(tzinfo=None) - DAY_ZERO).days - 100


def cell(spec: TableSpec, column: Column, row: int, everywhere: bool) -> Cell:
    """A canary in a personal column (of any kind) or, in the restricted spreadsheet, everywhere; else what fits."""
    if everywhere or column.personal:
        return f"{CANARY} {spec.key} {column.field} {row}\u200f"
    match column.kind:
        case Kind.DATE | Kind.DATETIME if column.field != "accompanied_until":  # they are still new
            return LONG_AGO + row
        case Kind.BOOL:
            return False
        case Kind.INT | Kind.MONEY | Kind.PERCENT:
            return row + 3
        case Kind.CHOICE if column.choices:
            return column.choices[(row - 2) % len(column.choices)]
        case Kind.TEXT | Kind.LONGTEXT | Kind.REF:
            return f"{column.field} {row}"
    return None


def rows(spec: TableSpec, *, everywhere: bool) -> Iterator[Mapping[str, Cell]]:
    """Several kinds of rows: with canaries everywhere, and with dates and choices that let the rules run."""
    columns = [column for column in spec.columns if not column.own]
    for row in range(6):
        whole = everywhere and row < 2
        yield {column.field: cell(spec, column, row, whole or (_is_text(column) and everywhere)) for column in columns}


def _is_text(column: Column) -> bool:
    return column.kind in (Kind.TEXT, Kind.LONGTEXT, Kind.REF)


class Aviary(World):
    """A community of canaries: its restricted spreadsheet is `apart`."""

    def fill_in(self, book: str, key: str, lines: Sequence[Mapping[str, Cell]]) -> None:
        fields = [column.field for column in SPECS[key].columns if column.offered]
        body = {"values": [[line.get(field) for field in fields] for line in lines]}
        path = f"/v4/spreadsheets/{self.ids[book]}/values/'{SPECS[key].hebrew}'!A2?valueInputOption=RAW"
        self.call("put", path, body)


PEOPLE: Sequence[Mapping[str, Cell]] = [
    {"role": role, "name": f"{role}", "email": f"{at}@village.example"}
    for at, role in enumerate(("רכז/ת קהילה", "מזכיר/ת היישוב", "רכז/ת חוגים"))
]


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aviary]:
    one = Aviary(tmp_path_factory.mktemp("aviary"), BOOKS)
    one.fill_in("main", "people", PEOPLE)
    for book in ("others", "apart"):
        for key in BOOKS[book]:
            one.fill_in(book, key, list(rows(SPECS[key], everywhere=book == "apart")))
    spreadsheets = [msgspec.structs.replace(s, restricted=s.name == "apart") for s in one.settings.spreadsheets]
    one.with_settings(spreadsheets=spreadsheets, rules={}, forms=[Form("registrations")])
    yield one
    one.close()


def test_canaries_are_nowhere_they_must_not_be(
    aviary: Aviary, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    account = aviary.run()
    aviary.now += timedelta(hours=2)
    again = aviary.run()
    assert again.requests == 0
    picture = account.picture
    assert picture.problems
    found = {finding.rule for finding in picture.verdict.findings}
    assert {"welfare.silent", "privacy.code_like_name", "plan.late", "initiative.silent"} <= found
    assert not [one for one in picture.verdict.findings if one.rule.startswith(("family.", "meeting.", CRASHED.key))]

    said = {title: json.dumps(aviary.values("main", title), ensure_ascii=False) for title in service_titles()}
    assert len(said["לתיקון בגיליון"]) > 2_000
    for title, text in said.items():
        assert CANARY not in text, (title, text[max(0, text.index(CANARY) - 300) : text.index(CANARY) + 100])

    for table in (writes, passes):
        with reading(aviary.service.engine) as connection:
            lines = [str(tuple(row)) for row in connection.execute(select(table))]
        assert lines
        assert not [line for line in lines if CANARY in line or "\\u05e7\\u05e0\\u05e8" in line]
    assert CANARY not in caplog.text
    assert CANARY not in "".join(capfd.readouterr())


OWN: Sequence[Mapping[str, Cell]] = [
    {
        "name": f"כלל {spec.key}",
        "table": spec.hebrew,
        "condition": f"[{spec.columns[0].hebrew}] <> ריק",
        "message": f"{{{spec.columns[0].hebrew}}}",
        "on": True,
    }
    for spec in (SPECS[key] for key in APART)
]


def test_a_rule_of_ones_own_brings_nothing_out_of_the_restricted_spreadsheet(aviary: Aviary) -> None:
    aviary.fill_in("main", "custom_rules", OWN)
    own = [one for one in aviary.run().picture.verdict.findings if one.rule.startswith("own.")]
    assert own == []
    said = json.dumps(aviary.values("main", SPECS["custom_rules"].hebrew), ensure_ascii=False)
    assert said.count("בגישה מוגבלת") == len(OWN)
    for title in service_titles():
        assert CANARY not in json.dumps(aviary.values("main", title), ensure_ascii=False), title


def test_an_answer_that_waits_is_shown_nowhere_but_beside_its_table(
    aviary: Aviary, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for message in ("m-1", "m-2"):
        answers = {"שם המשתתף/ת": f"{CANARY} {message}", "טלפון": f"{CANARY} {message}"}
        body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}}
        with writing(aviary.service.engine) as connection:
            inbox.take(connection, "test", "registrations", message, msgspec.json.encode(body), aviary.now)
        aviary.run()
    title = SPECS["intake"].hebrew
    assert f"{CANARY} m-2" in json.dumps(aviary.values("others", title), ensure_ascii=False)
    for one in service_titles():
        assert CANARY not in json.dumps(aviary.values("main", one), ensure_ascii=False), one
    with reading(aviary.service.engine) as connection:
        assert not [row for row in connection.execute(select(writes)) if f"{CANARY} m-" in str(tuple(row))]
    assert CANARY not in caplog.text


def test_letters_hold_nothing_of_the_restricted_spreadsheet(aviary: Aviary) -> None:
    aviary.run()
    with reading(aviary.service.engine) as connection:
        letters = [f"{row.subject}\n{row.text}\n{row.html}" for row in connection.execute(select(outbox))]
    assert letters
    for key in APART:
        assert not [letter for letter in letters if f"{CANARY} {key} " in letter], key


def test_a_report_gives_no_value_of_the_restricted_spreadsheet(aviary: Aviary) -> None:
    text = json.dumps(report(aviary.run().picture, "he"), ensure_ascii=False)
    assert f"{CANARY} registrations" in text
    for key in APART:
        assert f"{CANARY} {key} " not in text, key


def test_where_nothing_is_restricted_the_rules_speak(aviary: Aviary) -> None:
    """The same tables: what is silent above is silent by the setting alone."""
    spreadsheets = [msgspec.structs.replace(s, restricted=False) for s in aviary.settings.spreadsheets]
    settings = msgspec.structs.replace(aviary.settings, spreadsheets=spreadsheets)
    open_ = preview(replace(aviary.service, settings=settings)).picture
    assert [one for one in open_.verdict.findings if one.rule.startswith("family.")]


def service_titles() -> list[str]:
    return [*(spec.hebrew for spec in SERVICE_TABLES), SUMMARY_TITLES["he"]]
