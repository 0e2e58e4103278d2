"""What a new spreadsheet and a new sheet hold before anyone has touched them."""

import copy
import secrets
from typing import Final

from sheets_sync.embedded.colors import THEME_COLORS, WHITE
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import Sheet, Spreadsheet

DEFAULT_FORMAT: Final[JSON] = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
FIRST_TITLE: Final = {"he_IL": "גיליון1", "iw_IL": "גיליון1"}


def spreadsheet_properties(title: str, given: JSON) -> JSON:
    """The properties of a new spreadsheet: the given ones over Google's defaults."""
    theme = [{"colorType": kind, "color": {"rgbColor": color}} for kind, color in THEME_COLORS.items()]
    made: JSON = {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": {"primaryFontFamily": "Arial", "themeColors": theme},
    }
    return copy.deepcopy({**made, **{name: value for name, value in given.items() if name != "title"}})


def new_sheet(sheet_id: int, title: str, index: int, given: JSON | None = None) -> Sheet:
    """A new sheet of 1000 × 26 cells unless the given properties say otherwise."""
    given = given or {}
    grid = {"rowCount": 1000, "columnCount": 26, **given.get("gridProperties", {})}
    own = {"sheetId": sheet_id, "title": title, "index": index, "sheetType": "GRID", "gridProperties": grid}
    return Sheet({**own, **{name: value for name, value in given.items() if name not in own}})


def new_spreadsheet(file_id: str, title: str, given: JSON | None = None) -> Spreadsheet:
    """A new spreadsheet with one empty sheet."""
    properties = spreadsheet_properties(title, given or {})
    first = FIRST_TITLE.get(properties["locale"], "Sheet1")
    return Spreadsheet(file_id, properties, [new_sheet(0, first, 0)])


def fresh_id(taken: set[int]) -> int:
    """A random positive int32 that is not taken."""
    while True:
        found = secrets.randbelow(2**31 - 1) + 1
        if found not in taken:
            return found
