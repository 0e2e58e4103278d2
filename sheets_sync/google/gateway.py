"""What the service asks of Google: the state of a spreadsheet, the values of its tabs, one atomic write."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from rules.table import Cell
from sheets_sync.collector import collector_paused
from sheets_sync.errors import BadCredentials
from sheets_sync.google.client import DEADLINE_SECONDS, CarefulClient
from sheets_sync.google.credentials import ServiceAccount

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive.readonly")

HEAD = "spreadsheetId,properties(title,locale,timeZone),developerMetadata,"
TABS = (
    "sheets(properties,conditionalFormats,charts/chartId,slicers/slicerId,tables/tableId,protectedRanges/protectedRangeId,"
    "data(startRow,startColumn,rowData/values({cell}),rowMetadata/developerMetadata,columnMetadata/developerMetadata))"
)
STATE = HEAD + TABS.format(cell="note,userEnteredValue/formulaValue,effectiveValue")
"""A spreadsheet with all that the service reads: values, notes, formulas, colour rules, marks."""
OUTLINE = HEAD + "sheets/properties"
MARKS = "developerMetadata"
LEAN = HEAD + TABS.format(cell="note,userEnteredValue/formulaValue")
"""STATE without the values."""
ENTERED = "sheets(properties/sheetId,data(startRow,startColumn,rowData/values/userEnteredValue))"
"""What people entered: of the cells that an array formula fills, nothing."""


class Gateway:
    """Spreadsheets through one service account. Raises the GoogleTrouble kinds of `errors.py`."""

    def __init__(self, client: CarefulClient) -> None:
        self.client = client
        self.feed_lags = not client.base_url
        """Whether Drive may tell of an edit minutes later, as Google's does; an embedded Google's tells at once."""

    @property
    def account(self) -> str:
        """The service account's e-mail, which people share spreadsheets with."""
        return self.client.account

    def state(self, spreadsheet: str, mask: str = STATE) -> Mapping[str, Any]:
        """The whole spreadsheet, as Google's Spreadsheet."""
        return self._get(spreadsheet, includeGridData="true", fields=mask)

    def marks(self, spreadsheet: str) -> Sequence[Mapping[str, Any]]:
        """The developer metadata of the spreadsheet itself, and nothing else of it."""
        found: Sequence[Mapping[str, Any]] = self._get(spreadsheet, fields=MARKS).get("developerMetadata", ())
        return found

    def outline(self, spreadsheet: str) -> Mapping[str, Any]:
        """The spreadsheet's own properties and its tabs', without any cell (mask OUTLINE)."""
        return self._get(spreadsheet, fields=OUTLINE)

    def part(self, spreadsheet: str, places: Iterable[Mapping[str, int]], mask: str = STATE) -> Mapping[str, Any]:
        """The tabs that grid ranges lie in, with their cells there."""
        body = {"dataFilters": [{"gridRange": place} for place in places], "includeGridData": True}
        return self._post(spreadsheet, ":getByDataFilter", body, fields=mask)

    def values(self, spreadsheet: str, places: Iterable[Mapping[str, int]]) -> list[Sequence[Sequence[Cell]]]:
        """The unformatted values of grid ranges, in their order, a list a column; dates as serial numbers."""
        wanted = list(places)
        body = {
            "dataFilters": [{"gridRange": place} for place in wanted],
            "majorDimension": "COLUMNS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        answer = self._post(spreadsheet, "/values:batchGetByDataFilter", body)
        found: list[Sequence[Sequence[Cell]]] = [[] for _ in wanted]
        for matched in answer.get("valueRanges", ()):
            for data_filter in matched["dataFilters"]:
                place = {"sheetId": 0, **data_filter["gridRange"]}
                found[wanted.index(place)] = matched["valueRange"].get("values", [])
        return found

    def write(
        self,
        spreadsheet: str,
        requests: Sequence[Mapping[str, Any]],
        *,
        with_state: bool = False,
        ranges: Sequence[str] = (),
    ) -> Mapping[str, Any]:
        """Apply requests in one atomic batchUpdate; Unclear when its answer is lost.

        `with_state` asks for the spreadsheet as the batch leaves it: `updatedSpreadsheet` in the answer, of the mask
        STATE, of the tabs and cells in the A1 `ranges` if any.
        """
        url = SPREADSHEET_BATCH_UPDATE_URL % quote(spreadsheet, safe="")
        body: dict[str, Any] = {"requests": list(requests)}
        if not with_state:
            return self._json("post", url, json=body)
        body |= {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
        if ranges:
            body["responseRanges"] = list(ranges)
        params = {"fields": f"spreadsheetId,replies,updatedSpreadsheet({STATE})", "prettyPrint": "false"}
        return self._json("post", url, json=body, params=params)

    def _get(self, spreadsheet: str, **params: str) -> Mapping[str, Any]:
        url = SPREADSHEET_URL % quote(spreadsheet, safe="")
        return self._json("get", url, params={"prettyPrint": "false", **params})

    def _post(self, spreadsheet: str, method: str, body: Mapping[str, Any], **params: str) -> Mapping[str, Any]:
        """A read that Google takes as a POST."""
        url = SPREADSHEET_URL % quote(spreadsheet, safe="") + method
        return self._json("post", url, json=body, params={"prettyPrint": "false", **params})

    def _json(self, method: str, url: str, **arguments: Any) -> Mapping[str, Any]:
        content = self.client.request(method, url, **arguments).content
        with collector_paused():
            answer: Mapping[str, Any] = orjson.loads(content)
        return answer


def open_gateway(key_file: Path, base_url: str = "", deadline: float = DEADLINE_SECONDS) -> Gateway:
    """A gateway for the service account of a key file. Raises BadCredentials that says what is wrong with the file."""
    try:
        credentials = ServiceAccount.from_service_account_file(str(key_file), scopes=SCOPES)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise BadCredentials(
            f"אין קובץ מפתח ב־{key_file}. את המפתח מורידים מ־Google Cloud, בעמוד של חשבון השירות.",
            f"There is no key file at {key_file}. Download it from Google Cloud, on the service account's page.",
        ) from None
    except (ValueError, OSError) as error:
        raise BadCredentials(
            f"הקובץ {key_file} אינו מפתח של חשבון שירות: {error}", f"{key_file} is no service account key: {error}"
        ) from None
    return Gateway(CarefulClient(credentials, base_url, deadline))
