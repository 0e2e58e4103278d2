"""A community invented for a day: its workbooks as people keep them, and what is to be noticed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rules.rule import Settings
from sheets_sync.demo.absorption import ARRIVALS, absorption
from sheets_sync.demo.care import emergency, responses, welfare, youth
from sheets_sync.demo.committees import committees, meetings, tasks
from sheets_sync.demo.contacts import HOLDERS, contacts
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.events import events, holidays
from sheets_sync.demo.expenses import expenses
from sheets_sync.demo.households import Household, households
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.layouts import SHOPPING, lay_out_all, workbooks
from sheets_sync.demo.offers import CLOSING, TRAINED
from sheets_sync.demo.outreach import ANSWER_DAY, LETTER_TO, outreach
from sheets_sync.demo.parts import Part, joined
from sheets_sync.demo.planning import POPULATIONS, planning
from sheets_sync.demo.registrations import classes, form_answer
from sheets_sync.demo.residents import TOPICS, inquiries, needs
from sheets_sync.demo.slips import plant
from sheets_sync.demo.story import Story, story
from sheets_sync.demo.surroundings import assets, income, initiatives
from sheets_sync.demo.volunteers import volunteers

COMPANIONS = 6


@dataclass(frozen=True)
class Community:
    """An invented community. `workbooks` has the tabs of each spreadsheet, `story` all that is to be noticed in them.

    `form_answer`, by the form's questions, brings the class `closing_class`, whose decision day is today, to its
    minimum; both are empty where there is no such class.
    """

    name: str
    profile: str
    today: date
    settings: Settings
    workbooks: Mapping[str, Sequence[Sheet]]
    story: Story
    closing_class: str = ""
    form_answer: Mapping[str, str] = field(default_factory=dict)

    @property
    def sheets(self) -> list[Sheet]:
        """The tabs that are tables."""
        return [sheet for sheets in self.workbooks.values() for sheet in sheets if sheet.table]

    def sheet(self, table: str) -> Sheet:
        """The tab of a table."""
        return next(sheet for sheet in self.sheets if sheet.table == table)


def invent(today: date, seed: int = 5787) -> Community:
    """Invent the community as it stands on a day; the same for the same day and seed."""
    village = households(Random(f"{seed} households"), today.year)
    year_start = work_year_start(today)
    part = _part(today, seed, year_start, village)
    sheets = lay_out_all(part.tables, year_start)
    return Community(
        name="נוף שקמה",
        profile="community",
        today=today,
        settings=_settings(today, year_start),
        workbooks=workbooks(sheets, SHOPPING),
        story=story(part, sheets),
        closing_class=CLOSING.full_name,
        form_answer=form_answer(today, village),
    )


def work_year_start(today: date) -> date:
    """The latest 1.1 or 1.9 that leaves more than 60 days on each side of today within the work year."""
    if 7 <= today.month <= 10:
        return date(today.year, 1, 1)
    return date(today.year if today.month > 10 else today.year - 1, 9, 1)


def _settings(today: date, year_start: date) -> Settings:
    """What the community says of itself. No pause and no school holiday falls on the days around today."""

    def span(first: int, last: int) -> tuple[tuple[date, date], ...]:
        return ((today + timedelta(first), today + timedelta(last)),)

    return Settings(
        work_year_start=year_start,
        role_start=today - timedelta(700),
        populations=POPULATIONS,
        topics=TOPICS,
        holidays=holidays(today),
        pauses=span(-150, -130),
        school_holidays=span(-100, -90),
        weekly_answer_day=ANSWER_DAY,
        monthly_letter_to=LETTER_TO,
    )


def _part(today: date, seed: int, year_start: date, village: Sequence[Household]) -> Part:
    """All tables of the community, with the mistakes in them."""
    holders, rest = village[: len(HOLDERS)], village[len(HOLDERS) :]
    companions, rest = rest[:COMPANIONS], rest[COMPANIONS:]
    newcomers = list({home.surname: home for home in rest}.values())[-len(ARRIVALS) :]
    owners = [home.adults[0].name for home in holders]
    of_classes = classes(Random(f"{seed} classes"), today, village)
    draft = Draft(today)
    _planned(draft, year_start, owners)
    _people(draft, seed, of_classes, owners, companions, rest)
    _cared_for(draft, seed, village, owners, newcomers[0].surname)
    outreach(draft, owners[4], of_classes.tables["classes"])
    whole = joined(
        [
            expenses(Random(f"{seed} expenses"), today, year_start, owners),
            of_classes,
            absorption(Random(f"{seed} absorption"), today, newcomers, companions),
            contacts(today, holders, companions),
            draft.part(),
        ]
    )
    return joined([whole, plant(whole.tables, today)])


def _planned(draft: Draft, year_start: date, owners: Sequence[str]) -> None:
    planning(draft, year_start, tuple(owners))
    needs(draft)
    income(draft)
    initiatives(draft)
    assets(draft, owners[10])


def _people(
    draft: Draft,
    seed: int,
    classes: Part,
    owners: Sequence[str],
    companions: Sequence[Household],
    rest: Sequence[Household],
) -> None:
    trained = [row for row in classes.tables["registrations"] if row["class_name"] == TRAINED.full_name]
    helpers = volunteers(draft, Random(f"{seed} volunteers"), companions, rest, trained)
    committees(draft, {"ועד": owners[2], "ועדת תרבות": owners[8], "ועדת קליטה": owners[9], "": owners[6]})
    meetings(draft)
    tasks(draft, {"coordinator": owners[0], "youth": owners[5], "classes": owners[4]})
    events(draft, owners[:6], helpers)


def _cared_for(draft: Draft, seed: int, village: Sequence[Household], owners: Sequence[str], name: str) -> None:
    emergency(draft, owners[6], village)
    welfare(draft, owners[7], name)
    responses(draft)
    youth(draft, owners[5])
    inquiries(draft, Random(f"{seed} inquiries"), village, owners[0])
