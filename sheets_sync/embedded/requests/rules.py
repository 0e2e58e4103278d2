"""Requests about what lies over cells: conditional formats, protection, filters, named ranges."""

import secrets

from sheets_sync.embedded import fields, ranges
from sheets_sync.embedded.call import PROTECTED, Call
from sheets_sync.embedded.defaults import fresh_id
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Sheet


def _rule_sheet(call: Call, rule: JSON) -> Sheet:
    found = rule.get("ranges", [])
    if not found:
        raise invalid("At least one range must be specified.")
    areas = [ranges.from_grid(call.book, each) for each in found]
    if any(area.sheet is not areas[0].sheet for area in areas):
        raise invalid("All ranges in a conditional format must be on the same sheet.")
    if "booleanRule" not in rule and "gradientRule" not in rule:
        raise invalid("Either a boolean rule or a gradient rule must be specified.")
    rule["ranges"] = [_explicit(each) for each in found]
    return areas[0].sheet


def _explicit(found: JSON) -> JSON:
    return {**found, "sheetId": found.get("sheetId", 0)}


def add_conditional(call: Call, body: JSON) -> JSON | None:
    """`addConditionalFormatRule`."""
    rule = body.get("rule", {})
    rules = _rule_sheet(call, rule).items("conditionalFormats")
    index = body.get("index", 0)
    if not 0 <= index <= len(rules):
        raise invalid(f"Index {index} is out of range: there are {len(rules)} rules.")
    rules.insert(index, rule)
    return None


def _rule_at(sheet: Sheet, index: int) -> list[JSON]:
    rules = sheet.items("conditionalFormats")
    if not 0 <= index < len(rules):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return rules


def update_conditional(call: Call, body: JSON) -> JSON | None:
    """`updateConditionalFormatRule`: replace the rule at an index, or move it to another."""
    index = body.get("index", 0)
    if "newIndex" in body:
        sheet = call.book.sheet(body.get("sheetId", 0))
        rules = _rule_at(sheet, index)
        rule = rules.pop(index)
        rules.insert(body["newIndex"], rule)
        return {"newRule": rule, "oldIndex": index, "newIndex": body["newIndex"]}
    rule = body.get("rule", {})
    sheet = _rule_sheet(call, rule)
    rules = _rule_at(sheet, index)
    old, rules[index] = rules[index], rule
    return {"oldRule": old, "newRule": rule, "newIndex": index}


def delete_conditional(call: Call, body: JSON) -> JSON | None:
    """`deleteConditionalFormatRule`: answers the rule that was there."""
    index = body.get("index", 0)
    return {"rule": _rule_at(call.book.sheet(body.get("sheetId", 0)), index).pop(index)}


def add_protected(call: Call, body: JSON) -> JSON | None:
    """`addProtectedRange`: a hard protection always lets the owner and its maker pass."""
    given = dict(body.get("protectedRange", {}))
    taken = {each["protectedRangeId"] for sheet in call.book.sheets for each in sheet.items("protectedRanges")}
    given.setdefault("protectedRangeId", fresh_id(taken))
    if given["protectedRangeId"] in taken:
        raise invalid(f"A protected range with id {given['protectedRangeId']} already exists.")
    sheet = _protected_sheet(call, given)
    if not given.get("warningOnly"):
        _with_maker(call, given)
    made = {**given, "requestingUserCanEdit": True}
    sheet.items("protectedRanges").append(made)
    return {"protectedRange": made}


def _with_maker(call: Call, given: JSON) -> None:
    users = given.get("editors", {}).get("users", [])
    if call.email not in users:
        users = [call.email, *users]
    given["editors"] = {**given.get("editors", {}), "users": users}


