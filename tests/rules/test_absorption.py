"""family.prepare, family.companion_overload, family.silent, family.open_need and family.not_connected."""

import pytest

from tests.rules.sheets import TODAY, found, keys, message


def family(
    arrival: str, companion: str = "", kit: str = "", stage: str = "", connected: str = "", talks: str = ""
) -> str:
    return f"""
        families
        family | arrival | companion | welcome_kit | stage | connected
        לוי | {arrival} | {companion} | {kit} | {stage} | {connected}

        followups
        family | date
        {talks}
    """.rstrip()


def levels(rule: str, sheet: str, **params: int) -> list[str]:
    return [key.partition(":")[0] for key in keys(found(rule, sheet, TODAY, None, **params))]


def test_family_prepare__days() -> None:
    assert levels("family.prepare", family("+22d")) == []
    assert levels("family.prepare", family("+21d")) == ["info"]
    assert levels("family.prepare", family("+21d"), days=20) == []


def test_family_prepare__again() -> None:
    assert levels("family.prepare", family("+8d")) == ["info"]
    assert levels("family.prepare", family("+7d")) == ["care"]
    assert levels("family.prepare", family("+7d"), again=6) == ["info"]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (family("+7d"), "עוד לא נרשמה משפחה מלווה, ועוד לא סומנה ערכת קליטה."),
        (family("+7d", kit="כן"), "עוד לא נרשמה משפחה מלווה."),
        (family("+7d", companion="כהן"), "עוד לא סומנה ערכת קליטה."),
        (family("+7d", companion="כהן", kit="כן"), None),
        (family("+7d", stage="לא הגיעו"), None),
        (family("-1d"), None),
    ],
)
def test_what_is_missing_before_arrival(sheet: str, said: str | None) -> None:
    bodies = [message(finding).split("\n")[1] for finding in found("family.prepare", sheet)]
    assert bodies == ([] if said is None else [f"תאריך ההגעה: יום א׳, 29.11.2026. {said}"])


def accompanied_by(*stages: str) -> str:
    rows = "\n".join(f"משפחה {n} | 1.9 | כהן־לב | {stage}" for n, stage in enumerate(stages))
    return f"families\nfamily | arrival | companion | stage\n{rows}"


def test_family_companion_overload__families() -> None:
    two, three = ["בליווי", "לפני מעבר"], ["בליווי", "לפני מעבר", "בליווי"]
    assert keys(found("family.companion_overload", accompanied_by(*two))) == []
    assert keys(found("family.companion_overload", accompanied_by(*three))) == ["care: כהן לב"]
    assert keys(found("family.companion_overload", accompanied_by(*three), families=3)) == []
    assert keys(found("family.companion_overload", accompanied_by(*two, "הליווי הסתיים", ""))) == []


def test_overload_is_of_no_row() -> None:
    (finding,) = found("family.companion_overload", accompanied_by(*["בליווי"] * 3))
    assert finding.row is None
    assert message(finding).startswith("כהן־לב: 3 משפחות בליווי\n")


def test_family_silent__days() -> None:
    """240 days after the arrival; the talk on its 180th day kept the last step, so that silence alone speaks."""
    assert levels("family.silent", family("-239d", talks="לוי | -59d")) == []
    assert levels("family.silent", family("-240d", talks="לוי | -60d")) == ["care"]
    assert levels("family.silent", family("-240d", talks="לוי | -60d"), days=61) == []


def test_silence_is_told_when_no_follow_up_is_due() -> None:
    kept = family("-240d", talks="לוי | -60d")
    assert levels("family.silent", kept) == ["care"]
    assert levels("family.followup_due", kept) == []


def test_silence_is_not_told_when_a_follow_up_is_due() -> None:
    missed = family("-240d", talks="לוי | -150d")
    assert levels("family.followup_due", missed) == ["care"]
    assert levels("family.silent", missed) == []


def test_family_silent__until() -> None:
    assert levels("family.silent", family("-365d", talks="לוי | -180d")) == ["care"]
    assert levels("family.silent", family("-366d", talks="לוי | -181d")) == []
    assert levels("family.silent", family("-366d", talks="לוי | -181d"), until=366) == ["care"]


def need(day: str, closed: str = "", needs: str = "דיור, חברים") -> str:
    return f"followups\nfamily | date | open_need | need_closed\nמשפחת לוי | {day} | {needs} | {closed}"


def test_family_open_need__days() -> None:
    assert len(found("family.open_need", need("-14d"))) == 0
    assert len(found("family.open_need", need("-15d"))) == 1
    assert len(found("family.open_need", need("-15d"), days=15)) == 0


def test_a_need_that_was_met_is_silent() -> None:
    assert found("family.open_need", need("-15d", "-1d")) == []
    assert found("family.open_need", need("-15d", needs="")) == []


def test_open_need_speaks_of_its_field_alone() -> None:
    (finding,) = found("family.open_need", need("-15d"))
    assert message(finding).split("\n")[:2] == [
        "למשפחת לוי צורך שממתין למענה",
        "עלה בשיחה ב־7.11.2026, לפני 15 ימים. התחום: דיור, חברים.",
    ]


def test_family_not_connected__days() -> None:
    assert levels("family.not_connected", family("-89d")) == []
    assert levels("family.not_connected", family("-90d")) == ["care"]
    assert levels("family.not_connected", family("-90d"), days=91) == []


def test_family_not_connected__until() -> None:
    assert levels("family.not_connected", family("-365d")) == ["care"]
    assert levels("family.not_connected", family("-366d")) == []
    assert levels("family.not_connected", family("-365d"), until=364) == []


@pytest.mark.parametrize(("connected", "noticed"), [("עדיין לא", 1), ("חוג", 0), ("ועדה, אירוע", 0), ("", 1)])
def test_what_connects(connected: str, noticed: int) -> None:
    assert len(found("family.not_connected", family("-100d", connected=connected))) == noticed
