"""When letters come: urgent at once, the rest in a digest a day, the week's picture, and silence at the start."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from rules.catalogue import RULES
from rules.finding import Severity
from rules.table import Cell
from sheets_sync.account import Account
from sheets_sync.config import Clock, Community, Letters, Settings, SpreadsheetSettings
from sheets_sync.store.database import reading
from sheets_sync.store.schema import outbox
from sheets_sync.telling.digest import Mark, Memory, moment, next_digest, turns
from sheets_sync.telling.digest_words import WORDS, counted, open_line, week_subject
from sheets_sync.telling.letter import Kind
from sheets_sync.telling.letters import MANY
from sheets_sync.telling.recipients import Recipient
from tests.world import JERUSALEM, World

DANA = {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@v.example"}
RON = {"role": "מזכיר/ת היישוב", "name": "רון לוי", "email": "ron@v.example", "digest_hour": "10:00"}
ONE = Recipient("דנה", "dana@v.example", "he")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JERUSALEM)


def settings(clock: Clock | None = None) -> Settings:
    books = [SpreadsheetSettings("main", "https://docs.google.com/spreadsheets/d/" + "a" * 44)]
    return Settings(Community("כפר"), books, clock=clock or Clock())


@pytest.mark.parametrize(
    ("day", "hour", "goes_out"),
    [
        (date(2026, 11, 24), time(8, 30), at(24, 8, 30)),
        (date(2026, 11, 24), time(6), at(24, 7)),
        (date(2026, 11, 24), time(23), at(24, 7)),
        (date(2026, 11, 27), time(8, 30), at(27, 8, 30)),
        (date(2026, 11, 27), time(14), None),
        (date(2026, 11, 28), time(8, 30), None),
        (date(2026, 4, 2), time(8, 30), None),
        (date(2026, 4, 14), time(8, 30), None),
    ],
    ids=[
        "a weekday",
        "before the night's end",
        "in the night",
        "Friday",
        "Friday noon",
        "Shabbat",
        "Pesach",
        "mourning",
    ],
)
def test_when_a_days_digest_goes_out(day: date, hour: time, goes_out: datetime | None) -> None:
    assert moment(day, hour, Clock(), at(1, 0)) == goes_out


@pytest.mark.parametrize(
    ("now", "marked", "due"),
    [
        (at(24, 8, 29), None, {}),
        (at(24, 8, 30), None, {"dana@v.example": False}),
        (at(24, 12), date(2026, 11, 23), {"dana@v.example": False}),
        (at(24, 12), date(2026, 11, 24), {}),
        (at(28, 18), date(2026, 11, 27), {}),
        (at(29, 8, 30), date(2026, 11, 27), {"dana@v.example": True}),
        (at(5, 8, 30, month=4), date(2026, 4, 1), {"dana@v.example": True}),
        (at(13, 8, 30, month=9), date(2026, 9, 11), {}),
        (at(14, 8, 30, month=9), date(2026, 9, 11), {"dana@v.example": True}),
    ],
    ids=[
        "too early",
        "on the minute",
        "late",
        "had it",
        "after Shabbat",
        "Sunday",
        "a Sunday of chol ha-moed",
        "a Sunday of Rosh ha-Shana",
        "the week begins on Monday",
    ],
)
def test_whose_digest_is_due(now: datetime, marked: date | None, due: dict[str, bool]) -> None:
    marks = {"dana@v.example": Mark(marked)} if marked else {}
    assert turns(Memory(marks), [ONE], settings(), now, quiet=False).due == due


def test_the_next_digest_is_never_now() -> None:
    late = Recipient("רון", "ron@v.example", "he", time(10))
    assert next_digest([ONE, late], settings(), at(24, 8, 30)) == at(24, 10)
    assert next_digest([ONE, late], settings(), at(27, 10)) == at(29, 8, 30)
    assert next_digest([], settings(), at(24, 8)) is None


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.with_settings(letters=Letters(), clock=Clock())
    yield made
    made.close()


def letters(world: World) -> list[tuple[str, str, str]]:
    """To whom, the subject and the words of every letter ever left in the outbox."""
    with reading(world.service.engine) as connection:
        return [(one.recipient, one.subject, one.text) for one in connection.execute(select(outbox))]


def go(world: World, when: datetime) -> list[tuple[str, Kind, int]]:
    """A pass at a moment: the letters that it made."""
    world.now = when
    return told(world.run())


def told(account: Account) -> list[tuple[str, Kind, int]]:
    return [(one.recipient.address.partition("@")[0], one.kind, len(one.news)) for one in account.plan.post.letters]


def families(world: World, *names: str) -> None:
    """Families that came a week ago and have no companion: for care, to the coordinator."""
    arrival = (date(2026, 11, 16) - date(1899, 12, 30)).days
    rows: list[dict[str, Cell]] = [{"family": name, "arrival": arrival, "stage": "בליווי"} for name in names]
    world.fill("families", *rows)


def overrun(world: World, spent: float) -> None:
    """A line of 1,000 of which so much is spent: for care, urgent from 110%; to coordinator and secretary."""
    world.fill("budget", {"line": "חגים", "planned": 1000})
    world.fill("expenses", {"date": 46100, "line": "חגים", "supplier": "דפוס גל", "amount": spent, "kind": "תשלום"})


def begun(world: World) -> None:
    """People are there, and the sheets were read once, on Monday at noon."""
    world.fill("people", DANA, RON)
    assert told(world.run()) == []


def test_what_is_not_urgent_waits_for_the_morning(world: World) -> None:
    begun(world)
    families(world, "לוי")
    assert go(world, at(23, 12, 1)) == []
    assert go(world, at(24, 8, 29)) == []
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 1)]
    world.service = world.open_service()
    assert go(world, at(24, 8, 31)) == []
    families(world, "לוי", "כהן")
    assert go(world, at(24, 8, 32)) == []
    assert go(world, at(25, 8, 30)) == [("dana", Kind.DIGEST, 1)]
    assert go(world, at(26, 8, 30)) == []
    assert len(letters(world)) == 2


def test_what_is_urgent_goes_at_once_and_alone(world: World) -> None:
    begun(world)
    families(world, "לוי")
    overrun(world, 1500)
    assert go(world, at(23, 12, 1)) == [("dana", Kind.URGENT, 1), ("ron", Kind.URGENT, 1)]
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 1)]


def test_what_is_urgent_at_night_is_the_first_after_it(world: World) -> None:
    begun(world)
    overrun(world, 1500)
    families(world, "לוי")
    assert go(world, at(23, 23)) == []
    assert go(world, at(24, 7)) == [("dana", Kind.URGENT, 1), ("ron", Kind.URGENT, 1)]
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 1)]


def test_two_holders_of_a_role_each_hear_once_at_their_hour(world: World) -> None:
    world.fill("people", DANA, {**DANA, "name": "גיל", "email": "gil@v.example", "digest_hour": "11:00"})
    assert told(world.run()) == []
    families(world, "לוי")
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 1)]
    assert go(world, at(24, 10)) == []
    assert go(world, at(24, 11)) == [("gil", Kind.DIGEST, 1)]
    assert go(world, at(25, 8, 30)) == []
    assert go(world, at(25, 11)) == []


@pytest.mark.parametrize("field", ["טופל", "לא רלוונטי"])
def test_what_was_handled_before_the_digest_is_not_told(world: World, field: str) -> None:
    begun(world)
    families(world, "לוי")
    assert go(world, at(23, 12, 1)) == []
    header = world.values("main", "התראות")[0]
    rows = [{"values": [{"userEnteredValue": {"stringValue": field}}]}]
    sheet = world.tab("main", "התראות")
    start = {"sheetId": sheet["properties"]["sheetId"], "rowIndex": 1, "columnIndex": header.index("מה איתה")}
    world.edit(world.ids["main"], [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}])
    assert go(world, at(24, 8, 30)) == []


def test_what_closed_before_the_digest_is_not_told(world: World) -> None:
    begun(world)
    families(world, "לוי")
    assert go(world, at(23, 12, 1)) == []
    world.fill("families", {})
    assert go(world, at(24, 8, 30)) == []


def test_the_week_begins_with_the_whole_picture(world: World) -> None:
    begun(world)
    families(world, "לוי", "כהן", "מזרחי", "ביטון")
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 4)]
    families(world, "לוי", "כהן", "מזרחי")
    world.fill("families", {}, at=4)
    assert go(world, at(27, 8, 30)) == []
    assert go(world, at(28, 18)) == []
    assert go(world, at(29, 8, 30)) == [("dana", Kind.DIGEST, 0)]
    _, subject, text = letters(world)[-1]
    assert "התמונה השבועית" in subject
    assert "מאז הסיכום הקודם לא נוסף דבר" in text
    assert "ביטון" in text, "what closed since the last digest"
    assert "נסגרה מעצמה" in text


def test_many_of_one_rule_are_one_item_with_its_rows(world: World) -> None:
    begun(world)
    families(world, "לוי", "כהן", "מזרחי")
    go(world, at(24, 8, 30))
    [(_, _, text)] = letters(world)
    assert text.count("לטיפול ·") == 1
    assert text.count("•") == 3
    families(world, "לוי", "כהן", "מזרחי", "ביטון", "פרץ")
    go(world, at(25, 8, 30))
    text = letters(world)[-1][2]
    assert (text.count("לטיפול ·"), text.count("•")) == (2, 0)


def test_taking_a_sheet_over_is_silent_but_for_one_short_letter(world: World) -> None:
    world.fill("people", DANA, RON)
    families(world, *(f"משפחה {number}" for number in range(9)))
    overrun(world, 1500)
    assert told(world.run()) == [("dana", Kind.START, 1)]
    [(to, subject, text)] = letters(world)
    assert (to, "10" in subject, "דבר אחד דחוף" in text) == ("dana@v.example", True, True)
    header, *rows = world.values("main", "התראות")
    assert len(rows) == 10
    assert {row[header.index("נשלח אל")] for row in rows} == {""}
    assert world.run().requests == 0
    assert go(world, at(24, 8, 30)) == []
    families(world, *(f"משפחה {number}" for number in range(10)))
    assert go(world, at(25, 8, 30)) == [("dana", Kind.DIGEST, 1)]


def test_taking_over_without_a_coordinator_keeps_what_is_urgent(world: World) -> None:
    families(world, "לוי")
    overrun(world, 1500)
    assert told(world.run()) == []
    world.fill("people", DANA)
    assert go(world, at(23, 12, 5)) == [("dana", Kind.URGENT, 1)]
    assert go(world, at(24, 8, 30)) == []


def test_who_answers_for_one_class_hears_of_that_class(world: World) -> None:
    scoped = {"role": "רכז/ת חוגים", "name": "מיכל", "email": "michal@v.example", "scope": "ג׳ודו"}
    other = {**scoped, "name": "נועם", "email": "noam@v.example", "scope": "קרמיקה, כיתות א׳–ג׳; ציור"}
    world.with_settings(letters=Letters(at_once=True, silent_start=False))
    world.fill("people", DANA, scoped, other)
    today = (world.now.date() - date(1899, 12, 30)).days
    common: dict[str, Cell] = {
        "minimum": 8,
        "decision_date": today,
        "start": today + 7,
        "status": "פתוח להרשמה",
        "instructor": "א",
    }
    names = ("ג׳ודו", "קרמיקה, כיתות א׳–ג׳", "שחמט")
    world.fill("classes", *({"name": name, **common} for name in names))
    account = world.run()
    heard = {one.recipient.name: sorted(step.alert.key for step in one.news) for one in account.plan.post.letters}
    assert heard["מיכל"] == ["ג׳ודו"]
    assert heard["נועם"] == ["קרמיקה, כיתות א׳–ג׳"]
    assert len(heard["דנה כהן"]) == 3


@pytest.mark.parametrize(("rows", "said"), [(1, "בשורה אחת"), (2, "בשתי שורות"), (3, "ב־\u20683\u2069 שורות")])
def test_who_asked_for_a_channel_that_is_not_there_gets_mail_and_it_is_said(world: World, rows: int, said: str) -> None:
    people: list[dict[str, Cell]] = [{**DANA, "channel": "ווטסאפ", "name": f"דנה {at}"} for at in range(rows)]
    world.fill("people", *people, {**RON, "channel": "מייל"})
    world.run()
    [line] = [row for row in world.values("main", "תמונת מצב") if any("עוד לא מחובר" in str(cell) for cell in row)]
    assert said in line[1]
    families(world, "לוי")
    assert go(world, at(24, 8, 30)) == [("dana", Kind.DIGEST, 1)]
    assert world.run().requests == 0


@pytest.mark.parametrize("number", [0, 1, 2, 11])
def test_the_words_agree_with_the_number(number: int) -> None:
    """Printed and read; here only that no figure is glued to a word of another number."""
    he, said = WORDS["he"], {Severity.CARE: number}
    lines = [open_line("he", said), week_subject("he", said, "כפר"), counted(he.due, number, "he")]
    lines += [
        counted(he.new, number, "he"),
        counted(he.start, number, "he"),
        counted(he.start_subject, number, "he", community=None),
    ]
    for line in lines:
        print(line)
        assert ("\u206811\u2069" in line) == (number == 11)
        assert "/" not in line
    assert not any("\u2068" in line.replace("\u2068כפר\u2069", "") for line in lines[:4] if number < 3)


@pytest.mark.parametrize("rule", [rule for rule in RULES if MANY in rule.wording], ids=lambda rule: rule.key)
@pytest.mark.parametrize("language", ["he", "en"])
def test_the_words_for_many_need_only_their_number(rule: object, language: str) -> None:
    for number in (1, 2, 3, 11):
        title = rule.wording[MANY].render({"n": number}, language).title  # type: ignore[attr-defined]
        assert title
        assert ("11" in title) == (number == 11)
