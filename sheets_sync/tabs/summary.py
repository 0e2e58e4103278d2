"""What the tab `summary` (תמונת מצב) says: budget by line, classes by fill, families by step, problems by tab. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.catalogue.classes.fills import fills
from rules.catalogue.money.ledger import Position, positions
from rules.dates import serial
from rules.english import chosen
from rules.facts import Unwritten
from rules.finding import Severity
from rules.table import Book
from rules.wording import Language, day, fill, isolate
from sheets_sync.config import Settings
from sheets_sync.look import Picture
from sheets_sync.store.figures import Taken
from sheets_sync.tabs.intake_tab import Kept
from sheets_sync.tabs.page import Block, Line, page, share
from sheets_sync.telling.recipients import unconnected
from sheets_sync.writing.edits import Link, Writable, address

STRUCK = (
    "נכתב בזמן שהשורה זזה, וייתכן שבמקום מה שעמד בתא; כדאי לבדוק אותו (מה שהיה: בהיסטוריית הגרסאות)",
    "was written while the row moved, perhaps in place of what stood there: worth a look (the version history has it)",
)
"""What is said of a cell in which a write met an edit, and of which it is not known what stood there."""

LARGE = ("גדול מכדי שייקרא בפעם אחת, ולכן נקרא בחלקים", "too large for one read: read in parts")
"""What is said of a spreadsheet that was."""

ASIDE = (
    "נראית כמו הלשונית {chosen} שבקובץ {file}. רק {chosen} נבדקת ונספרת; בקובץ ההגדרות אפשר לקבוע אחרת",
    "looks like the tab {chosen} in {file}. Only {chosen} is checked and counted; the settings file can say otherwise",
)
"""What is said of a tab of a table that another tab counts for."""

LEFT_OUT = (
    "נכתב כאן היום יותר ממה שאפשר לאמת בתשובה אחת; אם מישהו ערך כאן באותו רגע, כדאי להציץ בהערות",
    "more was written here today than one answer can verify; if somebody edited just then, its notes are worth a look",
)
"""What is said of a tab in which a write was not verified."""


@dataclass(frozen=True)
class Writes:
    """What the passes of a day leave to be told of their writes and reads."""

    struck: tuple[str, ...] = ()
    """Cells, by tab and place, in which a write met an edit and may have taken the place of what stood."""
    left_out: tuple[str, ...] = ()
    """Tabs in which so much was written that no answer had room to verify it."""
    large: tuple[str, ...] = ()
    """The spreadsheets that one read could not hold, by the settings' names."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds and no sheet: form answers that wait for their tab, or are kept for a person to look at.

    And how many passes there were yesterday, with how many calls to Google: figures that change once a day, with the
    page's own date, so that they cause no write.
    """

    waiting: int = 0
    kept: int = 0
    yesterday: Taken = field(default_factory=Taken)
    rows: tuple[Kept, ...] = ()
    """Those to decide about, for the tab `intake` of each spreadsheet."""
    writes: Writes = field(default_factory=Writes)
    """Today's."""
    unwritten: tuple[Unwritten, ...] = ()
    """Tabs that cannot be written."""


@dataclass(frozen=True)
class Standing:
    """What the summary is made of."""

    picture: Picture
    settings: Settings
    today: date
    open_alerts: Counter[Severity]
    answers: Held

    @property
    def book(self) -> Book:
        """The tables that may be seen in the main spreadsheet."""
        return self.picture.book_for(self.settings.main.id)

    @property
    def language(self) -> Language:
        """The community's language."""
        return self.settings.community.language

    def words(self, he: str, en: str) -> str:
        """The text in the community's language."""
        return he if self.language == "he" else en

    def columns(self, he: str, en: str) -> tuple[str, ...]:
        """Column headings given as `a · b` in both languages."""
        return tuple(self.words(he, en).split(" · "))


def summary(standing: Standing) -> list[Line]:
    """The lines of the page; sections whose tables no tab holds are left out."""
    name, today = standing.settings.community.name, day(standing.today, standing.language)
    title = standing.words(f"תמונת מצב · {name} · נכון ל־{today}", f"Summary · {name} · as of {today}")
    return page(title, [*_blocks(standing)])


