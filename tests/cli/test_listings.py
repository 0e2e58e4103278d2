"""`tables` and `rules`: all that is declared, in its order, as JSON and for people."""

import json
from typing import Any

import pytest

from rules.catalogue import RULES, TABLES
from tests.cli.conftest import Terminal

OPENED = {
    "community": ("families", "welfare", "emergency", "initiatives", "assets"),
    "sustainability": ("partners", "hours", "plan", "class_costs", "people"),
}
NOT_OPENED = {"community": ("partners", "hours"), "sustainability": ("families", "followups", "welfare", "emergency")}


def listed(terminal: Terminal, *arguments: object) -> Any:
    told = terminal(*arguments, "--json")
    assert (told.status, told.err) == (0, "")
    return json.loads(told.out)


def test_every_table_with_all_its_columns(terminal: Terminal) -> None:
    found = listed(terminal, "tables")
    assert [table["key"] for table in found] == [spec.key for spec in TABLES]
    for table, spec in zip(found, TABLES, strict=True):
        assert [column["field"] for column in table["columns"]] == [column.field for column in spec.columns]
    [budget] = [table for table in found if table["key"] == "budget"]
    assert (budget["hebrew"], budget["workbook"], budget["by_year"]) == ("תקציב", "budget", True)
    line = next(column for column in budget["columns"] if column["field"] == "line")
    assert (line["hebrew"], line["english"], line["kind"]) == ("סעיף", "line", "text")
    assert (line["required"], line["key"], line["personal"], line["own"]) == (True, True, False, False)
    assert not any(alias.startswith("~") for table in found for one in table["columns"] for alias in one["aliases"])


def test_references_choices_and_personal_columns(terminal: Terminal) -> None:
    found = {table["key"]: {one["field"]: one for one in table["columns"]} for table in listed(terminal, "tables")}
    assert found["expenses"]["line"]["reference"] == "budget"
    assert found["expenses"]["kind"]["choices"] == ["התחייבות", "תשלום"]
    assert found["registrations"]["participant"]["personal"]
    assert found["budget"]["remaining"]["own"]


@pytest.mark.parametrize("profile", OPENED)
def test_a_profile_opens_its_tables(terminal: Terminal, profile: str) -> None:
    keys = {table["key"] for table in listed(terminal, "tables", "--profile", profile)}
    assert set(OPENED[profile]) <= keys
    assert keys.isdisjoint(NOT_OPENED[profile])


def test_every_rule_with_its_parameters(terminal: Terminal) -> None:
    found = listed(terminal, "rules")
    assert [rule["key"] for rule in found] == [rule.key for rule in RULES]
    [spent] = [rule for rule in found if rule["key"] == "budget.nearly_spent"]
    assert (spent["roles"], spent["tables"], spent["severity"]) == (["coordinator"], ["budget"], "care")
    share = next(param for param in spent["parameters"] if param["default"] == 85)
    assert (share["unit"], share["minimum"] < 85 < share["maximum"]) == ("%", True)
    assert spent["hebrew"]
    assert spent["explanation_en"]


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        ("plan.unapproved", ["area_manager"]),
        ("expense.unapproved", ["center_manager", "area_manager"]),
        ("budget.total_overrun", ["center_manager", "area_manager"]),
        ("class.no_instructor", ["coordinator", "activity_coordinator"]),
    ],
)
def test_roles_of_the_sustainability_post(terminal: Terminal, rule: str, roles: list[str]) -> None:
    found = {one["key"]: one["roles"] for one in listed(terminal, "rules", "--profile", "sustainability")}
    assert found[rule] == roles


def test_for_people_in_the_terminals_language(terminal: Terminal) -> None:
    english, hebrew = terminal("rules"), terminal("rules", language="he")
    assert "A programme is not approved yet" in english.out
    assert "תוכנית שעוד לא אושרה" in hebrew.out
    assert "days = 75 ימים (0–366)" in hebrew.out
    assert "registrations · נרשמים" in terminal("tables").out
    assert "תקציב · budget" in terminal("tables", language="he").out


def test_an_unknown_profile_is_refused(terminal: Terminal) -> None:
    told = terminal("tables", "--profile", "village")
    assert told.status == 2
    assert "sustainability" in told.err
