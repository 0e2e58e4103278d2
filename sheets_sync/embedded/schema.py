"""Requests held against Google's own discovery documents."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from sheets_sync.embedded import colors
from sheets_sync.embedded.errors import JSON, GoogleError, violations

Problems = list[tuple[str, str]]


@dataclass(frozen=True)
class Api:
    """One discovery document: its schemas by name."""

    name: str
    schemas: dict[str, JSON] = field(repr=False)
    methods: dict[str, JSON] = field(repr=False)
    twins: dict[str, list[str]] = field(repr=False)  # a schema's colours that have a style beside them


@cache
def api(name: str) -> Api:
    """The vendored document of that name, such as `sheets.v4`."""
    text = (files("sheets_sync.embedded") / "discovery" / f"{name}.json").read_bytes()
    document = orjson.loads(text)
    common = {"parameters": document["parameters"]}
    schemas = document["schemas"]
    twins = {schema: colors.twins(spec.get("properties", {})) for schema, spec in schemas.items()}
    return Api(name, schemas, {"common": common, **_methods(document["resources"])}, twins)


def _methods(resources: JSON) -> dict[str, JSON]:
    """Every method by its id, resources within resources included."""
    found: dict[str, JSON] = {}
    for resource in resources.values():
        found.update({method["id"]: method for method in resource.get("methods", {}).values()})
        found.update(_methods(resource.get("resources", {})))
    return found


def query(document: str, method: str, given: Mapping[str, list[str]]) -> JSON:
    """The query parameters of a method, typed. Raises Google's 400 for one of a wrong type.

    Sheets refuses names that it does not know; Drive passes over them.
    """
    known = api(document).methods
    specs: JSON = {**known["common"]["parameters"], **known[method].get("parameters", {})}
    problems: Problems = []
    found: JSON = {}
    for key, texts in given.items():
        name = key if key in specs else camel(key)
        if name not in specs:
            if document.startswith("sheets"):
                text = f'Invalid JSON payload received. Unknown name "{key}": Cannot bind query parameter. '
                problems.append(("", f"{text}Field '{key}' could not be found in request message."))
            continue
        values = [_parameter(specs[name], text, snake(name), problems) for text in texts]
        found[name] = values if specs[name].get("repeated") else values[-1]
    if problems:
        raise refusal(problems)
    return found


def _parameter(spec: JSON, text: str, at: str, problems: Problems) -> Any:
    if spec["type"] == "boolean" and text.lower() in ("true", "false", "1", "0"):
        return text.lower() in ("true", "1")
    return _scalar({key: value for key, value in spec.items() if key != "repeated"}, text, at, problems)


@cache
def snake(name: str) -> str:
    """`sheetId` as Google's messages write it: `sheet_id`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


