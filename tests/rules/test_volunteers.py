"""volunteer.not_contacted, volunteer.thanks, volunteer.overload and volunteer.dormant."""

import pytest

from tests.rules.sheets import found, keys, message


def dana(**cells: str) -> str:
    """A volunteer with these cells."""
    named = {"name": "דנה מזרחי", "phone": "0501234567", "status": "פעיל/ה", **cells}
    return f"volunteers\n{' | '.join(named)}\n{' | '.join(named.values())}"


def offer(joined: str = "-7d", contact: str = "", source: str = "סקר", status: str = "מתעניין/ת") -> str:
    return dana(joined=joined, last_contact=contact, source=source, status=status)


def test_volunteer_not_contacted__days() -> None:
    assert len(found("volunteer.not_contacted", offer("-6d"))) == 0
    assert len(found("volunteer.not_contacted", offer("-7d"))) == 1
    assert len(found("volunteer.not_contacted", offer("-7d"), days=8)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (offer(contact="-7d"), 0),
        (offer(contact="-8d"), 1),
        (offer(source="טופס"), 1),
        (offer(source="אישי"), 0),
        (offer(status="פעיל/ה"), 0),
        (offer(joined=""), 0),
    ],
)
def test_what_is_an_offer(sheet: str, noticed: int) -> None:
    assert len(found("volunteer.not_contacted", sheet)) == noticed


def with_events(*days: str, confirmed: str = "כן", status: str = "", **cells: str) -> str:
    """Dana and events on these days, all of which she answered so."""
    events = "\n".join(f"אירוע {n} | {day} | {status}" for n, day in enumerate(days))
    answers = "\n".join(f"אירוע {n} | דנה מזרחי | {confirmed}" for n in range(len(days)))
    return (
        f"{dana(**cells)}\n\nevents\nname | date | status\n{events}\n\n"
        f"event_volunteers\nevent | volunteer | confirmed\n{answers}"
    )


def test_volunteer_thanks__hours() -> None:
    assert len(found("volunteer.thanks", dana(hours="9"))) == 0
    assert len(found("volunteer.thanks", dana(hours="10"))) == 1
    assert len(found("volunteer.thanks", dana(hours="10"), hours=11)) == 0


def test_volunteer_thanks__events() -> None:
    assert len(found("volunteer.thanks", with_events("-3d", "-2d"))) == 0
    assert len(found("volunteer.thanks", with_events("-3d", "-2d", "-1d"))) == 1
    assert len(found("volunteer.thanks", with_events("-3d", "-2d", "-1d"), events=4)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (with_events("-3d", "-2d", "TODAY"), 0),
        (with_events("-3d", "-2d", "-1d", confirmed="לא"), 0),
        (with_events("-3d", "-2d", "-1d", status="בוטל"), 0),
        (with_events("-3d", "-2d", "-1d", last_thanked="-3d"), 0),
        (with_events("-3d", "-2d", "-1d", last_thanked="-4d"), 1),
    ],
)
def test_only_events_held_since_the_last_thanks_count(sheet: str, noticed: int) -> None:
    assert len(found("volunteer.thanks", sheet)) == noticed


def test_volunteer_thanks__year() -> None:
    assert len(found("volunteer.thanks", dana(committees="תרבות", joined="-364d"))) == 0
    assert len(found("volunteer.thanks", dana(committees="תרבות", joined="-365d"))) == 1
    assert len(found("volunteer.thanks", dana(committees="תרבות", joined="-365d"), year=366)) == 0
    assert len(found("volunteer.thanks", dana(committees="תרבות", joined="-900d", last_thanked="-364d"))) == 0
    assert len(found("volunteer.thanks", dana(joined="-900d"))) == 0


def test_thanks_speaks() -> None:
    (finding,) = found("volunteer.thanks", dana(hours="12", last_thanked="12.4"))
    assert message(finding).split("\n")[:2] == [
        "הזדמנות לתודה: דנה מ׳, 12 שעות התנדבות",
        "ההוקרה האחרונה: 12.4.2026.",
    ]


def test_volunteer_overload__events() -> None:
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d"))) == 0
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d", "+4d"))) == 1
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d", "+4d"), events=5)) == 0


def test_volunteer_overload__days() -> None:
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d", "+31d"))) == 1
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d", "+32d"))) == 0
    assert len(found("volunteer.overload", with_events("+1d", "+2d", "+3d", "+32d"), days=31)) == 1


def test_overload_is_of_any_weeks_ahead() -> None:
    assert len(found("volunteer.overload", with_events("+1d", "+60d", "+61d", "+62d", "+63d"))) == 1
    assert len(found("volunteer.overload", with_events("-1d", "TODAY", "+1d", "+2d"))) == 0
    assert len(found("volunteer.overload", with_events("TODAY", "+1d", "+2d", "+3d", confirmed="טרם השיב/ה"))) == 0


def test_volunteer_dormant__days() -> None:
    assert len(found("volunteer.dormant", dana(last_contact="-179d"))) == 0
    assert len(found("volunteer.dormant", dana(last_contact="-180d"))) == 1
    assert len(found("volunteer.dormant", dana(last_contact="-180d"), days=181)) == 0


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (dana(last_contact="-200d", status="בהפסקה"), 0),
        (dana(), 0),
        (with_events("-100d", last_contact="-200d"), 0),
        (with_events("+100d", last_contact="-200d"), 0),
        (with_events("-180d", last_contact="-200d"), 1),
        (dana(last_contact="-200d", joined="-10d"), 0),
        (dana(last_contact="-200d", committees="תרבות") + "\n\ncommittees\nname | last_meeting\nתרבות | -20d", 0),
        (dana(last_contact="-200d", committees="תרבות") + "\n\ncommittees\nname | last_meeting\nחסד | -20d", 1),
    ],
)
def test_what_is_contact(sheet: str, noticed: int) -> None:
    assert len(found("volunteer.dormant", sheet)) == noticed


def test_a_volunteer_is_known_by_name_and_phone() -> None:
    assert keys(found("volunteer.dormant", dana(last_contact="-200d"))) == ["info: דנה מזרחי · 050-1234567"]
