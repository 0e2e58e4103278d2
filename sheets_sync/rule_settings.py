"""What a settings file may say of a rule: whether it is on, whom it tells, and its thresholds within their bounds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rules.catalogue import RULES
from rules.finding import Role
from rules.rule import Param
from sheets_sync.errors import BadSettings
from sheets_sync.settings_words import unknown

RULES_BY_KEY = {rule.key: rule for rule in RULES}
OWN = ("on", "roles")
"""What may be set of every rule; all else is a parameter of that rule."""


def check_rule(path: Path, key: str, change: Mapping[str, Any]) -> None:
    """Raises BadSettings that names the place for what the rule does not know or cannot be."""
    if key not in RULES_BY_KEY:
        raise unknown(path, "rules", key, RULES_BY_KEY)
    params = {param.name: param for param in RULES_BY_KEY[key].params}
    for name, value in change.items():
        where = f"rules.{key}.{name}"
        if name == "on":
            _check_on(path, where, value)
        elif name == "roles":
            _check_roles(path, where, value)
        elif name in params:
            _check_threshold(path, where, params[name], value)
        else:
            raise unknown(path, f"rules.{key}", name, [*OWN, *params])


def _check_on(path: Path, where: str, value: object) -> None:
    if not isinstance(value, bool):
        raise BadSettings(
            f"{path}: {where} צריך להיות true או false, ונכתב {value!r}",
            f"{path}: {where} must be true or false, not {value!r}",
        )


def _check_roles(path: Path, where: str, value: object) -> None:
    if not isinstance(value, list):
        raise BadSettings(
            f'{path}: {where} צריך להיות רשימה, כמו ["coordinator"]',
            f'{path}: {where} must be a list, such as ["coordinator"]',
        )
    for role in value:
        if role not in tuple(Role):
            raise unknown(path, where, str(role), [str(one) for one in Role])


def _check_threshold(path: Path, where: str, param: Param, value: object) -> None:
    if type(value) is not int or not param.minimum <= value <= param.maximum:  # a bool is no number here
        low, high = param.minimum, param.maximum
        raise BadSettings(
            f"{path}: {where} צריך להיות מספר שלם בין {low} ל־{high}, ונכתב {value!r}",
            f"{path}: {where} must be a whole number from {low} to {high}, not {value!r}",
        )
