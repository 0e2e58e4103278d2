from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.finding import Severity
from rules.wording import FSI, PDI, Language, Text
from sheets_sync.telling.render import SHOWN, Item, render_mail

CELL = "https://docs.google.com/spreadsheets/d/x/edit#gid=7&range=B4"
ITEM = Item(
    Severity.CARE,
    Text(f"נוצלו {FSI}87%{PDI} מסעיף {FSI}חגים{PDI}", f"נשארו {FSI}2,340\u00a0₪{PDI}.", "להחליט מה מצמצמים."),
    CELL,
)
URGENT = Item(Severity.URGENT, Text("חריגה", "מאוד", "לבדוק"), CELL)


def items(care: int, urgent: int = 0) -> list[Item]:
    return [ITEM] * care + [URGENT] * urgent


def plain(text: str) -> str:
    return text.replace(FSI, "").replace(PDI, "")


class Page(HTMLParser):
    """What a mail client makes of the HTML: texts, links, and each cell's attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str | None] = []
        self.cells: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "td":
            self.cells.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


@pytest.mark.parametrize(
    ("language", "written", "subject"),
    [
        ("he", [ITEM], "נוצלו 87% מסעיף חגים"),
        ("he", [URGENT], "דחוף: חריגה"),
        ("en", [URGENT], "Urgent: חריגה"),
        ("he", [Item(Severity.CARE, Text("פנייה פ-2026-014", "", ""), subject="תזכורת")], "תזכורת"),
        ("he", items(2), "שתי התראות · כפר"),
        ("he", items(3), "3 התראות · כפר"),
        ("he", items(1, 1), "שתי התראות, אחת דחופה · כפר"),
        ("he", items(0, 2), "שתי התראות, שתיים דחופות · כפר"),
        ("he", items(9, 3), "12 התראות, 3 דחופות · כפר"),
        ("en", items(2), "2 alerts · כפר"),
        ("en", items(1, 1), "2 alerts, one urgent · כפר"),
        ("en", items(0, 3), "3 alerts, 3 urgent · כפר"),
    ],
)
def test_the_subject_says_what_or_how_many(language: Language, written: list[Item], subject: str) -> None:
    assert plain(render_mail(language, written, community="כפר").subject) == subject


def test_the_plain_text_reads_as_a_letter() -> None:
    mail = render_mail("he", [ITEM], closed=["קרמיקה"], community="כפר")
    assert plain(mail.text).splitlines() == [
        "לטיפול · נוצלו 87% מסעיף חגים",
        "נשארו 2,340\u00a0₪.",
        "הצעד הבא: להחליט מה מצמצמים.",
        "לתא בגיליון:",
        CELL,
        "",
        "התראה אחת נסגרה מעצמה: קרמיקה",
        "",
        "הודעה אוטומטית לפי הגיליונות של כפר. מי מקבל מה נקבע בגיליון עצמו.",
    ]
    assert f"{FSI}2,340\u00a0₪{PDI}" in mail.text
    assert f"{FSI}2,340\u00a0₪{PDI}" in mail.html


def test_english_reads_from_left_to_right() -> None:
    mail = render_mail("en", [ITEM], closed=["Pottery", "Judo"], alerts_link=CELL)
    assert plain(mail.text).splitlines()[0].startswith("for care · ")
    assert "2 alerts closed by themselves: Pottery · Judo" in plain(mail.text)
    assert {cell["dir"] for cell in Page(mail.html).cells if "dir" in cell} == {"ltr"}
    assert "rtl" not in mail.html


@pytest.mark.parametrize(
    ("number", "more"),
    [
        (SHOWN, None),
        (SHOWN + 1, 'ועוד התראה אחת בלשונית "התראות"'),
        (SHOWN + 2, 'ועוד שתי התראות בלשונית "התראות"'),
        (SHOWN + 12, 'ועוד 12 התראות בלשונית "התראות"'),
    ],
)
def test_seven_are_written_out_and_the_rest_counted(number: int, more: str | None) -> None:
    mail = render_mail("he", items(number), alerts_link="https://tab")
    for found in (plain(mail.text), plain("\n".join(Page(mail.html).texts))):
        assert found.count("להחליט מה מצמצמים.") == min(number, SHOWN)
        assert (more in found) if more else ("ועוד" not in found)
    assert ("https://tab" in Page(mail.html).links) == (more is not None)


def test_the_most_pressing_come_first_and_are_never_cut() -> None:
    lines = plain(render_mail("he", [*items(20), URGENT]).text).splitlines()
    assert lines[0] == "דחוף · חריגה"


def test_what_closed_is_named_up_to_seven() -> None:
    text = plain(render_mail("he", [ITEM], closed=[f"ח{n}" for n in range(9)]).text)
    assert "9 התראות נסגרו מעצמן: ח0 · ח1 · ח2 · ח3 · ח4 · ח5 · ח6 · …" in text


def test_every_cell_that_holds_words_has_its_direction_and_needs_no_style_sheet() -> None:
    page = Page(render_mail("he", items(9), closed=["א"], alerts_link=CELL).html)
    worded = [cell for cell in page.cells if "height" not in cell]
    assert {cell["dir"] for cell in worded} == {"rtl"}
    assert {cell["align"] for cell in worded} == {"center", "right"}
    assert {"style", "link", "script", "img"} & page.tags == set()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil", " https://x", "ftp://x", ""])
def test_only_web_addresses_become_links(link: str) -> None:
    mail = render_mail("he", [Item(Severity.CARE, ITEM.text, link)], alerts_link=link)
    assert Page(mail.html).links == []
    assert "לתא בגיליון" not in mail.text


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["he", "en"]), st.text(max_size=20))
def test_whatever_a_sheet_holds_stays_text(title: str, body: str, language: Language, community: str) -> None:
    """The tags are those of a harmless mail, and the subject is one line."""
    harmless = Page(render_mail("he", [Item(Severity.CARE, Text("x", "x", "x"), CELL)]).html).tags
    hostile = Text(f"{title}<script>alert(1)</script>", f'{body}"><img src=x onerror=y>', "{{ 7 * 7 }}")
    mail = render_mail(language, [Item(Severity.CARE, hostile, CELL)], closed=[title], community=community)
    assert Page(mail.html).tags == harmless
    assert "{{ 7 * 7 }}" in mail.text
    assert len(mail.subject.splitlines()) == 1
    assert "\0" not in mail.subject
