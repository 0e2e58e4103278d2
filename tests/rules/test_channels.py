"""channel.silent and channel.no_rules."""

from datetime import date

import pytest

from rules.finding import Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message


def channels(*publications: str, every: str = "שבועי", channel: str = "ווטסאפ", group: str = "הורים") -> str:
    rows = "\n".join(publications)
    return f"""
        channels
        channel | group | cadence | owner
        {channel} | {group} | {every} | דנה

        publications
        title | channel | group | published
        {rows}
    """.rstrip()


@pytest.mark.parametrize(
    ("published", "every", "noticed"),
    [
        ("-7d", "שבועי", 0),
        ("-8d", "שבועי", 1),
        ("-8d", "", 0),
        ("-8d", "לפי הצורך", 0),
        ("-30d", "חודשי", 0),
        ("-31d", "חודשי", 1),
        ("-31d", "כל 31 ימים", 0),
        ("+1d", "שבועי", 0),
        ("", "שבועי", 0),
    ],
)
def test_channel_silent(published: str, every: str, noticed: int) -> None:
    """One in which nothing was published counts from the role's beginning, and is silent where that is not known."""
    assert len(found("channel.silent", channels(f"א | ווטסאפ | הורים | {published}", every=every))) == noticed


@pytest.mark.parametrize(
    ("newest", "noticed"),
    [
        ("ווטסאפ | הורים", 0),
        ("ווטסאפ |", 0),
        ("WhatsApp | הורים", 0),
        ("ווטסאפ | מבוגרים", 1),
        ("הורים |", 0),
        ("ווטסאפ · הורים |", 0),
        ("פייסבוק | הורים", 1),
    ],
)
def test_what_is_published_in_a_channel(newest: str, noticed: int) -> None:
    sheet = channels("א | ווטסאפ | הורים | -30d", f"ב | {newest} | -1d")
    assert len(found("channel.silent", sheet)) == noticed


def test_a_choice_of_two_words_is_found_by_each() -> None:
    sheet = channels("א | ידיעון | | -8d", "ב | עלון | | -9d", channel="עלון/ידיעון", group="")
    assert keys(found("channel.silent", sheet)) == ["info: עלון/ידיעון"]


def test_a_channel_without_publications_counts_from_the_role_s_beginning() -> None:
    assert found("channel.silent", channels(), TODAY, Settings(role_start=date(2026, 11, 15))) == []
    (finding,) = found("channel.silent", channels(), TODAY, Settings(role_start=date(2026, 11, 14)))
    assert (finding.roles, finding.named) == ((Role.OWNER,), {Role.OWNER: "דנה"})
    assert message(finding).split("\n")[:2] == [
        "ווטסאפ · הורים: עוד לא נרשם פרסום",
        "התדירות: שבועי. הספירה מתחילת התפקיד, 14.11.2026, לפני 8 ימים.",
    ]


def test_silent_speaks() -> None:
    (finding,) = found("channel.silent", channels("א | ווטסאפ | הורים | 1.11"))
    assert message(finding).split("\n")[:2] == [
        "ווטסאפ · הורים: 21 ימים בלי פרסום",
        "הפרסום האחרון: 1.11.2026. התדירות: שבועי.",
    ]


@pytest.mark.parametrize(
    ("channel", "group", "posted", "noticed"),
    [
        ("ווטסאפ", "הורים", "", 1),
        ("ווטסאפ", "הורים", "לא", 1),
        ("ווטסאפ", "הורים", "כן", 0),
        ("ווטסאפ", "", "", 1),
        ("פייסבוק", "השכונה שלנו", "", 1),
        ("פייסבוק", "", "", 0),
        ("אתר", "אתר היישוב", "", 0),
        ("לוח מודעות", "ליד המכולת", "", 0),
        ("", "הורים", "", 0),
    ],
)
def test_channel_no_rules(channel: str, group: str, posted: str, noticed: int) -> None:
    sheet = f"channels\nchannel | group | rules_posted\n{channel} | {group} | {posted}"
    assert len(found("channel.no_rules", sheet)) == noticed


def test_without_the_column_nothing_is_known_of_rules() -> None:
    assert found("channel.no_rules", "channels\nchannel | group\nווטסאפ | הורים") == []


def test_no_rules_speaks() -> None:
    sheet = "channels\nchannel | group | rules_posted | members | owner\nווטסאפ | הורים | | 140 | דנה"
    (finding,) = found("channel.no_rules", sheet)
    assert (finding.roles, finding.named) == ((Role.OWNER,), {Role.OWNER: "דנה"})
    assert message(finding).split("\n")[:2] == [
        "ווטסאפ · הורים: עוד לא סומן שפורסמו כללי שיח",
        "מספר החברים: 140.",
    ]
