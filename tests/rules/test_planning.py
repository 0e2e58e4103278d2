"""The rules of the plan, of goals, of processes and of needs."""

from datetime import date

import pytest

from rules.finding import Role
from rules.rule import Settings
from tests.rules.sheets import TODAY, found, keys, message

JAN_30, JAN_31, MAR_16, MAR_17 = date(2026, 1, 30), date(2026, 1, 31), date(2026, 3, 16), date(2026, 3, 17)
"""29, 30, 74 and 75 days into the year."""


def plan(**cells: str) -> str:
    """A programme with these cells beside its name."""
    named = {"program": "קיץ", **cells}
    return f"plan\n{' | '.join(named)}\n{' | '.join(named.values())}"


FULL = {"goal": "קהילה", "planned_cost": "500", "budget_line": "חגים", "owner": "דנה", "approved": ""}


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ("plan.no_goal", "goal"),
        ("plan.no_budget", "planned_cost"),
        ("plan.no_budget", "budget_line"),
        ("plan.no_owner", "owner"),
    ],
)
def test_what_a_programme_lacks(rule: str, field: str) -> None:
    lacking = {**FULL, field: ""}
    assert keys(found(rule, plan(**FULL))) == []
    assert keys(found(rule, plan(**lacking))) == ["care: קיץ"]
    assert keys(found(rule, plan(**lacking), JAN_30)) == []
    assert keys(found(rule, plan(**lacking), JAN_31)) == ["care: קיץ"]
    assert keys(found(rule, plan(**{**lacking, "approved": "כן"}), JAN_30)) == ["care: קיץ"]
    assert keys(found(rule, plan(**lacking, status="בוטל"))) == []
    assert keys(found(rule, plan(**lacking, year="2025"))) == []


def test_plan_no_goal__days() -> None:
    assert keys(found("plan.no_goal", plan(goal=""), JAN_31, days=31)) == []


def test_plan_no_budget__days() -> None:
    assert keys(found("plan.no_budget", plan(planned_cost=""), JAN_31, days=31)) == []
    assert keys(found("plan.no_budget", plan(**{**FULL, "planned_cost": "0"}))) == []


def test_plan_no_owner__days() -> None:
    assert keys(found("plan.no_owner", plan(owner=""), JAN_31, days=31)) == []


@pytest.mark.parametrize(
    ("cells", "noticed"),
    [
        ({"end": "-1d", "status": "בביצוע"}, 1),
        ({"end": "TODAY", "status": "בביצוע"}, 0),
        ({"end": "-1d", "status": "בוצע"}, 0),
        ({"end": "-1d", "status": "נדחה"}, 0),
        ({"start": "-1d", "status": "מתוכנן"}, 1),
        ({"start": "-1d", "status": ""}, 1),
        ({"start": "-1d", "status": "בביצוע"}, 0),
        ({"start": "TODAY", "status": "מתוכנן"}, 0),
    ],
)
def test_plan_late(cells: dict[str, str], noticed: int) -> None:
    assert len(found("plan.late", plan(**cells))) == noticed


PLACES = Settings(populations=("ילדים", "ותיקים"), fields=("מים", "אנרגיה"))


def test_plan_population_missing__days() -> None:
    sheet = plan(population="ילדים, הורים")
    assert keys(found("plan.population_missing", sheet, MAR_16, PLACES)) == []
    assert keys(found("plan.population_missing", sheet, MAR_17, PLACES)) == ["care: ותיקים"]
    assert keys(found("plan.population_missing", sheet, MAR_17, PLACES, days=76)) == []
    assert len(found("plan.population_missing", plan(population="ילדים", status="בוטל"), MAR_17, PLACES)) == 2


def test_plan_field_missing__days() -> None:
    sheet = plan(field="מים")
    assert keys(found("plan.field_missing", sheet, MAR_16, PLACES)) == []
    assert keys(found("plan.field_missing", sheet, MAR_17, PLACES)) == ["care: אנרגיה"]
    assert keys(found("plan.field_missing", sheet, MAR_17, PLACES, days=76)) == []


def test_plan_unapproved__days() -> None:
    assert keys(found("plan.unapproved", plan(approved=""), MAR_16)) == []
    (finding,) = found("plan.unapproved", plan(approved=""), MAR_17)
    assert finding.roles == (Role.SECRETARY,)
    assert keys(found("plan.unapproved", plan(approved=""), MAR_17, days=76)) == []
    assert keys(found("plan.unapproved", plan(approved="כן"), MAR_17)) == []


