"""Every duty of the two posts has its tables, opened by its profile, and its rules."""

from fnmatch import fnmatch

import pytest

from rules.catalogue import RULES, TABLES
from rules.finding import Role
from rules.profiles import COMMUNITY, PROFILES, SUSTAINABILITY, Profile

DUTIES = {
    "community": {
        "needs": ("needs inquiries", "need.* inquiry.trend volunteer.not_contacted"),
        "vision and processes": ("processes plan goals", "process.*"),
        "the annual plan": ("goals plan budget expenses income", "plan.* goal.* budget.* expense.* income.*"),
        "classes": ("classes registrations publications", "class.* registration.*"),
        "volunteers": (
            "volunteers committees assets initiatives",
            "volunteer.* committee.* asset.* initiative.*",
        ),
        "events": ("events event_volunteers publications", "event.*"),
        "emergency": ("emergency drills youth", "emergency.*"),
        "new families": ("families followups volunteers", "family.*"),
        "welfare": ("welfare responses plan", "welfare.* response.stale privacy.*"),
        "youth": ("youth committees needs", "youth.*"),
        "channels": ("channels publications inquiries", "channel.* publication.* feedback.missing inquiry.*"),
        "role-holders": ("meetings tasks people", "meeting.* task.*"),
    },
    "sustainability": {
        "plan and budget": ("plan budget", "plan.unapproved plan.field_missing budget.*"),
        "meetings and the city": ("meetings events processes", "meeting.* event.* process.*"),
        "publications": ("channels publications", "channel.* publication.*"),
        "infrastructure": ("assets", "asset.*"),
        "trainings": ("classes registrations volunteers", "class.* class.graduates_uncontacted"),
        "initiatives": ("initiatives", "initiative.*"),
        "partnerships": ("partners committees", "partner.* forum.*"),
        "tours": ("events", "event.*"),
        "mail and letter": ("publications inquiries", "publication.weekly_answer publication.monthly_letter inquiry.*"),
        "hours": ("hours", "hours.quota"),
    },
}
LINES = [(profile, duty, *said) for profile, duties in DUTIES.items() for duty, said in duties.items()]


@pytest.mark.parametrize(("profile", "duty", "tables", "rules"), LINES, ids=[f"{one[0]}: {one[1]}" for one in LINES])
def test_every_duty_has_its_tables_and_rules(profile: str, duty: str, tables: str, rules: str) -> None:
    opened = {spec.key for spec in PROFILES[profile].tables}
    assert set(tables.split()) <= opened, duty
    for pattern in rules.split():
        found = [rule for rule in RULES if fnmatch(rule.key, pattern)]
        assert found, pattern
        assert any(set(rule.needs) <= opened for rule in found), pattern


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_profile_names_only_what_there_is(profile: Profile) -> None:
    assert profile.closed <= {spec.key for spec in TABLES}
    assert set(profile.roles) <= {rule.key for rule in RULES}
    assert {spec.key for spec in profile.tables} | profile.closed == {spec.key for spec in TABLES}


def test_references_of_opened_tables_lead_to_opened_tables() -> None:
    for profile in PROFILES.values():
        opened = {spec.key for spec in profile.tables}
        led = {column.table for spec in profile.tables for column in spec.columns if column.table}
        assert led <= opened, profile.key


def test_every_table_is_opened_by_some_profile() -> None:
    assert COMMUNITY.closed.isdisjoint(SUSTAINABILITY.closed)


@pytest.mark.parametrize(
    ("profile", "rule", "roles", "heard"),
    [
        (COMMUNITY, "plan.unapproved", [Role.SECRETARY], [Role.SECRETARY]),
        (SUSTAINABILITY, "plan.unapproved", [Role.SECRETARY], [Role.AREA_MANAGER]),
        (SUSTAINABILITY, "expense.unapproved", [Role.SECRETARY], [Role.CENTER_MANAGER, Role.AREA_MANAGER]),
        (
            SUSTAINABILITY,
            "budget.total_overrun",
            [Role.BOARD, Role.COORDINATOR, Role.SECRETARY],
            [Role.AREA_MANAGER, Role.COORDINATOR, Role.CENTER_MANAGER],
        ),
        (SUSTAINABILITY, "task.overdue", [Role.OWNER], [Role.OWNER]),
    ],
)
def test_who_hears_in_a_post(profile: Profile, rule: str, roles: list[Role], heard: list[Role]) -> None:
    assert list(profile.heard_by(rule, roles)) == heard
