"""class.age, class.graduates_uncontacted and registration.duplicate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue.classes.grades import grade, months_later
from tests.rules.sheets import found, keys, message


def class_of(ages: str = " | ", grades: str = " | ", person: str = "| |") -> str:
    """A class that starts on 1.9.2026 and one registration: `birth_date | birth_year | grade`."""
    return f"""
        classes
        name | start | age_from | age_to | grade_from | grade_to
        קרמיקה | 1.9 | {ages} | {grades}

        registrations
        participant | phone | class_name | birth_date | birth_year | grade
        נועה | 0501234567 | קרמיקה | {person}
    """


@pytest.mark.parametrize(
    ("person", "noticed"),
    [
        pytest.param("1.3.2021 | |", 0, id="six in half a year"),
        pytest.param("2.3.2021 | |", 1, id="a day too young"),
        pytest.param("2.3.2017 | |", 0, id="nine for half a year less a day"),
        pytest.param("1.3.2017 | |", 1, id="nine for half a year"),
        pytest.param("| 2021 |", 0, id="a year of which some day fits"),
        pytest.param("| 2022 |", 1, id="a year too young"),
        pytest.param("| 2017 |", 0, id="an old year of which some day fits"),
        pytest.param("| 2016 |", 1, id="a year too old"),
        pytest.param("| | ט׳", 0, id="a grade where ages are asked"),
    ],
)
def test_ages_are_of_the_day_it_starts(person: str, noticed: int) -> None:
    """For ages 6 to 8."""
    assert len(found("class.age", class_of(ages="6 | 8", person=person))) == noticed


def test_class_age__months() -> None:
    assert len(found("class.age", class_of(ages="6 | 8", person="1.3.2021 | |"))) == 0
    assert len(found("class.age", class_of(ages="6 | 8", person="1.3.2021 | |"), months=5)) == 1


def test_class_age__grades() -> None:
    assert len(found("class.age", class_of(grades="א׳ | ג׳", person="| | ד׳"))) == 0
    assert len(found("class.age", class_of(grades="א׳ | ג׳", person="| | ה׳"))) == 1
    assert len(found("class.age", class_of(grades="א׳ | ג׳", person="| | ד׳"), grades=0)) == 1
    assert len(found("class.age", class_of(grades="ב׳ | ג׳", person="| | גן חובה"))) == 1


def test_age_speaks_once_a_class() -> None:
    sheet = class_of(ages="6 | 8", person="| 2010 |").rstrip() + "\n דן | 0501234567 | קרמיקה | | 2011 |"
    (finding,) = found("class.age", sheet)
    assert keys([finding]) == ["care: קרמיקה"]
    assert message(finding).split("\n")[:2] == [
        'ב"קרמיקה" שתי הרשמות מחוץ לגיל החוג',
        "החוג מיועד לגילי 6–8. הגיל נבדק ליום הפתיחה, 1.9.2026.",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ג׳", 3),
        ("כיתה ג'", 3),
        ("ג2", 3),
        ("ג׳ 2", 3),
        ('י"א', 11),
        ("3", 3),
        ("גן חובה", 0),
        ("א׳–ג׳", None),
        ("", None),
    ],
)
def test_grades_are_read(text: str, number: int | None) -> None:
    assert grade(text) == number


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 60))
def test_months_go_on_and_back(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert months_later(day.replace(day=1), months) == later.replace(day=1)
    assert later.day in (day.day, 28, 29, 30)


def twice(second: str, status: str = "", name: str = "נועה כהן") -> str:
    return f"""
        classes
        name | group
        קרמיקה |
        ג׳ודו | א

        registrations
        submitted | participant | phone | class_name | status
        1.9 | נועה כהן | 0501234567 | קרמיקה |
        1.9 | נועה כהן | 0501234567 | ג׳ודו |
        2.9 | {name} | 0529876543 | {second} | {status}
    """


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (twice("קרמיקה"), ["care: נועה כהן · קרמיקה"]),
        (twice("ג'ודו, א"), ["care: נועה כהן · גודו א"]),
        (twice("קרמיקה", name="נועה  כהן "), ["care: נועה כהן · קרמיקה"]),
        (twice("קרמיקה", "בוטל"), []),
        (twice("קרמיקה", "רשימת המתנה"), ["care: נועה כהן · קרמיקה"]),
        (twice("קרמיקה", name="דן כהן"), []),
        (twice("ציור"), []),
    ],
)
def test_registration_duplicate(sheet: str, noticed: list[str]) -> None:
    assert keys(found("registration.duplicate", sheet)) == noticed


def test_the_duplicate_is_the_later_registration() -> None:
    (finding,) = found("registration.duplicate", twice("קרמיקה"))
    assert finding.row == 3
    assert message(finding).startswith('ל"קרמיקה" יש שתי הרשמות באותו שם: נועה כ׳\n')


def training(end: str = "-30d", kind: str = "הכשרה", status: str = "רשום/ה", volunteer: str = "") -> str:
    return f"""
        classes
        name | kind | end
        מובילי קהילה | {kind} | {end}

        registrations
        participant | phone | class_name | status
        נועה כהן | 0501234567 | מובילי קהילה | {status}

        volunteers
        name | phone | last_contact
        {volunteer}
    """.rstrip()


def test_class_graduates_uncontacted__days() -> None:
    assert len(found("class.graduates_uncontacted", training("-29d"))) == 0
    assert len(found("class.graduates_uncontacted", training("-30d"))) == 1
    assert len(found("class.graduates_uncontacted", training("-30d"), days=31)) == 0


def test_class_graduates_uncontacted__until() -> None:
    assert len(found("class.graduates_uncontacted", training("-365d"))) == 1
    assert len(found("class.graduates_uncontacted", training("-366d"))) == 0
    assert len(found("class.graduates_uncontacted", training("-366d"), until=366)) == 1


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (training(kind="קורס"), 0),
        (training(status="התקבל"), 0),
        (training(volunteer="נועה כהן | 0529876543 | -30d"), 0),
        (training(volunteer="נ. כהן | 0501234567 | -1d"), 0),
        (training(volunteer="נועה כהן | 0501234567 | -31d"), 1),
        (training(volunteer="נועה כהן | 0501234567 |"), 1),
    ],
)
def test_who_was_contacted(sheet: str, noticed: int) -> None:
    assert len(found("class.graduates_uncontacted", sheet)) == noticed
