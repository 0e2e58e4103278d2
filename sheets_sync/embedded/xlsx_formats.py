"""Cell formats between openpyxl and Sheets."""

import re
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import is_date_format, is_timedelta_format

from sheets_sync.embedded.errors import JSON

RGB = re.compile(r"^(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})$")
HORIZONTAL = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
VERTICAL = {"top": "TOP", "center": "MIDDLE", "bottom": "BOTTOM"}


def format_of(cell: Cell) -> JSON:
    """A cell's style as a CellFormat; only what differs from the default."""
    if not cell.has_style:
        return {}
    found: JSON = {}
    number = _number_format(cell.number_format)
    if number:
        found["numberFormat"] = number
    text = _text_format(cell.font)
    if text:
        found["textFormat"] = text
    fill = cell.fill
    color = _color(fill.fgColor) if fill is not None and fill.fill_type == "solid" else None
    if color is not None:
        found["backgroundColor"] = color
        found["backgroundColorStyle"] = {"rgbColor": color}
    return {**found, **_alignment(cell.alignment)}


def _text_format(font: Any) -> JSON:
    text: JSON = {
        name: True for name, on in (("bold", font.b), ("italic", font.i), ("strikethrough", font.strike)) if on
    }
    if font.u:
        text["underline"] = True
    color = _color(font.color)
    if color:
        text["foregroundColor"] = color
        text["foregroundColorStyle"] = {"rgbColor": color}
    if font.sz and font.sz not in (10, 11):
        text["fontSize"] = round(font.sz)
    return text


def _alignment(alignment: Any) -> JSON:
    found: JSON = {}
    if alignment is None:
        return found
    if alignment.horizontal in HORIZONTAL:
        found["horizontalAlignment"] = HORIZONTAL[alignment.horizontal]
    if alignment.vertical in VERTICAL and alignment.vertical != "bottom":
        found["verticalAlignment"] = VERTICAL[alignment.vertical]
    if alignment.wrap_text:
        found["wrapStrategy"] = "WRAP"
    return found


def _color(color: Any) -> JSON | None:
    match = RGB.match(color.rgb) if color is not None and isinstance(color.rgb, str) else None
    if not match:
        return None
    channels = {name: int(match[1][i : i + 2], 16) / 255 for name, i in (("red", 0), ("green", 2), ("blue", 4))}
    return {name: round(value, 6) for name, value in channels.items() if value}


def _number_format(code: str) -> JSON | None:
    if code == "General":
        return None
    if code == "@":
        return {"type": "TEXT", "pattern": "@"}
    if is_timedelta_format(code):
        return {"type": "TIME", "pattern": code}
    if is_date_format(code):
        kinds = [bool(re.search(part, code, re.IGNORECASE)) for part in ("[yd]", "[hs]")]
        kind = "DATE_TIME" if all(kinds) else "TIME" if kinds[1] else "DATE"
        return {"type": kind, "pattern": code}
    if "%" in code:
        return {"type": "PERCENT", "pattern": code}
    currency = any(mark in code for mark in ("₪", "$", "€", "£")) and "#" in code
    return {"type": "CURRENCY" if currency else "NUMBER", "pattern": code}


def style(cell: Cell, form: JSON) -> None:
    """Give an openpyxl cell the look of a CellFormat."""
    number = form.get("numberFormat", {})
    if number.get("pattern"):
        cell.number_format = number["pattern"].replace("am/pm", "AM/PM")
    text = form.get("textFormat", {})
    if text:
        cell.font = Font(
            bold=text.get("bold"), italic=text.get("italic"), strike=text.get("strikethrough"),
            underline="single" if text.get("underline") else None, size=text.get("fontSize", 10),
            color=_hex(text.get("foregroundColorStyle", {}).get("rgbColor") or text.get("foregroundColor")),
        )  # fmt: skip
    color = form.get("backgroundColorStyle", {}).get("rgbColor") or form.get("backgroundColor")
    if color is not None:
        cell.fill = PatternFill("solid", fgColor=_hex(color) or "FFFFFFFF")
    if form.keys() & {"horizontalAlignment", "wrapStrategy"}:
        horizontal = form.get("horizontalAlignment", "").lower() or None
        cell.alignment = Alignment(horizontal=horizontal, wrap_text=form.get("wrapStrategy") == "WRAP")


def _hex(color: JSON | None) -> str | None:
    if color is None:
        return None
    return "FF" + "".join(f"{round(color.get(name, 0) * 255):02X}" for name in ("red", "green", "blue"))
