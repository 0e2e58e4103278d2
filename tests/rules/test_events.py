"""event.volunteers_short, event.not_published, event.permits, event.over_budget and event.no_summary."""

from datetime import date

import pytest

from tests.rules.sheets import TODAY, found, keys, message


def party(**cells: str) -> str:
    """An event with these cells beside its name."""
    named = {"name": "מסיבת חנוכה", **cells}
    return f"events\n{' | '.join(named)}\n{' | '.join(named.values())}"


def staffed(day: str, needed: int = 4, answers: str = "", **cells: str) -> str:
    """The event and volunteers who answered so, as `כן 2, לא 1`."""
    counted = (one.rsplit(" ", 1) for one in answers.split(", ") if one)
    rows = "\n".join(
        f"מסיבת חנוכה | {answer} {n} | {'' if answer == 'ריק' else answer}"
        for answer, count in counted
        for n in range(int(count))
    )
    people = f"event_volunteers\nevent | volunteer | confirmed\n{rows}"
    return party(date=day, volunteers_needed=str(needed), **cells) + "\n\n" + people


def levels(rule: str, sheet: str, **params: int) -> list[str]:
    return [key.partition(":")[0] for key in keys(found(rule, sheet, TODAY, None, **params))]


def test_event_volunteers_short__days() -> None:
    assert levels("event.volunteers_short", staffed("+15d")) == []
    assert levels("event.volunteers_short", staffed("+14d")) == ["info"]
    assert levels("event.volunteers_short", staffed("+14d"), days=13) == []


def test_event_volunteers_short__many_days() -> None:
    assert levels("event.volunteers_short", staffed("+22d", 10)) == []
    assert levels("event.volunteers_short", staffed("+21d", 10)) == ["info"]
    assert levels("event.volunteers_short", staffed("+21d", 10), many_days=20) == []


def test_event_volunteers_short__many() -> None:
    assert levels("event.volunteers_short", staffed("+21d", 9)) == []
    assert levels("event.volunteers_short", staffed("+21d", 9), many=9) == ["info"]


def test_event_volunteers_short__again() -> None:
    assert levels("event.volunteers_short", staffed("+6d")) == ["info"]
    assert levels("event.volunteers_short", staffed("+5d")) == ["care"]
    assert levels("event.volunteers_short", staffed("+5d"), again=4) == ["info"]


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (staffed("+3d", 4, "כן 4"), 0),
        (staffed("+3d", 4, "כן 3, לא 1"), 1),
        (staffed("+3d", 4, "כן 3, ריק 5"), 1),
        (staffed("-1d"), 0),
        (staffed("TODAY"), 1),
        (staffed("+3d", status="בוטל"), 0),
        (staffed("+3d", status="התקיים"), 0),
        (staffed("+3d", 0), 0),
    ],
)
def test_who_is_short(sheet: str, noticed: int) -> None:
    assert len(found("event.volunteers_short", sheet)) == noticed


def test_volunteers_short_speaks_of_each_apart() -> None:
    (finding,) = found("event.volunteers_short", staffed("+14d", 10, "כן 4, ריק 2, לא 3"))
    assert message(finding).split("\n")[:2] == [
        "מסיבת חנוכה: חסרים 6 מתנדבים",
        "האירוע בעוד 14 ימים (יום א׳, 6.12.2026). אישרו 4 מתנדבים מתוך 10; שני מתנדבים שובצו ועוד לא השיבו.",
    ]


def test_event_not_published__days() -> None:
    assert levels("event.not_published", party(date="+11d", kind="סיור")) == []
    assert levels("event.not_published", party(date="+10d", kind="סיור")) == ["care"]
    assert levels("event.not_published", party(date="+10d", kind="סיור"), days=9) == []


def test_event_not_published__large_days() -> None:
    assert levels("event.not_published", party(date="+22d", kind="חג")) == []
    assert levels("event.not_published", party(date="+21d", kind="חג")) == ["care"]
    assert levels("event.not_published", party(date="+21d", kind="טקס"), large_days=20) == []


def test_event_not_published__people() -> None:
    assert levels("event.not_published", party(date="+21d", participants="100")) == []
    assert levels("event.not_published", party(date="+21d", participants="101")) == ["care"]
    assert levels("event.not_published", party(date="+21d", participants="101"), people=101) == []


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (party(date="+5d", published="-1d"), 0),
        (party(date="+5d", published="+1d"), 1),
        (party(date="+40d", publish_by="-1d"), 1),
        (party(date="+5d", publish_by="TODAY"), 0),
        (party(date="+5d", lead="העירייה"), 0),
        (party(date="+5d", lead="אנחנו"), 1),
        (party(date="+5d") + "\n\npublications\nevent | published\nמסיבת־חנוכה | -1d", 0),
        (party(date="+5d") + "\n\npublications\nevent | published\nמסיבת־חנוכה |", 1),
    ],
)
def test_what_is_published(sheet: str, noticed: int) -> None:
    assert len(found("event.not_published", sheet)) == noticed


