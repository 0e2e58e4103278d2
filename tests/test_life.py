"""The section `[life]` of the settings file: what rules get of it, and what it refuses."""

from datetime import date
from pathlib import Path

import pytest

from rules.calendar import Spot
from rules.rule import Settings as RuleSettings
from sheets_sync.config import load
from sheets_sync.errors import BadSettings

HEAD = '[community]\nname = "גבעת אלון"\nwork_year_start = 2026-09-01\napproval_from = 500\n'
BOOK = '[[spreadsheets]]\nname = "main"\nurl = "https://docs.google.com/spreadsheets/d/aaaaaaaaaaaaaaaaaaaaaaaa/edit"\n'
FULL = """
[life]
populations = ["ילדים", "ותיקים"]
topics = ["תרבות"]
fields = ["גינון"]
holidays = ["חנוכה", "יום היישוב = 2026-12-05"]
pauses = [[2026-08-01, 2026-08-31]]
school_holidays = [[2026-07-01, 2026-08-31], [2026-12-06, 2026-12-06]]
character = "religious"
role_start = 2026-10-01
position_percent = 75
full_month_hours = 180
weekly_answer_day = "sunday"
monthly_letter_to = "מנהלת האזור"
[clock]
latitude = 32.5
longitude = 35.0
candle_minutes = 20
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "sheets-sync.toml"
    file.write_text(HEAD + BOOK + text, encoding="utf-8")
    return file


def test_rules_are_given_all_of_it(tmp_path: Path) -> None:
    assert load(written(tmp_path, FULL)).for_rules == RuleSettings(
        work_year_start=date(2026, 9, 1),
        approval_from=500_00,
        role_start=date(2026, 10, 1),
        populations=("ילדים", "ותיקים"),
        topics=("תרבות",),
        fields=("גינון",),
        holidays=("חנוכה", "יום היישוב = 2026-12-05"),
        pauses=((date(2026, 8, 1), date(2026, 8, 31)),),
        school_holidays=((date(2026, 7, 1), date(2026, 8, 31)), (date(2026, 12, 6), date(2026, 12, 6))),
        character="דתי",
        spot=Spot(32.5, 35.0, 20),
        position_percent=75,
        full_month_hours=180,
        weekly_answer_day=6,
        monthly_letter_to="מנהלת האזור",
    )


def test_without_it_the_rules_defaults_hold(tmp_path: Path) -> None:
    given, own = load(written(tmp_path, "")).for_rules, RuleSettings()
    for name in ("populations", "holidays", "pauses", "character", "position_percent", "full_month_hours"):
        assert getattr(given, name) == getattr(own, name), name
    assert (given.role_start, given.weekly_answer_day, given.monthly_letter_to) == (None, None, "")


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("position_percent = 0", "life.position_percent: expected a whole number >= 1"),
        ("position_percent = 101", "<= 100"),
        ("full_month_hours = 301", "<= 300"),
        ('role_start = "soon"', "life.role_start: expected a date"),
        ('character = "mixd"', "Did you mean mixed?"),
        ('weekly_answer_day = "sundai"', "Did you mean sunday?"),
        ('populations = [""]', "life.populations"),
        ("pauses = [[2026-08-31, 2026-08-01]]", "the last day, 2026-08-01, is before the first"),
        ("school_holidays = [[2026-08-31]]", "a list of 2, not of 1"),
        ('holidays = ["חנוכ"]', "Did you mean חנוכה?"),
        ('holidays = ["יום היישוב = 5.12"]', "life.holidays: unknown 'יום היישוב'"),
        ('population = ["ילדים"]', "Did you mean populations?"),
    ],
)
def test_what_cannot_be_is_refused_in_words(tmp_path: Path, line: str, english: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load(written(tmp_path, f"[life]\n{line}\n"))
    assert english in caught.value.en
    assert "life" in caught.value.he
