"""Formulas that ask for the day: the spreadsheet's time zone, and a new day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import Person


def test_today_is_the_spreadsheets_and_changes_at_midnight(tmp_path: Path) -> None:
    """At 21:30 UTC it is 23:30 in Jerusalem; an hour later there it is tomorrow, without an edit."""
    now = [datetime(2026, 11, 22, 21, 30, tzinfo=UTC)]
    with EmbeddedGoogle(tmp_path / "google", clock=lambda: now[0]) as google:
        owner = Person(google, "a@example.com")
        file_id = owner.sheet("x", locale="he_IL", timeZone="Asia/Jerusalem")
        owner.write(file_id, "A1", [["=TODAY()", "=NOW()", "=A1+1"]], "USER_ENTERED")
        assert owner.values(file_id, "A1:C1") == [["22/11/2026", "22/11/2026 23:30:00", "23/11/2026"]]
        now[0] += timedelta(hours=1)
        assert owner.values(file_id, "A1:C1") == [["23/11/2026", "23/11/2026 0:30:00", "24/11/2026"]]


def test_a_short_date_takes_this_year(tmp_path: Path) -> None:
    clock = datetime(2027, 1, 1, tzinfo=UTC)
    with EmbeddedGoogle(tmp_path / "google", clock=lambda: clock) as google:
        owner = Person(google, "a@example.com")
        file_id = owner.sheet("x", locale="he_IL")
        owner.write(file_id, "A1", [["5/2"]], "USER_ENTERED")
        assert owner.values(file_id, "A1") == [["05/02/2027"]]
