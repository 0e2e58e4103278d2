"""The settings that people may choose in the tab `settings`: names, words, how each is written, and where it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from rules.table import Kind
from rules.wording import Language
from sheets_sync.config import Settings
from sheets_sync.israel import PLACES
from sheets_sync.tabs.setting_values import (
    Reader,
    cell_of,
    holidays_of,
    hours_of,
    names_of,
    one_of,
    or_none,
    place_of,
    spans_of,
    text_of,
    written_day,
)

CHARACTERS = {"religious": ("דתי", "religious"), "mixed": ("מעורב", "mixed"), "secular": ("חילוני", "secular")}
WEEKDAYS = {
    "sunday": ("ראשון", "sunday", "א", "יום ראשון", "יום א"),
    "monday": ("שני", "monday", "ב", "יום שני", "יום ב"),
    "tuesday": ("שלישי", "tuesday", "ג", "יום שלישי", "יום ג"),
    "wednesday": ("רביעי", "wednesday", "ד", "יום רביעי", "יום ד"),
    "thursday": ("חמישי", "thursday", "ה", "יום חמישי", "יום ה"),
    "friday": ("שישי", "friday", "ו", "יום שישי", "יום ו"),
    "saturday": ("שבת", "saturday", "ש", "יום שבת"),
    "": ("אין", "none", "ללא"),
}
SHOWN: Mapping[Language, int] = {"he": 0, "en": 1}
"""Which of a value's names is shown in a language."""

Show = Callable[[Any, Language], str]


@dataclass(frozen=True)
class Setting:
    """A row of the tab: the section and fields of the settings it goes to, and how it is read and shown.

    With several fields the value is a tuple, one a field. `choices` give its dropdown by language, `bounds` its least
    and greatest number; `kind` says what is typed in the cell.
    """

    key: str
    section: str
    he: str
    what_he: str
    what_en: str
    unit: tuple[str, str]
    read: Reader
    show: Show
    fields: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    choices: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    bounds: tuple[int, int] | None = None

    @property
    def en(self) -> str:
        """The English name: the key in words."""
        return self.key.replace("_", " ")

    def shown(self, settings: Settings) -> str:
        """What the settings say, as people would write it; 'none' where they say nothing."""
        part = getattr(settings, self.section)
        values = tuple(getattr(part, name) for name in self.fields or (self.key,))
        language = settings.community.language
        text = self.show(values if self.fields[1:] else values[0], language)
        return text or ("אין" if language == "he" else "none")

    def applied(self, settings: Settings, value: Any) -> Settings:
        """The settings with this one as chosen."""
        names = self.fields or (self.key,)
        values = value if self.fields[1:] else (value,)
        part = msgspec.structs.replace(getattr(settings, self.section), **dict(zip(names, values, strict=True)))
        return msgspec.structs.replace(settings, **{self.section: part})


def _plain(value: Any, _: Language) -> str:
    return "" if value is None else str(value)


def _day(value: date | None, _: Language) -> str:
    return "" if value is None else written_day(value)


def _names(value: tuple[str, ...], _: Language) -> str:
    return ", ".join(value)


def _holidays(value: tuple[str, ...], _: Language) -> str:
    parts = (entry.partition(" = ") for entry in value)
    return ", ".join(f"{name} = {written_day(date.fromisoformat(day))}" if day else name for name, _, day in parts)


def _spans(value: tuple[tuple[date, date], ...], _: Language) -> str:
    return "\n".join(f"{written_day(first)}–{written_day(last)}" for first, last in value)


def _hours(value: Any, _: Language) -> str:
    return f"{value[0]:%H:%M}–{value[1]:%H:%M}"


def _place(value: tuple[float, float, int], language: Language) -> str:
    """The name of a place of the list, which is Hebrew; else, and in English, the point."""
    point = value[:2]
    names = (name for name, at in PLACES.items() if at == point and language == "he")
    return next(names, f"{point[0]}, {point[1]}")


def _named(names: Mapping[str, tuple[str, ...]]) -> Show:
    return lambda value, language: names[value][SHOWN[language]]


def _offered(names: Mapping[str, tuple[str, ...]]) -> Mapping[Language, tuple[str, ...]]:
    return {language: tuple(forms[at] for forms in names.values()) for language, at in SHOWN.items()}


LIST = ("כמה שמות, עם פסיק או שורה חדשה ביניהם", "several names, with commas or line breaks between them")
SPANS = (
    "מתאריך–עד תאריך, כמה בשורות נפרדות: 01/08/2026–31/08/2026",
    "from a day to a day, several on lines of their own: 01/08/2026–31/08/2026",
)
DATE = ("תאריך", "a date")

