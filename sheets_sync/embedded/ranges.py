"""Ranges of a spreadsheet: from A1 text, a GridRange or a data filter to a rectangle of the grid."""

from dataclasses import dataclass

from sheets_sync.embedded import a1
from sheets_sync.embedded.a1 import Span
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.model import Sheet, Spreadsheet


@dataclass(frozen=True)
class Area:
    """A rectangle of a sheet, half open, from 0, within the grid. `open_end`: its writer gave only where it starts."""

    sheet: Sheet
    top: int
    bottom: int
    left: int
    right: int
    open_end: bool = False

    def show(self) -> str:
        """The range as answers have it: the title, quoted where needed, and A1 notation."""
        return show(self.sheet, self.top, self.bottom, self.left, self.right)

    @property
    def rows(self) -> range:
        """The places of its rows."""
        return range(self.top, self.bottom)

    @property
    def columns(self) -> range:
        """The places of its columns."""
        return range(self.left, self.right)

    def grid_range(self) -> JSON:
        """As a GridRange."""
        return {
            "sheetId": self.sheet.id,
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }

    def meets(self, other: "Area") -> bool:
        """Whether the two share a cell."""
        return (
            self.sheet is other.sheet
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )


def show(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> str:
    """A rectangle as answers have it."""
    return f"{a1.quoted(sheet.title)}!{a1.show(Span(top, bottom, left, right))}"


def exceeds(sheet: Sheet, span: Span) -> GoogleError:
    """The 400 for a range that starts past the grid."""
    shown = a1.show(span)
    where = a1.quoted(sheet.title) + (f"!{shown}" if shown else "")
    return invalid(f"Range ({where}) exceeds grid limits. Max rows: {sheet.height}, max columns: {sheet.width}")


def within(sheet: Sheet, span: Span, *, open_end: bool = False) -> Area:
    """The part of the grid that the span covers; a span that starts past the grid is refused."""
    top, left = span.top or 0, span.left or 0
    if top >= sheet.height or left >= sheet.width:
        raise exceeds(sheet, span)
    bottom = sheet.height if span.bottom is None else min(span.bottom, sheet.height)
    right = sheet.width if span.right is None else min(span.right, sheet.width)
    return Area(sheet, top, bottom, left, right, open_end)


def from_a1(book: Spreadsheet, text: str) -> Area:
    """The area of A1 text, a sheet's title or a named range. Raises Google's 400."""
    title, rest = a1.split_title(text)
    span = a1.parse(rest)
    if title is not None:
        sheet = book.titled(title)
        if sheet is not None and rest and span is None and _is_name(book, sheet, rest):
            return _named(book, rest)
        if sheet is None or (rest and span is None):
            raise invalid(f"Unable to parse range: {text}")
        return within(sheet, span or Span(), open_end=span is not None and ":" not in rest)
    if span is not None:
        return within(book.sheets[0], span, open_end=":" not in rest)
    return _named(book, text)


def _is_name(book: Spreadsheet, sheet: Sheet, name: str) -> bool:
    """Whether a named range of that name lies on the sheet."""
    return any(
        n["name"].lower() == name.lower() and n["range"].get("sheetId", 0) == sheet.id for n in book.named_ranges
    )


def _named(book: Spreadsheet, text: str) -> Area:
    for named in book.named_ranges:
        if named["name"].lower() == text.lower():
            return from_grid(book, named["range"])
    sheet = book.titled(text)
    if sheet is None:
        raise invalid(f"Unable to parse range: {text}")
    return within(sheet, Span())


def span_of(found: JSON) -> Span:
    """A GridRange's sides."""
    return Span(
        found.get("startRowIndex"), found.get("endRowIndex"), found.get("startColumnIndex"), found.get("endColumnIndex")
    )


def from_grid(book: Spreadsheet, found: JSON) -> Area:
    """The area of a GridRange; without a sheetId it is sheet 0. Raises Google's 400."""
    sheet = book.sheet(found.get("sheetId", 0))
    span = span_of(found)
    for low, high, name in ((span.top, span.bottom, "Row"), (span.left, span.right, "Column")):
        if low is not None and low < 0:
            raise invalid(f"start{name}Index[{low}] cannot be negative.")
        if high is not None and high < (low or 0):
            raise invalid(f"end{name}Index[{high}] must be after start{name}Index[{low or 0}].")
    return within(sheet, span)


def dimension(book: Spreadsheet, found: JSON) -> tuple[Sheet, bool, int, int]:
    """A DimensionRange: its sheet, whether rows, and its half-open interval within the grid."""
    sheet = book.sheet(found.get("sheetId", 0))
    rows = found.get("dimension") == "ROWS"
    if found.get("dimension") not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension specified.")
    limit = sheet.height if rows else sheet.width
    start, end = found.get("startIndex", 0), found.get("endIndex", limit)
    if start < 0 or end <= start:
        raise invalid(f"endIndex[{end}] must be after startIndex[{start}].")
    return sheet, rows, start, end
