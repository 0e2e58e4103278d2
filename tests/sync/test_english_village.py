"""A village that speaks English: chosen words may be English, and nothing that is written or sent is Hebrew."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rules.catalogue import TABLES
from rules.dates import serial
from rules.table import Cell
from sheets_sync.config import Community
from sheets_sync.telling.letters import messages
from tests.world import World

HEBREW = re.compile("[א-ת]+")
TODAY = serial(date(2026, 11, 23))
FIRST = "גיליון1"
"""The tab that Google puts in a new spreadsheet."""
WITHOUT = {"welfare"}
"""It may not stand beside the others."""


class EnglishVillage(World):
    """All tables in one spreadsheet, furnished in English; all rules in use."""

    def __init__(self, folder: Path) -> None:
        keys = tuple(spec.key for spec in TABLES if spec.key not in WITHOUT)
        super().__init__(folder, {"main": keys}, language="en")
        community = Community("Alon Hill", key="test", language="en")
        self.with_settings(community=community, rules={}, forms=[])

    def written(self) -> dict[str, list[str]]:
        """The texts and notes of each tab, by its title, the person's own apart."""
        fields = "sheets(properties.title,data.rowData.values(note,formattedValue))"
        path = f"/v4/spreadsheets/{self.ids['main']}?includeGridData=true&fields={fields}"
        found: dict[str, list[str]] = {}
        for sheet in self.call("get", path)["sheets"]:
            title = sheet["properties"]["title"]
            rows = [row for data in sheet.get("data", ()) for row in data.get("rowData", ())]
            cells = [cell for row in rows for cell in row.get("values", ())]
            found[title] = [title, *(cell.get(part, "") for cell in cells for part in ("note", "formattedValue"))]
        return found


ROWS: dict[str, list[dict[str, Cell]]] = {
    "people": [
        {"role": "coordinator", "name": "Dana Cohen", "email": "dana@village.example", "language": "English"},
        {"role": "Secretary", "name": "Ron Levi", "email": "ron@village.example", "language": "English"},
    ],
    "budget": [{"line": "Holidays", "category": "Culture", "planned": 1000}],
    "expenses": [
        {"date": TODAY - 30, "line": "Holidays", "supplier": "Stages", "amount": 9000, "kind": "payment"},
        {"date": TODAY - 30, "line": "Holidais", "supplier": "Stages", "amount": 10, "kind": "paymant"},
    ],
    "plan": [
        {"program": "Summer", "population": "all", "owner": "Dana Cohen", "status": "under way", "end": TODAY - 9}
    ],
    "classes": [
        {
            "name": "Pottery",
            "kind": "class",
            "instructor": "Maya",
            "minimum": 5,
            "decision_date": TODAY + 2,
            "start": TODAY + 9,
            "weekday": "Sun, Tue",
            "status": "Open for registration",
        }
    ],
    "registrations": [
        {"participant": "Ben", "phone": "050-1234567", "class_name": "Pottery", "status": "Registered"},
        {
            "participant": "",
            "phone": "0501234568",
            "class_name": "Potery",
            "status": "nonsense",
            "payment": "partly payd",
        },
    ],
    "committees": [
        {"name": "Culture", "kind": "committee", "state": "exists", "cadence": "monthly", "work_plan": "draft"}
    ],
    "families": [{"family": "Sela", "arrival": TODAY - 100, "stage": "accompanied"}],
    "followups": [{"family": "Sela", "date": TODAY - 90, "step": "week", "open_need": "housing, friends"}],
    "channels": [{"channel": "WhatsApp", "group": "Parents", "owner": "Dana Cohen", "cadence": "weekly"}],
    "publications": [
        {"title": "Letter", "channel": "WhatsApp", "group": "Parents", "due": TODAY - 9, "owner": "Dana Cohen"}
    ],
    "inquiries": [{"received": TODAY - 40, "name": "Ada", "contact": "a@village.example", "subject": "bus"}],
    "tasks": [{"task": "Order chairs", "owner": "Dana Cohen", "due": TODAY - 9, "status": "open"}],
    "events": [
        {
            "name": "Tour",
            "kind": "tour",
            "lead": "us",
            "date": TODAY + 9,
            "owner": "Dana Cohen",
            "permits": "required, not submitted yet",
            "status": "planned",
        }
    ],
    "emergency": [{"role": "logistics", "holder": "Ron Levi"}],
    "assets": [
        {"name": "Compost", "kind": "composter", "owner": "Ron Levi", "state": "needs care", "reported": TODAY - 60}
    ],
    "youth": [{"project": "Leaders", "kind": "leadership", "owner": "Dana Cohen", "status": "active"}],
    "initiatives": [{"name": "Garden", "leader": "Ada", "stage": "active", "last_contact": TODAY - 99}],
}
WRONG = {
    ("expenses", "line"),
    ("expenses", "kind"),
    ("registrations", "participant"),
    ("registrations", "class_name"),
    ("registrations", "status"),
    ("registrations", "payment"),
}
"""What is wrong in the rows, and nothing else is."""


@pytest.fixture
def village(tmp_path: Path) -> Iterator[EnglishVillage]:
    village = EnglishVillage(tmp_path)
    for key, rows in ROWS.items():
        village.fill(key, *rows, book="main")
    yield village
    village.close()


def test_an_english_village_reads_no_hebrew(village: EnglishVillage) -> None:
    account = village.run()
    found = {(problem.table, problem.field) for problem in account.picture.problems if not problem.is_remark}
    assert found == WRONG
    assert len({finding.rule for finding in account.picture.verdict.findings}) > 15
    texts = {text for title, texts in village.written().items() if title != FIRST for text in texts}
    assert {text for text in texts if HEBREW.search(text)} == set()
    letters = [*messages(account.plan.post, account.picture, account.picture.settings)]
    assert letters
    for letter in letters:
        assert not HEBREW.search(letter.subject + letter.text + letter.html)
    again = village.run()
    assert again.requests == 0


def test_a_proposal_is_the_english_word(village: EnglishVillage) -> None:
    problems = village.run().picture.problems
    proposals = {(problem.table, problem.field): problem.proposal for problem in problems}
    assert proposals["expenses", "kind"] == "payment"
    assert proposals["registrations", "payment"] == "partly paid"


def test_what_a_person_says_of_an_alert_in_english_counts(village: EnglishVillage) -> None:
    village.run()
    picture = village.run().picture
    status = picture.book["alerts"].at["status"]
    cell = {"sheetId": picture.tabs["alerts"].place.sheet, "rowIndex": 1, "columnIndex": status}
    value = {"values": [{"userEnteredValue": {"stringValue": "Handled"}}]}
    village.edit(village.ids["main"], [{"updateCells": {"start": cell, "rows": [value], "fields": "userEnteredValue"}}])
    assert village.run().picture.book["alerts"]["status"] == ["טופל"]
