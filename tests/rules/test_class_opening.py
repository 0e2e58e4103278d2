"""class.below_minimum, class.at_risk and class.over_capacity."""

import pytest

from rules.catalogue.classes.fills import fills
from rules.finding import Role, Severity
from rules.table import Book
from tests.rules.sheets import book, found, keys, message

STATUSES = {"רשום": "רשום/ה", "ניסיון": "שיעור ניסיון", "ממתין": "רשימת המתנה", "בוטל": "בוטל", "": ""}


def ceramics(
    registered: int = 5,
    decision: str = "+10d",
    minimum: int = 8,
    maximum: str = "",
    status: str = "פתוח להרשמה",
    end: str = "",
    submitted: str = "1.9",
    others: str = "",
) -> Book:
    """A class with so many registrations, and others: `ניסיון 2, ממתין 3`."""
    counts = (one.split() for one in f"רשום {registered}, {others}".split(",") if one.strip())
    people = {state: int(count) for state, count in counts}
    rows = "\n".join(
        f"{submitted} | נועה {state} {n} | 0501234567 | קרמיקה | {STATUSES[state]}"
        for state, count in people.items()
        for n in range(count)
    )
    return book(
        f"""
        classes
        name | minimum | maximum | decision_date | status | end | price | price_per | instructor_cost | cost_per
        קרמיקה | {minimum} | {maximum} | {decision} | {status} | {end} | 230 | חודש | 1,800 | חודש

        registrations
        submitted | participant | phone | class_name | status
        {rows}
        """.strip()
    )


def test_class_below_minimum_from_the_decision_date_on() -> None:
    assert keys(found("class.below_minimum", ceramics(decision="+1d"))) == []
    assert keys(found("class.below_minimum", ceramics(decision="TODAY"))) == ["urgent: קרמיקה"]
    assert keys(found("class.below_minimum", ceramics(decision="-30d"))) == ["urgent: קרמיקה"]


def test_class_below_minimum_by_the_minimum() -> None:
    assert keys(found("class.below_minimum", ceramics(7, "TODAY"))) == ["urgent: קרמיקה"]
    assert keys(found("class.below_minimum", ceramics(8, "TODAY"))) == []


@pytest.mark.parametrize("state", ["ניסיון", "ממתין", "בוטל"])
def test_trials_waiting_and_cancelled_do_not_count_for_the_minimum(state: str) -> None:
    assert keys(found("class.below_minimum", ceramics(7, "TODAY", others=f"{state} 3"))) == ["urgent: קרמיקה"]


@pytest.mark.parametrize("status", ["פעיל", "לא נפתח", "הסתיים"])
def test_a_decided_class_is_silent(status: str) -> None:
    assert keys(found("class.below_minimum", ceramics(5, "TODAY", status=status))) == []
    assert keys(found("class.at_risk", ceramics(5, "+3d", status=status))) == []


def test_a_class_that_is_long_over_is_silent() -> None:
    assert keys(found("class.below_minimum", ceramics(5, "-90d", status="", end="-1d"))) == []
    assert keys(found("class.below_minimum", ceramics(5, "-90d", status="", end="TODAY"))) == ["urgent: קרמיקה"]


def test_below_minimum_speaks() -> None:
    (finding,) = found("class.below_minimum", ceramics(5, "TODAY"))
    assert finding.roles == (Role.COORDINATOR, Role.ACTIVITY_COORDINATOR)
    assert message(finding) == (
        'היום מחליטים על "קרמיקה": 5 הרשמות מתוך 8\n'
        "עד מועד ההחלטה, 22.11.2026, חסרות 3 הרשמות למינימום. הכנסה צפויה 1,150 ₪ לחודש, עלות 1,800 ₪: פער של 650 ₪.\n"
        "לבחור: לפתוח, להאריך הרשמה, לאחד קבוצות או לא לפתוח, ולעדכן את הסטטוס."
    )


