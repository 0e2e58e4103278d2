"""emergency.vacant, emergency.unverified, emergency.double and emergency.no_drill."""

from datetime import date

import pytest

from rules.catalogue.care.tables import EMERGENCY_ROLES
from tests.rules.sheets import found, keys, message


def team(*rows: str, but: str = "") -> str:
    """The template's roles, each held and deputised, but for one; and other rows (`role|holder|deputy`)."""
    full = [f"{role} | בעל {at} | סגן {at}" for at, role in enumerate(EMERGENCY_ROLES) if role != but]
    return "\n".join(["emergency", "role | holder | deputy", *full, *rows])


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        pytest.param(team(), [], id="all held"),
        pytest.param(team(but='יו"ר'), ["urgent: יור"], id="no chair at all"),
        pytest.param(team('יו"ר | |', but='יו"ר'), ["urgent: יור"], id="a chair's row without a name"),
        pytest.param(team("לוגיסטיקה | | ", but="לוגיסטיקה"), ["care: לוגיסטיקה"], id="a role without a holder"),
        pytest.param(team("לוגיסטיקה | | "), [], id="another row of it has one"),
        pytest.param(team("מגורי חירום | | "), ["care: מגורי חירום"], id="a role of the sheet's own"),
        pytest.param(team("מגורי חירום | דנה | "), ["info: ממלאי מקום"], id="no deputy"),
    ],
)
def test_emergency_vacant(sheet: str, noticed: list[str]) -> None:
    assert keys(found("emergency.vacant", sheet)) == noticed


def test_vacant_points_at_the_row_where_there_is_one() -> None:
    (absent,) = found("emergency.vacant", team(but="ביטחון"))
    (empty,) = found("emergency.vacant", team("ביטחון | | ", but="ביטחון"))
    assert (absent.row, empty.row) == (None, 10)


def verified(day: str, holder: str = "דנה", phone: str = "0501234567") -> str:
    return f"emergency\nrole | holder | phone | verified\nלוגיסטיקה | {holder} | {phone} | {day}"


def test_emergency_unverified__days() -> None:
    assert len(found("emergency.unverified", verified("-89d"))) == 0
    assert len(found("emergency.unverified", verified("-90d"))) == 1
    assert len(found("emergency.unverified", verified("-90d"), days=91)) == 0


def test_what_is_to_be_verified() -> None:
    assert len(found("emergency.unverified", verified(""))) == 1
    assert len(found("emergency.unverified", verified("", holder=""))) == 0
    assert len(found("emergency.unverified", verified("", phone=""))) == 0


def test_unverified_is_told_again_each_quarter_and_names_nobody() -> None:
    ((autumn,), (winter,), (later,)) = (
        found("emergency.unverified", verified("20.8"), day)
        for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31))
    )
    assert autumn.id != winter.id == later.id
    assert "דנה" not in message(autumn)
    assert "1234567" not in message(autumn)


def test_emergency_double() -> None:
    def roles(*rows: str) -> list[str]:
        sheet = "\n".join(["emergency", "role | holder | deputy", *rows])
        return keys(found("emergency.double", sheet))

    assert roles("ביטחון | דנה לוי |", "תשתיות | דנה־לוי |") == ["info: דנה לוי · holder · 2026/2"]
    assert roles("ביטחון | | דנה", "תשתיות | | דנה") == ["info: דנה · deputy · 2026/2"]
    assert roles("ביטחון | דנה |", "תשתיות | גיל | דנה") == []
    assert roles("ביטחון | דנה |", "ביטחון | דנה |") == []


def drill(day: str, done: str = "כן", due: str = "") -> str:
    return f"drills\ndate | kind | lessons_done | lessons_due\n{day} | אירוע אמת | {done} | {due}"


def test_emergency_no_drill__days() -> None:
    assert keys(found("emergency.no_drill", drill("-179d"))) == []
    assert keys(found("emergency.no_drill", drill("-180d"))) == ["info: תרגיל"]
    assert keys(found("emergency.no_drill", drill("-180d"), days=181)) == []


def test_emergency_no_drill__care_days() -> None:
    assert keys(found("emergency.no_drill", drill("-364d"))) == ["info: תרגיל"]
    assert keys(found("emergency.no_drill", drill("-365d"))) == ["care: תרגיל"]
    assert keys(found("emergency.no_drill", drill("-365d"), care_days=366)) == ["info: תרגיל"]


def test_emergency_no_drill__lessons_days() -> None:
    assert len(found("emergency.no_drill", drill("-29d", "לא"))) == 0
    assert len(found("emergency.no_drill", drill("-30d", "לא"))) == 1
    assert len(found("emergency.no_drill", drill("-30d", "לא"), lessons_days=31)) == 0


@pytest.mark.parametrize(("due", "noticed"), [("TODAY", 0), ("-1d", 1), ("+40d", 0)])
def test_lessons_are_due_by_their_date(due: str, noticed: int) -> None:
    assert len(found("emergency.no_drill", drill("-40d", "לא", due))) == noticed


def test_a_drill_ahead_is_no_drill() -> None:
    assert keys(found("emergency.no_drill", drill("+3d"))) == ["care: תרגיל"]
