"""Field masks in both of Google's syntaxes: `a.b,a.c` and `a(b,c)`, `/` for `.`, `*` for all."""

import re
from typing import Any, Optional

from sheets_sync.embedded import colors
from sheets_sync.embedded.errors import JSON, GoogleError, invalid, violations
from sheets_sync.embedded.schema import api, camel

# A name's own tree, or None where the whole of it is meant.
Mask = dict[str, Optional["Mask"]]

TOKEN = re.compile(r"\s*([A-Za-z_][\w\-]*|\*|[(),./])\s*")


def parse(text: str) -> Mask:
    """The tree of a mask; raises ValueError when it cannot be read."""
    tokens = TOKEN.findall(text)
    if sum(len(token) for token in tokens) != len(re.sub(r"\s", "", text)):
        raise ValueError(text)
    mask, rest = _list(tokens)
    if rest:
        raise ValueError(text)
    return mask


def _list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _path(tokens, mask)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _path(tokens: list[str], mask: Mask) -> list[str]:
    if not tokens or tokens[0] in "(),./":
        raise ValueError(tokens)
    name, tokens = camel(tokens[0]), tokens[1:]
    if tokens and tokens[0] in "./":
        inner: Mask = {}
        tokens = _path(tokens[1:], inner)
        _merge(mask, name, inner)
    elif tokens and tokens[0] == "(":
        inner, tokens = _list(tokens[1:])
        if not tokens or tokens[0] != ")":
            raise ValueError(tokens)
        tokens = tokens[1:]
        _merge(mask, name, inner)
    else:
        mask[name] = None
    return tokens


def _merge(mask: Mask, name: str, inner: Mask) -> None:
    known = mask.get(name, {})
    if known is None:
        return
    for key, value in inner.items():
        if value is None:
            known[key] = None
        else:
            _merge(known, key, value)
    mask[name] = known


class Picked(list[Any]):
    """A list that holds only what the mask lets through."""


def pick(value: Any, mask: Mask | None) -> Any:
    """What of an answer the mask lets through; lists are gone through item by item."""
    if mask is None or ("*" in mask and mask["*"] is None) or isinstance(value, Picked):
        return value
    if isinstance(value, list):
        return [pick(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    if "*" in mask:
        return {key: pick(item, mask.get(key, mask["*"])) for key, item in value.items()}
    return {key: pick(item, mask[key]) for key, item in value.items() if key in mask}


def inside(mask: Mask | None, *path: str) -> Mask | None:
    """The mask for what stands at that path of an answer."""
    for name in path:
        if mask is None or mask.get("*", mask) is None:
            return None
        mask = mask[name] if name in mask else mask.get("*", {})
    return mask


def wants(mask: Mask | None, *path: str) -> bool:
    """Whether an answer under the mask shows that path at all (so that it need not be made)."""
    for name in path:
        if mask is None or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def _unmatched(document: str, schema: str, mask: Mask, at: str = "") -> str:
    """The first path of the mask that the schema does not have, or an empty text."""
    properties: JSON = api(document).schemas[schema].get("properties", {})
    for name, inner in mask.items():
        path = f"{at}{name}"
        if name == "*":
            continue
        if name not in properties:
            return path
        spec = properties[name]
        while spec.get("type") == "array":
            spec = spec["items"]
        if inner is not None and "$ref" in spec:
            deeper = _unmatched(document, spec["$ref"], inner, f"{path}.")
            if deeper:
                return deeper
    return ""


def answer_mask(document: str, schema: str, text: str | None) -> Mask | None:
    """The mask of the query parameter `fields`; None lets everything through. Raises Google's 400."""
    if not text:
        return None
    try:
        mask = parse(text)
        wrong = _unmatched(document, schema, mask)
    except ValueError:
        wrong = text
    else:
        if not wrong:
            return mask
    if document.startswith("drive"):
        raise GoogleError(400, f"Invalid field selection {wrong}", reason="invalidParameter")
    description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{wrong}'."
    raise violations("Request contains an invalid argument.", [(text, description)])


def update_mask(schema: str, text: str | None) -> Mask:
    """The mask of a request's `fields`, for a schema of Sheets. Raises a 400 when empty or wrong."""
    if not text:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parse(text)
    except ValueError:
        raise invalid(f"Invalid field mask: {text}") from None
    wrong = _unmatched("sheets.v4", schema, mask)
    if wrong:
        raise invalid(f"Invalid field: {wrong}")
    _pair_colors(schema, mask)
    return mask


def _pair_colors(schema: str, mask: Mask) -> None:
    """A mask that names a colour names its style too, all the way down."""
    properties: JSON = api("sheets.v4").schemas[schema].get("properties", {})
    for name, inner in mask.items():
        if inner is not None and "$ref" in properties.get(name, {}):
            _pair_colors(properties[name]["$ref"], inner)
    colors.pair_mask(mask, api("sheets.v4").twins[schema])


def apply(target: JSON, source: JSON, mask: Mask | None) -> JSON:
    """A copy of the target with the mask's fields as the source has them; those it lacks are cleared."""
    if mask is None or "*" in mask:
        return dict(source)
    found = dict(target)
    for name, inner in mask.items():
        if inner is None:
            value = source.get(name)
        else:
            value = apply(found.get(name) or {}, source.get(name) or {}, inner) or None
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found
