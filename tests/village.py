"""A village that something happens in: each round brings a form answer and an overrun, which must arrive once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import msgspec

from rules.dates import serial
from sheets_sync.account import Account
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox
from sheets_sync.store.database import reading, writing
from sheets_sync.store.schema import outbox
from sheets_sync.wiring import Service
from tests.faults import compare
from tests.world import World

TODAY = serial(date(2026, 11, 23))
COORDINATOR = {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"}
APART = timedelta(seconds=30)


@dataclass
class Village:
    """A world, the service beside it, and what was acknowledged: the answers' ids and whose they are."""

    world: World
    service: Service
    acknowledged: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world.fill("people", COORDINATOR)
        for book, key in (("budget", "budget"), ("budget", "expenses")):
            more = {"sheetId": sheet_id(key), "dimension": "ROWS", "length": 100}
            self.world.edit(self.world.ids[book], [{"appendDimension": more}])

    @property
    def count(self) -> int:
        return len(self.acknowledged)

    def news(self) -> None:
        """An answer is acknowledged, and a budget line goes over."""
        number = self.count + 1
        name, id = f"משתתף {number}", f"a-{number}"
        answers = {"שם המשתתף/ת": name, "טלפון": "050-1234567", "חוג": "קרמיקה"}
        submission = {"id": id, "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}
        with writing(self.world.service.engine) as connection:
            body = msgspec.json.encode({"submission": submission})
            inbox.take(connection, "test", "registrations", f"m-{number}", body, self.world.now)
        self.acknowledged[id] = name
        self.overrun(number)

    def overrun(self, number: int) -> None:
        line = f"סעיף {number}"
        self.world.fill("budget", {"line": line, "planned": 100}, at=number)
        spent = {"date": TODAY, "line": line, "supplier": "גל", "invoice": str(number), "amount": 900}
        self.world.fill("expenses", {**spent, "kind": "תשלום"}, at=number)

    def pass_(self, apart: timedelta = APART) -> Account:
        """A pass, some time later; it may have trouble."""
        self.world.now += apart
        return run_pass(self.service)

    def settle(self, most: int = 5) -> None:
        """Passes until nothing is left to do."""
        for _ in range(most):
            account = self.pass_()
            if not account.troubles and not account.requests and not account.placed:
                return
        raise AssertionError(f"still at work after {most} passes: {account.troubles}")

    def check(self, runs: int = 1) -> None:
        """Answers stand once, each with its own name; alerts stand once, and were told once."""
        self.compare(runs)
        alerts = Counter(id for id, _ in self.rows("התראות", "מזהה (מערכת)", "מזהה (מערכת)"))
        assert set(alerts.values()) <= {1}
        assert len(alerts) == self.count
        with reading(self.service.engine) as connection:
            messages = connection.execute(outbox.select()).all()
        told = Counter(line for message in messages for line in message.text.splitlines() if "חריגה של" in line)
        assert set(told.values()) <= {1}
        assert len(told) == self.count

    def compare(self, runs: int = 1) -> None:
        compare(self.acknowledged, self.rows("נרשמים", "מזהה תשובה (מערכת)", "שם המשתתף/ת"), runs)

    def rows(self, title: str, id: str, says: str) -> list[tuple[str, str]]:
        """Two columns of a tab, of the rows that have an id."""
        header, *rows = self.world.values("main", title)
        first, second = header.index(id), header.index(says)
        return [(str(row[first]), str(row[second])) for row in rows if len(row) > first and row[first]]