SETTINGS = (
    Setting(
        "work_year_start", "community", "תחילת שנת העבודה",
        "היום שבו שנת העבודה והתקציב מתחילה. השנה נמשכת עד ערב אותו יום בשנה הבאה.",
        "The day on which the year of work and budget begins.",
        DATE, cell_of(Kind.DATE), _day, kind=Kind.DATE,
    ),
    Setting(
        "role_start", "life", "תחילת התפקיד",
        "היום שבו התחיל התפקיד של הרכזת או הרכז. מה שהיה לפניו אינו נחשב כהזנחה.",
        "The day on which the coordinator's post began.",
        DATE, or_none(cell_of(Kind.DATE), None), _day, kind=Kind.DATE,
    ),
    Setting(
        "populations", "life", "קהלי יעד",
        "לכל קהל מהרשימה צריכים להיות פעילות בתוכנית וצרכים שמופו.",
        "Each population is to have programmes in the plan and needs that were mapped.",
        LIST, or_none(names_of, ()), _names,
    ),
    Setting(
        "topics", "life", "נושאים של פניות וצרכים",
        "הרשימה שממנה בוחרים נושא לפנייה ולצורך.",
        "The list from which topics of inquiries and needs are chosen.",
        LIST, or_none(names_of, ()), _names,
    ),
    Setting(
        "fields", "life", "תחומי קיימות",
        "הרשימה שממנה בוחרים תחום. לכל תחום צריכה להיות פעילות בתוכנית.",
        "The list from which fields are chosen; each is to have a programme in the plan.",
        LIST, or_none(names_of, ()), _names,
    ),
    Setting(
        "holidays", "life", "חגים ומועדים שמציינים",
        "כל חג מהרשימה צריך אירוע. למועד של היישוב כותבים גם תאריך: יום היישוב = 05/12/2026.",
        "Each of these holidays is to have an event. An occasion of your own has its date beside it.",
        LIST, or_none(holidays_of, ()), _holidays,
    ),
    Setting(
        "pauses", "life", "תקופות בלי ועדות",
        "זמנים שבהם ועדות וצוותים אינם נפגשים.",
        "Times in which committees do not meet.",
        SPANS, or_none(spans_of, ()), _spans,
    ),
    Setting(
        "school_holidays", "life", "חופשות מבית הספר",
        "זמנים שבהם פעילות הנוער אינה מתקיימת.",
        "Times in which youth activities do not meet.",
        SPANS, or_none(spans_of, ()), _spans,
    ),
    Setting(
        "approval_from", "community", "אישור להוצאה, מסכום של",
        "הוצאה בסכום כזה ומעלה צריכה אישור.",
        "An expense of this sum or more needs an approval.",
        ("₪, מספר שלם", "₪, a whole number"), cell_of(Kind.INT, 0, 10_000_000), _plain,
        kind=Kind.INT, bounds=(0, 10_000_000),
    ),
    Setting(
        "character", "life", "אופי היישוב",
        "לפיו נקבע על אילו אירועים בשבת ובחג מתריעים.",
        "Which events on Shabbat and holidays are told of.",
        ("אחת האפשרויות", "one of the choices"),
        one_of(CHARACTERS), _named(CHARACTERS), choices=_offered(CHARACTERS),
    ),
    Setting(
        "position_percent", "life", "אחוז המשרה",
        "לפיו מחושבת מכסת השעות בחודש.",
        "The month's quota of hours follows it.",
        ("אחוזים, 1 עד 100", "percent, 1 to 100"), cell_of(Kind.INT, 1, 100), _plain, kind=Kind.INT, bounds=(1, 100),
    ),
    Setting(
        "full_month_hours", "life", "שעות בחודש במשרה מלאה",
        "מספר השעות החודשי של משרה מלאה.",
        "The hours of a full post in a month.",
        ("שעות", "hours"), cell_of(Kind.INT, 1, 300), _plain, kind=Kind.INT, bounds=(1, 300),
    ),
    Setting(
        "quiet_hours", "clock", "שעות שקט",
        "בשעות האלה לא נשלח דבר. מה שחיכה נשלח אחריהן.",
        "Nothing is sent in these hours; what waited is sent after them.",
        ("משעה–עד שעה: 22:00–07:00", "from an hour to an hour: 22:00–07:00"),
        hours_of, _hours, fields=("night",),
    ),
    Setting(
        "place", "clock", "איפה היישוב",
        "לזמני השבת והחג. בוחרים יישוב או מועצה אזורית, או כותבים קו רוחב וקו אורך: 32.08, 34.78.",
        "For the times of Shabbat: a town or regional council, or latitude and longitude: 32.08, 34.78.",
        ("שם של מקום", "a place's name"), place_of, _place,
        fields=("latitude", "longitude", "candle_minutes"), choices=dict.fromkeys(SHOWN, tuple(PLACES)),
    ),
    Setting(
        "candle_minutes", "clock", "הדלקת נרות לפני השקיעה",
        "כמה דקות לפני השקיעה מדליקים נרות. בירושלים נהוג 40, וברוב המקומות 20.",
        "Minutes from candle lighting to sunset: 40 in Jerusalem, 20 in most places.",
        ("דקות", "minutes"), cell_of(Kind.INT, 0, 60), _plain, kind=Kind.INT, bounds=(0, 60),
    ),
    Setting(
        "weekly_answer_day", "life", "היום של המענה השבועי",
        "היום בשבוע שעד אליו עונים לדואר השבועי של התוכנית.",
        "The day by which the programme's weekly mail is answered.",
        ("יום בשבוע", "a day of the week"), one_of(WEEKDAYS), _named(WEEKDAYS), choices=_offered(WEEKDAYS),
    ),
    Setting(
        "monthly_letter_to", "life", "למי נשלח המכתב החודשי",
        "למי כותבים את המכתב החודשי. אם אין, לא מזכירים אותו.",
        "Who gets the monthly letter; where there is none, nothing is expected.",
        ("שם או תפקיד", "a name or a role"), or_none(text_of, ""), _plain,
    ),
)  # fmt: skip
"""In the tab's order; `place` stands before `candle_minutes`, whose default follows it."""