MISSING, SUBMITTED = "נדרש – טרם הוגש", "הוגש"


def test_event_permits__days() -> None:
    assert levels("event.permits", party(date="+46d", permits=MISSING)) == []
    assert levels("event.permits", party(date="+45d", permits=MISSING)) == ["care"]
    assert levels("event.permits", party(date="+45d", permits=MISSING), days=44) == []


def test_event_permits__granted_days() -> None:
    assert levels("event.permits", party(date="+22d", permits=SUBMITTED)) == []
    assert levels("event.permits", party(date="+21d", permits=SUBMITTED)) == ["care"]
    assert levels("event.permits", party(date="+21d", permits=SUBMITTED), granted_days=20) == []


def test_event_permits__urgent_days() -> None:
    assert levels("event.permits", party(date="+8d", permits=SUBMITTED)) == ["care"]
    assert levels("event.permits", party(date="+7d", permits=SUBMITTED)) == ["urgent"]
    assert levels("event.permits", party(date="+7d", permits=MISSING)) == ["urgent"]
    assert levels("event.permits", party(date="+7d", permits=MISSING), urgent_days=6) == ["care"]


@pytest.mark.parametrize(
    "cells", [{"permits": "יש אישור"}, {"permits": "לא נדרש"}, {"permits": MISSING, "lead": "המרכז"}]
)
def test_permits_that_are_not_ours_to_ask(cells: dict[str, str]) -> None:
    assert found("event.permits", party(date="+3d", **cells)) == []


def priced(cost: str = "", booked: str = "", actual: str = "", **cells: str) -> str:
    """The event on a line of 1,000 of which 400 is paid, and what is booked on the event itself."""
    rows = "1.3 | חגים | דפוס | 400 | |" + (f"\n2.3 | חגים | אולם | {booked} | מסיבת חנוכה |" if booked else "")
    event = party(**{"date": "+10d", "budget_line": "חגים", "planned_cost": cost, "actual_cost": actual, **cells})
    return (
        f"{event}\n\nbudget\nline | planned\nחגים | 1,000\n\n"
        f"expenses\ndate | line | supplier | amount | event | program\n{rows}"
    )


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (priced("600"), 0),
        (priced("600.01"), 1),
        (priced("600.01", actual="500"), 0),
        (priced("500", actual="700"), 1),
        (priced("900", booked="300"), 1),
        (priced("600", booked="300"), 0),
        (priced("700", lead="העירייה"), 0),
        (priced("700", status="בוטל"), 0),
        (priced("700", date="1.1.2027"), 0),
        (priced("700", budget_line="נוער"), 0),
    ],
)
def test_event_over_budget(sheet: str, noticed: int) -> None:
    assert len(found("event.over_budget", sheet)) == noticed


def test_a_programme_may_have_less_left_than_its_line() -> None:
    plan = "\n\nplan\nprogram | planned_cost\nחגי תשרי | 200"
    (finding,) = found("event.over_budget", priced("500", program="חגי תשרי") + plan)
    assert message(finding).split("\n")[:2] == [
        'מסיבת חנוכה: העלות גבוהה ממה שנשאר בתוכנית "חגי תשרי"',
        "העלות 500 ₪, ונשארו 200 ₪: פער של 300 ₪.",
    ]


def held(**cells: str) -> str:
    return party(**{"date": "11.11", "kind": "תרבות", "summary_done": "", **cells})


def test_event_no_summary__working_days() -> None:
    """Seven working days after Wednesday 11.11 is Sunday 22.11."""
    assert len(found("event.no_summary", held(), date(2026, 11, 21))) == 0
    assert len(found("event.no_summary", held(), date(2026, 11, 22))) == 1
    assert len(found("event.no_summary", held(), date(2026, 11, 22), working_days=8)) == 0


def test_event_no_summary__people() -> None:
    assert len(found("event.no_summary", held(kind="סיור", participants="50"))) == 0
    assert len(found("event.no_summary", held(kind="סיור", participants="51"))) == 1
    assert len(found("event.no_summary", held(kind="סיור", participants="51"), people=51)) == 0


def test_event_no_summary__until() -> None:
    assert len(found("event.no_summary", held(date="-182d"))) == 1
    assert len(found("event.no_summary", held(date="-183d"))) == 0
    assert len(found("event.no_summary", held(date="-183d"), until=183)) == 1


@pytest.mark.parametrize("cells", [{"summary_done": "כן"}, {"status": "בוטל"}, {"status": "נדחה"}])
def test_events_that_need_no_summary(cells: dict[str, str]) -> None:
    assert found("event.no_summary", held(**cells)) == []
