"""The second invented community: a city neighbourhood and its sustainability coordinator, for that post's rules."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor
from random import Random

from rules.calendar import FRIDAY, is_working_day
from rules.finding import Role
from rules.rule import Settings
from sheets_sync.demo.community import Community, work_year_start
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.households import Household, households, phone
from sheets_sync.demo.layouts import lay_out_all, workbooks
from sheets_sync.demo.outreach import Published, letter_due, publish
from sheets_sync.demo.planning import APPROVED_BY
from sheets_sync.demo.story import story
from sheets_sync.demo.surroundings import assets, initiatives

WASTE, NATURE, ENERGY, FOOD, ROADS = "פסולת ומחזור", "טבע עירוני", "אנרגיה", "מזון מקומי", "תחבורה מקיימת"
UNREACHED, HARDLY_REACHED = ENERGY, FOOD
"""A field without a programme, and one with a single programme."""

POST = 75
"""Percent of a full post."""

FULL_MONTH = 182
"""Hours of a whole post in a month."""

ANSWER_DAY = 0
"""Monday: the programme's weekly mail is answered."""

DIGITEL, WHATSAPP, FILE = "דיגיתל", "ווטסאפ", "תיק שכונה"
COUNCIL = "ועד השכונה"
STAFF = (
    ("רכז/ת קיימות", "kayamut", ""),
    (Role.CENTER_MANAGER.hebrew, "merkaz", ""),
    (Role.AREA_MANAGER.hebrew, "merhav", ""),
    (Role.PROGRAM_MANAGER.hebrew, "tochnit", ""),
    (Role.YARD_COORDINATOR.hebrew, "chatzer", ""),
    (Role.BOARD.hebrew, "vaad", COUNCIL),
)


def invent_neighbourhood(today: date, seed: int = 5787) -> Community:
    """Invent the neighbourhood as it stands on a day; the same for the same day and seed."""
    homes = households(Random(f"{seed} neighbourhood"), today.year)
    names = [home.adults[0].name for home in homes]
    year_start = work_year_start(today)
    draft = Draft(today)
    _people(draft, homes)
    _plan(draft, year_start, names)
    _needs(draft)
    _around(draft, names)
    _publications(draft, names[0])
    _hours(draft)
    part = draft.part()
    sheets = lay_out_all(part.tables, year_start)
    return Community(
        name="שכונת נווה ברוש",
        profile="sustainability",
        today=today,
        settings=_settings(today, year_start),
        workbooks=workbooks(sheets),
        story=story(part, sheets),
    )


def _settings(today: date, year_start: date) -> Settings:
    return Settings(
        work_year_start=year_start,
        role_start=today - timedelta(500),
        fields=(WASTE, NATURE, ENERGY, FOOD, ROADS),
        topics=("ניקיון", "צל", "שבילי אופניים", "גינות"),
        position_percent=POST,
        full_month_hours=FULL_MONTH,
        weekly_answer_day=ANSWER_DAY,
        monthly_letter_to="מנהלת התוכנית העירונית",
    )


def _people(draft: Draft, homes: Sequence[Household]) -> None:
    for at, ((role, mailbox, called), home) in enumerate(zip(STAFF, homes, strict=False)):
        draft.add(
            "people",
            role=role,
            name=called or home.adults[0].name,
            phone=phone(700 + at),
            email=f"{mailbox}@example.org",
            channel="מייל",
            since=-300 - at,
        )
    for home in homes[20:28]:
        draft.add(
            "volunteers",
            name=home.together,
            phone=home.phone,
            source="יוזמה",
            joined=-200,
            last_contact=-home.number % 60,
            status="פעיל/ה",
        )


def _plan(draft: Draft, year_start: date, names: Sequence[str]) -> None:
    after = max(0, APPROVED_BY - (draft.today - year_start).days)
    draft.add("goals", name="שכונה ירוקה", measure="בתי אב שמפרידים פסולת", target_value="200", owner=names[0])
    rows = {}
    for program, field, line, cost in (
        ("קומפוסט בחצר", WASTE, "פסולת", 4_000),
        ("החלפת בגדים", WASTE, "פסולת", 1_500),
        ("סיורי עצים", NATURE, "טבע", 2_500),
        ("גינת מאכל", FOOD, "טבע", 3_000),
        ("אוטובוס הולך", ROADS, "תחבורה", 2_000),
    ):
        draft_row = {"field": field, "budget_line": line, "planned_cost": cost, "status": "בביצוע", "approved": True}
        rows[program] = draft.add(
            "plan",
            program=program,
            kind="קיימות",
            goal="שכונה ירוקה",
            population="תושבי השכונה",
            owner=names[0],
            start=-50,
            end=55,
            **draft_row,
        )
    for line, planned, actual in (("פסולת", 6_000, 4_100), ("טבע", 6_000, 3_900), ("תחבורה", 2_500, 1_600)):
        draft.add("budget", line=line, category="קיימות", planned=planned, actual=actual, owner=names[0])
    draft.find("plan.field_missing", "plan", UNREACHED, after=after)
    other = draft.change("plan", rows["גינת מאכל"], "field", NATURE)
    draft.spare("plan.field_missing", "plan", HARDLY_REACHED, change=other, after=after)


