"""How many findings each row of the tab `rules` makes as it stands, and with its default. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.engine import Params
from rules.rule import Rule
from sheets_sync.config import Settings
from sheets_sync.judging import judged
from sheets_sync.look import Picture
from sheets_sync.tabs.rule_choices import RuleRow, rule_rows


@dataclass(frozen=True, slots=True)
class Tried:
    """Findings now with the threshold that stands in a row, `usual` with its default; None where the two are one."""

    holding: int
    usual: int | None = None


def tried(picture: Picture, settings: Settings, today: date) -> dict[str, Tried]:
    """What each row makes, by row id: of rules in use, and of those turned off as if they were on.

    A rule that cannot run now (a tab of its is missing or not read), or that rests on no table, makes nothing.
    """
    choices = picture.choices
    on = {rule.key for rule in choices.rules}
    off = {row.rule.key: row.rule for row in rule_rows() if row.rule.key not in on}
    counts = _counts(off.values(), picture, settings, choices.params, today)
    found = Counter(finding.rule for finding in picture.verdict.findings)
    counts |= {key: found[key] for key in on & picture.verdict.ran}
    made = {}
    for row in rule_rows():
        key = row.rule.key
        if key in counts and row.rule.needs:
            made[row.id] = Tried(counts[key], _usual(row, picture, settings, today))
    return made


def _usual(row: RuleRow, picture: Picture, settings: Settings, today: date) -> int | None:
    """The findings with the row's default, the rule's other thresholds as they stand; None where it stands itself."""
    params, param = picture.choices.params, row.param
    if param is None or picture.choices.threshold(row) == param.default:
        return None
    others = {**params.get(row.rule.key, {}), param.name: param.default}
    return _counts([row.rule], picture, settings, {row.rule.key: others}, today).get(row.rule.key)


def _counts(rules: Iterable[Rule], picture: Picture, settings: Settings, params: Params, today: date) -> dict[str, int]:
    """The number of findings of each rule that can run."""
    chosen = [rule for rule in rules if rule.needs]
    verdict = judged(chosen, picture.book, settings, params, today, picture.restricted)
    found = Counter(finding.rule for finding in verdict.findings)
    return {rule.key: found[rule.key] for rule in chosen if rule.key in verdict.ran}