def goals(name: str = "קהילה", target: str = "", actual: str = "", due: str = "", status: str = "") -> str:
    fields = "name | target_value | actual_value | due | status"
    return f"goals\n{fields}\n{name} | {target} | {actual} | {due} | {status}"


def test_goal_no_program__days() -> None:
    sheet = goals("חוסן") + "\n\n" + plan(goal="קהילה")
    assert keys(found("goal.no_program", sheet, MAR_16)) == []
    assert keys(found("goal.no_program", sheet, MAR_17)) == ["care: חוסן"]
    assert keys(found("goal.no_program", sheet, MAR_17, days=76)) == []
    assert keys(found("goal.no_program", goals() + "\n\n" + plan(goal="קהילה"), MAR_17)) == []
    assert keys(found("goal.no_program", goals(status="בוטל") + "\n\n" + plan(goal=""), MAR_17)) == []


def test_goal_behind__points() -> None:
    """On 1.10, 273 of the 364 days to 31.12 are gone: exactly 75 %."""
    assert keys(found("goal.behind", goals(target="100", actual="51", due="31.12"))) == []
    assert keys(found("goal.behind", goals(target="100", actual="50", due="31.12"))) == ["care: קהילה"]
    assert keys(found("goal.behind", goals(target="100", actual="50", due="31.12"), points=26)) == []


@pytest.mark.parametrize(
    ("sheet", "today", "noticed"),
    [
        (goals(target="100", actual="50", due="31.12"), date(2026, 9, 30), 0),
        (goals(target="100", actual="50", due="31.12"), date(2026, 10, 1), 1),
        (goals(target="100", actual="", due="31.12"), TODAY, 1),
        (goals(target="רבים", actual="1", due="31.12"), TODAY, 0),
        (goals(target="80%", actual="20%", due="31.12"), TODAY, 1),
        (goals(target="80%", actual="0.7", due="31.12"), TODAY, 0),
        (goals(target="0", actual="0", due="31.12"), TODAY, 0),
        (goals(target="100", actual="74", due="31.1"), TODAY, 1),
        (goals(target="100", actual="1", due=""), TODAY, 0),
        (goals(target="100", actual="1", due="31.12", status="הושג"), TODAY, 0),
        (goals(target="100", actual="0", due="31.12.2027"), TODAY, 0),
    ],
)
def test_goals_are_reckoned_on_the_quarter_s_first_day(sheet: str, today: date, noticed: int) -> None:
    assert len(found("goal.behind", sheet, today)) == noticed


def test_a_goal_of_a_school_year() -> None:
    """From 1.9.2026 to 30.6.2027 are 302 days, of which 122 have gone on 1.1.2027: 40 %."""
    autumn, january = Settings(work_year_start=date(2026, 9, 1)), date(2027, 1, 1)
    assert len(found("goal.behind", goals(target="100", actual="15", due="30.6.2027"), january, autumn)) == 1
    assert len(found("goal.behind", goals(target="100", actual="16", due="30.6.2027"), january, autumn)) == 0


def test_days_of_a_year_that_begins_in_september() -> None:
    autumn = Settings(work_year_start=date(2025, 9, 1))
    assert keys(found("plan.no_goal", plan(goal=""), date(2026, 8, 31), autumn)) == ["care: קיץ"]
    assert keys(found("plan.no_goal", plan(goal=""), date(2026, 9, 30), autumn)) == []
    assert keys(found("plan.no_goal", plan(goal=""), date(2026, 10, 1), autumn)) == ["care: קיץ"]


def test_without_its_column_nothing_is_known() -> None:
    assert found("plan.field_missing", plan(population="ילדים"), MAR_17, PLACES) == []
    assert found("plan.unapproved", plan(population="ילדים"), MAR_17) == []
    assert found("goal.no_program", goals("חוסן") + "\n\n" + plan(population="ילדים"), MAR_17) == []
    assert found("plan.population_missing", plan(population="ילדים"), MAR_17) == []


def process(day: str = "", ours: str = "", outcome: str = "") -> str:
    return f"processes\nprocess | next_date | our_input | outcome\nחזון | {day} | {ours} | {outcome}"


def test_process_stuck__days() -> None:
    """45 days after 1.1 is 15.2."""
    assert keys(found("process.stuck", process(), date(2026, 2, 14))) == []
    assert keys(found("process.stuck", process(), date(2026, 2, 15))) == ["care: חזון"]
    assert keys(found("process.stuck", process(), date(2026, 2, 15), days=46)) == []


@pytest.mark.parametrize(
    ("sheet", "noticed"),
    [(process("-1d"), 1), (process("TODAY"), 0), (process("-1d", outcome="מסמך"), 0), (process(outcome="מסמך"), 0)],
)
def test_a_milestone_that_has_passed(sheet: str, noticed: int) -> None:
    assert len(found("process.stuck", sheet)) == noticed


