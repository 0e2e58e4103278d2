"""The rules of publications, and feedback.missing."""

from datetime import date

import pytest

from rules.finding import Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def publication(**cells: str) -> str:
    """A publication with these cells."""
    named = {"title": "סיור לילה", "channel": "ווטסאפ", **cells}
    return f"publications\n{' | '.join(named)}\n{' | '.join(named.values())}"


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"due": "TODAY"}, 0),
        ({"due": "-1d"}, 1),
        ({"due": "31.12.2025"}, 1),
        ({"due": ""}, 0),
        ({"due": "-1d", "published": "TODAY"}, 0),
        ({"due": "-1d", "published": "+1d"}, 1),
        ({"due": "-1d", "title": ""}, 0),
    ],
)
def test_publication_late(cells: dict[str, str], noticed: int) -> None:
    assert len(found("publication.late", publication(**cells))) == noticed


CALLED_OFF = """

    events
    name | date | status
    סיור לילה | -3d | בוטל
    סיור יום | -3d | נדחה

    classes
    name | group | status
    ג׳ודו | א | לא נפתח
    ג׳ודו | ב | פעיל
    שחמט | א | לא נפתח
"""


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"event": "סיור לילה"}, 0),
        ({"event": "סיור יום"}, 1),
        ({"event": "סיור אחר"}, 1),
        ({"class_name": "שחמט"}, 0),
        ({"class_name": "ג׳ודו"}, 1),
        ({"class_name": "ג׳ודו, א"}, 0),
        ({"class_name": "ריקוד"}, 1),
    ],
)
def test_what_was_called_off_is_not_published(cells: dict[str, str], noticed: int) -> None:
    assert len(found("publication.late", publication(due="-1d", **cells) + CALLED_OFF)) == noticed


def test_late_goes_to_the_owner_and_the_coordinator() -> None:
    (owned,) = found("publication.late", publication(due="20.11", owner="דנה"))
    (nobodys,) = found("publication.late", publication(due="20.11"))
    assert (owned.roles, owned.named) == ((Role.OWNER, Role.COORDINATOR), {Role.OWNER: "דנה"})
    assert (nobodys.roles, nobodys.named) == ((Role.COORDINATOR,), {})
    assert message(owned).split("\n")[:2] == [
        'הפרסום "סיור לילה" עוד לא יצא',
        "המועד היה 20.11.2026, לפני יומיים. הערוץ: ווטסאפ. באחריות: דנה.",
    ]


WEDNESDAYS = Settings(weekly_answer_day=2)


@pytest.mark.parametrize(
    ("published", "today", "noticed"),
    [
        ("", date(2026, 11, 18), ["care: מענה שבועי · 2026-11-11"]),
        ("", date(2026, 11, 19), ["care: מענה שבועי · 2026-11-18"]),
        ("", date(2026, 11, 25), ["care: מענה שבועי · 2026-11-18"]),
        ("12.11", date(2026, 11, 19), []),
        ("11.11", date(2026, 11, 19), ["care: מענה שבועי · 2026-11-18"]),
        ("18.11", date(2026, 11, 19), []),
        ("19.11", date(2026, 11, 19), []),
        ("20.11", date(2026, 11, 19), ["care: מענה שבועי · 2026-11-18"]),
        ("23.12", date(2027, 1, 1), ["care: מענה שבועי · 2026-12-30"]),
        ("31.12", date(2027, 1, 1), []),
        ("31.12", date(2027, 1, 7), []),
    ],
)
def test_publication_weekly_answer(published: str, today: date, noticed: list[str]) -> None:
    """By Wednesday, for the seven days up to it; what came later in the week is an answer too."""
    sheet = publication(kind="מענה שבועי", published=published)
    assert keys(found("publication.weekly_answer", sheet, today, WEDNESDAYS)) == noticed


def test_a_weekly_answer_is_asked_for_where_a_day_is_set() -> None:
    sheet = publication(kind="מידע", published="18.11")
    assert found("publication.weekly_answer", sheet) == []
    assert len(found("publication.weekly_answer", sheet, TODAY, WEDNESDAYS)) == 1
    new = Settings(weekly_answer_day=2, role_start=date(2026, 11, 19))
    assert found("publication.weekly_answer", sheet, TODAY, new) == []


def test_weekly_answer_speaks() -> None:
    sheet = publication(kind="מענה שבועי", published="4.11")
    (finding,) = found("publication.weekly_answer", sheet, TODAY, WEDNESDAYS)
    assert message(finding).split("\n")[:2] == [
        "המענה השבועי עד יום ד׳, 18.11.2026 עוד לא נרשם",
        "המועד היה לפני 4 ימים. המענה הקודם: 4.11.2026.",
    ]


LETTERS = Settings(monthly_letter_to="מנהלת התוכנית")


