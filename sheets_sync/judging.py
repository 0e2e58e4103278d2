"""The rules over a community's tables, within what its settings allow: whose tables are apart, and who hears. Pure."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.engine import NO_RUNS, Params, Verdict, judge
from rules.facts import NO_FACTS, Facts
from rules.finding import Finding
from rules.memo import Ran
from rules.rule import Rule
from rules.table import Book
from sheets_sync.config import Settings

DISCREET = ("welfare.", "privacy.")
"""The rules that may look into a restricted spreadsheet: their words carry only case codes and counts."""

CODE = re.compile(r"(?:[^\W\d_]{1,2}-)?\d{1,4}(?:-\d{1,4})?")
"""A case's code, as פ-2026-014; anything else in its place may be a name, a phone or an id."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The tables out of reach now, as seen by most rules and by those that may look into restricted spreadsheets."""

    open: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


NOTHING_LOST = Lost()


def judged(
    rules: Iterable[Rule],
    book: Book,
    settings: Settings,
    params: Params,
    today: date,
    restricted: Collection[str] = (),
    *,
    facts: Facts = NO_FACTS,
    lost: Lost = NOTHING_LOST,
    before: Mapping[str, Ran] = NO_RUNS,
) -> Verdict:
    """Judge the book; tables of `restricted` spreadsheets (ids) are there for the discreet rules alone.

    `before` are the runs of the last time.
    """
    given = tuple(rules)
    discreet = [rule for rule in given if rule.key.startswith(DISCREET)]
    others = [rule for rule in given if not rule.key.startswith(DISCREET)]
    known = settings.for_rules
    open_book = shared(book, restricted)
    open_verdict = judge(others, open_book, known, params, today, facts=facts, away=lost.open, before=before)
    own_verdict = judge(discreet, book, known, params, today, facts=facts, away=lost.all, before=before)
    order = {rule.key: at for at, rule in enumerate(given)}
    findings = (_heard(one, settings) for one in (*open_verdict.findings, *map(_coded, own_verdict.findings)))
    return Verdict(
        tuple(sorted(findings, key=lambda finding: order.get(finding.rule, len(order)))),
        open_verdict.ran | own_verdict.ran,
        {**open_verdict.unused, **own_verdict.unused},
        (*open_verdict.questions, *own_verdict.questions),
        open_verdict.blind | own_verdict.blind,
        {**open_verdict.runs, **own_verdict.runs},
    )


def shared(book: Book, restricted: Collection[str]) -> Book:
    """The tables that do not stand in a restricted spreadsheet."""
    return {key: table for key, table in book.items() if table.place.spreadsheet not in restricted}


def _heard(finding: Finding, settings: Settings) -> Finding:
    """The finding, to whom it goes in this community."""
    return replace(finding, roles=settings.heard_by(finding.rule, finding.roles))


def _coded(finding: Finding) -> Finding:
    """The finding with what stands for its case's code, when it is none, as the row's number."""
    case = finding.figures.get("case")
    if case is None or CODE.fullmatch(str(case)):
        return finding
    row = "" if finding.row is None else f"#{finding.row + 1}"
    mark = hashlib.sha256(finding.key.encode()).hexdigest()[:6]
    return replace(finding, key=mark, figures={**finding.figures, "case": row})
