"""The tab `settings` (הגדרות): a row a setting, with the person's value and what the service says of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.table import Kind
from rules.wording import Language
from sheets_sync.furnishing.styles import FORMATS, TEXT
from sheets_sync.tabs.service_tabs import KeyedTab, update_rows
from sheets_sync.tabs.setting_rows import SETTINGS, Setting
from sheets_sync.tabs.settings_said import SettingsSaid
from sheets_sync.writing.edits import Request, Writable


def settings_requests(there: KeyedTab, said: SettingsSaid, language: Language) -> Iterator[Request]:
    """Requests that bring the tab up to date; a new row has an empty cell, with what may be typed in it."""
    yield from update_rows(there, {one.key: _row(one, said, language) for one in SETTINGS})
    new = [one for one in SETTINGS if one.key not in there.rows]
    if new and "value" in there.at:
        yield _value_cells(there, new, language)


def _row(one: Setting, said: SettingsSaid, language: Language) -> Mapping[str, Writable]:
    he, why = language == "he", said.wrong.get(one.key)
    return {
        "name": one.he if he else one.en,
        "what": one.what_he if he else one.what_en,
        "unit": one.unit[0 if he else 1],
        "default": said.defaults[one.key],
        "wrong": (why.he if he else why.en) if why else None,
    }


def _value_cells(there: KeyedTab, new: Sequence[Setting], language: Language) -> Request:
    """The formats and validations of the new rows' values; the rows stand under the header."""
    cells = [{"values": [_value_cell(one, language)]} for one in new]
    start = {"sheetId": there.sheet, "rowIndex": there.header_row + 1, "columnIndex": there.at["value"]}
    fields = "dataValidation,userEnteredFormat.numberFormat"
    return {"updateCells": {"start": start, "rows": cells, "fields": fields}}


def _value_cell(one: Setting, language: Language) -> dict[str, Any]:
    """What people write as text stays as they wrote it: hours and spans of days are no numbers."""
    cell: dict[str, Any] = {"userEnteredFormat": {"numberFormat": FORMATS.get(one.kind, TEXT)}}
    if one.choices:
        cell["dataValidation"] = _offering("ONE_OF_LIST", one.choices[language])
    elif one.bounds:
        cell["dataValidation"] = _offering("NUMBER_BETWEEN", map(str, one.bounds))
    elif one.kind is Kind.DATE:
        cell["dataValidation"] = _offering("DATE_IS_VALID", ())
    return cell


def _offering(kind: str, values: Any) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"condition": condition, "strict": False, "showCustomUi": True}
