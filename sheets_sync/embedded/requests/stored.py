"""Kinds that are kept and given back, but do nothing: banding, filter views, charts, slicers, tables."""

from typing import Any

from sheets_sync.embedded import fields, ranges
from sheets_sync.embedded.call import Call, Handler
from sheets_sync.embedded.defaults import fresh_id
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Sheet


def _everywhere(call: Call, name: str, id_name: str) -> dict[Any, tuple[Sheet, JSON]]:
    return {each[id_name]: (sheet, each) for sheet in call.book.sheets for each in sheet.items(name)}


def _home(call: Call, thing: JSON) -> Sheet:
    """The sheet of a stored thing: that of its range, or of its anchor."""
    if "range" in thing:
        area = ranges.from_grid(call.book, thing["range"])
        thing["range"] = area.grid_range()
        return area.sheet
    position = thing.get("position", {})
    anchor = position.get("overlayPosition", {}).get("anchorCell", {})
    return call.book.sheet(anchor.get("sheetId", position.get("sheetId", 0)))


def adding(field: str, name: str, id_name: str) -> Handler:
    """The handler that adds one: the caller may choose its id."""

    def add(call: Call, body: JSON) -> JSON | None:
        thing = dict(body.get(field, {}))
        taken = _everywhere(call, name, id_name)
        if id_name not in thing:
            number = fresh_id({int(known) for known in taken})
            thing[id_name] = str(number) if id_name == "tableId" else number
        if thing[id_name] in taken:
            raise invalid(f"{field} with id {thing[id_name]} already exists.")
        _home(call, thing).items(name).append(thing)
        return {field: thing}

    return add


def updating(field: str, schema: str, name: str, id_name: str) -> Handler:
    """The handler that changes one under a field mask."""

    def update(call: Call, body: JSON) -> JSON | None:
        given = body.get(field, {})
        mask = fields.update_mask(schema, body.get("fields"))
        sheet, thing = _found(call, name, id_name, given.get(id_name, 0))
        made = fields.apply(thing, given, mask)
        made[id_name] = thing[id_name]
        sheet.items(name).remove(thing)
        _home(call, made).items(name).append(made)
        return None

    return update


def replacing(field: str, name: str, id_name: str, schema: str = "") -> Handler:
    """The handler that gives one a new spec: all of it, or the mask's fields of that schema."""

    def replace(call: Call, body: JSON) -> JSON | None:
        _, thing = _found(call, name, id_name, body.get(id_name, 0))
        mask = fields.update_mask(schema, body.get("fields")) if schema else None
        thing[field] = fields.apply(thing.get(field, {}), body.get(field, {}), mask)
        return None

    return replace


def deleting(name: str, id_name: str, key: str = "") -> Handler:
    """The handler that deletes one by its id."""

    def delete(call: Call, body: JSON) -> JSON | None:
        sheet, thing = _found(call, name, id_name, body.get(key or id_name, 0))
        sheet.items(name).remove(thing)
        return None

    return delete


def _found(call: Call, name: str, id_name: str, wanted: Any) -> tuple[Sheet, JSON]:
    found = _everywhere(call, name, id_name).get(wanted)
    if found is None:
        raise invalid(f"No {name} with id: {wanted}")
    return found


def delete_embedded(call: Call, body: JSON) -> JSON | None:
    """`deleteEmbeddedObject`: a chart or a slicer."""
    wanted = body.get("objectId", 0)
    for name, id_name in (("charts", "chartId"), ("slicers", "slicerId")):
        found = _everywhere(call, name, id_name).get(wanted)
        if found:
            found[0].items(name).remove(found[1])
            return None
    raise invalid(f"No object with id: {wanted}")


def duplicate_filter_view(call: Call, body: JSON) -> JSON | None:
    """`duplicateFilterView`."""
    sheet, view = _found(call, "filterViews", "filterViewId", body.get("filterId", 0))
    taken = {int(known) for known in _everywhere(call, "filterViews", "filterViewId")}
    made = {**view, "filterViewId": fresh_id(taken), "title": f"Copy of {view.get('title', '')}"}
    sheet.items("filterViews").append(made)
    return {"filter": made}
