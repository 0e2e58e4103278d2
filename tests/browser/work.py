"""A spreadsheet opened in the browser: what a person does there, and what stands there afterwards."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.embedded.clients import Person

# From right to left, its header frozen; a sum, a list, boxes, a note, a rule that colours what is above 500.
ROWS: list[list[Any]] = [
    ["חוג", "מחיר", "נרשמו", "סכום", "סוג", "שולם"],
    ["קרמיקה", 120, 8, "=B2*C2", "ילדים", False],
    ["בלט", 90, 10, "=B3*C3", "ילדים", True],
    ["יוגה", 150, 2, "=B4*C4", "מבוגרים", False],
    ["סך הכול", "", "=SUM(C2:C4)", "=SUM(D2:D4)"],
]
LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": v} for v in ("ילדים", "נוער", "מבוגרים")]}}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    sides = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": 0, **sides}


def make(owner: Person, *, right_to_left: bool = True) -> str:
    """The spreadsheet of these tests."""
    file_id = owner.sheet("חוגים", locale="he_IL")
    owner.write(file_id, "A1:F5", ROWS, "USER_ENTERED")
    grid = {"rightToLeft": right_to_left, "gridProperties": {"frozenRowCount": 1}}
    red = {"booleanRule": {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "950"}]},
                           "format": {"backgroundColor": {"red": 1, "green": 0.8, "blue": 0.8}}}}  # fmt: skip
    note = {"start": {"sheetId": 0, "rowIndex": 2, "columnIndex": 1}, "fields": "note",
            "rows": [{"values": [{"note": "המחיר כולל חומרים"}]}]}  # fmt: skip
    owner.batch(
        file_id,
        {"updateSheetProperties": {"properties": grid, "fields": "rightToLeft,gridProperties.frozenRowCount"}},
        {"setDataValidation": {"range": area(1, 4, 4, 5), "rule": {**LIST, "strict": True}}},
        {"setDataValidation": {"range": area(1, 4, 5, 6), "rule": {"condition": {"type": "BOOLEAN"}}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [area(1, 5, 3, 4)], **red}}},
        {"updateCells": note},
        {"addSheet": {"properties": {"title": "משפחות", "sheetId": 5, "rightToLeft": True}}},
    )
    return file_id


class Work:
    """The page of one spreadsheet."""

    def __init__(self, page: Page, owner: Person, file_id: str, pictures: Path) -> None:
        self.page, self.owner, self.file_id, self._pictures = page, owner, file_id, pictures
        self.keyboard = page.keyboard
        self.problems: list[str] = []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        self.load()

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(text)

    def load(self, more: str = "") -> None:
        self.page.goto(f"{self.owner.base}/spreadsheets/d/{self.file_id}/edit{more}")
        expect(self.page.locator("body")).to_have_attribute("data-ready", "yes")

    def cell(self, address: str) -> Locator:
        column, row = ord(address[0]) - 65, int(address[1:]) - 1
        return self.page.locator(f'[data-row="{row}"] > [data-column="{column}"]')

    def click(self, address: str, **options: Any) -> None:
        self.cell(address).click(**options)

    def type(self, address: str, text: str) -> None:
        self.click(address)
        self.keyboard.type(text)
        self.keyboard.press("Enter")
        self.settle()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)

    def settle(self) -> None:
        """Until every edit has been written and read again."""
        expect(self.page.locator("body")).to_have_attribute("data-busy", "0")

    def do(self, name: str) -> None:
        self.page.locator(f'#tools [data-do="{name}"]').click()
        self.settle()

    def at(self) -> str:
        return self.page.locator("#address").text_content() or ""

    def shown(self, address: str, text: str) -> None:
        expect(self.cell(address)).to_have_text(text)

    def values(self, text: str, option: str = "FORMATTED_VALUE") -> Any:
        return self.owner.values(self.file_id, text, valueRenderOption=option)

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self._pictures / f"page-{name}.png")
