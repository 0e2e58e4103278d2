"""The declared tables and rules as plain values for JSON, in the order they are declared. Pure."""

from collections.abc import Iterable
from typing import Any

from rules.profiles import PROFILES, Profile
from rules.rule import Param, Rule
from rules.table import Column, TableSpec


def tables_listed(specs: Iterable[TableSpec]) -> list[dict[str, Any]]:
    """Each table: key, titles, workbook, the profiles that open it, and its columns."""
    return [_table(spec) for spec in specs]


def rules_listed(rules: Iterable[Rule], profile: Profile) -> list[dict[str, Any]]:
    """Each rule: key, names, explanations, parameters, roles in a profile, severity, and the tables it needs."""
    return [_rule(rule, profile) for rule in rules]


def _table(spec: TableSpec) -> dict[str, Any]:
    return {
        "key": spec.key,
        "hebrew": spec.hebrew,
        "aliases": list(spec.aliases),
        "workbook": spec.workbook,
        "by_year": spec.by_year,
        "profiles": [profile.key for profile in PROFILES.values() if spec.key not in profile.closed],
        "columns": [_column(column) for column in spec.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "field": column.field,
        "hebrew": column.hebrew,
        "english": column.english,
        "aliases": [alias.removeprefix("~") for alias in column.aliases],
        "kind": str(column.kind),
        "required": column.required,
        "key": column.key,
        "personal": column.personal,
        "own": column.own,
        "offered": column.offered,
        "choices": list(column.choices),
        "setting": column.setting or None,
        "reference": column.table or None,
    }


def _rule(rule: Rule, profile: Profile) -> dict[str, Any]:
    return {
        "key": rule.key,
        "hebrew": rule.hebrew,
        "english": rule.english,
        "explanation_he": rule.explanation_he,
        "explanation_en": rule.explanation_en,
        "parameters": [_param(param) for param in rule.params],
        "roles": [str(role) for role in profile.heard_by(rule.key, rule.roles)],
        "severity": rule.severity.name.lower(),
        "tables": list(rule.needs),
    }


def _param(param: Param) -> dict[str, Any]:
    return {
        "name": param.name,
        "hebrew": param.hebrew,
        "english": param.english,
        "default": param.default,
        "unit": str(param.unit),
        "minimum": param.minimum,
        "maximum": param.maximum,
    }
