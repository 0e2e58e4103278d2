"""A sheet as the page shows it: cells with their text, class and note."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.embedded import conditions, formats
from sheets_sync.embedded.a1 import column_name
from sheets_sync.embedded.cells import number_format
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.grid import PIXELS, merged
from sheets_sync.embedded.links import link
from sheets_sync.embedded.model import EMPTY, ErrorValue, Sheet, Spreadsheet, Value
from sheets_sync.embedded.ranges import Area

MOST_ROWS = 2_000
MOST_COLUMNS = 100


@dataclass(frozen=True)
class ShownCell:
    """One cell: its address, text, note, and the classes of its look."""

    address: str
    text: str
    note: str
    classes: str
    link: str = ""
    rows: int = 1
    columns: int = 1


@dataclass
class Look:
    """A whole sheet; `columns` are letters and widths in pixels, `styles` the rules of the classes that cells name."""

    columns: list[tuple[str, int]]
    head: list[tuple[int, list[ShownCell]]] = field(default_factory=list)
    rows: list[tuple[int, list[ShownCell]]] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)
    shown: int = 0
    all: int = 0


def look(book: Spreadsheet, sheet: Sheet, evaluate: conditions.Evaluate, today: date) -> Look:
    """The sheet from its first cell to the last that holds something."""
    height = max(sheet.filled_height(), len(sheet.rows))
    area = Area(sheet, 0, max(1, min(height, MOST_ROWS)), 0, min(max(_width(sheet), 1), MOST_COLUMNS))
    maker = _Maker(book, sheet, area, conditions.formats(book, sheet, area, evaluate, today))
    frozen = sheet.properties["gridProperties"].get("frozenRowCount", 0)
    lines = [(row + 1, maker.row(row)) for row in area.rows if not is_hidden(sheet, row)]
    made = Look(
        [(column_name(column), pixels(sheet, column)) for column in area.columns if not is_hidden_column(sheet, column)]
    )
    made.head = [line for line in lines if line[0] <= frozen]
    made.rows = [line for line in lines if line[0] > frozen]
    made.styles, made.shown, made.all = maker.styles(), area.bottom, height
    return made


def _width(sheet: Sheet) -> int:
    widths = [len(sheet.shown(row)) for row in range(min(max(sheet.filled_height(), len(sheet.rows)), MOST_ROWS))]
    noted = [max(row.extras) + 1 for row in sheet.rows[:MOST_ROWS] if row.extras and row.values]
    return max([0, *widths, *(min(width, max(widths, default=0) + 1) for width in noted)])


def is_hidden(sheet: Sheet, index: int) -> bool:
    """Whether a person has hidden the row."""
    row = sheet.row(index)
    return bool(row and row.props.get("hiddenByUser"))


def is_hidden_column(sheet: Sheet, index: int) -> bool:
    """Whether a person has hidden the column."""
    return index < len(sheet.columns) and bool(sheet.columns[index].get("hiddenByUser"))


def pixels(sheet: Sheet, index: int) -> int:
    """The column's width."""
    known = sheet.columns[index].get("pixelSize") if index < len(sheet.columns) else None
    return int(known or PIXELS["COLUMNS"])


class _Maker:
    """Makes the cells of a sheet, and gathers the classes that they need."""

    def __init__(self, book: Spreadsheet, sheet: Sheet, area: Area, over: dict[conditions.Place, JSON]) -> None:
        self._sheet = sheet
        self._area = area
        self._over = over
        self._locale = str(book.properties.get("locale", "en_US"))
        self._classes: dict[str, str] = {}
        self._spans: dict[conditions.Place, tuple[int, int]] = {}
        self._covered: set[conditions.Place] = set()
        for merge in sheet.items("merges"):
            self._take_merge(merge)

    def _take_merge(self, merge: JSON) -> None:
        top, left = merge["startRowIndex"], merge["startColumnIndex"]
        bottom = min(merge["endRowIndex"], self._area.bottom)
        right = min(merge["endColumnIndex"], self._area.right)
        self._spans[top, left] = (bottom - top, right - left)
        for row in range(top, bottom):
            self._covered.update((row, column) for column in range(left, right))
        self._covered.discard((top, left))

    def row(self, index: int) -> list[ShownCell]:
        """The cells of one row."""
        places = [(index, column) for column in self._area.columns if not is_hidden_column(self._sheet, column)]
        return [self._cell(*place) for place in places if place not in self._covered]

    def _cell(self, index: int, column: int) -> ShownCell:
        row = self._sheet.row(index)
        extra = row.extra(column) if row else EMPTY
        value = self._sheet.effective(index, column)
        form = merged(extra.get("userEnteredFormat", {}), self._over.get((index, column), {}))
        text = formats.show(value, number_format(self._sheet, index, column), self._locale)
        rule = extra.get("dataValidation", {}).get("condition", {}).get("type", "")
        sort = kind(value)
        if rule == "BOOLEAN" and (value is None or isinstance(value, bool)):
            sort, text = "boolean", "☑" if value else "☐"
        note = str(extra.get("note") or (value.message if isinstance(value, ErrorValue) else ""))
        classes = [sort, self._class(form), "noted" if note else ""]
        classes.append("choice" if rule.startswith("ONE_OF") else "")
        rows, columns = self._spans.get((index, column), (1, 1))
        safe = link(row.get(column) if row else None, form)
        address = f"{column_name(column)}{index + 1}"
        named = " ".join(name for name in classes if name)
        return ShownCell(address, text, note, named, safe, max(rows, 1), max(columns, 1))

    def _class(self, form: JSON) -> str:
        rule = css(form)
        return self._classes.setdefault(rule, f"f{len(self._classes)}") if rule else ""

    def styles(self) -> dict[str, str]:
        """The classes and their rules."""
        return {name: rule for rule, name in self._classes.items()}


def kind(value: Value) -> str:
    """How a value stands in its cell: `boolean`, `number`, or '' for text."""
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else ""


ALIGN = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
UPRIGHT = {"TOP": "top", "MIDDLE": "middle", "BOTTOM": "bottom"}
MARKS: tuple[tuple[str, str], ...] = (
    ("bold", "font-weight:bold"),
    ("italic", "font-style:italic"),
    ("strikethrough", "text-decoration:line-through"),
    ("underline", "text-decoration:underline"),
)


def css(form: JSON) -> str:
    """A CellFormat as the body of a CSS rule; nothing of it is a person's free text."""
    text = form.get("textFormat", {})
    rules = [rule for name, rule in MARKS if text.get(name)]
    background = form.get("backgroundColorStyle", {}).get("rgbColor", form.get("backgroundColor"))
    if background is not None:
        rules.append(f"background-color:{_rgb(background)}")
    color = text.get("foregroundColorStyle", {}).get("rgbColor", text.get("foregroundColor"))
    if color is not None:
        rules.append(f"color:{_rgb(color)}")
    if form.get("horizontalAlignment") in ALIGN:
        rules.append(f"text-align:{ALIGN[form['horizontalAlignment']]}")
    if form.get("verticalAlignment") in UPRIGHT:
        rules.append(f"vertical-align:{UPRIGHT[form['verticalAlignment']]}")
    if form.get("wrapStrategy") == "CLIP":
        rules.append("overflow:hidden")
    if form.get("wrapStrategy") == "WRAP":
        rules.append("white-space:pre-wrap")
    return ";".join(rules)


def _rgb(color: JSON) -> str:
    channel: Callable[[str], int] = lambda name: max(0, min(255, round(float(color.get(name, 0)) * 255)))  # noqa: E731
    return f"rgb({channel('red')},{channel('green')},{channel('blue')})"
