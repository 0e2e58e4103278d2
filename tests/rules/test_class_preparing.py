"""class.no_instructor, class.not_published, class.papers and class.loss."""

import pytest

from rules.finding import ProblemKind, Severity
from tests.rules.sheets import book, found, keys, message, verdict


def classes(**cells: str) -> str:
    """A class with these cells beside its name."""
    named = {"name": "קרמיקה", **cells}
    return f"classes\n{' | '.join(named)}\n{' | '.join(named.values())}"


def people(count: int) -> str:
    rows = "\n".join(f"נועה {n} | 0501234567 | קרמיקה" for n in range(count))
    return f"\n\nregistrations\nparticipant | phone | class_name\n{rows}"


def test_class_no_instructor__days() -> None:
    assert keys(found("class.no_instructor", classes(start="+46d", instructor_agreed=""))) == []
    assert keys(found("class.no_instructor", classes(start="+45d", instructor_agreed=""))) == ["care: קרמיקה"]
    assert keys(found("class.no_instructor", classes(start="+45d", instructor_agreed=""), days=44)) == []


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"instructor_agreed": "כן"}, 0),
        ({"instructor_agreed": "לא", "instructor": "דנה"}, 1),
        ({"instructor": "דנה"}, 0),
        ({"instructor": ""}, 1),
        ({"instructor": "", "status": "לא נפתח"}, 0),
        ({"instructor": "", "start": "-1d"}, 0),
    ],
)
def test_who_has_no_instructor(cells: dict[str, str], noticed: int) -> None:
    assert len(found("class.no_instructor", classes(**{"start": "+5d", **cells}))) == noticed


@pytest.mark.parametrize(
    ("publications", "noticed"),
    [
        ("", 1),
        ("קרמיקה | -1d", 0),
        ("קרמיקה | TODAY", 0),
        ("קרמיקה | +1d", 1),
        ("קרמיקה |", 1),
        ("ג׳ודו | -1d", 1),
    ],
)
def test_class_not_published(publications: str, noticed: int) -> None:
    sheet = classes(status="פתוח להרשמה") + f"\n\npublications\nclass_name | published\n{publications}"
    assert len(found("class.not_published", sheet)) == noticed


def test_a_publication_of_the_name_serves_all_groups() -> None:
    sheet = """
        classes
        name | group | status
        ג׳ודו | א | פתוח להרשמה
        ג׳ודו | ב | פתוח להרשמה
        ציור | | בתכנון

        publications
        class_name | published
        ג׳ודו | -1d
    """
    assert found("class.not_published", sheet) == []


READY = {"agreement": "כן", "clearance": "יש", "insurance": "כן", "insurance_until": "", "age_from": "20"}


def papers(start: str = "+10d", **cells: str) -> str:
    return classes(**{**READY, "clearance": "לא נדרש", "start": start, **cells})


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        ({}, ""),
        ({"agreement": "לא"}, "הסכם"),
        ({"clearance": "נדרש"}, "אישור משטרה"),
        ({"insurance": ""}, "ביטוח"),
        ({"insurance": "", "insurance_until": "+400d"}, ""),
        ({"agreement": "", "clearance": "נדרש", "insurance": ""}, "הסכם, אישור משטרה, ביטוח"),
    ],
)
def test_class_papers(cells: dict[str, str], missing: str) -> None:
    said = [message(finding).split("\n")[1] for finding in found("class.papers", papers(**cells))]
    assert said == ([f"חסר: {missing}. תאריך הפתיחה: יום ד׳, 2.12.2026."] if missing else [])


def test_class_papers__days() -> None:
    """The window opens 30 days before the start, and insurance must reach 30 days from today, or the start."""
    assert len(found("class.papers", papers("+31d", agreement=""))) == 0
    assert len(found("class.papers", papers("+30d", agreement=""))) == 1
    assert len(found("class.papers", papers("+30d", agreement=""), days=29)) == 0
    assert len(found("class.papers", papers("+10d", insurance_until="+29d"))) == 1
    assert len(found("class.papers", papers("+10d", insurance_until="+30d"))) == 0


def test_class_papers__urgent_days() -> None:
    def severity(start: str, age: str, urgent_days: int = 3) -> Severity:
        (finding,) = found("class.papers", papers(start, agreement="", age_from=age), urgent_days=urgent_days)
        return finding.severity

    assert severity("+4d", "8") is Severity.CARE
    assert severity("+3d", "8") is Severity.URGENT
    assert severity("+3d", "8", urgent_days=2) is Severity.CARE
    assert severity("+3d", "18") is Severity.CARE
    assert severity("-20d", "8") is Severity.URGENT


@pytest.mark.parametrize(
    ("until", "severity"), [("+11d", Severity.CARE), ("+3d", Severity.CARE), ("+2d", Severity.URGENT)]
)
def test_insurance_that_runs_out_is_urgent_when_it_is_near(until: str, severity: Severity) -> None:
    """The class runs, and today it is insured: within three days it will not be."""
    (finding,) = found("class.papers", papers("-20d", age_from="8", insurance_until=until))
    assert (finding.severity, finding.variant) == (severity, "ending")


def test_papers_say_when_insurance_ends() -> None:
    (finding,) = found("class.papers", papers("-20d", insurance_until="+11d"))
    assert message(finding).split("\n")[0].endswith("מסתיים בעוד 11 ימים")
    (over,) = found("class.papers", papers("-20d", insurance_until="-1d"))
    assert over.variant == ""


def test_papers_are_asked_until_the_end() -> None:
    assert len(found("class.papers", papers("-90d", agreement="", end="TODAY"))) == 1
    assert len(found("class.papers", papers("-90d", agreement="", end="-1d"))) == 0


def terms(price: str = "230", per: str = "חודש", cost: str = "1,800", cost_per: str = "חודש", **cells: str) -> str:
    asked = {"price": price, "price_per": per, "instructor_cost": cost, "cost_per": cost_per}
    return classes(**{"decision_date": "TODAY", "status": "פתוח להרשמה", **asked, **cells}) + people(5)


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (terms(), 1),
        (terms(cost="1,150"), 0),
        (terms(cost="1,150.01"), 1),
        (terms(decision_date="+1d"), 0),
        (terms(status="פעיל"), 0),
        (terms(price="0"), 1),
        (terms(price=""), 0),
    ],
)
def test_class_loss(sheet: str, noticed: int) -> None:
    assert len(found("class.loss", sheet)) == noticed


def test_loss_speaks() -> None:
    (finding,) = found("class.loss", terms())
    assert message(finding).split("\n")[:2] == [
        'ב"קרמיקה" ההכנסה הצפויה נמוכה מהעלות ב־650 ₪ לחודש',
        "5 הרשמות במחיר 230 ₪ לחודש: הכנסה 1,150 ₪, עלות 1,800 ₪.",
    ]


def test_units_that_do_not_meet_are_asked_about() -> None:
    said = verdict("class.loss", terms(per="קורס", cost_per="מפגש", sessions=""))
    (question,) = said.questions
    assert said.findings == ()
    assert (question.kind, question.field) == (ProblemKind.QUESTION, "sessions")


def test_the_cost_may_stand_apart() -> None:
    costs = "\n\nclass_costs\nname | instructor_cost | cost_per\nקרמיקה | 1,800 | חודש"
    assert len(found("class.loss", book(terms(cost="", cost_per="") + costs))) == 1
    assert len(found("class.loss", book(terms(cost="100") + costs))) == 0
