"""`spreadsheets.batchUpdate`: every kind of Google's schema, and what is done with it here."""

from typing import Final

from sheets_sync.embedded.call import Call, Handler
from sheets_sync.embedded.errors import JSON, GoogleError, invalid, unsupported
from sheets_sync.embedded.requests import cells, dimensions, metadata, moving, rules, sheets, sorting, stored, texts

SUPPORTED: Final[dict[str, Handler]] = {
    "addConditionalFormatRule": rules.add_conditional,
    "addDimensionGroup": dimensions.add_group,
    "addNamedRange": rules.add_named,
    "addProtectedRange": rules.add_protected,
    "addSheet": sheets.add_sheet,
    "appendCells": cells.append_cells,
    "appendDimension": dimensions.append,
    "autoResizeDimensions": dimensions.auto_resize,
    "clearBasicFilter": rules.clear_filter,
    "copyPaste": moving.copy_paste,
    "createDeveloperMetadata": metadata.create,
    "cutPaste": moving.cut_paste,
    "deleteConditionalFormatRule": rules.delete_conditional,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete,
    "deleteDimensionGroup": dimensions.delete_group,
    "deleteDuplicates": texts.delete_duplicates,
    "deleteNamedRange": rules.delete_named,
    "deleteProtectedRange": rules.delete_protected,
    "deleteRange": moving.delete_range,
    "deleteSheet": sheets.delete_sheet,
    "duplicateSheet": sheets.duplicate_sheet,
    "findReplace": texts.find_replace,
    "insertDimension": dimensions.insert,
    "insertRange": moving.insert_range,
    "mergeCells": cells.merge_cells,
    "moveDimension": dimensions.move,
    "pasteData": texts.paste_data,
    "randomizeRange": texts.randomize,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": rules.set_filter,
    "setDataValidation": cells.set_data_validation,
    "sortRange": sorting.sort_range,
    "textToColumns": texts.text_to_columns,
    "trimWhitespace": texts.trim_whitespace,
    "unmergeCells": cells.unmerge_cells,
    "updateCells": cells.update_cells,
    "updateConditionalFormatRule": rules.update_conditional,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionGroup": dimensions.update_group,
    "updateDimensionProperties": dimensions.update_properties,
    "updateNamedRange": rules.update_named,
    "updateProtectedRange": rules.update_protected,
    "updateSheetProperties": sheets.update_sheet,
    "updateSpreadsheetProperties": sheets.update_spreadsheet,
}

# Kept and given back, without an effect of their own.
STORED: Final[dict[str, Handler]] = {
    "addBanding": stored.adding("bandedRange", "bandedRanges", "bandedRangeId"),
    "addChart": stored.adding("chart", "charts", "chartId"),
    "addFilterView": stored.adding("filter", "filterViews", "filterViewId"),
    "addSlicer": stored.adding("slicer", "slicers", "slicerId"),
    "addTable": stored.adding("table", "tables", "tableId"),
    "deleteBanding": stored.deleting("bandedRanges", "bandedRangeId"),
    "deleteEmbeddedObject": stored.delete_embedded,
    "deleteFilterView": stored.deleting("filterViews", "filterViewId", "filterId"),
    "deleteTable": stored.deleting("tables", "tableId"),
    "duplicateFilterView": stored.duplicate_filter_view,
    "updateBanding": stored.updating("bandedRange", "BandedRange", "bandedRanges", "bandedRangeId"),
    "updateBorders": cells.borders,
    "updateChartSpec": stored.replacing("spec", "charts", "chartId"),
    "updateFilterView": stored.updating("filter", "FilterView", "filterViews", "filterViewId"),
    "updateSlicerSpec": stored.replacing("spec", "slicers", "slicerId", "SlicerSpec"),
    "updateTable": stored.updating("table", "Table", "tables", "tableId"),
}


def apply(call: Call, requests: list[JSON]) -> list[JSON]:
    """Carry the requests out in order and answer their replies.

    The first that Google would refuse raises; the caller then forgets all that was done.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_one(call, index, request) for index, request in enumerate(requests)]


def _one(call: Call, index: int, request: JSON) -> JSON:
    if len(request) != 1:
        if not request:
            raise invalid(f"Invalid requests[{index}]: No request set.")
        raise invalid(f"Invalid value at 'requests[{index}]' (oneof), oneof field 'kind' is already set.")
    kind, body = next(iter(request.items()))
    handler = SUPPORTED.get(kind) or STORED.get(kind)
    if handler is None:
        raise unsupported(kind)
    try:
        reply = handler(call, body)
    except GoogleError as error:
        raise GoogleError(error.code, f"Invalid requests[{index}].{kind}: {error.message}") from error
    return {} if reply is None else {kind: reply}
