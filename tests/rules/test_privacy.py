"""privacy.retention and privacy.code_like_name."""

from datetime import date

import pytest

from tests.rules.sheets import TODAY, found, keys, message


def kept(sheet: str, **params: int) -> list[str]:
    return keys(found("privacy.retention", sheet, TODAY, None, **params))


def test_privacy_retention__welfare() -> None:
    """A year before 22.11.2026."""
    sheet = "welfare\ncase | status | closed\nפ-2025-001 | נסגרה | {}"
    assert kept(sheet.format("23.11.2025")) == []
    assert kept(sheet.format("22.11.2025")) == ["info: welfare"]
    assert kept(sheet.format("22.11.2025"), welfare=13) == []


def test_privacy_retention__inquiries() -> None:
    sheet = "inquiries\nreceived | name | subject\n{} | משה | תאורה"
    assert kept(sheet.format("23.11.2025")) == []
    assert kept(sheet.format("22.11.2025")) == ["info: inquiries"]
    assert kept(sheet.format("22.11.2025"), inquiries=13) == []


def test_privacy_retention__registrations() -> None:
    people = "registrations\nparticipant | phone | class_name\nנועה | 0501234567 | ציור"
    sheet = "classes\nname | end\nציור | {}\n\n" + people
    assert kept(sheet.format("23.11.2024")) == []
    assert kept(sheet.format("22.11.2024")) == ["info: registrations"]
    assert kept(sheet.format("22.11.2024"), registrations=25) == []


def test_privacy_retention__families() -> None:
    sheet = "families\nfamily | arrival | accompanied_until\nלוי | 1.1.2024 | {}"
    assert kept(sheet.format("23.11.2025")) == []
    assert kept(sheet.format("22.11.2025")) == ["info: families"]
    assert kept(sheet.format("22.11.2025"), families=13) == []


def test_retention_speaks_of_numbers_alone() -> None:
    sheet = "inquiries\nreceived | name | subject\n1.1.2025 | משה | תאורה\n2.1.2025 | דנה | גינון"
    (finding,) = found("privacy.retention", sheet, date(2026, 11, 22))
    assert finding.row is None
    assert message(finding).split("\n")[:2] == [
        'בלשונית "פניות תושבים" שתי שורות נשמרו די זמן',
        "עברו 12 חודשים או יותר מאז שהעניין הסתיים.",
    ]
    assert "משה" not in repr(finding)


def welfare(case: str = "פ-2026-014", notes: str = "", handler: str = "") -> str:
    return f"""
        welfare
        case | notes | handler
        {case} | {notes} | {handler}

        families
        family | arrival
        משפחת בן־שושן | 1.1

        volunteers
        name | phone
        תהילה ברק | 0501234567
    """


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (welfare(), []),
        (welfare(notes="נשלח לבדיקה"), []),
        (welfare(notes="להתקשר 050-1234567"), ["care: notes · פ-2026-014"]),
        (welfare(notes="ת״ז 123456782"), ["care: notes · פ-2026-014"]),
        (welfare(notes="מספר 123456789"), []),
        (welfare(notes="דיברנו עם תהילה"), ["care: notes · פ-2026-014"]),
        (welfare(notes="משפחת שושן"), ["care: notes · פ-2026-014"]),
        (welfare(notes="משפחה ברוכה"), []),
        (welfare(handler="תהילה ברק"), []),
    ],
)
def test_privacy_code_like_name(sheet: str, noticed: list[str]) -> None:
    assert keys(found("privacy.code_like_name", sheet)) == noticed


def test_what_identifies_is_never_repeated() -> None:
    (finding,) = found("privacy.code_like_name", welfare(case="שושן 0501234567"))
    assert "שושן" not in repr(finding)
    assert "1234567" not in repr(finding)
    assert message(finding).split("\n")[1].startswith('בעמודה "קוד פנייה".')
