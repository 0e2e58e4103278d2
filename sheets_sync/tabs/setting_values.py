"""The values of the tab `settings` as people write them, and the words for what cannot be read as one. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeAlias

from rapidfuzz import fuzz, process

from rules.catalogue.events.dates import dated
from rules.cell import Trouble
from rules.checks import bounds
from rules.clock import minutes, read_time
from rules.dates import read_date
from rules.finding import Problem, ProblemKind
from rules.holidays import BY_CIVIL_YEAR, FIRST_DAYS
from rules.names import fold
from rules.problems import words
from rules.table import Cell, Column, Kind, Place
from rules.values import as_text, read_cell
from sheets_sync.israel import BY_NAME, JERUSALEM, PLACES

NOWHERE = Place("", 0, "")
NEAR = 75
"""Of 100: from here on a spelling is near enough to be proposed."""

NONE = frozenset(map(fold, ("אין", "ללא", "none")))
"""What is written to say that there is nothing, where an empty cell leaves it to the settings file."""

BETWEEN_NAMES = re.compile(r"[,;\n]+")
DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})"
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4}|\d{2})", re.ASCII)
SPAN = re.compile(rf"(?P<first>{DAY})(?:\s*(?:[-–—־]|עד|to)\s*(?P<last>{DAY}))?", re.ASCII)
POINT = re.compile(r"\(?\s*(\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(\d{1,3}(?:\.\d+)?)\s*\)?", re.ASCII)
CANDLES_IN_JERUSALEM, CANDLES = 40, 20


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a cell is no value of its setting, in both languages, and what it should perhaps be."""

    he: str
    en: str
    proposal: str | None = None


Reader: TypeAlias = Callable[[Cell], Any]
"""A cell's value as the settings hold it, or Refused; a cell that is not empty is given."""


def cell_of(kind: Kind, low: int | None = None, high: int | None = None) -> Reader:
    """A reader of one plain value, from `low` to `high`."""
    column = Column("value", kind, "ערך", minimum=low, maximum=high)

    def read(cell: Cell) -> Any:
        value, trouble = read_cell(column, cell)
        if value is None:
            return refused(column, cell, trouble or Trouble(ProblemKind.TYPE))
        if (low is not None and value < low) or (high is not None and value > high):
            return refused(column, cell, Trouble(ProblemKind.RANGE, hint=bounds(column)))
        return value

    return read


def or_none(read: Reader, nothing: Any) -> Reader:
    """A reader that takes the words of NONE as `nothing`."""
    return lambda cell: nothing if fold(as_text(cell)) in NONE else read(cell)


def one_of(names: Mapping[Any, Sequence[str]], shown: int = 0) -> Reader:
    """A reader of one of a few values, each by its names; the one at `shown` is what people are told."""
    known = {fold(name): value for value, forms in names.items() for name in forms}
    column = Column("value", Kind.CHOICE, "ערך", choices=tuple(forms[shown] for forms in names.values()))

    def read(cell: Cell) -> Any:
        name = fold(as_text(cell))
        if name in known:
            return known[name]
        return refused(column, cell, read_cell(column, cell)[1] or Trouble(ProblemKind.TYPE))

    return read


def text_of(cell: Cell) -> str:
    """Any text."""
    return as_text(cell).strip()


def names_of(cell: Cell) -> tuple[str, ...]:
    """Names with commas or line ends between them, each once."""
    parts = (" ".join(part.split()) for part in BETWEEN_NAMES.split(as_text(cell)))
    return tuple({fold(part): part for part in reversed([*parts]) if fold(part)}.values())[::-1]


def holidays_of(cell: Cell) -> tuple[str, ...] | Refused:
    """Names of holidays, or `name = date`, as the settings file has them."""
    found: list[str] = []
    for part in names_of(cell):
        name, _, written = (side.strip() for side in part.partition("="))
        day = day_of(written) if written else dated(name, date(2026, 1, 1))[1]
        if day is None:
            return _bad_date(name) if written else _unknown_holiday(as_text(cell), name)
        found.append(f"{name} = {day}" if written else name)
    return tuple(found)


def _bad_date(name: str) -> Refused:
    return Refused(
        f"התאריך של {name} לא נקרא. כותבים אותו כך: {name} = 05/12/2026.",
        f"The date of {name} was not read. It is written: {name} = 05/12/2026.",
    )