def _protected_sheet(call: Call, given: JSON) -> Sheet:
    named = given.get("namedRangeId")
    if named:
        found = next((n for n in call.book.named_ranges if n["namedRangeId"] == named), None)
        if found is None:
            raise invalid(f"No named range with id: {named}")
        given["range"] = dict(found["range"])
    if "range" not in given:
        raise invalid("Must specify a range to protect.")
    given["range"] = _explicit(given["range"])
    given["unprotectedRanges"] = [_explicit(each) for each in given.get("unprotectedRanges", [])]
    if not given["unprotectedRanges"]:
        del given["unprotectedRanges"]
    return ranges.from_grid(call.book, given["range"]).sheet


def _protected(call: Call, found: int) -> tuple[Sheet, JSON]:
    for sheet in call.book.sheets:
        for protected in sheet.items("protectedRanges"):
            if protected["protectedRangeId"] == found:
                if not call.may_pass(protected):
                    raise invalid(PROTECTED)
                return sheet, protected
    raise invalid(f"No protected range with id: {found}")


def update_protected(call: Call, body: JSON) -> JSON | None:
    """`updateProtectedRange`."""
    mask = fields.update_mask("ProtectedRange", body.get("fields"))
    given = body.get("protectedRange", {})
    sheet, protected = _protected(call, given.get("protectedRangeId", 0))
    made = fields.apply(protected, given, mask)
    made["protectedRangeId"] = protected["protectedRangeId"]
    target = _protected_sheet(call, made)
    sheet.items("protectedRanges").remove(protected)
    target.items("protectedRanges").append(made)
    return None


def delete_protected(call: Call, body: JSON) -> JSON | None:
    """`deleteProtectedRange`."""
    sheet, protected = _protected(call, body.get("protectedRangeId", 0))
    sheet.items("protectedRanges").remove(protected)
    return None


def set_filter(call: Call, body: JSON) -> JSON | None:
    """`setBasicFilter`."""
    given = body.get("filter", {})
    area = ranges.from_grid(call.book, given.get("range", {}))
    area.sheet.things["basicFilter"] = {**given, "range": area.grid_range()}
    return None


def clear_filter(call: Call, body: JSON) -> JSON | None:
    """`clearBasicFilter`."""
    call.book.sheet(body.get("sheetId", 0)).things.pop("basicFilter", None)
    return None


def _check_name(call: Call, name: str, own: str = "") -> None:
    if not name or any(n["name"].lower() == name.lower() and n["namedRangeId"] != own for n in call.book.named_ranges):
        raise invalid(f'A named range with the name "{name}" already exists.' if name else "A name must be given.")


def add_named(call: Call, body: JSON) -> JSON | None:
    """`addNamedRange`."""
    given = dict(body.get("namedRange", {}))
    given.setdefault("namedRangeId", str(secrets.randbelow(2**31)))
    if any(each["namedRangeId"] == given["namedRangeId"] for each in call.book.named_ranges):
        raise invalid(f"A named range with id {given['namedRangeId']} already exists.")
    _check_name(call, given.get("name", ""))
    given["range"] = ranges.from_grid(call.book, given.get("range", {})).grid_range()
    call.book.named_ranges.append(given)
    call.book.structure += 1
    return {"namedRange": given}


def _named(call: Call, found: str) -> JSON:
    for named in call.book.named_ranges:
        if named["namedRangeId"] == found:
            return named
    raise invalid(f"No named range with id: {found}")


def update_named(call: Call, body: JSON) -> JSON | None:
    """`updateNamedRange`."""
    mask = fields.update_mask("NamedRange", body.get("fields"))
    given = body.get("namedRange", {})
    named = _named(call, given.get("namedRangeId", ""))
    made = fields.apply(named, given, mask)
    made["namedRangeId"] = named["namedRangeId"]
    _check_name(call, made.get("name", ""), named["namedRangeId"])
    made["range"] = ranges.from_grid(call.book, made.get("range", {})).grid_range()
    call.book.named_ranges[call.book.named_ranges.index(named)] = made
    call.book.structure += 1
    return None


def delete_named(call: Call, body: JSON) -> JSON | None:
    """`deleteNamedRange`."""
    call.book.named_ranges.remove(_named(call, body.get("namedRangeId", "")))
    call.book.structure += 1
    return None