def _blocks(standing: Standing) -> Iterator[Block]:
    yield _alerts(standing)
    book = standing.book
    if "budget" in book:
        yield _budget(standing)
    if "classes" in book:
        yield _classes(standing)
    if "families" in book:
        yield _families(standing)
    yield _problems(standing)
    yield _notes(standing)


def _alerts(standing: Standing) -> Block:
    order = sorted(Severity, reverse=True)
    rows = [(s.hebrew if standing.language == "he" else s.english, standing.open_alerts[s]) for s in order]
    return Block(
        standing.words("התראות פתוחות", "Open alerts"),
        standing.columns("דחיפות · כמה", "severity · how many"),
        ("text", "text"),
        [row for row in rows if row[1]],
        standing.words("אין התראות פתוחות.", "No open alerts."),
    )


def _budget(standing: Standing) -> Block:
    found = positions(standing.book, standing.settings.for_rules, standing.today)
    total = sorted(found.values(), key=lambda position: position.row)
    rows = [(position.category, position.line, *_figures(position)) for position in total]
    return Block(
        standing.words("תקציב לפי סעיפים", "Budget by line"),
        standing.columns(
            "קטגוריה · סעיף · תקציב · שולם · התחייבויות · יתרה · % ניצול",
            "category · line · planned · paid · committed · remaining · % used",
        ),
        ("text", "text", "money", "money", "money", "money", "percent"),
        [*rows, (standing.words('סה"כ', "Total"), None, *_sum(total))] if rows else (),
        standing.words("אין עדיין סעיפים בתקציב.", "The budget has no lines yet."),
    )


def _figures(position: Position) -> tuple[Writable, ...]:
    amounts = (position.planned, position.paid, position.committed, position.remaining)
    return (*(amount / 100 for amount in amounts), None if position.share is None else position.share / 100)


def _sum(found: Sequence[Position]) -> tuple[Writable, ...]:
    planned, used = sum(p.planned for p in found), sum(p.used for p in found)
    parts = (planned, sum(p.paid for p in found), sum(p.committed for p in found), sum(p.remaining for p in found))
    return (*(part / 100 for part in parts), share(used, planned))


def _classes(standing: Standing) -> Block:
    rows = [
        (
            fill.name,
            fill.active,
            fill.waiting,
            fill.minimum,
            fill.maximum,
            serial(fill.decision_date) if fill.decision_date else None,
            chosen(fill.status or "", standing.language),
        )
        for fill in fills(standing.book)
    ]
    return Block(
        standing.words("חוגים", "Classes"),
        standing.columns(
            "חוג · רשומים · בהמתנה · מינימום · מקסימום · מועד החלטה · סטטוס",
            "class · registered · waiting · minimum · maximum · decision · status",
        ),
        ("text", "text", "text", "text", "text", "date", "text"),
        rows,
        standing.words("אין עדיין חוגים.", "No classes yet."),
    )


def _families(standing: Standing) -> Block:
    families = standing.book["families"]
    counts = Counter(stage or standing.words("(בלי שלב)", "(no stage)") for stage in families["stage"])
    order = {stage: i for i, stage in enumerate(families.spec.by_field["stage"].choices)}
    ordered = sorted(counts.items(), key=lambda row: order.get(row[0], len(order)))
    rows = [(chosen(stage, standing.language), count) for stage, count in ordered]
    return Block(
        standing.words("קליטת משפחות לפי שלב", "New families by stage"),
        standing.columns("שלב · משפחות", "stage · families"),
        ("text", "text"),
        rows,
        standing.words("אין עדיין משפחות בקליטה.", "No new families yet."),
    )


def _problems(standing: Standing) -> Block:
    picture, base = standing.picture, standing.settings.google.base_url
    rows: list[tuple[Writable, ...]] = []
    for key in picture.checked:
        tab = picture.tabs[key]
        problems = picture.problems_in(tab)
        remarks = sum(problem.is_remark for problem in problems)
        rows.append(
            (
                Link(tab.title, address(tab.place, base_url=base)),
                len(picture.book[key]),
                len(problems) - remarks,
                remarks,
            )
        )
    return Block(
        standing.words("לתיקון, לפי לשונית", "To mend, by tab"),
        standing.columns("לשונית · שורות · לתיקון · הערות קלות", "tab · rows · problems · remarks"),
        ("text", "text", "text", "text"),
        rows,
    )


