"""inquiry.unanswered and inquiry.trend."""

from datetime import date

import pytest

from rules.finding import Finding, Role
from rules.wording import Person
from tests.rules.sheets import TODAY, found, keys, message


def inquiry(**cells: str) -> str:
    """An inquiry with these cells."""
    named = {"received": "15.11", "name": "רות אברהם", "subject": "תאורה בגן", "handler": "ועדת תשתיות", **cells}
    return f"inquiries\n{' | '.join(named)}\n{' | '.join(named.values())}"


def heard(findings: list[Finding]) -> list[tuple[Role, ...]]:
    return [finding.roles for finding in findings]


def test_inquiry_unanswered__handler_days() -> None:
    """Three working days after Wednesday 18.11 is Monday 23.11; after Tuesday, Sunday."""
    assert heard(found("inquiry.unanswered", inquiry(received="18.11"))) == []
    assert heard(found("inquiry.unanswered", inquiry(received="17.11"))) == [(Role.HANDLER,)]
    assert heard(found("inquiry.unanswered", inquiry(received="17.11"), handler_days=4)) == []


def test_inquiry_unanswered__coordinator_days() -> None:
    """Seven working days after Thursday 12.11 is Monday 23.11; after Wednesday, Sunday."""
    both = [(Role.HANDLER, Role.COORDINATOR)]
    assert heard(found("inquiry.unanswered", inquiry(received="12.11"))) == [(Role.HANDLER,)]
    assert heard(found("inquiry.unanswered", inquiry(received="11.11"))) == both
    assert heard(found("inquiry.unanswered", inquiry(received="11.11"), coordinator_days=8)) == [(Role.HANDLER,)]


def test_holidays_are_no_working_days() -> None:
    """From the eve of Passover 2027 (21.4) to its first day nobody works; the days between the feasts do."""
    sheet = inquiry(received="20.4.2027")
    assert heard(found("inquiry.unanswered", sheet, date(2027, 4, 26))) == []
    assert heard(found("inquiry.unanswered", sheet, date(2027, 4, 29))) == [(Role.HANDLER,)]


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"answered": "20.11"}, 0),
        ({"status": "נענה"}, 0),
        ({"status": "בטיפול"}, 1),
        ({"promised": "TODAY"}, 0),
        ({"promised": "-1d"}, 1),
        ({"promised": "-1d", "received": "19.11"}, 0),
        ({"received": ""}, 0),
        ({"subject": ""}, 1),
    ],
)
def test_which_inquiries_wait(cells: dict[str, str], noticed: int) -> None:
    assert len(found("inquiry.unanswered", inquiry(**cells))) == noticed


def test_an_inquiry_without_a_handler_is_the_coordinator_s() -> None:
    (finding,) = found("inquiry.unanswered", inquiry(handler="", received="17.11"))
    assert (finding.roles, finding.named) == ((Role.COORDINATOR,), {})


def test_unanswered_speaks_of_the_subject_and_not_of_the_resident() -> None:
    (finding,) = found("inquiry.unanswered", inquiry(details="הפנס ליד הבית", promised="19.11"))
    assert finding.named == {Role.HANDLER: "ועדת תשתיות"}
    assert message(finding).split("\n") == [
        "פנייה מ־15.11.2026 מחכה לתשובה 7 ימים",
        "הנושא: תאורה בגן. בטיפול: ועדת תשתיות. המועד שהובטח: 19.11.2026.",
        'גם "קיבלנו, נחזור עד יום ד׳, 25.11.2026" הוא מענה; אפשר לרשום את המועד בעמודה "הבטחנו לחזור עד".',
    ]
    assert isinstance(finding.figures["subject"], Person)
    assert "אברהם" not in repr(finding.figures)
    assert "הפנס" not in repr(finding.figures)


def asked(*days: str, topic: str = "תאורה", last: str = "") -> str:
    rows = "\n".join(f"{day} | {topic} | פנס | " for day in days)
    return f"inquiries\nreceived | topic | subject | answered\n{rows}\n{last}".rstrip("\n")


def test_inquiry_trend__count() -> None:
    assert keys(found("inquiry.trend", asked("-1d", "-2d", "-3d"))) == []
    assert keys(found("inquiry.trend", asked("-1d", "-2d", "-3d", "-4d"))) == ["info: תאורה"]
    assert keys(found("inquiry.trend", asked("-1d", "-2d", "-3d", "-4d"), count=5)) == []


def test_inquiry_trend__days() -> None:
    assert keys(found("inquiry.trend", asked("TODAY", "-1d", "-2d", "-61d"))) == []
    assert keys(found("inquiry.trend", asked("TODAY", "-1d", "-2d", "-60d"))) == ["info: תאורה"]
    assert keys(found("inquiry.trend", asked("TODAY", "-1d", "-2d", "-60d"), days=59)) == []


@pytest.mark.parametrize(
    ("last", "noticed"),
    [("-4d | תאורה | פנס | -1d", 1), ("-4d | ניקיון | פנס |", 0), ("-4d | | פנס |", 0), ("+1d | תאורה | פנס |", 0)],
)
def test_which_inquiries_are_of_a_topic(last: str, noticed: int) -> None:
    assert len(found("inquiry.trend", asked("-1d", "-2d", "-3d", last=last))) == noticed


def test_trend_counts_only() -> None:
    (finding,) = found("inquiry.trend", asked("-1d", "-2d", "-3d", last="-4d | תאורה | פנס | -1d"), TODAY)
    assert (finding.row, finding.roles) == (None, (Role.COORDINATOR,))
    assert message(finding).split("\n")[:2] == [
        'הנושא "תאורה" עלה ב־4 פניות',
        "הפניות התקבלו ב־60 הימים האחרונים. 3 מהן מחכות לתשובה.",
    ]
