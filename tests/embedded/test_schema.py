"""Bodies made from Google's own schema: refused with a 400 or taken, never a crash; and masks and types."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.embedded import batch, defaults, fields, grid, schema
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.errors import GoogleError
from sheets_sync.embedded.model import Formula, Spreadsheet

SCHEMAS = schema.api("sheets.v4").schemas
KINDS = sorted(SCHEMAS["Request"]["properties"])
NUMBERS = st.one_of(st.integers(-1, 4), st.sampled_from([0, 0, 1, 2, 9, 1000, 2**31 - 1]))
TEXTS = st.one_of(
    st.sampled_from(
        ["", "=A1+1", "=SUM(A1:B2)", "Sheet1", "a", "*", "note", "userEnteredValue", "title", "A1:B2", "x(y"]
    ),
    st.text(max_size=4),
)


def later(spec: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: bodies(spec, depth))


def bodies(spec: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a piece of the schema; deep ones are left empty."""
    if "$ref" in spec:
        properties = SCHEMAS[spec["$ref"]].get("properties", {})
        if depth > 4 or not properties:
            return st.just({})
        optional = {name: later(inner, depth + 1) for name, inner in properties.items()}
        return st.fixed_dictionaries({}, optional=optional)
    if "enum" in spec:
        return st.sampled_from(spec["enum"])
    if spec["type"] == "array":
        return st.lists(bodies(spec["items"], depth + 1), max_size=2)
    simple: dict[str, st.SearchStrategy[Any]] = {"integer": NUMBERS, "number": NUMBERS, "boolean": st.booleans()}
    simple |= {"object": st.builds(dict), "any": st.builds(dict)}
    return simple.get(spec["type"], TEXTS)


def book() -> Spreadsheet:
    """Two small sheets with values, a formula, a merge, a rule, a protection and metadata."""
    made = defaults.new_spreadsheet("1" * 44, "x")
    made.sheets.append(defaults.new_sheet(9, "a b", 1, {"gridProperties": {"rowCount": 5, "columnCount": 4}}))
    made.sheets[0].properties["gridProperties"] = {"rowCount": 6, "columnCount": 5}
    for row in range(4):
        for column in range(3):
            made.sheets[0].edit(row).put(column, row * 3 + column)
    made.sheets[0].edit(1).put(3, Formula("=A1+'a b'!B2"))
    made.has_formulas = True
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    condition = {"condition": {"type": "BLANK"}, "format": {}}
    batch.apply(
        Call(made, "a@example.com", True, datetime.now(UTC)),
        [
            {"mergeCells": {"range": area}},
            {"addConditionalFormatRule": {"rule": {"ranges": [area], "booleanRule": condition}}},
            {"addProtectedRange": {"protectedRange": {"range": area, "protectedRangeId": 1}}},
            {"addNamedRange": {"namedRange": {"name": "n", "range": area, "namedRangeId": "n"}}},
            {"addBanding": {"bandedRange": {"range": area, "bandedRangeId": 1}}},
        ],
    )
    return made


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_body_crashes_the_server(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(SCHEMAS["Request"]["properties"][kind]))
    if isinstance(body.get("fields"), str) and data.draw(st.booleans()):
        body["fields"] = "*"
    found = book()
    with contextlib.suppress(GoogleError):  # a refusal is an answer
        checked = schema.checked("sheets.v4", "BatchUpdateSpreadsheetRequest", {"requests": [{kind: body}]})
        batch.apply(Call(found, "b@example.com", False, datetime.now(UTC)), checked["requests"])
        grid.resource(found, "http://x", None, None, data=True)


@given(st.text(max_size=12))
def test_a_mask_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(GoogleError):
        fields.update_mask("CellData", text)


NAMES = st.sampled_from(["a", "b", "c"])
MASKS: st.SearchStrategy[Any] = st.recursive(
    st.none(), lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=3), max_leaves=6
).filter(bool)


def dotted(mask: dict[str, Any]) -> list[str]:
    return [
        name if inner is None else f"{name}.{rest}"
        for name, inner in mask.items()
        for rest in (dotted(inner) if inner else [""])
    ]


def bracketed(mask: dict[str, Any]) -> str:
    return ",".join(name if inner is None else f"{name}({bracketed(inner)})" for name, inner in mask.items())


@given(MASKS)
def test_both_syntaxes_say_the_same(mask: dict[str, Any]) -> None:
    assert fields.parse(",".join(dotted(mask))) == fields.parse(bracketed(mask)) == mask


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"range": {"sheetId": 1.5}}, "Invalid value at 'range.sheet_id' (TYPE_INT32), 1.5"),
        ({"range": {"sheetId": 2**31}}, f"Invalid value at 'range.sheet_id' (TYPE_INT32), {2**31}"),
        ({"range": []}, "Invalid value at 'range' (type.googleapis.com/GridRange), []"),
        ({"fields": 3}, "Invalid value at 'fields' (type.googleapis.com/google.protobuf.FieldMask), 3"),
        ({"nope": 1}, 'Invalid JSON payload received. Unknown name "nope": Cannot find field.'),
    ],
)
def test_wrong_types_are_named(body: dict[str, Any], text: str) -> None:
    with pytest.raises(GoogleError) as caught:
        schema.checked("sheets.v4", "UpdateCellsRequest", body)
    assert caught.value.message == text


def test_what_protobuf_takes_as_well() -> None:
    """Snake case, numbers in texts, a single value for a list, null for nothing."""
    body: dict[str, Any] = {"range": {"sheet_id": "0", "start_row_index": 2.0}, "fields": None, "rows": {"values": []}}
    found = schema.checked("sheets.v4", "UpdateCellsRequest", body)
    assert found == {"range": {"sheetId": 0, "startRowIndex": 2}, "rows": [{"values": []}]}
