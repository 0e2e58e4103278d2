"""Rehearsal: each finding followed from the day it would have been said to the day it would have gone."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine import Verdict, judge
from rules.finding import Finding, Role
from rules.rehearse import Day, Rehearsal, Span, rehearse
from rules.rule import Given, Rule, Settings, rule
from rules.table import Book
from rules.wording import Text, Wording
from tests.rules.random_books import BOOKS
from tests.rules.sheets import BY_KEY, TODAY, book

UNANSWERED = BY_KEY["inquiry.unanswered"]


def day(text: str) -> date:
    dd, mm = text.split(".")
    return date(2026, int(mm), int(dd))


def rehearsed(
    rules: list[Rule], tables: Book, first: str, last: str, recorded: Mapping[str, tuple[Span, ...]] | None = None,
    **params: int,
) -> Rehearsal:  # fmt: skip
    def on(tables: Book, day: date) -> Verdict:
        return judge(rules, tables, Settings(), {rules[0].key: params}, day)

    return rehearse(on, rules, tables, (day(first), day(last)), TODAY, recorded)


def story(said: Rehearsal) -> list[tuple[str, str, str]]:
    """(first letter of the subject, opened, closed) of each episode."""

    def short(day: date | None) -> str:
        return f"{day.day}.{day.month}" if day else "-"

    return [(str(one.finding.figures["subject"]), short(one.opened), short(one.closed)) for one in said.episodes]


INQUIRIES = """
inquiries
received         | subject | answered | status
2026-10-01 09:00 | תאורה   | 20.10    | נענה
2026-10-04 09:00 | גינה    | 5.10     | נענה
2026-11-01 09:00 | רעש     | -        | חדש
"""


def test_from_the_day_it_was_due_to_the_day_it_was_answered() -> None:
    """Three working days after Thursday 1.10, over Shabbat: Tuesday 6.10; answered on 20.10."""
    said = rehearsed([UNANSWERED], book(INQUIRIES), "1.10", "22.11")
    assert story(said) == [("תאורה", "6.10", "20.10"), ("רעש", "4.11", "-")]
    assert (said.rules, said.unused, said.crashed) == (("inquiry.unanswered",), {}, frozenset())


def test_another_threshold_beside_it() -> None:
    said = rehearsed([UNANSWERED], book(INQUIRIES), "1.10", "22.11", handler_days=14, coordinator_days=14)
    assert story(said) == [("רעש", "19.11", "-")]


def test_what_held_before_the_period_did_not_open_in_it() -> None:
    said = rehearsed([UNANSWERED], book(INQUIRIES), "19.10", "21.10")
    assert story(said) == [("תאורה", "-", "20.10")]
    assert [*said.days()] == [
        Day("inquiry.unanswered", day("19.10"), 0, 0, 1),
        Day("inquiry.unanswered", day("20.10"), 0, 1, 0),
    ]


def test_days_on_which_an_alert_was_really_open() -> None:
    spans = {"inquiry.unanswered": ((day("7.10"), day("9.10")), (day("30.9"), day("8.10")))}
    said = rehearsed([UNANSWERED], book(INQUIRIES), "5.10", "9.10", spans)
    assert [(one.day, one.open, one.recorded) for one in said.days()] == [
        (day("5.10"), 0, 1),
        (day("6.10"), 1, 1),
        (day("7.10"), 1, 2),
        (day("8.10"), 1, 1),
        (day("9.10"), 1, 0),
    ]


def test_a_rule_without_its_table_is_not_in_use() -> None:
    said = rehearsed([UNANSWERED], {}, "1.11", "5.11")
    assert (said.rules, said.episodes) == ((), ())
    assert said.unused == {"inquiry.unanswered": ("inquiries",)}


def crashing_on(bad: date) -> Rule:
    words = Wording(he=Text("א", "", ""), en=Text("a", "", ""))

    @rule(
        "test.one", "א", "a", explanation_he="", explanation_en="", needs=("tasks",), roles=(Role.OWNER,), wording=words
    )
    def one(tables: Book, given: Given) -> Iterator[Finding]:
        if given.today == bad:
            raise ValueError("no")
        yield one.finding(tables["tasks"], 0, {"subject": "ת"})

    return one


def test_a_day_on_which_a_rule_crashes_closes_nothing() -> None:
    said = rehearsed([crashing_on(day("3.11"))], book("tasks\ntask | due\nא | 1.11"), "1.11", "5.11")
    assert story(said) == [("ת", "-", "-")]
    assert said.crashed == {"test.one"}


@settings(deadline=None, max_examples=25)
@given(BOOKS, st.integers(0, 2))
def test_what_holds_at_the_end_is_what_is_said_today(tables: Book, days: int) -> None:
    rules = [*BY_KEY.values()]

    def on(tables: Book, day: date) -> Verdict:
        return judge(rules, tables, Settings(), {}, day)

    first = TODAY - timedelta(days=days)
    said = rehearse(on, rules, tables, (first, TODAY), TODAY)
    today = {finding.id for finding in on(tables, TODAY).findings if finding.rule in BY_KEY}
    assert {one.finding.id for one in said.episodes if one.closed is None} == today
    ends = {one.rule: one.open for one in said.days() if one.day == TODAY}
    assert sum(ends.values()) == len(today)