@cache
def camel(name: str) -> str:
    """`sheet_id`, which Google takes as well, as the documents write it."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def checked(document: str, schema: str, body: object, at: str = "") -> JSON:
    """The body in canonical form (camel case, numbers as numbers, nulls gone).

    Raises the 400 that Google answers, naming each unknown field and each value of a wrong type. Drive passes over
    unknown fields (gspread's `withLink` is one).
    """
    problems: Problems = []
    found = _object(api(document), schema, body, at, problems)
    if document.startswith("drive"):
        problems = [problem for problem in problems if "Unknown name" not in problem[1]]
    if problems:
        raise refusal(problems)
    return found


def refusal(problems: Problems) -> GoogleError:
    """The 400 for a body that does not fit the schema."""
    return violations("\n".join(text for _, text in problems), problems)


def _object(document: Api, schema: str, body: object, at: str, problems: Problems) -> JSON:
    spec = document.schemas[schema]
    if not isinstance(body, dict):
        problems.append((at, _wrong(at, f"type.googleapis.com/{schema}", body)))
        return {}
    properties: JSON = spec.get("properties", {})
    found: JSON = {}
    for key, value in body.items():
        name = key if key in properties else camel(key)
        if name not in properties:
            problems.append((at, _unknown(key, at)))
        elif value is not None or properties[name].get("type") == "any":
            found[name] = _value(document, properties[name], value, _join(at, snake(name)), problems)
    colors.pair(found, document.twins[schema])
    return found


def _value(document: Api, spec: JSON, value: object, at: str, problems: Problems) -> Any:
    if "$ref" in spec:
        return _object(document, spec["$ref"], value, at, problems)
    kind = spec["type"]
    if kind == "array":
        return _array(document, spec["items"], value, at, problems)
    if kind == "object":
        return _map(document, spec, value, at, problems)
    if kind == "any":
        return value
    return _scalar(spec, value, at, problems)


def _array(document: Api, items: JSON, value: object, at: str, problems: Problems) -> list[Any]:
    if not isinstance(value, list):
        value = [value]  # Google takes a single value where a list is asked
    if items.get("type") == "array" and items["items"].get("type") == "any":
        return _grid(value, at, problems)
    return [_value(document, items, item, f"{at}[{i}]", problems) for i, item in enumerate(value)]


def _grid(rows: list[Any], at: str, problems: Problems) -> list[Any]:
    """`values` of a ValueRange: lists of plain values; checked without a call for each cell."""
    for i, row in enumerate(rows):
        if not isinstance(row, list):
            where = f"{at}[{i}]"
            problems.append((where, _wrong(where, "type.googleapis.com/google.protobuf.ListValue", row)))
    return rows


def _map(document: Api, spec: JSON, value: object, at: str, problems: Problems) -> JSON:
    if not isinstance(value, dict):
        problems.append((at, _wrong(at, "Map", value)))
        return {}
    inner = spec.get("additionalProperties")
    if inner is None:
        return value
    return {key: _value(document, inner, item, f"{at}[{key}]", problems) for key, item in value.items()}


def _scalar(spec: JSON, value: object, at: str, problems: Problems) -> Any:
    enum = spec.get("enum")
    if enum is not None:
        if value in enum:
            return value
        problems.append((at, _wrong(at, "type.googleapis.com/google.apps.sheets.v4", value)))
        return enum[0]
    read, kind = READERS[spec["type"], spec.get("format", "")]
    try:
        return read(value)
    except (TypeError, ValueError, OverflowError):
        problems.append((at, _wrong(at, kind, value)))
        return None


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    number = int(value)
    if isinstance(value, float) and number != value:
        raise ValueError(value)
    return number


def _int32(value: object) -> int:
    number = _integer(value)
    if not -(2**31) <= number < 2**31:
        raise ValueError(value)
    return number


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    return value if isinstance(value, int) else float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _int64(value: object) -> str:
    return str(_integer(value))


def _boolean(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


READERS: dict[tuple[str, str], tuple[Callable[[object], Any], str]] = {
    ("integer", "int32"): (_int32, "TYPE_INT32"),
    ("number", "double"): (_number, "TYPE_DOUBLE"),
    ("number", "float"): (_number, "TYPE_FLOAT"),
    ("boolean", ""): (_boolean, "TYPE_BOOL"),
    ("string", ""): (_text, "TYPE_STRING"),
    ("string", "byte"): (_text, "TYPE_BYTES"),
    ("string", "int64"): (_int64, "TYPE_INT64"),
    ("string", "date-time"): (_text, "type.googleapis.com/google.protobuf.Timestamp"),
    ("string", "google-datetime"): (_text, "type.googleapis.com/google.protobuf.Timestamp"),
    ("string", "google-duration"): (_text, "type.googleapis.com/google.protobuf.Duration"),
    ("string", "google-fieldmask"): (_text, "type.googleapis.com/google.protobuf.FieldMask"),
}


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _unknown(key: str, at: str) -> str:
    where = f" at '{at}'" if at else ""
    return f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'


def _wrong(at: str, kind: str, value: object) -> str:
    shown = orjson.dumps(value, default=str).decode()
    return f"Invalid value at '{at}' ({kind}), {shown}"
