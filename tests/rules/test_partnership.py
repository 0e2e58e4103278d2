"""The rules of initiatives, partners, the neighbourhood forum and installations."""

from datetime import date

import pytest

from rules.finding import Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def row(table: str, **cells: str) -> str:
    """A table of one row."""
    return f"{table}\n{' | '.join(cells)}\n{' | '.join(cells.values())}"


def initiative(**cells: str) -> str:
    return row("initiatives", **{"name": "גינת הפקאן", "stage": "פעיל", **cells})


def test_initiative_silent__days() -> None:
    assert keys(found("initiative.silent", initiative(last_contact="-44d"))) == []
    assert keys(found("initiative.silent", initiative(last_contact="-45d"))) == ["care: גינת הפקאן"]
    assert keys(found("initiative.silent", initiative(last_contact="-45d"), days=46)) == []


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"next_date": "TODAY"}, []),
        ({"next_date": "-1d"}, ["date"]),
        ({"next_date": "+5d", "last_contact": "-60d"}, ["contact"]),
        ({"next_date": "-1d", "last_contact": "-60d"}, ["date"]),
        ({"last_contact": ""}, []),
        ({"next_date": "-1d", "stage": "רעיון"}, []),
        ({"next_date": "-1d", "stage": "עצמאי"}, []),
        ({"next_date": "-1d", "stage": "הסתיים"}, []),
        ({"next_date": "-1d", "stage": ""}, []),
        ({"next_date": "-1d", "name": ""}, []),
    ],
)
def test_which_initiatives_wait(cells: dict[str, str], noticed: list[str]) -> None:
    assert [finding.variant for finding in found("initiative.silent", initiative(**cells))] == noticed


def test_an_initiative_speaks() -> None:
    (late,) = found("initiative.silent", initiative(next_date="20.11", last_contact="1.11", leader="יעל"))
    assert message(late).split("\n")[:2] == [
        'היוזמה "גינת הפקאן": מועד הצעד הבא עבר',
        "המועד היה 20.11.2026, לפני יומיים. הקשר האחרון: 1.11.2026. בהובלת יעל.",
    ]
    (silent,) = found("initiative.silent", initiative(last_contact="1.9"))
    assert message(silent).split("\n")[:2] == ['היוזמה "גינת הפקאן": 82 ימים בלי קשר', "הקשר האחרון: 1.9.2026."]


def partner(last: str, organisation: str = "בית ספר אלונים") -> str:
    return row("partners", organisation=organisation, contact="מיכל לב", last_contact=last)


def test_partner_dormant__days() -> None:
    assert keys(found("partner.dormant", partner("-179d"))) == []
    assert keys(found("partner.dormant", partner("-180d"))) == ["info: בית ספר אלונים"]
    assert keys(found("partner.dormant", partner("-180d"), days=181)) == []


@pytest.mark.parametrize(("sheet", "noticed"), [(partner(""), 0), (partner("-200d", ""), 0), (partner("+1d"), 0)])
def test_partners_of_whom_nothing_is_known(sheet: str, noticed: int) -> None:
    assert len(found("partner.dormant", sheet)) == noticed


def test_a_partner_speaks() -> None:
    (finding,) = found("partner.dormant", partner("22.11.2025"))
    assert message(finding).split("\n")[:2] == [
        "בית ספר אלונים: 365 ימים בלי קשר",
        "הקשר האחרון: 22.11.2025. אפשר לפנות אל מיכל לב.",
    ]


def forum(**cells: str) -> str:
    return row("committees", **{"name": "פורום קיימות", "kind": "פורום", "cadence": "רבעוני", **cells})


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"last_meeting": "-90d"}, 0),
        ({"last_meeting": "-91d"}, 1),
        ({"last_meeting": "-91d", "kind": "ועדה"}, 0),
        ({"last_meeting": "-91d", "kind": ""}, 0),
        ({"last_meeting": "-91d", "state": "אין"}, 0),
        ({"last_meeting": "-91d", "cadence": "לפי הצורך"}, 0),
        ({"last_meeting": "-91d", "cadence": "91"}, 0),
        ({"last_meeting": ""}, 0),
        ({"last_meeting": "-91d", "name": ""}, 0),
    ],
)
def test_forum_not_met(cells: dict[str, str], noticed: int) -> None:
    assert len(found("forum.not_met", forum(**cells))) == noticed


