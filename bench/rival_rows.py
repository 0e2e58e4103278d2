"""One table checked by means that go row by row."""

import re
from typing import Annotated, Any, Literal, cast

import gspread
import requests
from frictionless import Resource, Schema
from gspread.utils import ValueRenderOption
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bench.reading import CLASSES, FIELDS
from bench.rival_given import KEY, LEAST, LISTS, MOST, NUMBERS, PATTERNS, Cells, columns_of


def by_frictionless(body: bytes) -> Cells:
    constraints: dict[str, dict[str, Any]] = {field: {"pattern": pattern} for field, pattern in PATTERNS.items()}
    constraints |= {field: {"enum": allowed} for field, allowed in LISTS.items()}
    constraints |= {"submitted": {"minimum": LEAST, "maximum": MOST}, "amount_paid": {"minimum": 0}}
    constraints |= {"participant": {"required": True}}
    fields = [
        {"name": field, "type": "number" if field in NUMBERS else "string", "constraints": constraints.get(field, {})}
        for field in FIELDS
    ]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": KEY})
    rows = [[*FIELDS], *map(list, zip(*columns_of(body).values(), strict=True))]
    report = Resource(data=rows, schema=schema).validate(limit_errors=10**9)
    return {(row - 1, field) for row, field in report.flatten(["rowNumber", "fieldName"]) if field}


class Row(BaseModel):
    """A registration, for pydantic."""

    model_config = ConfigDict(strict=True)
    submitted: Annotated[float, Field(ge=LEAST, le=MOST)]
    participant: Annotated[str, Field(min_length=1)]
    parent: Annotated[str, Field(pattern=PATTERNS["parent"])]
    phone: Annotated[str, Field(pattern=PATTERNS["phone"])]
    email: Annotated[str, Field(pattern=PATTERNS["email"])]
    class_name: Literal[tuple(CLASSES)]  # type: ignore[valid-type]
    status: Literal[tuple(LISTS["status"])]  # type: ignore[valid-type]
    amount_due: float
    amount_paid: Annotated[float, Field(ge=0)]
    payment: Literal[tuple(LISTS["payment"])]  # type: ignore[valid-type]


def by_pydantic(body: bytes) -> Cells:
    rows = [dict(zip(FIELDS, cells, strict=True)) for cells in zip(*columns_of(body).values(), strict=True)]
    assert len({tuple(row[field] for field in KEY) for row in rows}) == len(rows)
    try:
        TypeAdapter(list[Row]).validate_python(rows)
    except ValidationError as error:
        return {(int(each["loc"][0]) + 1, str(each["loc"][1])) for each in error.errors(include_url=False)}
    return set()


class Canned(gspread.HTTPClient):
    """Answers with given bytes, as if they had come from Google."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def request(self, *_: object, **__: object) -> requests.Response:
        answer = requests.Response()
        answer._content, answer.status_code = self.body, 200
        return answer


def by_records(body: bytes) -> Cells:
    """gspread's own way for a table, and a loop over its rows."""
    sheet = gspread.Worksheet(cast(gspread.Spreadsheet, None), {"sheetId": 1, "title": "נרשמים"}, "bench", Canned(body))
    found: Cells = set()
    seen: set[tuple[Any, ...]] = set()
    for row, record in enumerate(sheet.get_all_records(value_render_option=ValueRenderOption.unformatted), 1):
        values = dict(zip(FIELDS, record.values(), strict=True))
        found |= {(row, field) for field in FIELDS if _is_wrong(field, values[field])}
        key = tuple(values[field] for field in KEY)
        found |= {(row, KEY[0])} if key in seen else set()
        seen.add(key)
    return found


def _is_wrong(field: str, value: Any) -> bool:
    if field in LISTS:
        return value not in LISTS[field]
    if field in PATTERNS:
        return not isinstance(value, str) or re.match(PATTERNS[field], value) is None
    if field in NUMBERS:
        least, most = NUMBERS[field]
        return not isinstance(value, int | float) or not (least or 0) <= value <= (most or value)
    return bool(value == "")
