"""class.undecided, class.dropout, class.place_free and class.unpaid."""

from datetime import date

import pytest

from tests.rules.sheets import TODAY, found, keys, message


def running(people: str = "", **cells: str) -> str:
    """A class with these cells and registrations (`submitted | participant | status | due | paid | payment`)."""
    named = {"name": "ג׳ודו", **cells}
    rows = "\n".join(f"{row} | 0501234567 | ג׳ודו" for row in people.splitlines())
    fields = "submitted | participant | status | amount_due | amount_paid | payment | phone | class_name"
    return f"classes\n{' | '.join(named)}\n{' | '.join(named.values())}\n\nregistrations\n{fields}\n{rows}"


def registered(count: int, status: str = "רשום/ה") -> str:
    return "\n".join(f"1.9 | נועה {n} | {status} | | |" for n in range(count))


@pytest.mark.parametrize(
    ("start", "status", "noticed"),
    [
        ("TODAY", "פתוח להרשמה", 0),
        ("-1d", "פתוח להרשמה", 1),
        ("-1d", "בתכנון", 1),
        ("-1d", "", 1),
        ("-1d", "פעיל", 0),
        ("-1d", "לא נפתח", 0),
        ("", "בתכנון", 0),
    ],
)
def test_class_undecided(start: str, status: str, noticed: int) -> None:
    assert len(found("class.undecided", running(start=start, status=status))) == noticed


@pytest.mark.parametrize(
    ("count", "start", "status", "noticed"),
    [(7, "-1d", "פעיל", 1), (8, "-1d", "פעיל", 0), (7, "TODAY", "פעיל", 0), (7, "-1d", "הסתיים", 0), (7, "-1d", "", 0)],
)
def test_class_dropout(count: int, start: str, status: str, noticed: int) -> None:
    sheet = running(registered(count), start=start, status=status, minimum="8")
    assert len(found("class.dropout", sheet)) == noticed


LINE = "3.10 | נועה כהן | רשימת המתנה | | |\n4.10 | דן לוי | רשימת המתנה | | |"


@pytest.mark.parametrize(
    ("people", "maximum", "noticed"),
    [
        (registered(9) + "\n" + LINE, "10", 1),
        (registered(10) + "\n" + LINE, "10", 0),
        (registered(9) + "\n" + registered(1, "שיעור ניסיון") + "\n" + LINE, "10", 0),
        (registered(9) + "\n" + registered(5, "בוטל") + "\n" + LINE, "10", 1),
        (registered(9), "10", 0),
        (registered(9) + "\n" + LINE, "", 0),
    ],
)
def test_class_place_free(people: str, maximum: str, noticed: int) -> None:
    assert len(found("class.place_free", running(people, maximum=maximum))) == noticed


def test_place_free_names_the_first_in_line_by_first_name_and_initial() -> None:
    sheet = running(registered(9) + "\n" + LINE, maximum="10", price="230", price_per="חודש")
    (finding,) = found("class.place_free", sheet)
    assert message(finding) == (
        'התפנה מקום אחד ב"ג׳ודו"\n'
        "בהמתנה: שתי הרשמות. הראשונה בתור: נועה כ׳ (ההרשמה מ־3.10.2026). מחיר: 230 ₪ לחודש.\n"
        "להתקשר ולהציע את המקום, ולשמור אותו עד יום ג׳, 24.11.2026; אחר כך עוברים להרשמה הבאה בתור."
    )


def test_class_place_free__hold_days() -> None:
    """From a Thursday two days are Friday and, Shabbat apart, Sunday."""
    sheet = running(registered(9) + "\n" + LINE, maximum="10")
    thursday = date(2026, 11, 26)
    assert "יום א׳, 29.11.2026" in message(found("class.place_free", sheet, thursday)[0])
    assert "יום ו׳, 27.11.2026" in message(found("class.place_free", sheet, thursday, hold_days=1)[0])


def owing(submitted: str = "1.9", cells: str = "100 | |", status: str = "רשום/ה", start: str = "1.9") -> str:
    return running(f"{submitted} | נועה | {status} | {cells}", start=start)


def test_class_unpaid__days() -> None:
    assert len(found("class.unpaid", owing("-13d"))) == 0
    assert len(found("class.unpaid", owing("-14d"))) == 1
    assert len(found("class.unpaid", owing("-14d"), days=15)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (owing("-30d", start="-13d"), 0),
        (owing("-30d", start="-14d"), 1),
        (owing("", start="-14d"), 1),
        (owing("", start=""), 0),
        (owing(cells="100 | 100 |"), 0),
        (owing(cells="100 | 99.99 | שולם חלקית"), 1),
        (owing(cells="100 | | שולם"), 0),
        (owing(cells="100 | | הוסדר"), 0),
        (owing(cells="| | טרם שולם"), 1),
        (owing(cells="0 | |"), 0),
        (owing(status="רשימת המתנה"), 0),
        (owing(status="בוטל"), 0),
        (owing(status="שיעור ניסיון"), 0),
    ],
)
def test_what_is_unpaid(sheet: str, noticed: int) -> None:
    assert len(found("class.unpaid", sheet)) == noticed


def test_unpaid_is_one_finding_a_class() -> None:
    people = "1.9 | נועה | | 100 | 40 |\n5.9 | דן | | 100 | |\n6.9 | גיל | | 100 | 100 |"
    (finding,) = found("class.unpaid", running(people, start="1.9"), TODAY)
    assert keys([finding]) == ["care: ג׳ודו"]
    assert message(finding).split("\n")[:2] == [
        'ב"ג׳ודו" שתי הרשמות עוד לא שולמו',
        "יחד עוד לא נרשמו 160 ₪. המועד הישן ביותר: 15.9.2026.",
    ]
