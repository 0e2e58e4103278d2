"""The demo as a person sees it in a browser. The pictures are kept in screenshots/; docs/pictures/ come from there."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from sheets_sync.demo.stage import Stage, stage
from sheets_sync.pass_ import run_pass
from sheets_sync.telling.outbox import deliver
from sheets_sync.wiring import open_channels, open_service

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTH, HEIGHT = 1400, 760


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demo's stage after a pass whose letters were sent."""
    PICTURES.mkdir(exist_ok=True)
    with stage(tmp_path_factory.mktemp("pictures") / "demo", datetime.now(ZoneInfo("Asia/Jerusalem")).date()) as scene:
        service = open_service(scene.settings)
        run_pass(service)
        deliver(service.engine, open_channels(scene.settings), service.clock)
        yield scene
        service.engine.dispose()


@pytest.fixture(scope="module")
def browsing() -> Iterator[Page]:
    """One page of a Hebrew browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(locale="he-IL", viewport={"width": WIDTH, "height": HEIGHT})
        browser.close()


@pytest.fixture
def page(browsing: Page) -> Iterator[Page]:
    """The page, which must end its test without a word in the console."""
    said: list[str] = []
    browsing.on("console", lambda message: said.append(message.text))
    browsing.on("pageerror", lambda error: said.append(str(error)))
    yield browsing
    assert said == []


def open_tab(page: Page, demo: Stage, spreadsheet: str, tab: str) -> Locator:
    """Open a tab as a person does, by its names; the sheet."""
    page.goto(demo.google.url)
    page.get_by_role("link", name=spreadsheet).click()
    page.get_by_role("tab", name=tab).first.click()
    expect(page.get_by_role("tab", selected=True)).to_contain_text(tab)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    sheet = page.get_by_role("grid")
    expect(sheet).to_have_attribute("dir", "rtl")
    return sheet


def keep(page: Page, name: str) -> None:
    """Keep a picture of the window."""
    page.screenshot(path=PICTURES / f"{name}.png")


def plain(page: Page) -> str:
    """The tab that is open, as the page to read has it: a page to work in holds only the rows that are seen."""
    place = urlsplit(page.url)
    path = place.path.removesuffix("/edit")
    return page.request.get(f"{place.scheme}://{place.netloc}{path}/htmlview?{place.fragment}").text()


def noted(sheet: Locator, words: str) -> Locator:
    """The first cell whose note says this, chosen, with the note shown."""
    page = sheet.page
    with_note = rf'<td id="c([A-Z]+\d+)"(?:(?!</td>).)*role="tooltip"[^>]*>[^<]*{re.escape(words)}'
    [address] = re.findall(with_note, plain(page), re.DOTALL)[:1]
    page.evaluate("range => { location.hash += `&range=${range}`; }", address)
    expect(page.locator("#note")).to_contain_text(words)
    return sheet.locator(".cell.active")


def is_reddish(cell: Locator) -> bool:
    colour = str(cell.evaluate("cell => getComputedStyle(cell).backgroundColor"))
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    return red > green + 20 and red > blue + 20


def test_the_spreadsheets(page: Page, demo: Stage) -> None:
    page.goto(demo.google.url)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("גיליונות")
    for name in ("לוח העבודה", "תקציב", "קליטה"):
        expect(page.get_by_role("link", name=name)).to_have_count(1)


def test_the_tabs_of_the_main_spreadsheet(page: Page, demo: Stage) -> None:
    open_tab(page, demo, "לוח העבודה", "נרשמים")
    titles = page.get_by_role("tab").all_inner_texts()
    assert titles[0] == "תמונת מצב"
    assert {"נרשמים", "אנשי קשר", "קניות לקידוש", "התראות", "לתיקון בגיליון"} < set(titles)


def test_the_summary(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "לוח העבודה", "תמונת מצב")
    for section in ("התראות פתוחות", "תקציב לפי סעיפים", "חוגים", "קליטת משפחות לפי שלב", "לתיקון, לפי לשונית"):
        assert f"<bdi>{section}</bdi>" in plain(page)
    expect(sheet.get_by_text("107%", exact=True).first).to_be_visible()
    keep(page, "summary")


def test_the_alerts(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "לוח העבודה", "התראות")
    expect(sheet.get_by_text(re.compile("חריגה של.+חגים")).first).to_be_visible()
    expect(sheet.get_by_text("דחוף", exact=True).first).to_be_visible()
    keep(page, "alerts")


def test_the_checks(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "לוח העבודה", "לתיקון בגיליון")
    expect(sheet.get_by_text("הטלפון כתוב בלי האפס שבהתחלה.").first).to_be_visible()
    keep(page, "checks")


def test_a_marked_cell_among_registrations(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "לוח העבודה", "נרשמים")
    cell = noted(sheet, "צפוי כאן מספר טלפון מלא")
    assert is_reddish(cell)
    keep(page, "registrations")


def test_a_persons_note_stays(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "תקציב", "תקציב")
    noted(sheet, "לדבר עם המזכירות לפני שינוי")
    expect(page.locator("#note")).to_have_text("כולל את עדלאידע. לדבר עם המזכירות לפני שינוי.")


def test_the_computed_columns_of_the_budget(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "תקציב", "תקציב")
    for heading in ("התחייבויות", "שולם (מחושב)", "יתרה", "% ניצול"):
        expect(sheet.get_by_role("gridcell", name=heading)).to_be_visible()
    keep(page, "budget")


def test_the_question_of_what_may_count_twice(page: Page, demo: Stage) -> None:
    sheet = open_tab(page, demo, "תקציב", "הוצאות")
    noted(sheet, "ייתכן שהתשלום שייך להתחייבות של אותו ספק")
    keep(page, "counted-twice")


def test_the_mail_to_the_coordinator(page: Page, demo: Stage) -> None:
    [mail] = [kept for kept in demo.sink.kept if kept.recipients == ("rakezet@example.org",)]
    page.goto("about:blank")
    page.set_content(mail.html)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text(re.compile("חריגה של.+חגים")).first).to_be_visible()
    expect(page.get_by_text("הצעד הבא:").first).to_be_visible()
    page.screenshot(path=PICTURES / "mail.png", clip={"x": WIDTH / 2 - 340, "y": 0, "width": 680, "height": 680})
