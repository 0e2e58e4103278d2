"""Judge a community's tables by its rules: what was noticed, what could run, and what is not in use and why."""

import traceback
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rules.facts import NO_FACTS, Facts
from rules.finding import Finding, Problem, Role
from rules.memo import Ran, run_again
from rules.rule import Given, Rule, Settings, rule
from rules.table import Book
from rules.watched import Made
from rules.wording import Text, Wording

Params = Mapping[str, Mapping[str, int]]
"""Changed parameters by rule and name, each in its unit."""

NO_RUNS: Mapping[str, Ran] = {}
DIFFERED = "differed"


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a book.

    `ran` are the keys of the rules that could run; `unused` says, by rule, which tables it misses; `blind` are those
    that asked for a table which is out of reach now. `questions` are what rules ask about a cell before they go on.
    `runs` are by rule, to be kept for the next time.
    """

    findings: tuple[Finding, ...] = ()
    ran: frozenset[str] = frozenset()
    unused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Problem, ...] = ()
    blind: frozenset[str] = frozenset()
    runs: Mapping[str, Ran] = field(default_factory=dict, compare=False, repr=False)


@rule(
    "service.rule_crashed",
    "כלל שנכשל",
    "A rule failed",
    explanation_he="כלל נכשל באמצע הבדיקה. שאר הכללים נבדקו כרגיל, ושום דבר בגיליון לא השתנה.",
    explanation_en="A rule failed while checking. The other rules were checked as usual; no sheet was changed.",
    needs=(),
    roles=(Role.COORDINATOR,),
    wording={
        "": Wording(
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
        DIFFERED: Wording(
            he=Text(
                "בדיקת הלילה המלאה מצאה דבר אחר מהבדיקה השוטפת",
                "זו תקלה בתוכנה ({error}), לא במה שכתוב בגיליון. מעכשיו הסימונים וההתראות הם לפי הבדיקה המלאה.",
                "להעביר את ההודעה הזו למי שמתחזק את התוכנה.",
            ),
            en=Text(
                "The night's full check found other than the checks of the day",
                "The program failed ({error}), not what the sheet says. Marks and alerts now go by the full check.",
                "Pass this message on to whoever maintains the program.",
            ),
        ),
    },
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
    before: Mapping[str, Ran] = NO_RUNS,
) -> Verdict:
    """Run the rules over the tables. Pure: a rule that crashes is a finding, and the others run.

    `away` are tables that are there but cannot be read now: what a rule that asks for one says is not known. A rule
    all of whose sight is as it was in its run `before` is not run again.
    """
    findings: list[Finding] = []
    questions: list[Problem] = []
    ran: set[str] = {CRASHED.key}
    blind: set[str] = set()
    unused: dict[str, tuple[str, ...]] = {}
    runs: dict[str, Ran] = {}
    made: Made = {}
    for each in rules:
        if missing := tuple(key for key in each.needs if key not in book):
            if set(away).isdisjoint(missing):
                unused[each.key] = missing
            else:
                blind.add(each.key)
            continue
        given = Given(today, settings, each.values(changed_params.get(each.key)), facts)
        run = run_again(before.get(each.key), each, book, given, made)
        if not isinstance(run.said, Exception):
            runs[each.key] = run
        if run.looked.misses(away):
            blind.add(each.key)
        elif isinstance(run.said, Exception):
            findings.append(_crash(each, run.said))
        else:
            ran.add(each.key)
            findings += (one for one in run.said if isinstance(one, Finding))
            questions += (one for one in run.said if isinstance(one, Problem))
    return Verdict(tuple(_distinct(findings)), frozenset(ran), unused, tuple(questions), frozenset(blind), runs)


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, further ones of the same rule and subject told apart: two families לוי of one day are two.

    Which is the first depends on what is said of them, not on the order of the rows.
    """
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.rule, finding.key].append(finding)
    for same in alike.values():
        if len(same) == 1:
            yield same[0]
            continue
        for count, finding in enumerate(sorted(same, key=_said), start=1):
            yield finding if count == 1 else replace(finding, key=f"{finding.key} · {count}")


def _said(finding: Finding) -> str:
    return repr((finding.variant, sorted((name, repr(value)) for name, value in finding.figures.items())))


def _crash(each: Rule, error: Exception) -> Finding:
    """What failed and where in the program: the error's own words may quote a cell, so they are left out."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {frame.name}:{frame.lineno}"
    return CRASHED.about(each.key, {"name": each.hebrew, "name_en": each.english, "error": where})


def differed(parts: Sequence[str]) -> Finding:
    """That a full check says something else of these tables and rules than one that took over what was done before."""
    more = f", +{len(parts) - 5}" if len(parts) > 5 else ""
    return CRASHED.about("memo", {"error": ", ".join(parts[:5]) + more}, variant=DIFFERED)