def left_aside(picture: Picture, language: Language) -> Iterator[tuple[str, str]]:
    """The tabs that count for nothing as another does, and what is said of each."""
    files = {one.id: one.settings.name for one in picture.snapshot.spreadsheets}
    for key, tabs in picture.aside.items():
        counts = picture.tabs[key]
        told = {"chosen": isolate(counts.title), "file": isolate(files[counts.place.spreadsheet])}
        for tab in tabs:
            yield tab.title, ASIDE[0 if language == "he" else 1].format_map(told)


def _by_mail(standing: Standing, number: int) -> tuple[Writable, ...]:
    """That people who asked for another channel are written to by mail."""
    he = "הערוץ שנבחר ב{n|שורה אחת|שתי שורות|־# שורות} עוד לא מחובר, ובינתיים נשלח מייל"
    en = "the channel chosen in {n|one row|# rows} is not connected: mail is sent instead"
    said = fill(standing.words(he, en), {"n": number}, standing.language)
    return standing.picture.tabs["people"].title, said


def _notes(standing: Standing) -> Block:
    """What kept the service from seeing everything."""
    rows: list[tuple[Writable, ...]] = [
        (name, trouble.words(standing.language)) for name, trouble in standing.picture.snapshot.troubles.items()
    ]
    rows += [
        (f"{one.file} · {one.title}" if one.title else one.file, standing.words(one.why, one.why_en))
        for one in standing.answers.unwritten
    ]
    rows += [
        _missing(standing, key) for key in standing.picture.checked if standing.picture.readings[key].headers.missing
    ]
    rows += [(name, standing.words(*LARGE)) for name in standing.answers.writes.large]
    rows += left_aside(standing.picture, standing.language)
    if by_mail := unconnected(standing.picture.book.get("people"), standing.today):
        rows.append(_by_mail(standing, by_mail))
    rows += [(place, standing.words(*STRUCK)) for place in standing.answers.writes.struck]
    rows += [(title, standing.words(*LEFT_OUT)) for title in standing.answers.writes.left_out]
    if standing.answers.waiting:
        waiting = standing.words("תשובות טפסים שממתינות לשיבוץ", "form answers waiting to be placed")
        rows.append((waiting, standing.answers.waiting))
    if standing.answers.kept:
        kept = standing.words("תשובות שנערכו אחרי ששובצו, ונשמרו לבדיקה", "edited form answers, kept for a look")
        rows.append((kept, standing.answers.kept))
    all_read = standing.words("כל הקבצים והעמודות נקראו.", "All spreadsheets and columns were read.")
    if standing.answers.yesterday.passes:
        rows = [*(rows or [(all_read, None)]), _calls(standing)]
    return Block(
        standing.words("מה עוד כדאי לדעת", "What else to know"),
        standing.columns("איפה · מה", "where · what"),
        ("text", "text"),
        rows,
        all_read,
    )


def _calls(standing: Standing) -> tuple[Writable, ...]:
    """Yesterday's calls to Google."""
    taken = standing.answers.yesterday
    he = f"קריאות: {taken.reads:,} · כתיבות: {taken.writes:,} · סיבובים: {taken.passes:,}"
    en = f"reads: {taken.reads:,} · writes: {taken.writes:,} · passes: {taken.passes:,}"
    if taken.parts:
        he += f" · כתיבה גדולה נשלחה ב־{taken.parts} חלקים"
        en += f" · a large write went in {taken.parts} parts"
    return standing.words("פניות ל־Google אתמול", "calls to Google yesterday"), standing.words(he, en)


def _missing(standing: Standing, key: str) -> tuple[Writable, ...]:
    picture = standing.picture
    missing = [picture.book[key].spec.by_field[field] for field in picture.readings[key].headers.missing]
    names = ", ".join(standing.words(column.hebrew, column.english) for column in missing)
    return (
        picture.tabs[key].title,
        standing.words(f"לא נמצאו עמודות חובה: {names}", f"required columns not found: {names}"),
    )