def test_process_no_input__days() -> None:
    assert keys(found("process.no_input", process("+15d"))) == []
    assert keys(found("process.no_input", process("+14d"))) == ["care: חזון"]
    assert keys(found("process.no_input", process("+14d"), days=13)) == []
    assert keys(found("process.no_input", process("+14d", ours="עמדה"))) == []


def needs(*rows: str) -> str:
    return "\n".join(["needs", "submitted | source | population | topic | importance | program", *rows])


def transport(count: int, importance: str = "4", program: str = "", day: str = "-10d") -> list[str]:
    return [f"{day} | סקר | ילדים | תחבורה | {importance} | {program}"] * count


def others(count: int) -> list[str]:
    return ["-10d | שאלון | ותיקים | תרבות | 1 |"] * count


def test_need_unanswered__mentions() -> None:
    assert keys(found("need.unanswered", needs(*transport(4)))) == []
    assert keys(found("need.unanswered", needs(*transport(5)))) == ["care: תחבורה"]
    assert keys(found("need.unanswered", needs(*transport(5)), mentions=6)) == []


def test_need_unanswered__share() -> None:
    """8 of 100 respondents are 8 %, 8 of 101 are less."""
    assert keys(found("need.unanswered", needs(*transport(8), *others(92)))) == ["care: תחבורה"]
    assert keys(found("need.unanswered", needs(*transport(8), *others(93)))) == []
    assert keys(found("need.unanswered", needs(*transport(8), *others(93)), share=7)) == ["care: תחבורה"]


def test_need_unanswered__importance() -> None:
    assert keys(found("need.unanswered", needs(*transport(4), *transport(1, "3")))) == []
    assert keys(found("need.unanswered", needs(*transport(4), *transport(1, "3")), importance=3)) == ["care: תחבורה"]


def test_need_unanswered__window() -> None:
    assert keys(found("need.unanswered", needs(*transport(5, day="-364d")))) == ["care: תחבורה"]
    assert keys(found("need.unanswered", needs(*transport(5, day="-365d")))) == []
    assert keys(found("need.unanswered", needs(*transport(5, day="-365d")), window=366)) == ["care: תחבורה"]


def test_a_topic_is_answered_by_one_live_programme() -> None:
    answered = needs(*transport(4), *transport(1, program="קיץ"))
    assert keys(found("need.unanswered", answered)) == []
    assert keys(found("need.unanswered", answered + "\n\n" + plan(status="מתוכנן"))) == []
    assert keys(found("need.unanswered", answered + "\n\n" + plan(status="בוטל"))) == ["care: תחבורה"]


def test_unanswered_speaks_of_no_row() -> None:
    (finding,) = found("need.unanswered", needs(*transport(4), *transport(1, "5")))
    assert finding.row is None
    assert message(finding).split("\n")[:2] == [
        'הנושא "תחבורה" עלה 5 פעמים, ועוד אין לו מענה בתוכנית',
        "החשיבות הממוצעת: 4.2 מתוך 5.",
    ]


def test_need_mapping_stale__days() -> None:
    assert keys(found("need.mapping_stale", needs(*transport(1, day="-730d")))) == []
    assert keys(found("need.mapping_stale", needs(*transport(1, day="-731d")))) == ["info: מיפוי צרכים"]
    assert keys(found("need.mapping_stale", needs(*transport(1, day="-731d")), days=731)) == []


def test_need_mapping_stale__role_days() -> None:
    talk = needs("-1d | שיחה | ילדים | תחבורה | 4 |")
    new, settled = Settings(role_start=date(2026, 9, 24)), Settings(role_start=date(2026, 9, 23))
    assert keys(found("need.mapping_stale", talk, TODAY, new)) == []
    assert keys(found("need.mapping_stale", talk, TODAY, settled)) == ["info: מיפוי צרכים"]
    assert keys(found("need.mapping_stale", talk, TODAY, settled, role_days=61)) == []
    assert keys(found("need.mapping_stale", talk)) == []


def test_need_population_unmapped__window() -> None:
    assert keys(found("need.population_unmapped", needs(*transport(1, day="-364d")), TODAY, PLACES)) == ["info: ותיקים"]
    assert len(found("need.population_unmapped", needs(*transport(1, day="-365d")), TODAY, PLACES)) == 2
    assert len(found("need.population_unmapped", needs(*transport(1, day="-365d")), TODAY, PLACES, window=366)) == 1