@pytest.mark.parametrize(
    ("registered", "decision", "title"),
    [
        (0, "TODAY", 'היום מחליטים על "קרמיקה": אין עדיין הרשמות'),
        (1, "-1d", 'מועד ההחלטה על "קרמיקה" היה אתמול: הרשמה אחת מתוך 8'),
        (2, "-2d", 'מועד ההחלטה על "קרמיקה" היה לפני יומיים: שתי הרשמות מתוך 8'),
        (3, "-11d", 'מועד ההחלטה על "קרמיקה" היה לפני 11 ימים: 3 הרשמות מתוך 8'),
    ],
)
def test_below_minimum_counts_in_words(registered: int, decision: str, title: str) -> None:
    (finding,) = found("class.below_minimum", ceramics(registered, decision))
    assert message(finding).split("\n")[0] == title


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("230 | חודש | 1,000 | חודש | |", "ההכנסה הצפויה, 1,150 ₪ לחודש, מכסה את העלות."),
        ("100 | חודש | 200 | מפגש | |", "הכנסה צפויה 500 ₪ לחודש, עלות 866 ₪: פער של 366 ₪."),
        ("100 | חודש | 200 | שעה | 17:00-18:30 |", "הכנסה צפויה 500 ₪ לחודש, עלות 1,299 ₪: פער של 799 ₪."),
        ("400 | קורס | 300 | מפגש | | 10", "הכנסה צפויה 2,000 ₪ לקורס, עלות 3,000 ₪: פער של 1,000 ₪."),
        ("40 | מפגש | 50 | משתתף | |", "הכנסה צפויה 200 ₪ למפגש, עלות 250 ₪: פער של 50 ₪."),
        ("0 | חודש | 200 | חודש | |", "הכנסה צפויה 0 ₪ לחודש, עלות 200 ₪: פער של 200 ₪."),
        ("400 | קורס | 300 | מפגש | |", ""),
        ("400 | | 300 | מפגש | |", ""),
    ],
)
def test_income_and_cost_are_said_where_their_units_meet(terms: str, said: str) -> None:
    priced = book(
        f"""
        classes
        name | minimum | decision_date | price | price_per | instructor_cost | cost_per | time | sessions
        קרמיקה | 8 | TODAY | {terms}
        """.strip()
    )
    tables = {**ceramics(5, "TODAY"), "classes": priced["classes"]}
    (finding,) = found("class.below_minimum", tables)
    assert message(finding).split("\n")[1].partition("למינימום.")[2].strip() == said


