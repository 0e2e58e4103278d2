"""What the service asks of Google: the state of a spreadsheet, the values of its tabs, one atomic write."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from rules.table import Cell
from sheets_sync.errors import BadCredentials
from sheets_sync.google.client import DEADLINE_SECONDS, CarefulClient
from sheets_sync.google.credentials import ServiceAccount

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive.readonly")

STATE = (
    "spreadsheetId,properties(title,locale,timeZone),developerMetadata,"
    "sheets(properties,conditionalFormats,charts/chartId,slicers/slicerId,tables/tableId,protectedRanges/protectedRangeId,"
    "data(rowData/values(note,userEnteredValue),"
    "rowMetadata/developerMetadata,columnMetadata/developerMetadata))"
)
"""All but the values: tabs, notes, which cells are formulas, colour rules, and the marks on rows and columns."""


class Gateway:
    """Spreadsheets through one service account. Raises the GoogleTrouble kinds of `errors.py`."""

    def __init__(self, client: CarefulClient) -> None:
        self.client = client

    @property
    def account(self) -> str:
        """The service account's e-mail, which people share spreadsheets with."""
        return self.client.account

    def state(self, spreadsheet: str) -> Mapping[str, Any]:
        """The spreadsheet's tabs with notes, formulas, rules and marks, as Google's Spreadsheet (mask STATE)."""
        url = SPREADSHEET_URL % quote(spreadsheet, safe="")
        params = {"includeGridData": "true", "fields": STATE, "prettyPrint": "false"}
        return self._json("get", url, params=params)

    def values(self, spreadsheet: str, sheets: Iterable[int]) -> dict[int, Sequence[Sequence[Cell]]]:
        """The unformatted values of tabs by sheetId, a list a column; dates as serial numbers."""
        wanted = list(sheets)
        body = {
            "dataFilters": [{"gridRange": {"sheetId": sheet}} for sheet in wanted],
            "majorDimension": "COLUMNS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        url = SPREADSHEET_URL % quote(spreadsheet, safe="") + "/values:batchGetByDataFilter"
        answer = self._json("post", url, json=body, params={"prettyPrint": "false"})
        found: dict[int, Sequence[Sequence[Cell]]] = {sheet: [] for sheet in wanted}
        for matched in answer.get("valueRanges", ()):
            for data_filter in matched["dataFilters"]:
                sheet = data_filter["gridRange"].get("sheetId", 0)
                found[sheet] = matched["valueRange"].get("values", [])
        return found

    def write(self, spreadsheet: str, requests: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Apply requests in one atomic batchUpdate; Unclear when its answer is lost."""
        url = SPREADSHEET_BATCH_UPDATE_URL % quote(spreadsheet, safe="")
        return self._json("post", url, json={"requests": list(requests)})

    def _json(self, method: str, url: str, **arguments: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self.client.request(method, url, **arguments).json()
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
