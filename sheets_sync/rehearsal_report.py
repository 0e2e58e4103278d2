"""A rehearsal as plain values for JSON, and its findings in words. Pure."""

from datetime import date
from typing import Any

from rules.past import Unknown
from rules.rehearse import Day, Episode, Rehearsal
from rules.rule import Rule
from rules.wording import FSI, PDI, Language
from sheets_sync.rehearsing import Rehearsals


def rehearsal_report(found: Rehearsals, language: Language) -> dict[str, Any]:
    """The period, a line a rule, a line a rule and day on which something was; `changed` is the same as it is tried.

    `unknown` says what the tables do not tell of the past, `unused` which tables a rule misses.
    """
    holding = found.holding
    return {
        "from": holding.first.isoformat(),
        "to": holding.last.isoformat(),
        **_said(found, holding, language),
        "changed": None if found.tried is None else _said(found, found.tried, language),
        "unused": {key: list(tables) for key, tables in holding.unused.items()},
        "unknown": [_unknown(one) for one in holding.unknown],
    }


def first_days(episodes: list[Episode]) -> list[date]:
    """The days on which something was first said, each once."""
    return sorted({one.opened for one in episodes if one.opened is not None})


def title(one: Episode, rule: Rule, language: Language) -> str:
    """The finding's title, without the isolating marks."""
    finding = one.finding
    text = rule.wording[finding.variant].render(finding.figures, language).title
    return text.replace(FSI, "").replace(PDI, "")


def _said(found: Rehearsals, said: Rehearsal, language: Language) -> dict[str, Any]:
    rules = [rule for rule in found.rules if rule.key in said.rules]
    return {
        "rules": [_rule(rule, said) for rule in rules],
        "days": [_day(day) for day in said.days()],
        "findings": [_finding(one, rule, language) for rule in rules for one in said.of(rule.key)],
    }


def _rule(rule: Rule, said: Rehearsal) -> dict[str, Any]:
    episodes = said.of(rule.key)
    return {
        "rule": rule.key,
        "before": sum(one.opened is None for one in episodes),
        "opened": sum(one.opened is not None for one in episodes),
        "first_said": [day.isoformat() for day in first_days(episodes)],
        "open": sum(one.closed is None for one in episodes),
        "crashed": rule.key in said.crashed,
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "rule": day.rule,
        "day": day.day.isoformat(),
        "opened": day.opened,
        "closed": day.closed,
        "open": day.open,
        "recorded": day.recorded,
    }


def _finding(one: Episode, rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "key": one.finding.key,
        "row": one.finding.row,
        "opened": one.opened.isoformat() if one.opened else None,
        "closed": one.closed.isoformat() if one.closed else None,
        "title": title(one, rule, language),
    }


def _unknown(one: Unknown) -> dict[str, Any]:
    return {"table": one.table, "undated": list(one.undated), "newest": list(one.newest)}