def _needs(draft: Draft) -> None:
    """A survey of more than two years ago, and talks since."""
    for at in range(6):
        draft.add("needs", submitted=-800 - at, source="סקר", population="תושבי השכונה", topic="צל", importance=4)
    draft.add("needs", submitted=-40, source="שיחה", population="תושבי השכונה", topic="גינות", importance=4)
    draft.find("need.mapping_stale", "needs", "מיפוי צרכים")


def _around(draft: Draft, names: Sequence[str]) -> None:
    """Initiatives, installations, partners, the forum and meetings."""
    initiatives(draft, NATURE)
    assets(draft, names[4], WASTE)
    kept = {"kind": "עמותה", "forum": True, "next_step": "מפגש עבודה"}
    draft.add("partners", organisation="עמותת עיר ירוקה", contact=names[6], phone=phone(801), last_contact=-30, **kept)
    old = draft.add("partners", organisation="בית ספר אלומות", contact=names[7], last_contact=-191, **kept)
    soon = draft.add("partners", organisation="קפה הפינה", contact=names[8], last_contact=-179, **kept)
    draft.find("partner.dormant", "partners", old)
    draft.spare("partner.dormant", "partners", soon, days=1)
    forum = {"kind": "פורום", "chair": names[0], "members": 9, "cadence": "רבעוני", "state": "קיימת"}
    draft.add("committees", name="פורום קיימות שכונתי", last_meeting=-40, **forum)
    draft.add("meetings", with_whom=names[2], organisation="העירייה", cadence="חודשי", last_date=-12, next_date=16)
    council = draft.add(
        "meetings", with_whom=COUNCIL, organisation="היישוב", cadence="רבעוני", last_date=-13, next_date=75
    )
    draft.spare("publication.board_update", "meetings", council, days=1)
    draft.add("tasks", task="להזמין שתילים", source="גינת מאכל", owner=names[4], due=9, status="פתוח")
    draft.add(
        "events",
        name="סיור עצים עתיקים",
        kind="סיור",
        lead="אנחנו",
        date=16,
        time="10:00–12:00",
        place="כיכר הברוש",
        field=NATURE,
        owner=names[0],
        program="סיורי עצים",
        published=-3,
        status="מתוכנן",
    )


def _publications(draft: Draft, owner: str) -> None:
    """Channels, what went out, and what did not: the weekly answer, this month's letter, any survey."""
    draft.add("channels", channel=DIGITEL, population="תושבי השכונה", owner=owner, members=900)
    draft.add("channels", channel=WHATSAPP, group="קיימות בשכונה", owner=owner, members=140, rules_posted=True)
    draft.add("channels", channel=FILE, population="תושבי השכונה", owner=owner)
    for title, channel, day in (("סיור עצים: הזמנה", WHATSAPP, -3), ("מה בגינה", DIGITEL, -24)):
        publish(draft, owner, Published(title, channel, day, day))
    last = -((draft.today.weekday() - ANSWER_DAY - 1) % 7 + 1)
    answered = Published("מענה לדואר התוכנית", FILE, last - 21, last - 21, "מענה שבועי")
    publish(draft, owner, answered)
    draft.find("publication.weekly_answer", "publications", f"מענה שבועי · {draft.today + timedelta(last)}")
    first = draft.today.replace(day=1)
    ago = (first - draft.today).days - 20
    publish(draft, owner, Published("מכתב חודשי", FILE, ago, ago, "מכתב חודשי"))
    after = max(0, (letter_due(first) - draft.today).days)
    draft.find("publication.monthly_letter", "publications", f"מכתב חודשי · {first:%Y-%m}", after=after)
    draft.find("feedback.missing", "publications", "משוב או סקר")


def _hours(draft: Draft) -> None:
    """The hours of last month, fewer than the post asks, three of its Fridays among them; and of this month."""
    this = draft.today.replace(day=1)
    past = (this - timedelta(1)).replace(day=1)
    days = [past + timedelta(at) for at in range((this - past).days)]
    working = [day for day in days if is_working_day(day)]
    month = FULL_MONTH * POST / 100
    draft.add("hours", date=working[0], start="08:00", end="14:00", kind="חופשה")
    for day in working[1:]:
        _shift(draft, day, "08:30", floor(month * 65 / 100 / len(working) * 2) / 2)
    for day in [day for day in days if day.weekday() == FRIDAY][:3]:
        _shift(draft, day, "14:00", 3)
    now = [this + timedelta(at) for at in range(15)]
    pace = floor(month / 2 / max(1, sum(map(is_working_day, now))) * 2) / 2
    for at in range((draft.today - this).days):
        if is_working_day(day := this + timedelta(at)):
            _shift(draft, day, "08:30", min(6, pace))
    named = f"{past.month}.{past.year}"
    draft.find("hours.quota", "hours", named)
    draft.spare("hours.quota", "hours", f"{named} · סופי שבוע", params={"weekends": 2})


def _shift(draft: Draft, day: date, start: str, hours: float) -> None:
    hour, minute = map(int, start.split(":"))
    end = hour * 60 + minute + round(hours * 60)
    draft.add("hours", date=day, start=start, end=f"{end // 60:02}:{end % 60:02}", kind="עבודה", activity="שטח ותיאום")