def test_class_at_risk__days() -> None:
    assert keys(found("class.at_risk", ceramics(5, "+15d"))) == []
    assert keys(found("class.at_risk", ceramics(5, "+14d"))) == ["info: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(5, "+15d"), days=15)) == ["info: קרמיקה"]


def test_from_the_decision_day_below_minimum_alone_speaks() -> None:
    assert keys(found("class.at_risk", ceramics(5, "+1d"))) == ["care: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(5, "TODAY"))) == []


def test_class_at_risk__care_days() -> None:
    assert keys(found("class.at_risk", ceramics(5, "+6d"))) == ["info: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(5, "+5d"))) == ["care: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(5, "+6d"), care_days=6)) == ["care: קרמיקה"]


def test_class_at_risk__share() -> None:
    """All registered this week, so that the pace reaches and the share alone decides: 70 % of 10 is 7."""
    assert keys(found("class.at_risk", ceramics(6, "+5d", 10, submitted="-1d"))) == ["care: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(7, "+5d", 10, submitted="-1d"))) == ["info: קרמיקה"]
    assert keys(found("class.at_risk", ceramics(7, "+5d", 10, submitted="-1d"), share=71)) == ["care: קרמיקה"]


@pytest.mark.parametrize(("submitted", "noticed"), [("-6d", "info: קרמיקה"), ("-7d", "care: קרמיקה")])
def test_the_pace_is_of_the_last_seven_days(submitted: str, noticed: str) -> None:
    """7 of 8: one is missing, and 7 registrations in the last week reach it; none does not."""
    assert keys(found("class.at_risk", ceramics(7, "+1d", submitted=submitted))) == [noticed]


def test_at_risk_speaks() -> None:
    (finding,) = found("class.at_risk", ceramics(5, "+10d", submitted="-1d"))
    assert message(finding) == (
        '"קרמיקה": לפתיחה חסרות 3 הרשמות\n'
        "מועד ההחלטה בעוד 10 ימים (יום ד׳, 2.12.2026). עד עכשיו: 5 הרשמות מתוך 8. "
        "בשבוע האחרון נוספו 5 הרשמות. מחיר: 230 ₪ לחודש.\n"
        "לפרסם תזכורת בקבוצות המתאימות השבוע."
    )


@pytest.mark.parametrize(
    ("registered", "minimum", "decision", "title", "body"),
    [
        (0, 11, "+1d", "חסרות 11 הרשמות", "מועד ההחלטה מחר (יום ב׳, 23.11.2026). עד עכשיו: אין עדיין הרשמות."),
        (1, 2, "+2d", "חסרה הרשמה אחת", "מועד ההחלטה בעוד יומיים (יום ג׳, 24.11.2026). עד עכשיו: הרשמה אחת מתוך 2."),
        (2, 4, "+11d", "חסרות שתי הרשמות", "מועד ההחלטה בעוד 11 ימים (יום ה׳, 3.12.2026). עד עכשיו: שתי הרשמות"),
    ],
)
def test_at_risk_counts_in_words(registered: int, minimum: int, decision: str, title: str, body: str) -> None:
    (finding,) = found("class.at_risk", ceramics(registered, decision, minimum))
    said = message(finding).split("\n")
    assert said[0] == f'"קרמיקה": לפתיחה {title}'
    assert said[1].startswith(body)
    assert "בשבוע האחרון לא נוספו הרשמות." in said[1]


def test_class_over_capacity_counts_trials_and_not_those_who_wait() -> None:
    assert keys(found("class.over_capacity", ceramics(9, maximum="10", others="ניסיון 1"))) == []
    assert keys(found("class.over_capacity", ceramics(9, maximum="10", others="ממתין 5, בוטל 5"))) == []
    (finding,) = found("class.over_capacity", ceramics(9, maximum="10", others="ניסיון 2"))
    assert (finding.severity, finding.roles) == (Severity.CARE, (Role.ACTIVITY_COORDINATOR,))
    assert message(finding).split("\n")[:2] == [
        'ב"קרמיקה" הרשמה אחת מעל המקסימום',
        "המקסימום הוא 10 מקומות, ויש 11 הרשמות פעילות. שתיים מהן לשיעור ניסיון.",
    ]


def test_over_capacity_is_silent_without_a_maximum_and_after_the_end() -> None:
    assert keys(found("class.over_capacity", ceramics(9))) == []
    assert keys(found("class.over_capacity", ceramics(9, maximum="8", status="הסתיים"))) == []
    assert keys(found("class.over_capacity", ceramics(9, maximum="8", status="פעיל"))) == ["care: קרמיקה"]


GROUPS = """
    classes
    name | group | minimum | decision_date | year
    ג׳ודו | א־ב | 2 | TODAY | 2026
    ג׳ודו | ג־ד | 2 | TODAY | 2026
    ג׳ודו | א־ב | 2 | 1.9.2025 | 2025
    ציור | | 2 | TODAY |

    registrations
    participant | phone | class_name | year
    נועה | 0501234567 | ג'ודו, א-ב | 2026
    יואב | 0501234567 | ג'ודו, א-ב | 2025
    תמר | 0501234567 | ג'ודו | 2026
    דן | 0501234567 | ציור |
    | 0501234567 | ציור |
"""


def test_registrations_find_their_group_and_year() -> None:
    """A name that could mean either group is nobody's, and a row without a participant is no registration."""
    assert [(fill.name, fill.active) for fill in fills(book(GROUPS))] == [
        ("ג׳ודו, א־ב", 1),
        ("ג׳ודו, ג־ד", 0),
        ("ג׳ודו, א־ב", 1),
        ("ציור", 1),
    ]


def test_the_line_is_in_order_of_registration() -> None:
    drawn = book(
        """
        classes
        name | minimum
        ציור | 2

        registrations
        submitted | participant | phone | class_name | status
        3.9 | ג | 0501234567 | ציור | רשימת המתנה
        1.9 | א | 0501234567 | ציור | רשימת המתנה
        | ד | 0501234567 | ציור | רשימת המתנה
        2.9 | ב | 0501234567 | ציור | רשימת המתנה
        """
    )
    assert fills(drawn)[0].in_line == (1, 3, 0, 2)