def test_a_forum_rests_in_pauses() -> None:
    pause = Settings(pauses=((date(2026, 11, 1), date(2026, 11, 10)),))
    assert found("forum.not_met", forum(last_meeting="-100d"), TODAY, pause) == []
    assert len(found("forum.not_met", forum(last_meeting="-101d"), TODAY, pause)) == 1


def test_a_forum_speaks() -> None:
    (finding,) = found("forum.not_met", forum(last_meeting="1.8"))
    assert message(finding).split("\n")[:2] == [
        "פורום קיימות: הגיע הזמן להיפגש",
        "הפגישה האחרונה: 1.8.2026, לפני 113 ימים. התדירות: רבעוני.",
    ]


def asset(**cells: str) -> str:
    return row("assets", **{"name": "קומפוסטר רחוב האלון", "owner": "נעם", **cells})


def test_asset_check_due__grace() -> None:
    weekly = {"cadence": "שבועי"}
    assert keys(found("asset.check_due", asset(last_checked="-9d", **weekly))) == []
    assert keys(found("asset.check_due", asset(last_checked="-10d", **weekly))) == ["care: קומפוסטר רחוב האלון"]
    assert keys(found("asset.check_due", asset(last_checked="-10d", **weekly), grace=4)) == []


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"state": "תקין"}, 1),
        ({"state": "דורש טיפול"}, 1),
        ({"state": "מתוכנן"}, 0),
        ({"state": "בהקמה"}, 0),
        ({"state": "מושבת"}, 0),
        ({"cadence": ""}, 0),
        ({"cadence": "שנתי"}, 0),
        ({"last_checked": ""}, 0),
        ({"name": ""}, 0),
    ],
)
def test_which_installations_are_checked(cells: dict[str, str], noticed: int) -> None:
    sheet = asset(**{"cadence": "חודשי", "last_checked": "-90d", **cells})
    assert len(found("asset.check_due", sheet)) == noticed


def test_a_check_is_the_owner_s() -> None:
    (finding,) = found("asset.check_due", asset(cadence="חודשי", last_checked="1.10", place="רחוב האלון"))
    assert (finding.roles, finding.named) == ((Role.OWNER,), {Role.OWNER: "נעם"})
    assert message(finding).split("\n")[:2] == [
        '"קומפוסטר רחוב האלון": הגיע הזמן לבדיקה',
        "הבדיקה האחרונה: 1.10.2026, לפני 52 ימים. התדירות: חודשי. המקום: רחוב האלון.",
    ]


def test_asset_stuck__days() -> None:
    assert len(found("asset.stuck", asset(state="דורש טיפול", reported="-14d"))) == 0
    assert len(found("asset.stuck", asset(state="דורש טיפול", reported="-15d"))) == 1
    assert len(found("asset.stuck", asset(state="דורש טיפול", reported="-15d"), days=15)) == 0


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"state": "מתוכנן"}, 1),
        ({"state": "בהקמה"}, 1),
        ({"state": "תקין"}, 0),
        ({"state": "מושבת"}, 0),
        ({"state": ""}, 0),
        ({"state": "בהקמה", "reported": ""}, 0),
        ({"state": "בהקמה", "name": ""}, 0),
    ],
)
def test_which_installations_are_stuck(cells: dict[str, str], noticed: int) -> None:
    assert len(found("asset.stuck", asset(**{"reported": "-60d", **cells}))) == noticed


def test_stuck_speaks() -> None:
    (finding,) = found("asset.stuck", asset(state="בהקמה", reported="1.11", owner=""))
    assert (finding.roles, finding.named) == ((Role.OWNER,), {})
    assert message(finding).split("\n")[:2] == [
        '"קומפוסטר רחוב האלון": 21 ימים במצב "בהקמה"',
        "דווח ב־1.11.2026.",
    ]
