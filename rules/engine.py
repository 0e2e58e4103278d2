"""Judge a community's tables by its rules: what was noticed, what could run, and what is not in use and why."""

import traceback
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rules.facts import NO_FACTS, Facts
from rules.finding import Finding, Problem, Role, Severity
from rules.rule import Given, Rule, Settings, rule
from rules.table import Book
from rules.watched import Watched
from rules.wording import Text, Wording

Params = Mapping[str, Mapping[str, int]]
"""Changed parameters by rule and name, each in its unit."""


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a book.

    `ran` are the keys of the rules that could run; `unused` says, by rule, which tables it misses; `blind` are those
    that asked for a table which is out of reach now. `questions` are what rules ask about a cell before they go on.
    """

    findings: tuple[Finding, ...] = ()
    ran: frozenset[str] = frozenset()
    unused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Problem, ...] = ()
    blind: frozenset[str] = frozenset()


@rule(
    "service.rule_crashed",
    "כלל שנכשל",
    "A rule failed",
    explanation_he="כלל נכשל באמצע הבדיקה. שאר הכללים נבדקו כרגיל, ושום דבר בגיליון לא השתנה.",
    explanation_en="A rule failed while checking. The other rules were checked as usual; no sheet was changed.",
    needs=(),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            'הכלל "{name}" לא נבדק הפעם',
            "הבדיקה שלו נכשלה בתוכנה ({error}), לא בגלל מה שכתוב בגיליון. ההתראות הקודמות שלו נשארו כפי שהיו.",
            "להעביר את ההודעה הזו למי שמתחזק את התוכנה.",
        ),
        en=Text(
            'The rule "{name_en}" was not checked this time',
            "The program failed ({error}), not what the sheet says. The alerts of this rule stay as they were.",
            "Pass this message on to whoever maintains the program.",
        ),
    ),
)
def rule_crashed(book: Book, given: Given) -> Iterator[Finding | Problem]:
    """Nothing by itself: `judge` makes its findings."""
    yield from ()


CRASHED = rule_crashed


def judge(
    rules: Iterable[Rule],
    book: Book,
    settings: Settings,
    changed_params: Params,
    today: date,
    *,
    facts: Facts = NO_FACTS,
    away: Collection[str] = (),
) -> Verdict:
    """Run the rules over the tables. Pure: a rule that crashes is a finding, and the others run.

    `away` are tables that are there but cannot be read now: what a rule that asks for one says is not known.
    """
    findings: list[Finding] = []
    questions: list[Problem] = []
    ran: set[str] = {CRASHED.key}
    blind: set[str] = set()
    unused: dict[str, tuple[str, ...]] = {}
    for each in rules:
        if missing := tuple(key for key in each.needs if key not in book):
            if set(away).isdisjoint(missing):
                unused[each.key] = missing
            else:
                blind.add(each.key)
            continue
        seen = Watched(book, away) if away else book
        said = _run(each, seen, Given(today, settings, each.values(changed_params.get(each.key)), facts))
        if isinstance(seen, Watched) and seen.missed:
            blind.add(each.key)
        elif isinstance(said, Exception):
            findings.append(_crash(each, said))
        else:
            ran.add(each.key)
            findings += (one for one in said if isinstance(one, Finding))
            questions += (one for one in said if isinstance(one, Problem))
    return Verdict(tuple(_distinct(findings)), frozenset(ran), unused, tuple(questions), frozenset(blind))


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, further ones of the same rule and subject told apart: two families לוי of one day are two.

    Which is the first depends on what is said of them, not on the order of the rows.
    """
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.rule, finding.key].append(finding)
    for same in alike.values():
        for count, finding in enumerate(sorted(same, key=_said), start=1):
            yield finding if count == 1 else replace(finding, key=f"{finding.key} · {count}")


def _said(finding: Finding) -> str:
    return repr((finding.variant, sorted((name, repr(value)) for name, value in finding.figures.items())))


def _run(each: Rule, book: Book, given: Given) -> list[Finding | Problem] | Exception:
    try:
        return list(each.judge(book, given))
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong, the others must be heard
        return error


def _crash(each: Rule, error: Exception) -> Finding:
    """What failed and where in the program: the error's own words may quote a cell, so they are left out."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {frame.name}:{frame.lineno}"
    return Finding(
        rule=CRASHED.key,
        table="",
        key=each.key,
        row=None,
        severity=Severity.CARE,
        roles=CRASHED.roles,
        figures={"name": each.hebrew, "name_en": each.english, "error": where},
    )
