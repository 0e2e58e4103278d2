"""One mail a person a pass: its subject, its plain text and its HTML, in the person's language and direction."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from rules.finding import Severity
from rules.wording import Language, Text, fill
from sheets_sync.notify.message import one_line

SHOWN = 7
"""Items written out in a mail; the others are counted."""


ROWS = 10
"""Rows written out of a group."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail, perhaps with an address."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One alert in a mail, or (with `rows`, a line each) several of one rule.

    `subject` stands in the subject line instead of the title, where the title says too much.
    """

    severity: Severity
    text: Text
    link: str = ""
    subject: str = ""
    rows: tuple[Line, ...] = ()
    urgent: int = 0
    """How many of the rows are urgent."""

    @property
    def count(self) -> int:
        """How many alerts it tells of."""
        return len(self.rows) or 1

    @property
    def pressing(self) -> int:
        """How many urgent ones."""
        return self.urgent if self.rows else int(self.severity is Severity.URGENT)


@dataclass(frozen=True, slots=True)
class Mail:
    """What a person gets."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a mail, as templates of `rules.wording`."""

    direction: str
    start: str
    next_step: str
    link: str
    more: str
    closed: str
    subject: str
    urgent: str
    footer: str


HEBREW = Words(
    direction="rtl",
    start="right",
    next_step="הצעד הבא:",
    link="לתא בגיליון",
    more='{n|ועוד התראה אחת|ועוד שתי התראות|ועוד # התראות} בלשונית "התראות"',
    closed="{n|התראה אחת נסגרה מעצמה|שתי התראות נסגרו מעצמן|# התראות נסגרו מעצמן}:",
    subject="{n|התראה אחת|שתי התראות|# התראות}[, {urgent|אחת דחופה|שתיים דחופות|# דחופות}][ · {community}]",
    urgent="דחוף: ",
    footer="הודעה אוטומטית לפי הגיליונות[ של {community}]. מי מקבל מה נקבע בגיליון עצמו.",
)
ENGLISH = Words(
    direction="ltr",
    start="left",
    next_step="Next step:",
    link="To the cell in the sheet",
    more="{n|and one more alert|and # more alerts} in the tab of alerts",
    closed="{n|One alert closed by itself|# alerts closed by themselves}:",
    subject="{n|One alert|# alerts}[, {urgent|one urgent|# urgent}][ · {community}]",
    urgent="Urgent: ",
    footer="An automatic message from the sheets[ of {community}]. Who gets what is set in the sheet itself.",
)


def render_mail(
    language: Language,
    items: Sequence[Item],
    *,
    closed: Sequence[str] = (),
    alerts_link: str = "",
    community: str = "",
    intro: Sequence[Line] = (),
    subject: str = "",
) -> Mail:
    """Write a mail: the most pressing items first, seven in full, and the titles of what closed by itself.

    `intro` are lines above them; `subject` is the mail's, in place of the one that the items give.
    Links are the addresses of cells and of the tab `alerts`; what is not http or https is left out.
    """
    words = HEBREW if language == "he" else ENGLISH
    pressing = sorted(items, key=lambda item: item.severity, reverse=True)
    content = {
        "language": language,
        "words": words,
        "intro": [Line(line.text, _address(line.link)) for line in intro],
        "items": [_shown(item, words, language) for item in pressing[:SHOWN]],
        "more": _counted(words.more, sum(item.count for item in pressing[SHOWN:]), language),
        "alerts_link": _address(alerts_link),
        "closed": _closed(closed, words, language),
        "footer": fill(words.footer, {"community": community or None}, language),
    }
    text = ENVIRONMENT.get_template("mail.txt").render(content)
    html = ENVIRONMENT.get_template("mail.html").render(content)
    return Mail(one_line(subject) or _subject(pressing, words, community, language), text, html)


def _subject(items: Sequence[Item], words: Words, community: str, language: Language) -> str:
    """A single item's title, else a count; urgent ones are marked."""
    urgent = sum(item.pressing for item in items)
    if len(items) == 1:
        title = items[0].subject or items[0].text.title
        return one_line(f"{words.urgent if urgent else ''}{title}")
    figures = {"n": sum(item.count for item in items), "urgent": urgent or None, "community": community or None}
    return one_line(fill(words.subject, figures, language))


def _shown(item: Item, words: Words, language: Language) -> dict[str, object]:
    """An item as the templates take it."""
    return {
        "rows": [Line(row.text, _address(row.link)) for row in item.rows[:ROWS]],
        "hidden": _counted(words.more, len(item.rows) - ROWS, language),
        "severity": item.severity.hebrew if language == "he" else item.severity.english,
        "colour": {Severity.URGENT: "#b3261e", Severity.CARE: "#8a5300", Severity.INFO: "#1b5e8a"}[item.severity],
        "title": item.text.title,
        "body": item.text.body,
        "next_step": item.text.next_step,
        "link": _address(item.link),
    }


def _counted(template: str, number: int, language: Language) -> str:
    return fill(template, {"n": number}, language) if number > 0 else ""


def _closed(titles: Sequence[str], words: Words, language: Language) -> str:
    """One line: how many closed, and the first titles."""
    named = " · ".join([*titles[:SHOWN], "…"] if len(titles) > SHOWN else titles)
    return f"{_counted(words.closed, len(titles), language)} {named}".strip()


def _address(link: str) -> str:
    return link if link.startswith(("https://", "http://")) else ""


def _source(name: str) -> str:
    return files("templates").joinpath(name).read_text(encoding="utf-8")


ENVIRONMENT = Environment(
    loader=FunctionLoader(_source),
    autoescape=lambda name: bool(name and name.endswith(".html")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
