"""The tab `rules` (כללי התראה): a row a threshold, with what the person may change and what the service says of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rules.dates import serial
from rules.rule import Param
from rules.table import Cell
from rules.wording import Language
from sheets_sync.furnishing.furnish import validation
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.tabs.rule_choices import PERSONS, Lines, RuleRow, rule_rows
from sheets_sync.tabs.rule_trials import Tried
from sheets_sync.tabs.service_tabs import RULES_TAB, TRIED_FIELD, KeyedTab, update_rows
from sheets_sync.writing.edits import Request, Writable, cell_value

DEFAULT_NOTE: Mapping[Language, str] = {
    "he": "ברירת המחדל: {default}. אפשר מספר שלם מ־{low} עד {high}.",
    "en": "The default: {default}. A whole number from {low} to {high}.",
}


WITH_THRESHOLD: Mapping[Language, str] = {
    "he": "{holding} (עם ברירת המחדל: {usual})",
    "en": "{holding} (with the default: {usual})",
}


def rules_requests(
    there: KeyedTab,
    picture: Picture,
    usual: Mapping[str, Mapping[str, Cell]],
    tried: Mapping[str, Tried],
    language: Language,
) -> Iterator[Request]:
    """Requests that bring the tab up to date; a new row begins with the usual cells, a note and a validation.

    While a spreadsheet cannot be read, what was `tried` is half of it, and stays as it was written before.
    """
    rows = _rows(picture, language)
    if not picture.snapshot.troubles:
        rows = {id: {**row, TRIED_FIELD: _tried(tried.get(id), language)} for id, row in rows.items()}
    yield from update_rows(there, rows, usual=usual)
    new = [row for row in rule_rows() if row.id not in there.rows]
    if new and "threshold" in there.at:
        yield _threshold_cells(there, new, language)


def restored_cells(there: KeyedTab, lost: Collection[str], lines: Lines, language: Language) -> Iterator[Request]:
    """The cells of person's columns that were `lost`, as they last stood, with their notes and validations."""
    by_place = {there.rows[row.id]: row for row in rule_rows() if row.id in there.rows}
    first, last = there.header_row + 1, max(by_place, default=there.header_row)
    for at, field in enumerate(PERSONS):
        if field not in lost or last < first:
            continue
        cells: list[dict[str, Any]] = []
        for place in range(first, last + 1):
            row = by_place.get(place)
            stood = lines[row.id].last[at] if row and row.id in lines else None
            cells.append({"userEnteredValue": cell_value(stood), **_offered(field, row, language)})
        start = {"sheetId": there.sheet, "rowIndex": first, "columnIndex": there.at[field]}
        fields = "userEnteredValue,note,dataValidation"
        yield {"updateCells": {"start": start, "rows": [{"values": [cell]} for cell in cells], "fields": fields}}


def _offered(field: str, row: RuleRow | None, language: Language) -> dict[str, Any]:
    """What a person's cell offers."""
    if field == "threshold":
        return _threshold_cell(row.param, language) if row and row.param else {}
    offered = validation(RULES_TAB.by_field[field], {}, language)
    return {"dataValidation": offered} if row and offered else {}


def _rows(picture: Picture, language: Language) -> dict[str, Mapping[str, Writable]]:
    found = Counter(finding.rule for finding in picture.verdict.findings)
    return {row.id: _row(row, picture, found, language) for row in rule_rows()}


def _row(row: RuleRow, picture: Picture, found: Mapping[str, int], language: Language) -> Mapping[str, Writable]:
    rule, param, he = row.rule, row.param, language == "he"
    line = picture.choices.lines.get(row.id)
    return {
        "key": rule.key,
        "name": rule.hebrew if he else rule.english,
        "explanation": rule.explanation_he if he else rule.explanation_en,
        "parameter": (param.hebrew if he else param.english) if param else None,
        "unit": (param.unit.hebrew if he else str(param.unit)) if param else None,
        "findings": found.get(rule.key, 0) if rule.key in picture.verdict.ran else None,
        "in_use": _in_use(row, picture, he),
        "changed": serial(line.changed) if line and line.changed else None,
    }


def _tried(made: Tried | None, language: Language) -> Writable:
    """The findings with the row's threshold; beside them those with the default, where that is another."""
    if made is None or made.usual is None:
        return made.holding if made else None
    return WITH_THRESHOLD[language].format(holding=made.holding, usual=made.usual)


def _in_use(row: RuleRow, picture: Picture, he: bool) -> str:
    """Whether the rule is in use, why not, and the threshold that holds where the cell shows another."""
    key, verdict = row.rule.key, picture.verdict
    if key in verdict.blind:
        return "לא: קובץ שהכלל צריך לא נקרא עכשיו" if he else "no: a spreadsheet it needs is not read now"
    if key in verdict.unused:
        missing = (ALL_TABLES[table] for table in verdict.unused[key])
        names = ", ".join(spec.hebrew if he else spec.key.replace("_", " ") for spec in missing)
        return f"לא: אין לשונית {names}" if he else f"no: there is no tab {names}"
    if key not in {rule.key for rule in picture.choices.rules}:
        return "לא: כבוי" if he else "no: turned off"
    if key not in verdict.ran:
        return "לא: הבדיקה נכשלה" if he else "no: the check failed"
    holds, line = picture.choices.threshold(row), picture.choices.lines.get(row.id)
    if holds is None or line is None or line.last[1] == holds:
        return "כן" if he else "yes"
    return f"כן, עם הסף {holds}" if he else f"yes, with the threshold {holds}"


def _threshold_cells(there: KeyedTab, new: list[RuleRow], language: Language) -> Request:
    """The notes and validations of the new rows' thresholds; the rows stand under the header."""
    cells = [{"values": [_threshold_cell(row.param, language) if row.param else {}]} for row in new]
    start = {"sheetId": there.sheet, "rowIndex": there.header_row + 1, "columnIndex": there.at["threshold"]}
    return {"updateCells": {"start": start, "rows": cells, "fields": "note,dataValidation"}}


def _threshold_cell(param: Param, language: Language) -> dict[str, Any]:
    low, high = param.minimum, param.maximum
    values = [{"userEnteredValue": str(bound)} for bound in (low, high)]
    return {
        "note": DEFAULT_NOTE[language].format(default=param.default, low=f"{low:,}", high=f"{high:,}"),
        "dataValidation": {
            "condition": {"type": "NUMBER_BETWEEN", "values": values},
            "strict": False,
            "showCustomUi": True,
        },
    }
