"""What the rules say of an invented community, read and judged as any other."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from rules.catalogue import RULES
from rules.checks import check
from rules.engine import Verdict, judge
from rules.finding import Problem
from rules.reading import Reading, read_table
from rules.rule import Rule
from rules.table import Book
from sheets_sync.demo.community import Community
from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.story import Expected, Mistake, book_of, changed, fact, noticed

BY_KEY: dict[str, Rule] = {rule.key: rule for rule in RULES}
TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1), date(2028, 2, 29)]
DAYS += [date(2026, 10, 31), date(2026, 11, 1), date(2026, 9, 11), date(2026, 9, 24), date(2027, 10, 2)]
DAYS += [date(2027, 4, 20), date(2027, 4, 24), date(2027, 5, 11), date(2026, 12, 4), date(2027, 8, 31)]
"""Ends of years, halves and months, a leap day, before and in Tishrei, before and in Passover, Memorial Day's eve, a
Friday and Saturdays."""


def readings(of: Community) -> dict[str, Reading]:
    """The tabs of a community, read."""
    return {sheet.table: read_table(SPECS[sheet.table], sheet.grid()) for sheet in of.sheets}


def book(of: Community) -> Book:
    """The tables of a community."""
    return book_of(of.sheets)


def verdict(of: Community) -> Verdict:
    """What all rules say on the community's day."""
    return judge(RULES, book(of), of.settings, {}, of.today)


def problems(of: Community) -> list[Problem]:
    """What is wrong in cells, and what rules ask."""
    read = readings(of)
    tables = book(of)
    checked = [problem for reading in read.values() for problem in check(reading.table, reading.problems, tables)]
    return [*checked, *verdict(of).questions]


def mistake(problem: Problem) -> Mistake:
    """A problem as it is planted."""
    return Mistake(problem.table, problem.row, problem.field, problem.kind)


def difference(of: Community) -> list[Expected]:
    """What is noticed on the community's day and was not planted, and what was planted and is not noticed."""
    found = Counter(map(fact, verdict(of).findings))
    planted = Counter(telling.of for telling in of.story.findings if not telling.after)
    return [*(found - planted), *(planted - found)]


def wrong(of: Community) -> list[Mistake]:
    """What is wrong in a cell and was not planted, and what was planted and is not found."""
    found, planted = Counter(map(mistake, problems(of))), Counter(of.story.mistakes)
    return [*(found - planted), *(planted - found)]


def told_wrong(of: Community) -> Iterator[object]:
    """Findings that are not there when their rule speaks, and near misses that are noticed, or are not when tipped."""
    tables = book(of)
    for telling in of.story.findings:
        day = of.today + timedelta(telling.after)
        if telling.of not in noticed(BY_KEY[telling.of.rule], tables, of.settings, day):
            yield "not found", telling
    for near in of.story.near_misses:
        rule, day = BY_KEY[near.of.rule], of.today + timedelta(near.after)
        if near.of in noticed(rule, tables, of.settings, day):
            yield "found too early", near
        if near.of not in noticed(rule, changed(tables, of.sheets, near.change), of.settings, day, near):
            yield "not tipped", near
