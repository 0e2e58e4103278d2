"""The page to work in, as a person uses it: keyboard, mouse and clipboard in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.browser.work import Work, area, make
from tests.embedded.clients import OWNER, Person

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "screenshots"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM.exists(), f"these tests need a browser at {CHROMIUM}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pictures() -> Path:
    PICTURES.mkdir(exist_ok=True)
    return PICTURES


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with EmbeddedGoogle(tmp_path_factory.mktemp("google")) as google:
        yield Person(google, OWNER)


@pytest.fixture
def work(chromium: Browser, owner: Person, pictures: Path) -> Iterator[Work]:
    context = chromium.new_context(locale="he-IL", viewport={"width": 1200, "height": 700})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=owner.base)
    opened = Work(context.new_page(), owner, make(owner), pictures)
    yield opened
    context.close()
    assert opened.problems == []


def test_a_value_typed_changes_the_formulas(work: Work) -> None:
    work.shown("D5", "2160")
    work.type("C2", "9")
    work.shown("D2", "1080")
    work.shown("D5", "2280")
    assert work.values("C2:D2", "UNFORMATTED_VALUE") == [[9, 1080]]
    assert work.at() == "C3"
    work.picture("typed")


def test_the_formula_bar_shows_and_takes_formulas(work: Work) -> None:
    work.click("D2")
    bar = work.page.locator("#formula")
    expect(bar).to_have_value("=B2*C2")
    bar.click()
    bar.fill("=B2*C2+1")
    bar.press("Enter")
    work.settle()
    work.shown("D2", "961")
    expect(work.cell("D2")).to_have_css("background-color", "rgb(255, 204, 204)")


@pytest.mark.parametrize(
    ("keys", "at"),
    [(["ArrowLeft"], "D3"), (["ArrowRight"], "B3"), (["ArrowDown"], "C4"), (["ArrowUp", "ArrowUp"], "C1"),
     (["Tab"], "D3"), (["Shift+Tab"], "B3"), (["1", "Tab", "2", "Enter"], "C4"), (["Home"], "A3"),
     (["Shift+ArrowLeft", "Shift+ArrowDown"], "C3:D4"), (["Control+ArrowDown"], "C5"), (["Control+ArrowRight"], "A3"),
     (["Control+Home"], "A1"), (["Control+End"], "F5"), (["Control+a"], "A1:Z1000"), (["Shift+Space"], "A3:Z3"),
     (["F2", "Escape"], "C3"), (["PageDown", "PageUp"], "C3")],
)  # fmt: skip
def test_keys_in_a_sheet_from_right_to_left(work: Work, keys: list[str], at: str) -> None:
    work.click("C3")
    work.press(*keys)
    assert work.at() == at


def test_left_is_left_in_a_sheet_from_left_to_right(work: Work) -> None:
    work.file_id = make(work.owner, right_to_left=False)
    work.load()
    work.click("C3")
    work.press("ArrowLeft")
    assert work.at() == "B3"
    boxes = [work.cell(address).bounding_box() for address in ("B3", "C3")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] < boxes[1]["x"]


def test_escape_gives_up_and_f2_edits_what_is_there(work: Work) -> None:
    work.click("A2")
    work.keyboard.type("טעות")
    work.press("Escape")
    work.press("F2")
    work.keyboard.type(" 2")
    work.press("Home", "ArrowLeft", "Enter")
    work.settle()
    assert work.values("A2") == [["קרמיקה 2"]]
    assert work.at() == "A3"


def test_delete_empties_a_block(work: Work) -> None:
    work.click("B2")
    work.press("Shift+ArrowDown", "Shift+ArrowLeft", "Delete")
    work.settle()
    assert work.values("A2:C3") == [["קרמיקה"], ["בלט"]]
    work.press("Control+z")
    work.settle()
    assert work.values("B2:C3") == [["120", "8"], ["90", "10"]]


def test_a_list_offers_its_values_and_takes_no_others(work: Work) -> None:
    work.click("E2")
    work.press("Enter")
    expect(work.page.locator("#choices li")).to_have_text(["ילדים", "נוער", "מבוגרים"])
    work.press("ArrowDown")
    work.picture("list")
    work.press("Enter")
    work.settle()
    work.shown("E2", "נוער")
    work.click("E3")
    work.keyboard.type("זקנים")
    work.press("Enter")
    expect(work.page.locator("#state")).to_contain_text("מהרשימה")
    work.press("Escape")
    assert work.values("E2:E3") == [["נוער"], ["ילדים"]]


def test_a_box_is_ticked_with_the_mouse_and_with_space(work: Work) -> None:
    work.cell("F2").locator(".box").click()
    work.settle()
    work.shown("F2", "☑")
    work.click("F3", position={"x": 4, "y": 4})
    work.press("Space")
    work.settle()
    work.shown("F3", "☐")
    assert work.values("F2:F3", "UNFORMATTED_VALUE") == [[True], [False]]


def test_sort_and_take_it_back(work: Work) -> None:
    work.click("B2")
    work.press("Shift+ArrowDown", "Shift+ArrowDown")
    for _ in range(4):
        work.press("Shift+ArrowLeft")
    work.click("A2")
    work.cell("F4").click(modifiers=["Shift"], position={"x": 4, "y": 4})
    work.do("sortUp")
    assert [row[0] for row in work.values("A2:A4")] == ["בלט", "יוגה", "קרמיקה"]
    assert work.values("D2:D4", "FORMULA") == [["=B2*C2"], ["=B3*C3"], ["=B4*C4"]]
    work.picture("sorted")
    work.do("undo")
    assert [row[0] for row in work.values("A2:A4")] == ["קרמיקה", "בלט", "יוגה"]
    work.do("redo")
    assert [row[0] for row in work.values("A2:A4")] == ["בלט", "יוגה", "קרמיקה"]


def test_rows_inserted_and_deleted_and_taken_back(work: Work) -> None:
    before = work.values("A1:F6", "FORMULA")
    work.click("A3")
    work.do("rowAbove")
    assert work.values("A3:A4") == [[], ["בלט"]]
    assert work.values("C6", "FORMULA") == [["=SUM(C2:C5)"]]
    work.do("undo")
    assert work.values("A1:F6", "FORMULA") == before
    work.click("A2")
    work.press("Shift+ArrowDown")
    work.do("deleteRows")
    assert work.values("A2:A3") == [["יוגה"], ["סך הכול"]]
    work.press("Control+z")
    work.settle()
    assert work.values("A1:F6", "FORMULA") == before


def test_a_deleted_row_comes_back_for_the_formulas_that_pointed_at_it(work: Work) -> None:
    work.owner.write(work.file_id, "H1:H2", [["=B2+1"], ["=SUM(C2:C4)"]], "USER_ENTERED")
    work.load()
    work.click("A2")
    work.do("deleteRows")
    assert work.values("H1") == [["#REF!"]]
    work.do("undo")
    assert work.values("H1:H2", "FORMULA") == [["=B2+1"], ["=SUM(C2:C4)"]]


def test_undo_leaves_what_somebody_else_has_changed(work: Work) -> None:
    work.type("C2", "9")
    work.owner.write(work.file_id, "C2", [[77]])
    work.press("Control+z")
    work.settle()
    expect(work.page.locator("#state")).to_contain_text("השתנו מאז")
    assert work.values("C2", "UNFORMATTED_VALUE") == [[77]]


def test_a_block_copied_keeps_its_formulas_and_one_cut_moves(work: Work) -> None:
    work.click("B2")
    work.cell("D3").click(modifiers=["Shift"])
    work.press("Control+c")
    copied = work.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == "120\t8\t960\n90\t10\t900"
    work.click("B8")
    work.press("Control+v")
    work.settle()
    assert work.values("B8:D9", "FORMULA") == [[120, 8, "=B8*C8"], [90, 10, "=B9*C9"]]
    work.click("B2")
    work.press("Control+x")
    work.click("B12")
    work.press("Control+v")
    work.settle()
    assert work.values("B12:D12", "FORMULA") == [[120]]
    assert work.values("D2", "FORMULA") == [["=B12*C2"]]
    work.press("Control+z")
    work.settle()
    assert work.values("B2:D2", "FORMULA") == [[120, 8, "=B2*C2"]]


def test_a_block_from_another_spreadsheet_is_pasted(work: Work) -> None:
    block = 'שם\tסכום\n"שורה\nשנייה"\t₪1,200\nג ""\t=1+1\n'
    work.click("A8")
    work.page.evaluate("text => navigator.clipboard.writeText(text)", block)
    work.press("Control+v")
    work.settle()
    assert work.values("A8:B10", "UNFORMATTED_VALUE") == [["שם", "סכום"], ["שורה\nשנייה", 1200], ['ג ""', 2]]
    assert work.at() == "A8:B10"
    work.picture("pasted")


def test_a_change_from_elsewhere_appears_and_an_edit_in_progress_stays(work: Work) -> None:
    work.click("A4")
    work.keyboard.type("יוגה בוקר")
    top = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    work.owner.batch(work.file_id, {"insertDimension": {"range": top}})
    work.owner.write(work.file_id, "A2:C2", [["חדש", 10, 20]])
    expect(work.cell("A2")).to_have_text("חדש", timeout=10_000)
    expect(work.page.locator("#editor")).to_have_value("יוגה בוקר")
    work.picture("elsewhere")
    work.press("Enter")
    work.settle()
    assert [row[0] for row in work.values("A2:A5")] == ["חדש", "קרמיקה", "בלט", "יוגה בוקר"]


def test_a_cell_changed_under_the_typing_is_not_overwritten_unasked(work: Work) -> None:
    work.click("B4")
    work.keyboard.type("160")
    work.owner.write(work.file_id, "B4", [[155]])
    work.press("Enter")
    expect(work.page.locator("#state")).to_contain_text("השתנה בינתיים")
    expect(work.page.locator("#editor")).to_have_value("160")
    assert work.values("B4", "UNFORMATTED_VALUE") == [[155]]
    work.press("Enter")
    work.settle()
    assert work.values("B4", "UNFORMATTED_VALUE") == [[160]]


def test_a_note_shows_under_the_mouse_and_at_the_chosen_cell(work: Work) -> None:
    note = work.page.locator("#note")
    work.cell("B3").hover()
    expect(note).to_have_text("המחיר כולל חומרים")
    work.cell("A5").hover()
    expect(note).to_be_hidden()
    work.click("B2")
    work.press("ArrowDown")
    expect(note).to_be_visible()
    expect(work.page.locator("#said")).to_contain_text("המחיר כולל חומרים")
    work.picture("note")


def test_tabs_with_the_keyboard(work: Work) -> None:
    tabs = work.page.get_by_role("tab")
    tabs.nth(0).focus()
    work.press("ArrowLeft")
    expect(tabs.nth(1)).to_be_focused()
    work.press("Enter")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    work.type("A1", "משפחת לוי")
    assert work.values("משפחות!A1") == [["משפחת לוי"]]


def test_a_link_shows_the_cells_that_it_names(work: Work) -> None:
    work.load("#gid=0&range=C3:D4")
    assert work.at() == "C3:D4"


def test_english(chromium: Browser, owner: Person, pictures: Path) -> None:
    context = chromium.new_context(locale="en-US", viewport={"width": 1200, "height": 700})
    work = Work(context.new_page(), owner, make(owner), pictures)
    expect(work.page.locator('#tools [data-do="sortUp"]')).to_have_text("Sort A to Z")
    expect(work.page.locator("html")).to_have_attribute("dir", "ltr")
    expect(work.page.locator("#grid")).to_have_attribute("dir", "rtl")
    work.picture("english")
    context.close()
    assert work.problems == []


def test_a_thousand_rows_by_thirty_without_lag(work: Work) -> None:
    work.file_id = make(work.owner)
    grid = {"properties": {"gridProperties": {"columnCount": 30}}, "fields": "gridProperties.columnCount"}
    work.owner.batch(work.file_id, {"updateSheetProperties": grid})
    work.owner.write(work.file_id, "A1:AD1000", [[f"{row}-{column}." for column in range(30)] for row in range(1000)])
    work.load()
    work.click("C3")
    took = work.page.evaluate("""async () => {
        const editor = document.getElementById("editor"), started = performance.now();
        for (let step = 0; step < 200; step++) {
            editor.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true, cancelable: true}));
            document.getElementById("grid").offsetHeight;
        }
        return (performance.now() - started) / 200;
    }""")
    assert took < 50
    assert work.at() == "C203"
    work.press("Control+Home")
    work.page.locator("#grid").evaluate("grid => { grid.scrollTop = 20000; }")
    expect(work.cell("A750")).to_have_text("749-0.", timeout=2000)
    work.type("A750", "כאן")
    work.shown("A750", "כאן")


def test_what_is_typed_while_the_server_is_away_is_written_later(work: Work) -> None:
    work.page.route("**/*", lambda route: route.abort())
    work.click("C2")
    work.keyboard.type("9")
    work.press("Enter")
    expect(work.page.locator("#state")).to_contain_text("אין קשר")
    work.page.unroute("**/*")
    work.shown("D5", "2280")
    work.settle()
    assert work.values("C2", "UNFORMATTED_VALUE") == [[9]]
    assert all("ERR_FAILED" in problem for problem in work.problems)
    work.problems.clear()


def test_long_text_runs_on_over_empty_cells(work: Work) -> None:
    long = "כותרת ארוכה שאינה נכנסת בתא אחד"
    work.owner.write(work.file_id, "A7:A8", [[long], [long]])
    work.owner.write(work.file_id, "B8", [["מלא"]])
    work.load()
    widths = [work.cell(address).locator("bdi").bounding_box() for address in ("A7", "A8")]
    assert widths[0] is not None
    assert widths[1] is not None
    assert widths[0]["width"] > 150 > widths[1]["width"]


def test_a_warning_is_asked_before_the_cells_of_another_writer(work: Work) -> None:
    asked: list[str] = []
    work.page.on("dialog", lambda dialog: asked.append(dialog.message))
    protected = {"range": area(1, 5, 3, 4), "warningOnly": True}
    work.owner.batch(work.file_id, {"addProtectedRange": {"protectedRange": protected}})
    work.load()
    work.type("C2", "9")
    assert asked == []
    work.type("D2", "5")
    assert len(asked) == 1
    assert work.values("D2", "UNFORMATTED_VALUE") == [[5]]


def test_a_row_is_deleted_where_it_stands_now(work: Work) -> None:
    work.click("A4")
    top = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    work.owner.batch(work.file_id, {"insertDimension": {"range": top}})
    work.do("deleteRows")
    assert work.values("A1:A6") == [["חוג"], [], ["קרמיקה"], ["בלט"], ["סך הכול"]]


def test_an_inserted_row_that_somebody_filled_is_not_taken_away(work: Work) -> None:
    work.click("A2")
    work.do("rowBelow")
    work.owner.write(work.file_id, "A3", [["חדש"]])
    work.press("Control+z")
    work.settle()
    expect(work.page.locator("#state")).to_contain_text("השתנו מאז")
    assert work.values("A2:A4") == [["קרמיקה"], ["חדש"], ["בלט"]]


def test_several_rows_that_were_torn_apart_are_left_alone(work: Work) -> None:
    work.click("A2")
    work.press("Shift+ArrowDown")
    middle = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    work.owner.batch(work.file_id, {"insertDimension": {"range": middle}})
    work.owner.write(work.file_id, "A3", [["חדש"]])
    work.press("Delete")
    work.settle()
    expect(work.page.locator("#state")).to_contain_text("זזו")
    assert work.values("A2:A4") == [["קרמיקה"], ["חדש"], ["בלט"]]


def test_undo_goes_back_to_the_tab_of_the_edit(work: Work) -> None:
    work.type("A2", "אחר")
    work.page.get_by_role("tab", name="משפחות").click()
    expect(work.page.get_by_role("tab", name="משפחות")).to_have_attribute("aria-selected", "true")
    work.press("Control+z")
    work.shown("A2", "קרמיקה")
    assert work.values("A2") == [["קרמיקה"]]


def test_columns_from_the_menu_with_the_keyboard(work: Work) -> None:
    before = work.values("A1:F5", "FORMULA")
    menu = work.page.locator("#menu")
    for name, first in (("columnBefore", ["חוג", "", "מחיר"]), ("deleteColumns", ["חוג", "מחיר", "נרשמו"])):
        work.click("B1", button="right")
        expect(menu).to_be_visible()
        item = menu.locator(f'[data-do="{name}"]')
        while not item.evaluate("item => item === document.activeElement"):
            work.press("ArrowDown")
        work.press("Enter")
        work.settle()
        assert work.values("A1:C1") == [first]
    assert work.values("A1:F5", "FORMULA") == before
    work.press("Control+z", "Control+z")
    work.settle()
    assert work.values("A1:F5", "FORMULA") == before


def test_what_people_write_is_text_and_nothing_else(work: Work) -> None:
    evil = "<img src=x onerror=\"document.title='!'\"><b>x</b>"
    work.owner.write(work.file_id, "A7", [[evil]])
    work.owner.write(work.file_id, "A8", [['=HYPERLINK("javascript:alert(1)","x")']], "USER_ENTERED")
    work.load()
    work.shown("A7", evil)
    expect(work.page.locator("#grid img, #grid b")).to_have_count(0)
    expect(work.cell("A8").locator("a")).to_have_count(0)
