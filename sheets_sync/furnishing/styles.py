"""How the service's tables look: colours, and the width, number format and alignment of each kind of column."""

from collections.abc import Mapping
from typing import Any

from rules.table import Column, Kind

INK = {"red": 0.13, "green": 0.2, "blue": 0.26}
HEADER = {"red": 0.88, "green": 0.94, "blue": 0.93}
OWN_HEADER = {"red": 0.85, "green": 0.86, "blue": 0.87}
OWN_CELLS = {"red": 0.95, "green": 0.955, "blue": 0.96}
OWN_INK = {"red": 0.4, "green": 0.43, "blue": 0.46}

WIDTHS: Mapping[Kind, int] = {
    Kind.TEXT: 150,
    Kind.LONGTEXT: 300,
    Kind.INT: 85,
    Kind.MONEY: 115,
    Kind.PERCENT: 80,
    Kind.DATE: 105,
    Kind.DATETIME: 140,
    Kind.TIME: 95,
    Kind.BOOL: 80,
    Kind.PHONE: 120,
    Kind.EMAIL: 190,
    Kind.URL: 170,
    Kind.NATIONAL_ID: 110,
    Kind.CHOICE: 125,
    Kind.MULTI: 160,
    Kind.REF: 165,
}
"""In pixels."""

TEXT = {"type": "TEXT", "pattern": "@"}
FORMATS: Mapping[Kind, Mapping[str, str]] = {
    Kind.TEXT: TEXT,
    Kind.PHONE: TEXT,
    Kind.NATIONAL_ID: TEXT,
    Kind.INT: {"type": "NUMBER", "pattern": "0"},
    Kind.MONEY: {"type": "CURRENCY", "pattern": "#,##0.00 [$₪-40D]"},
    Kind.PERCENT: {"type": "PERCENT", "pattern": "0%"},
    Kind.DATE: {"type": "DATE", "pattern": "dd/mm/yyyy"},
    Kind.DATETIME: {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"},
    Kind.TIME: {"type": "TIME", "pattern": "hh:mm"},
}
"""Text columns are plain text, so that `050…`, `0042` and a house `3/5` stay what was typed."""

LEFT_TO_RIGHT = frozenset({Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.NATIONAL_ID})
WRAPPED = frozenset({Kind.LONGTEXT, Kind.MULTI})


def header_format(*, grey: bool) -> dict[str, Any]:
    """A CellFormat for a column's header; grey for the service's columns among a person's."""
    return {
        "backgroundColor": OWN_HEADER if grey else HEADER,
        "textFormat": {"bold": True, "foregroundColor": OWN_INK if grey else INK},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
        "horizontalAlignment": "CENTER",
    }


def cells_format(column: Column, *, grey: bool) -> dict[str, Any]:
    """A CellFormat for the cells below the header.

    The service's own text has no format: a plain-text cell would show the links it writes as formulas. In its own tabs
    it is shown whole.
    """
    style: dict[str, Any] = {"verticalAlignment": "TOP"}
    if column.kind in FORMATS and not (column.own and column.kind is Kind.TEXT):
        style["numberFormat"] = FORMATS[column.kind]
    if column.kind in LEFT_TO_RIGHT:
        style["textDirection"] = "LEFT_TO_RIGHT"
    if column.kind in WRAPPED or (column.kind is Kind.TEXT and column.own and not grey):
        style["wrapStrategy"] = "WRAP"
    if grey:
        style |= {"backgroundColor": OWN_CELLS, "textFormat": {"foregroundColor": OWN_INK}}
    return style
