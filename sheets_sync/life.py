"""The section `[life]` of the settings file: how the community lives, as far as rules need to know."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from rules.calendar import Spot
from rules.catalogue.events.dates import dated
from rules.holidays import BY_CIVIL_YEAR, FIRST_DAYS
from rules.rule import Settings as RuleSettings
from rules.tailored import Lists, lists
from sheets_sync.errors import BadSettings
from sheets_sync.settings_words import unknown
from sheets_sync.strict import Strict

CHARACTERS = {"religious": "דתי", "mixed": "מעורב", "secular": "חילוני"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Names = tuple[Annotated[str, Meta(min_length=1)], ...]
Spans = tuple[tuple[date, date], ...]


class Life(Strict, frozen=True):
    """The community's people and topics, its holidays and pauses, and the coordinator's post."""

    populations: Names = ()
    topics: Names = ()
    fields: Names = ()
    holidays: Names = ()
    pauses: Spans = ()
    school_holidays: Spans = ()
    character: Literal["religious", "mixed", "secular"] = "mixed"
    role_start: date | None = None
    position_percent: Annotated[int, Meta(ge=1, le=100)] = 100
    full_month_hours: Annotated[int, Meta(ge=1, le=300)] = 182
    weekly_answer_day: Literal["", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] = ""
    monthly_letter_to: str = ""

    @property
    def lists(self) -> Lists:
        """The lists from which columns of the tables are chosen."""
        return lists({"populations": self.populations, "topics": self.topics, "fields": self.fields})

    def for_rules(self, work_year_start: date, approval_from: int, spot: Spot) -> RuleSettings:
        """What rules need, with what stands in other sections; `approval_from` in agorot."""
        return RuleSettings(
            work_year_start=work_year_start,
            approval_from=approval_from,
            role_start=self.role_start,
            populations=self.populations,
            topics=self.topics,
            fields=self.fields,
            holidays=self.holidays,
            pauses=self.pauses,
            school_holidays=self.school_holidays,
            character=CHARACTERS[self.character],
            spot=spot,
            position_percent=self.position_percent,
            full_month_hours=self.full_month_hours,
            weekly_answer_day=WEEKDAYS.index(self.weekly_answer_day) if self.weekly_answer_day else None,
            monthly_letter_to=self.monthly_letter_to,
        )


def check_life(path: Path, life: Life) -> None:
    """What the types do not say: spans that end after they begin, holidays that have a date."""
    for name, spans in (("pauses", life.pauses), ("school_holidays", life.school_holidays)):
        for first, last in spans:
            if last < first:
                raise BadSettings(
                    f"{path}: ב־life.{name} היום האחרון, {last}, לפני הראשון, {first}",
                    f"{path}: life.{name}: the last day, {last}, is before the first, {first}",
                )
    for entry in life.holidays:
        name, day = dated(entry, date(2026, 1, 1))
        if day is None:
            raise unknown(path, "life.holidays", name, [*FIRST_DAYS, *BY_CIVIL_YEAR])
