"""Whether a participant's age or grade fits a class."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.calendar import anniversary
from rules.names import fold

GRADES = {letters: at for at, letters in enumerate(("א", "ב", "ג", "ד", "ה", "ו", "ז", "ח", "ט", "י", "יא", "יב"), 1)}
KINDERGARTEN = 0
NOT_A_GRADE = re.compile(r"\b(?:כתה|כתות|שכבה|שכבת|\d+)\b")


@lru_cache(maxsize=4096)
def grade(text: str | None) -> int | None:
    """`ג׳`, `כיתה ג'`, `ג2`, `י"א` or `3` as a number; kindergarten is 0; None when it names no one grade."""
    words = fold(text or "")
    if words.isdigit():
        return int(words) if 0 < int(words) <= len(GRADES) else None
    if "גן" in words.split():
        return KINDERGARTEN
    letters = re.sub(r"\d+", " ", NOT_A_GRADE.sub(" ", words)).split()
    return GRADES.get(letters[0]) if len(letters) == 1 else None


def months_later(day: date, months: int) -> date:
    """The same day some months on (or back, for a negative number); the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for at in (day.day, 30, 29, 28):
        try:
            return date(year, month, at)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a class asks: ages and grades, each None where it does not say; judged on the day it starts."""

    start: date
    age_from: int | None
    age_to: int | None
    grade_from: int | None
    grade_to: int | None

    def born_fits(self, first: date, last: date, months: int) -> bool:
        """Whether some day of birth from `first` to `last` fits the ages, give or take some months."""
        youngest = self.age_from is not None and anniversary(self.start, self.start.year - self.age_from)
        if youngest and first > months_later(youngest, months):
            return False
        oldest = self.age_to is not None and anniversary(self.start, self.start.year - self.age_to - 1)
        return not (oldest and last <= months_later(oldest, -months))

    def grade_fits(self, of: int, tolerance: int) -> bool:
        """Whether a grade is within the class's grades, give or take some."""
        if self.grade_from is not None and of < self.grade_from - tolerance:
            return False
        return self.grade_to is None or of <= self.grade_to + tolerance

    @property
    def has_ages(self) -> bool:
        """Whether the class names an age."""
        return self.age_from is not None or self.age_to is not None

    @property
    def has_grades(self) -> bool:
        """Whether the class names a grade."""
        return self.grade_from is not None or self.grade_to is not None
