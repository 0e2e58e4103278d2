"""The rules about the service's own work and about who sees a restricted file: they judge facts, not tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.engine import CRASHED, judge
from rules.facts import Facts, Lacking, Sharing, Unheld, Unread, Unwritten, Waiting
from rules.finding import Finding, Role
from rules.rule import Settings
from tests.rules.sheets import BY_KEY, SPECS, TODAY, bare, book

BUDGET = """
    budget
    line | planned
    חגים | 18,000
"""
PEOPLE = """
    people
    role | name
    רכז/ת חוגים | דנה
"""


def found(key: str, facts: Facts, *drawn: str, **params: int) -> list[Finding]:
    said = judge([BY_KEY[key]], book(*drawn), Settings(), {key: params}, TODAY, facts=facts)
    assert key in said.ran
    return list(said.findings)


def said(finding: Finding) -> str:
    words = BY_KEY[finding.rule].wording[finding.variant].render(finding.figures, "he")
    return bare(f"{words.title} {words.body}")


def unread(hours: float = 0, *, passing: bool = False) -> Facts:
    return Facts(unread=(Unread("budget", "הקובץ לא משותף.", "It is not shared.", passing, timedelta(hours=hours)),))


def test_a_file_out_of_reach_is_told_at_once() -> None:
    (finding,) = found("service.unreadable", unread())
    assert (finding.key, finding.table, finding.row) == ("budget", "", None)
    assert said(finding).startswith("הקובץ budget לא נקרא הקובץ לא משותף.")
    assert found("service.unreadable", Facts()) == []


def test_a_tab_that_cannot_be_written_is_told_at_once() -> None:
    why = "תא או לשונית מוגנים.", "A cell or tab is protected."
    facts = Facts(unwritten=(Unwritten("budget", "7", "תקציב", *why), Unwritten("welfare", "8", "", *why)))
    named, unnamed = found("service.unreadable", facts)
    assert (named.key, unnamed.key) == ("budget#7", "welfare#8")
    assert said(named).startswith('בקובץ budget הלשונית "תקציב" לא מתעדכנת תא או לשונית מוגנים.')
    assert said(unnamed).startswith("בקובץ welfare אחת הלשוניות לא מתעדכנת")


def test_service_unreadable__hours() -> None:
    """Of trouble that may pass by itself nothing is said at first."""
    assert len(found("service.unreadable", unread(1, passing=True))) == 1
    assert found("service.unreadable", unread(0.99, passing=True)) == []
    assert len(found("service.unreadable", unread(0.5, passing=True), hours=0)) == 1
    assert found("service.unreadable", unread(1, passing=True), hours=2) == []


def test_missing_columns_are_named() -> None:
    facts = Facts(lacking=(Lacking("budget", "תקציב 2026", ("planned", "line")),))
    (finding,) = found("service.columns", facts, BUDGET)
    assert (finding.table, finding.row, finding.key) == ("budget", None, "תקציב 2026")
    assert said(finding).startswith("בלשונית תקציב 2026 לא נמצאו שתי עמודות חובה מה שחסר: תקציב מאושר, סעיף.")
    assert found("service.columns", Facts(), BUDGET) == []


def answers(*hours: float) -> Facts:
    return Facts(waiting=tuple(Waiting("registrations", date(2026, 11, 20), timedelta(hours=one)) for one in hours))


def test_service_intake__hours() -> None:
    assert found("service.intake", answers(24)) == []
    (finding,) = found("service.intake", answers(24, 24.1, 30))
    assert said(finding).startswith("שתי תשובות טופס ממתינות לשיבוץ הטופס: registrations.")
    assert found("service.intake", answers(30), hours=30) == []
    assert len(found("service.intake", answers(30), hours=29)) == 1


def test_a_role_without_anybody_is_told() -> None:
    facts = Facts(unheld=(Unheld(Role.EMERGENCY_CHAIR, 2),))
    (finding,) = found("service.no_recipient", facts, PEOPLE)
    assert finding.variant == ""
    assert said(finding) == (
        'לתפקיד יו"ר צח"י עוד אין נמען שני כללים שולחים לתפקיד הזה. בינתיים ההודעות מגיעות לתפקיד רכז/ת קהילה.'
    )
    alone = found("service.no_recipient", Facts(unheld=(*facts.unheld, Unheld(Role.COORDINATOR, 9))), PEOPLE)
    assert [one.variant for one in alone] == ["nobody", "nobody"]


def test_without_the_tab_of_people_the_rule_is_not_in_use() -> None:
    facts = Facts(unheld=(Unheld(Role.COORDINATOR, 2),))
    verdict = judge([BY_KEY["service.no_recipient"]], {}, Settings(), {}, TODAY, facts=facts)
    assert verdict.unused == {"service.no_recipient": ("people",)}


@pytest.mark.parametrize(
    ("sharing", "variant", "severity"),
    [
        (Sharing("welfare"), None, ""),
        (Sharing("welfare", others=1), "", "URGENT"),
        (Sharing("welfare", by_link=True), "link", "URGENT"),
        (Sharing("welfare", by_link=True, others=3), "link", "URGENT"),
        (Sharing("welfare", known=False), "unknown", "CARE"),
    ],
)
def test_a_shared_restricted_file(sharing: Sharing, variant: str | None, severity: str) -> None:
    findings = found("privacy.shared", Facts(sharing=(sharing,)))
    assert [(one.variant, one.severity.name) for one in findings] == ([] if variant is None else [(variant, severity)])


TEXTS = st.text(max_size=8)
SPANS = st.timedeltas(timedelta(-3), timedelta(60))
COUNTS = st.integers(0, 30)
FACTS = st.builds(
    Facts,
    st.lists(st.builds(Unread, TEXTS, TEXTS, TEXTS, st.booleans(), SPANS), max_size=3).map(tuple),
    st.lists(st.builds(Lacking, st.sampled_from([*SPECS]), TEXTS, st.just(("line",)) | st.just(())), max_size=3).map(
        tuple
    ),
    st.lists(st.builds(Waiting, TEXTS, st.just(TODAY), SPANS), max_size=5).map(tuple),
    st.lists(st.builds(Unheld, st.sampled_from(Role), COUNTS), max_size=4).map(tuple),
    st.lists(st.builds(Sharing, TEXTS, st.booleans(), COUNTS, st.booleans()), max_size=3).map(tuple),
    st.lists(st.builds(Unwritten, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(FACTS)
def test_no_facts_crash_a_rule_and_all_can_be_said(facts: Facts) -> None:
    verdict = judge(RULES, book(PEOPLE), Settings(), {}, TODAY, facts=facts)
    assert CRASHED.key not in {finding.rule for finding in verdict.findings}
    for finding in verdict.findings:
        for language in ("he", "en"):
            assert BY_KEY[finding.rule].wording[finding.variant].render(finding.figures, language).next_step


EXPENSES = """
    expenses
    date | line | supplier | amount | kind
    1.3  | חגים | דפוס     | 20,000 | תשלום
"""


def test_a_rule_that_wants_a_table_out_of_reach_says_nothing_and_did_not_run() -> None:
    rules = [BY_KEY["budget.overrun"], BY_KEY["expense.duplicate"], BY_KEY["task.overdue"]]
    whole = judge(rules, book(BUDGET, EXPENSES), Settings(), {}, TODAY)
    assert [finding.rule for finding in whole.findings] == ["budget.overrun"]
    apart = judge(rules, book(BUDGET), Settings(), {}, TODAY, away={"expenses"})
    assert apart.findings == ()
    assert apart.blind == {"budget.overrun", "expense.duplicate"}
    assert apart.blind.isdisjoint(apart.ran)
    assert apart.unused == {"task.overdue": ("tasks",)}


@pytest.mark.parametrize(("away", "blind"), [("families", True), ("tasks", False)])
def test_a_rule_is_blind_by_what_it_asks_for_and_not_only_by_what_it_needs(away: str, blind: bool) -> None:
    retention = BY_KEY["privacy.retention"]
    said = judge([retention], book(BUDGET), Settings(), {}, TODAY, away={away})
    assert (said.blind == {retention.key}, retention.key in said.ran) == (blind, not blind)