def _unknown_holiday(text: str, name: str) -> Refused:
    best = nearest(name, [*FIRST_DAYS, *BY_CIVIL_YEAR])
    return Refused(
        f"החג {name} אינו מוכר. למועד של היישוב כותבים גם תאריך: {name} = 05/12/2026.",
        f"The holiday {name} is not known. An occasion of your own has its date beside it: {name} = 05/12/2026.",
        text.replace(name, best) if best else None,
    )


def spans_of(cell: Cell) -> tuple[tuple[date, date], ...] | Refused:
    """Times from a day to a day, both included, with commas or line ends between them; one day is a time too."""
    found = []
    for part in _parts(cell):
        match = SPAN.fullmatch(part)
        first = day_of(match["first"]) if match else None
        last = day_of(match["last"]) if match and match["last"] else first
        if first is None or last is None:
            return Refused(
                f"{part} לא נקרא כתאריכים. כותבים: 01/08/2026–31/08/2026.",
                f"{part} was not read as dates. They are written: 01/08/2026–31/08/2026.",
            )
        if last < first:
            return Refused(f"ב־{part} היום האחרון לפני הראשון.", f"In {part} the last day is before the first.")
        found.append((first, last))
    return tuple(found)


def _parts(cell: Cell) -> list[str]:
    """A cell's parts; a date that Google keeps as a number is one."""
    if isinstance(cell, int | float) and (day := read_date(cell)[0]):
        return [written_day(day)]
    return [part.strip() for part in BETWEEN_NAMES.split(as_text(cell)) if part.strip()]


def day_of(text: str) -> date | None:
    """A day written day first, as the tab asks for, or as 2026-12-05."""
    match = DAY_FIRST.fullmatch(text)
    try:
        if match is None:
            return date.fromisoformat(text)
        return date(int(match["y"]) + (2000 if len(match["y"]) == 2 else 0), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def written_day(day: date) -> str:
    """A day as the tab has it: 05/12/2026."""
    return f"{day:%d/%m/%Y}"


def hours_of(cell: Cell) -> tuple[time, time] | Refused:
    """The hours of the night: 22:00–07:00."""
    value, _ = read_time(cell.strip() if isinstance(cell, str) else cell)
    begin, end = minutes(value) if value else (0, None)
    if end is None:
        return Refused("כותבים משעה עד שעה: 22:00–07:00.", "It is written from an hour to an hour: 22:00–07:00.")
    return _clock(begin), _clock(end)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def place_of(cell: Cell) -> tuple[float, float, int] | Refused:
    """Where a place of Israel is, or `latitude, longitude`, with the minutes before sunset at which candles are lit."""
    text = as_text(cell).strip()
    if (name := BY_NAME.get(fold(text))) is not None:
        return _lit(PLACES[name])
    if match := POINT.fullmatch(text):
        north, east = float(match[1]), float(match[2])
        if _is_in_israel(north, east):
            return _lit((north, east))
        swapped = f"{match[2]}, {match[1]}" if _is_in_israel(east, north) else None
        return Refused(
            "קו הרוחב צריך להיות בין 29 ל־34, וקו האורך בין 34 ל־36.",
            "The latitude is between 29 and 34, the longitude between 34 and 36.",
            swapped,
        )
    return Refused(
        f"המקום {text} אינו ברשימה. אפשר לבחור יישוב או מועצה אזורית קרובים, או לכתוב קו רוחב וקו אורך: 32.08, 34.78.",
        f"The place {text} is not in the list. A near town or regional council can be chosen, "
        "or latitude and longitude written: 32.08, 34.78.",
        nearest(text, PLACES),
    )


def _is_in_israel(north: float, east: float) -> bool:
    return 29 <= north <= 34 and 34 <= east <= 36


def _lit(point: tuple[float, float]) -> tuple[float, float, int]:
    return (*point, CANDLES_IN_JERUSALEM if point == JERUSALEM else CANDLES)


def nearest(text: str, known: Sequence[str] | Mapping[str, Any]) -> str | None:
    """The name whose spelling is near enough to a text to be proposed."""
    by_form = {fold(name): name for name in known}
    best = process.extractOne(fold(text), list(by_form), scorer=fuzz.ratio, score_cutoff=NEAR)
    return by_form[best[0]] if best else None


def refused(column: Column, cell: Cell, trouble: Trouble) -> Refused:
    """A trouble in the words that cells of people's tables get; only a text is proposed."""
    proposal = trouble.proposal if isinstance(trouble.proposal, str) else None
    said = Problem("settings", NOWHERE, 0, 0, "value", trouble.kind, cell, proposal, trouble.hint)
    return Refused(words(said, column, "he").note, words(said, column, "en").note, proposal)
