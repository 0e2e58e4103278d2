"""The rules of committees, of regular meetings and of tasks; cadences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue.cadence import cadence_days, days_without
from rules.finding import Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, message


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("שבועי", 7),
        ("פעם בשבועיים", 14),
        ("חודשי", 30),
        ("פעם בחודשיים", 60),
        ("רבעוני", 90),
        ("חצי־שנתי", 180),
        ("שנתי", 365),
        ("45", 45),
        ("כל 45 ימים", 45),
        ("לפי הצורך", None),
        ("0", None),
        (None, None),
    ],
)
def test_cadence(text: str | None, days: int | None) -> None:
    assert cadence_days(text) == days


PAUSES = st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 30)), max_size=4)


@given(st.integers(0, 200), PAUSES)
def test_pauses_only_shorten_and_never_below_nothing(days: int, pauses: list[tuple[int, int]]) -> None:
    spans = [(TODAY + timedelta(days=at), TODAY + timedelta(days=at + long)) for at, long in pauses]
    counted = days_without(TODAY - timedelta(days=days), TODAY, spans)
    assert 0 <= counted <= days
    assert days_without(TODAY - timedelta(days=days), TODAY, spans * 2) == counted


def committee(**cells: str) -> str:
    """A committee with these cells."""
    named = {"name": "ועדת תרבות", **cells}
    return f"committees\n{' | '.join(named)}\n{' | '.join(named.values())}"


def test_committee_no_meeting__grace() -> None:
    assert len(found("committee.no_meeting", committee(cadence="חודשי", last_meeting="-43d"))) == 0
    assert len(found("committee.no_meeting", committee(cadence="חודשי", last_meeting="-44d"))) == 1
    assert len(found("committee.no_meeting", committee(cadence="חודשי", last_meeting="-44d"), grace=15)) == 0


def test_pauses_are_not_counted() -> None:
    august = Settings(pauses=((date(2026, 11, 1), date(2026, 11, 10)),))
    late, later = committee(cadence="30", last_meeting="-53d"), committee(cadence="30", last_meeting="-54d")
    assert len(found("committee.no_meeting", late, TODAY, august)) == 0
    assert len(found("committee.no_meeting", later, TODAY, august)) == 1


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"state": "בהקמה"}, 0),
        ({"state": "אין"}, 0),
        ({"state": "קיימת"}, 1),
        ({"kind": "פורום"}, 0),
        ({"cadence": "לפי הצורך"}, 0),
        ({"last_meeting": ""}, 0),
    ],
)
def test_which_committees_meet(cells: dict[str, str], noticed: int) -> None:
    sheet = committee(**{"cadence": "חודשי", "last_meeting": "-90d", **cells})
    assert len(found("committee.no_meeting", sheet)) == noticed


def test_no_meeting_is_told_to_the_chair_too() -> None:
    (finding,) = found("committee.no_meeting", committee(cadence="חודשי", last_meeting="-90d", chair="דנה"))
    assert finding.named == {Role.COMMITTEE_CHAIR: "דנה"}
    assert message(finding).split("\n")[0] == "ועדת תרבות: לא נרשמה פגישה 90 ימים"


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [({"chair": ""}, 1), ({"chair": "דנה"}, 0), ({"chair": "", "state": "בהקמה"}, 0), ({}, 0)],
)
def test_committee_no_chair(cells: dict[str, str], noticed: int) -> None:
    assert len(found("committee.no_chair", committee(**cells))) == noticed


def test_committee_no_work_plan__days() -> None:
    """60 days after 1.1 is 2.3."""
    assert len(found("committee.no_work_plan", committee(work_plan="טיוטה"), date(2026, 3, 1))) == 0
    assert len(found("committee.no_work_plan", committee(work_plan="טיוטה"), date(2026, 3, 2))) == 1
    assert len(found("committee.no_work_plan", committee(work_plan="טיוטה"), date(2026, 3, 2), days=61)) == 0


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [({"work_plan": "אושרה"}, 0), ({"work_plan": ""}, 1), ({"work_plan": "אין", "kind": "פורום"}, 0), ({}, 0)],
)
def test_who_needs_a_work_plan(cells: dict[str, str], noticed: int) -> None:
    assert len(found("committee.no_work_plan", committee(**cells))) == noticed


@pytest.mark.parametrize(("members", "noticed"), [("4", 1), ("5", 0), ("", 0)])
def test_committee_short(members: str, noticed: int) -> None:
    assert len(found("committee.short", committee(members=members, members_needed="5"))) == noticed


def test_short_names_volunteers_who_fit() -> None:
    volunteers = """
        volunteers
        name | skills | interests | committees
        דנה מזרחי | | תרבות, גינון |
        גיל לוי | תרבות | | ועדת תרבות
        רון כהן | נגרות | |
    """
    (finding,) = found("committee.short", committee(members="3", members_needed="5") + "\n\n" + volunteers)
    assert message(finding).split("\n")[:2] == [
        "בועדת תרבות חסרים שני חברים",
        "יש 3 מתוך 5. מתנדבים שתחומי העניין שלהם מתאימים: דנה מ׳.",
    ]


def test_committee_term_ending__days() -> None:
    assert len(found("committee.term_ending", committee(term_end="+61d"))) == 0
    assert len(found("committee.term_ending", committee(term_end="+60d"))) == 1
    assert len(found("committee.term_ending", committee(term_end="+60d"), days=59)) == 0
    assert len(found("committee.term_ending", committee(term_end="-1d"))) == 0


def task(due: str = "-1d", status: str = "פתוח", owner: str = "דנה", done: str = "") -> str:
    return f"tasks\ntask | owner | due | status | done_date\nלהזמין כיסאות | {owner} | {due} | {status} | {done}"


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (task(), 1),
        (task("TODAY"), 0),
        (task(status="בוצע"), 0),
        (task(status="בוטל"), 0),
        (task(status=""), 1),
        (task(done="-2d"), 0),
        (task(due=""), 0),
    ],
)
def test_task_overdue(sheet: str, noticed: int) -> None:
    assert len(found("task.overdue", sheet)) == noticed


def test_a_task_without_an_owner_is_the_coordinator_s() -> None:
    (owned,), (nobodys,) = found("task.overdue", task()), found("task.overdue", task(owner=""))
    assert (owned.roles, owned.named) == ((Role.OWNER, Role.COORDINATOR), {Role.OWNER: "דנה"})
    assert (nobodys.roles, nobodys.named) == ((Role.COORDINATOR,), {})


def heard(due: str, **params: int) -> list[tuple[str, tuple[Role, ...]]]:
    return [(finding.variant, finding.roles) for finding in found("task.overdue", task(due), TODAY, None, **params)]


TO_BOTH = ("", (Role.OWNER, Role.COORDINATOR))


def test_task_overdue__climb_days() -> None:
    """Nothing climbs unless somebody chose it."""
    to_all = ("", (Role.OWNER, Role.COORDINATOR, Role.SECRETARY))
    assert heard("-400d") == [TO_BOTH]
    assert heard("-9d", climb_days=10, announce_days=0) == [TO_BOTH]
    assert heard("-10d", climb_days=10, announce_days=0) == [to_all]
    assert heard("-10d", climb_days=11, announce_days=0) == [TO_BOTH]


def test_task_overdue__announce_days() -> None:
    announced = ("announced", (Role.COORDINATOR,))
    assert heard("-6d", climb_days=10) == [TO_BOTH]
    assert heard("-7d", climb_days=10) == [TO_BOTH, announced]
    assert heard("-7d", climb_days=10, announce_days=2) == [TO_BOTH]
    assert heard("-1d", climb_days=1, announce_days=1) == [TO_BOTH, announced]
    assert heard("-3d") == [TO_BOTH]


def test_a_task_never_climbs_unannounced() -> None:
    assert [len(roles) for _, roles in heard("-3d", climb_days=1)] == [2, 1]
    assert [len(roles) for _, roles in heard("-4d", climb_days=1)] == [3]


def test_that_a_task_climbs_is_said_before() -> None:
    _, announced = found("task.overdue", task("13.11"), climb_days=10)
    assert message(announced).split("\n")[:2] == [
        'המשימה "להזמין כיסאות" תגיע מחר גם למזכירות היישוב',
        "היא הייתה לביצוע עד 13.11.2026. המעבר ב־23.11.2026 נבחר בכללי ההתראה.",
    ]


def meeting(last: str = "-31d", following: str = "", every: str = "חודשי") -> str:
    return f"meetings\nwith_whom | cadence | last_date | next_date\nמזכירת היישוב | {every} | {last} | {following}"


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [
        (meeting("-30d"), 0),
        (meeting("-31d"), 1),
        (meeting(following="TODAY"), 0),
        (meeting(following="-1d"), 1),
        (meeting(every="פעם בחודשיים"), 0),
        (meeting(every=""), 0),
        (meeting(last=""), 0),
    ],
)
def test_meeting_cadence(sheet: str, noticed: int) -> None:
    assert len(found("meeting.cadence", sheet)) == noticed