def test_publication_monthly_letter__working_days() -> None:
    """The fifth working day of November 2026, which began on a Sunday, is Thursday the 5th; of September, the 7th."""
    sheet = publication(kind="מכתב חודשי", published="31.8")
    assert keys(found("publication.monthly_letter", sheet, date(2026, 11, 4), LETTERS)) == []
    assert keys(found("publication.monthly_letter", sheet, date(2026, 11, 5), LETTERS)) == [
        "care: מכתב חודשי · 2026-11"
    ]
    assert keys(found("publication.monthly_letter", sheet, date(2026, 11, 5), LETTERS, working_days=6)) == []
    assert keys(found("publication.monthly_letter", sheet, date(2026, 9, 6), LETTERS)) == []
    assert len(found("publication.monthly_letter", sheet, date(2026, 9, 7), LETTERS)) == 1


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"published": "1.11"}, 0),
        ({"published": "30.11"}, 1),
        ({"published": "22.11"}, 0),
        ({"published": "22.11.2025"}, 1),
        ({"published": "1.11", "kind": "מידע"}, 1),
        ({"published": ""}, 1),
    ],
)
def test_a_letter_of_this_month(cells: dict[str, str], noticed: int) -> None:
    sheet = publication(**{"kind": "מכתב חודשי", **cells})
    assert len(found("publication.monthly_letter", sheet, TODAY, LETTERS)) == noticed


def test_a_monthly_letter_has_an_addressee() -> None:
    sheet = publication(kind="מכתב חודשי", published="29.10")
    assert found("publication.monthly_letter", sheet) == []
    new = Settings(monthly_letter_to="מנהלת התוכנית", role_start=date(2026, 11, 6))
    assert found("publication.monthly_letter", sheet, TODAY, new) == []
    (finding,) = found("publication.monthly_letter", sheet, TODAY, LETTERS)
    assert message(finding).split("\n")[:2] == [
        "המכתב החודשי אל מנהלת התוכנית עוד לא נרשם",
        "מיום העבודה ה־5 של החודש (יום ה׳, 5.11.2026) המכתב אמור לצאת. המכתב הקודם: 29.10.2026.",
    ]


def board(met: str = "-14d", published: str = "", with_whom: str = "ועד הנהלה", organisation: str = "היישוב") -> str:
    return f"""
        meetings
        with_whom | organisation | last_date
        {with_whom} | {organisation} | {met}

        people
        role | name
        ועד הנהלה | דנה מזרחי
        מזכיר/ת היישוב | גיל לוי

        publications
        title | kind | published
        מה הוחלט | עדכון ועד/החלטות | {published}
    """


def test_publication_board_update__days() -> None:
    assert keys(found("publication.board_update", board("-13d"))) == []
    assert keys(found("publication.board_update", board("-14d"))) == ["care: ועד הנהלה · 2026-11-08"]
    assert keys(found("publication.board_update", board("-14d"), days=15)) == []


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (board(published="-15d"), 1),
        (board(published="-14d"), 0),
        (board(published="TODAY"), 0),
        (board(published="+1d"), 1),
        (board(with_whom="ועד ההנהלה"), 1),
        (board(with_whom="דנה מזרחי"), 1),
        (board(with_whom="גיל לוי"), 0),
        (board(organisation="המועצה"), 0),
        (board(organisation=""), 1),
        (board(met=""), 0),
        (board(met="+1d"), 0),
    ],
)
def test_a_board_meeting_and_its_update(sheet: str, noticed: int) -> None:
    assert len(found("publication.board_update", sheet)) == noticed


def test_the_last_board_meeting_counts() -> None:
    rows = "ועד הנהלה | היישוב | {}\nועד ההנהלה | היישוב | {}"
    sheet = "meetings\nwith_whom | organisation | last_date\n" + rows + "\n\npublications\ntitle | kind | published"
    assert found("publication.board_update", sheet.format("-40d", "-3d")) == []
    (finding,) = found("publication.board_update", sheet.format("-20d", "-20d"))
    assert finding.row == 2
    assert message(finding).split("\n")[:2] == [
        "מישיבת הוועד של 2.11.2026 עוד לא יצא עדכון לתושבים",
        "הישיבה הייתה לפני 20 ימים.",
    ]


def test_feedback_missing__days() -> None:
    survey = "משוב/סקר"
    assert len(found("feedback.missing", publication(kind=survey, published="-181d"))) == 0
    assert len(found("feedback.missing", publication(kind=survey, published="-182d"))) == 1
    assert len(found("feedback.missing", publication(kind=survey, published="-182d"), days=183)) == 0


@pytest.mark.parametrize(
    ("cells", "role_start", "noticed"),
    [
        ({"kind": "מידע", "published": "-3d"}, None, ["never"]),
        ({"kind": "מידע", "published": "-3d"}, date(2026, 5, 24), ["never"]),
        ({"kind": "מידע", "published": "-3d"}, date(2026, 5, 25), []),
        ({"kind": "מידע", "published": ""}, None, []),
        ({"kind": "משוב/סקר", "published": "+3d"}, None, []),
        ({"kind": "משוב/סקר", "published": "-400d"}, date(2026, 11, 1), [""]),
    ],
)
def test_where_no_feedback_was_asked(cells: dict[str, str], role_start: date | None, noticed: list[str]) -> None:
    """182 days before 22.11 is 24.5."""
    said = found("feedback.missing", publication(**cells), TODAY, Settings(role_start=role_start))
    assert [finding.variant for finding in said] == noticed


def test_feedback_speaks() -> None:
    (finding,) = found("feedback.missing", publication(kind="משוב/סקר", published="1.1"))
    assert message(finding).split("\n")[:2] == [
        "325 ימים בלי משוב או סקר לתושבים",
        "הפרסום האחרון של משוב או סקר: 1.1.2026.",
    ]
