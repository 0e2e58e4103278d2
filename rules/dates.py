"""Dates and times: Google's serial numbers, and texts where the day, the month and the year are beyond doubt."""

import re
from datetime import date, datetime, time, timedelta

from rules.cell import Read, Trouble, out_of_range, several, unreadable
from rules.finding import ProblemKind
from rules.table import Cell

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's moments have no zone
"""Day 0 of Google's serials."""

FIRST, LAST = 3654, 109_575
"""Serials people can mean: 1910 to 2199. A year typed into a date's cell (2026) is below, 20261027 above."""

SECONDS = 86_400
SECOND = timedelta(seconds=1)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "ינואר ינו jan january",
            "פברואר פבר פברו feb february",
            "מרץ מרס mar march",
            "אפריל אפר apr april",
            "מאי may",
            "יוני יונ jun june",
            "יולי יול jul july",
            "אוגוסט אוג aug august",
            "ספטמבר ספט sep sept september",
            "אוקטובר אוק אוקט oct october",
            "נובמבר נוב נובמ nov november",
            "דצמבר דצמ דצ dec december",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAY = r"(?:(?:ב?יום\s+)?(?:[א-ו][׳']?|ראשון|שני|שלישי|רביעי|חמישי|שי?שי|שבת|[A-Za-z]{3,9})[\s,.]+)?"
CLOCK = r"(?:[\sT,]+(?:בשעה\s+)?(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?Z?)?"
YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})(?P<sep>[-./])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}}){CLOCK}", re.ASCII)
NUMBERED = re.compile(
    rf"{WEEKDAY}(?P<a>\d{{1,2}})\s?(?P<sep>[-./])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}}){CLOCK}",
    re.ASCII,
)
NAMED = re.compile(
    rf"{WEEKDAY}(?P<d>[0-9]{{1,2}})[-\s.]*ב?[-\s]?(?P<name>[א-ת]+|[A-Za-z]+)[׳'.]?[-\s,.]+(?P<y>[0-9]{{4}}|[0-9]{{2}}){CLOCK}"
)


def serial(moment: date) -> int | float:
    """A date or a datetime as Google's serial number, to the second."""
    if not isinstance(moment, datetime):
        return moment.toordinal() - EPOCH.toordinal()
    passed = moment - EPOCH
    return passed.days + passed.seconds / SECONDS if passed.seconds else passed.days


def read_date(cell: Cell) -> Read:
    """A date; a time of day beside it is dropped."""
    value, trouble = read_datetime(cell)
    if value is None:
        return None, trouble
    if trouble is not None:
        trouble = Trouble(trouble.kind, serial(value.date()))
    return value.date(), trouble


def read_datetime(cell: Cell) -> Read:
    """A moment in the community's time, without a zone, to the second."""
    if isinstance(cell, str):
        return _from_text(cell)
    if cell is None or not FIRST <= cell < LAST:
        return out_of_range(_typed_together(cell))
    if isinstance(cell, int):
        return EPOCH + timedelta(cell), None
    return EPOCH + timedelta(0, round(cell * SECONDS)), None


def as_moment(value: float | datetime | None) -> datetime | None:
    """A serial as its moment, to the second; a moment is one."""
    return EPOCH + SECOND * round(value * SECONDS) if isinstance(value, float) else value


def _from_text(text: str) -> Read:
    if match := YEAR_FIRST.fullmatch(text):
        return _moment(match, int(match["y"]), int(match["m"]), int(match["d"]))
    if match := NUMBERED.fullmatch(text):
        return _day_or_month_first(match)
    if match := NAMED.fullmatch(text):
        month = MONTHS.get(match["name"].lower()) or MONTHS.get(match["name"].removeprefix("ב"))
        return _moment(match, _year(match["y"]), month, int(match["d"])) if month else unreadable()
    return unreadable()


def _day_or_month_first(match: re.Match[str]) -> Read:
    """`27/10/2026` can be read one way only; dots are written day first; `3/4/2026` is anybody's guess."""
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if match["sep"] == "." or first == second or first > 12 >= second:
        return _moment(match, year, second, first)
    if second > 12 >= first:
        return _moment(match, year, first, second)
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return unreadable()
    both = several([f"{first}.{second}.{year}", f"{second}.{first}.{year}"])
    return None, Trouble(ProblemKind.AMBIGUOUS_DATE, hint=both)


def _moment(match: re.Match[str], year: int, month: int, day: int) -> Read:
    try:
        clock = time(int(match["H"] or 0), int(match["M"] or 0), int(match["S"] or 0))
        moment = datetime.combine(date(year, month, day), clock)
    except ValueError:
        return unreadable()
    if not FIRST <= serial(moment) < LAST:
        return out_of_range()
    return moment, Trouble(ProblemKind.TEXT_DATE, serial(moment))


def _year(digits: str) -> int:
    """Two digits up to 40 are of this century."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year <= 40 else 1900)


def _typed_together(cell: Cell) -> Cell:
    """What 20261027 or 27102026, typed without separators, should be."""
    digits = str(cell)
    if not re.fullmatch("[0-9]{8}", digits):
        return None
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        try:
            found = serial(date(int(year), int(month), int(day)))
        except ValueError:
            continue
        if FIRST <= found < LAST:
            return found
    return None
