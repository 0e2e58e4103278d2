"""The page's token: it opens the Sheets API for one spreadsheet, as its owner, from its own page only."""

import re
from pathlib import Path

import pytest
import requests

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import OWNER, Person


class Browser(requests.Session):
    """A browser with one page open."""

    def __init__(self, base: str, file_id: str) -> None:
        super().__init__()
        self.base, self.file_id = base, file_id
        page = self.get(f"{base}/spreadsheets/d/{file_id}/edit", timeout=10)
        self.set_cookie = page.headers["Set-Cookie"]
        token = re.search(r'<meta name="page-token" content="(\w+)">', page.text)
        assert token is not None
        self.headers["X-Page-Token"] = token[1]

    def write(self, file_id: str = "", **headers: str) -> requests.Response:
        path = f"/v4/spreadsheets/{file_id or self.file_id}/values/A1?valueInputOption=USER_ENTERED"
        return self.put(self.base + path, json={"values": [["=1+1"]]}, headers=headers, timeout=10)


@pytest.fixture
def browser(owner: Person) -> Browser:
    return Browser(owner.base, owner.sheet())


def test_the_page_writes_as_the_owner(owner: Person, browser: Browser) -> None:
    assert browser.write().status_code == 200
    assert owner.values(browser.file_id) == [["2"]]


def test_the_cookie_is_out_of_reach(browser: Browser) -> None:
    assert "HttpOnly" in browser.set_cookie
    assert "SameSite=Lax" in browser.set_cookie


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_is_refused(owner: Person, browser: Browser, site: str) -> None:
    assert browser.write(**{"Sec-Fetch-Site": site}).status_code == 401
    assert owner.values(browser.file_id) is None


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_wrong_token_is_refused(browser: Browser, token: str) -> None:
    assert browser.write(**{"X-Page-Token": token}).status_code == 401


def test_the_token_is_worth_nothing_without_its_cookie(browser: Browser) -> None:
    browser.cookies.clear()
    assert browser.write().status_code == 401


def test_the_token_opens_its_own_spreadsheet_only(owner: Person, browser: Browser) -> None:
    assert browser.write(owner.sheet("אחר")).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/drive/v3/files"), ("DELETE", "/drive/v3/files/{}"), ("POST", "/v4/spreadsheets")]
)
def test_the_token_opens_nothing_else(browser: Browser, method: str, path: str) -> None:
    answer = browser.request(method, browser.base + path.format(browser.file_id), json={}, timeout=10)
    assert answer.status_code == 401


def test_two_pages_of_one_browser_stay_open(owner: Person, browser: Browser) -> None:
    other = owner.sheet("אחר")
    browser.get(f"{owner.base}/spreadsheets/d/{other}/edit", timeout=10)
    assert browser.write().status_code == 200


def test_an_open_page_outlives_a_restart(tmp_path: Path) -> None:
    with EmbeddedGoogle(tmp_path) as first:
        browser = Browser(first.url, Person(first, OWNER).sheet())
        browser.close()
    with EmbeddedGoogle(tmp_path) as second:
        browser.base = second.url
        assert browser.write().status_code == 200


def test_the_version_rises_with_a_change_from_elsewhere(owner: Person, browser: Browser) -> None:
    def version() -> int:
        answer = browser.get(f"{browser.base}/spreadsheets/d/{browser.file_id}/version", timeout=10)
        return int(answer.json()["version"])

    before = version()
    assert version() == before
    owner.write(browser.file_id, "A1", [[1]])
    after = version()
    assert after > before
    shown = browser.get(f"{browser.base}/spreadsheets/d/{browser.file_id}/view", timeout=10).json()
    assert shown["version"] == after


@pytest.mark.parametrize("part", ["version", "view"])
def test_the_sheet_is_shown_to_its_page_only(browser: Browser, part: str) -> None:
    answer = requests.get(f"{browser.base}/spreadsheets/d/{browser.file_id}/{part}", timeout=10)
    assert answer.status_code == 401
