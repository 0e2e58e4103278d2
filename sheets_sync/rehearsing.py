"""A rehearsal of a community's rules: which rules and thresholds, over which days, beside what really happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rules.catalogue import RULES
from rules.engine import Params, Verdict
from rules.lifecycle import Alert
from rules.rehearse import Rehearsal, Span, rehearse
from rules.rule import Param, Rule
from rules.table import Book
from rules.values import read_cell
from sheets_sync.config import Settings
from sheets_sync.errors import BadSettings
from sheets_sync.judging import judged
from sheets_sync.look import Picture
from sheets_sync.settings_words import unknown
from sheets_sync.tabs.service_tabs import RULES_TAB

USUAL_DAYS, MOST_DAYS = 90, 366


@dataclass(frozen=True)
class Rehearsals:
    """What would have been said with the thresholds that hold, and, where others are tried, with those."""

    rules: tuple[Rule, ...]
    holding: Rehearsal
    tried: Rehearsal | None = None


def rehearsals(
    picture: Picture,
    settings: Settings,
    alerts: Iterable[Alert],
    period: tuple[date, date],
    today: date,
    rule: Rule | None = None,
    changed: Mapping[str, int] | None = None,
) -> Rehearsals:
    """Rehearse the rules in use, or one of any; `changed` are the one's thresholds to try, in its units."""
    chosen = [each for each in (picture.choices.rules if rule is None else (rule,)) if each.needs]
    recorded = _spans(alerts)
    holds = picture.choices.params

    def over(params: Params) -> Rehearsal:
        def judge(book: Book, day: date) -> Verdict:
            return judged(chosen, book, settings, params, day, picture.restricted)

        return rehearse(judge, chosen, picture.book, period, today, recorded)

    tried = None
    if rule is not None and changed:
        tried = over({**holds, rule.key: {**holds.get(rule.key, {}), **changed}})
    return Rehearsals(tuple(chosen), over(holds), tried)


def period_of(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The days that are rehearsed, both counted: the last 90 where nothing is said.

    Raises BadSettings for days that are still to come, that are the wrong way round, or too many.
    """
    last = last or today
    first = first or last - timedelta(days=USUAL_DAYS - 1)
    if last > today:
        raise BadSettings(f"--to הוא אחרי היום, {today}", f"--to is after today, {today}")
    if first > last:
        raise BadSettings(f"--from ({first}) הוא אחרי --to ({last})", f"--from ({first}) is after --to ({last})")
    if (last - first).days >= MOST_DAYS:
        raise BadSettings(
            f"אפשר עד {MOST_DAYS} ימים, ונבחרו {(last - first).days + 1}",
            f"At most {MOST_DAYS} days can be rehearsed, not {(last - first).days + 1}",
        )
    return first, last


def rule_named(key: str, rules: Sequence[Rule] = RULES) -> Rule:
    """The rule with a key. Raises BadSettings, with the nearest key, or because no table tells of the rule's past."""
    by_key = {rule.key: rule for rule in rules}
    if key not in by_key:
        raise unknown(Path("--rule"), "rules", key, by_key)
    if not by_key[key].needs:
        raise BadSettings(
            f"הכלל {key} לא נשען על טבלאות, ואין בהן ימים לחזור עליהם",
            f"The rule {key} rests on no table, and no table tells of its past days",
        )
    return by_key[key]


def thresholds(rule: Rule | None, given: Sequence[str]) -> dict[str, int]:
    """`PARAM=VALUE`s as a rule's thresholds, read and bounded as in the tab `rules`. Raises BadSettings."""
    if not given:
        return {}
    if rule is None:
        raise BadSettings(
            "עם --set צריך גם --rule: הכלל שהסף שלו", "--set needs --rule: the rule whose threshold it is"
        )
    params = {param.name: param for param in rule.params}
    found = {}
    for one in given:
        name, equals, text = (part.strip() for part in one.partition("="))
        if not equals:
            raise BadSettings(f"--set נכתב כך: PARAM=VALUE, ונכתב {one}", f"--set is written as PARAM=VALUE, not {one}")
        if name not in params:
            raise unknown(Path("--set"), f"rules.{rule.key}", name, params)
        found[name] = _threshold(params[name], text)
    return found


def _threshold(param: Param, text: str) -> int:
    value, _ = read_cell(RULES_TAB.by_field["threshold"], text)
    if not isinstance(value, int) or not param.minimum <= value <= param.maximum:
        low, high = f"{param.minimum:,}", f"{param.maximum:,}"
        raise BadSettings(
            f"--set {param.name}: צריך מספר שלם מ־{low} עד {high} ({param.unit.hebrew}), ונכתב {text}",
            f"--set {param.name}: a whole number from {low} to {high} ({param.unit}) is needed, not {text}",
        )
    return value


def _spans(alerts: Iterable[Alert]) -> dict[str, tuple[Span, ...]]:
    """By rule, from when to when alerts were really open."""
    spans: dict[str, list[Span]] = {}
    for alert in alerts:
        spans.setdefault(alert.rule, []).append((alert.opened.date(), alert.closed.date() if alert.closed else None))
    return {rule: tuple(found) for rule, found in spans.items()}
