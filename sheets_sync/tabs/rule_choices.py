"""What people chose in the tab `rules` (כללי התראה), and what therefore holds for each rule. Pure.

What a person changed in the tab goes before the settings file, and the settings file before the rule's own. A cell
counts from when it is another than the service first wrote in it; one that cannot be read is marked, and does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from rules.catalogue import RULES
from rules.cell import Trouble
from rules.checks import bounds
from rules.dates import read_date
from rules.finding import Finding, Problem, ProblemKind, Role, Severity
from rules.rule import Param, Rule
from rules.table import Cell, Place
from rules.values import read_cell
from sheets_sync.config import Settings
from sheets_sync.tabs.service_tabs import RULES_TAB, KeyedTab
from sheets_sync.tabs.threshold_units import EXPECTED, is_of_another

PERSONS = ("on", "threshold", "roles", "urgency")
"""The fields of the person's columns."""
Cells: TypeAlias = tuple[Cell, Cell, Cell, Cell]
"""The cells of PERSONS in a row; None for an empty one."""

ROLES = {role.hebrew: role for role in Role}
SEVERITIES = {severity.hebrew: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Line:
    """A row's person cells: as the service first wrote them, as they last stood, and the day they last changed."""

    first: Cells
    last: Cells
    changed: date | None = None


Lines: TypeAlias = Mapping[str, Line]
"""By row id; remembered from pass to pass."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of the tab: a rule and one of its parameters, None for a rule without any."""

    id: str
    rule: Rule
    param: Param | None


@dataclass(frozen=True)
class Choices:
    """What holds: the rules in use, their changed thresholds (in the declared unit), the chosen roles and severities.

    Roles that only the settings file or the profile gives stand in the findings already (`judging`).
    `lines` are to be remembered if `is_news`; `problems` are of the tab's cells.
    """

    lines: Lines
    is_news: bool
    rules: tuple[Rule, ...]
    params: Mapping[str, Mapping[str, int]]
    roles: Mapping[str, tuple[Role, ...]]
    severities: Mapping[str, Severity]
    problems: tuple[Problem, ...] = ()

    def applied(self, finding: Finding) -> Finding:
        """The finding, to the roles and as pressing as chosen for its rule."""
        roles = self.roles.get(finding.rule, finding.roles)
        return replace(finding, roles=roles, severity=self.severities.get(finding.rule, finding.severity))

    def threshold(self, row: RuleRow) -> int | None:
        """The threshold that holds in a row, None where it has none."""
        if row.param is None:
            return None
        return self.params.get(row.rule.key, {}).get(row.param.name, row.param.default)


def rule_rows(rules: Iterable[Rule] = RULES) -> Iterator[RuleRow]:
    """The tab's rows in the catalogue's order: one a parameter, one for a rule without."""
    for rule in rules:
        if not rule.params:
            yield RuleRow(rule.key, rule, None)
        for param in rule.params:
            yield RuleRow(f"{rule.key}:{param.name}", rule, param)


def usual_cells(settings: Settings) -> dict[str, dict[str, Cell]]:
    """What a new row has in the person's columns, by id and field: what holds by the settings file."""
    on, params = {rule.key for rule in settings.rules_in_use()}, settings.changed_params()
    return {row.id: _usual(row, settings, row.rule.key in on, params.get(row.rule.key, {})) for row in rule_rows()}


def choose(settings: Settings, there: KeyedTab | None, place: Place | None, known: Lines, today: date) -> Choices:
    """What holds, by the tab as it stands; `there` is None where it is not there yet.

    A tab whose rows cannot be told apart says nothing new: what is `known` holds.
    """
    if there is not None and not there.is_whole:
        return remembered(settings, known)
    lines = {id: _line(id, there, tuple(cells.values()), known, today) for id, cells in usual_cells(settings).items()}
    chosen = _chosen(lines)
    problems = [] if there is None or place is None else [*_problems(chosen, there, place)]
    return replace(_holding(settings, lines, chosen), is_news=lines != known, problems=tuple(problems))


def remembered(settings: Settings, known: Lines) -> Choices:
    """What holds while the tab cannot be read: what stood in it last."""
    return _holding(settings, known, _chosen(known))


def _usual(row: RuleRow, settings: Settings, on: bool, params: Mapping[str, int]) -> dict[str, Cell]:
    roles, he = settings.heard_by(row.rule.key, row.rule.roles), settings.community.language == "he"
    return {
        "on": on,
        "threshold": params.get(row.param.name, row.param.default) if row.param else None,
        "roles": ", ".join(role.hebrew if he else role.english for role in roles) or None,
        "urgency": None,
    }


def _line(id: str, there: KeyedTab | None, usual: Any, known: Lines, today: date) -> Line:
    """A new row begins as usual; one that nothing is remembered of is compared with that.

    What stood in a column that is gone holds: the column comes back with it.
    """
    if there is None or id not in there.rows:
        return Line(usual, usual)
    line = known.get(id)
    held = line.last if line else usual
    on, threshold, roles, urgency = (
        _plain(there.cell(id, name)) if name in there.at else stood for name, stood in zip(PERSONS, held, strict=True)
    )
    cells = (on, threshold, roles, urgency)
    if line is None:
        return Line(usual, cells, read_date(there.cell(id, "changed"))[0])
    return line if _alike(cells, line.last) else Line(line.first, cells, today)


def _plain(cell: Cell) -> Cell:
    return None if cell == "" else cell


def _alike(cells: Cells, others: Cells) -> bool:
    return all(isinstance(a, bool) == isinstance(b, bool) and a == b for a, b in zip(cells, others, strict=True))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A row and what the person changed in it: by field the cell, its value and what is to say of it."""

    row: RuleRow
    cells: Mapping[str, Cell]
    values: Mapping[str, Any]
    troubles: Mapping[str, Trouble] = field(default_factory=dict)


def _chosen(lines: Lines) -> list[_Chosen]:
    return [_read(row, lines[row.id]) for row in rule_rows() if row.id in lines]


def _read(row: RuleRow, line: Line) -> _Chosen:
    pairs = zip(PERSONS, line.first, line.last, strict=True)
    cells = {name: last for name, first, last in pairs if last is not None and not _same(first, last)}
    values, troubles = {}, {}
    for name, cell in cells.items():
        value, trouble = _value(row, name, cell)
        if value is not None:
            values[name] = value
        if trouble is not None:
            troubles[name] = trouble
    return _Chosen(row, cells, values, troubles)


def _same(one: Cell, other: Cell) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _value(row: RuleRow, name: str, cell: Cell) -> tuple[Any, Trouble | None]:
    column = RULES_TAB.by_field[name]
    if name != "threshold":
        return read_cell(column, cell)
    if row.param is None:
        return None, None
    if isinstance(cell, str) and is_of_another(cell, row.param.unit):
        return None, Trouble(ProblemKind.TYPE, hint=EXPECTED[row.param.unit])
    value, trouble = read_cell(column, cell)
    if value is None or row.param.minimum <= value <= row.param.maximum:
        return value, trouble
    within = replace(column, minimum=row.param.minimum, maximum=row.param.maximum)
    return None, Trouble(ProblemKind.RANGE, hint=bounds(within))


def _problems(chosen: Iterable[_Chosen], there: KeyedTab, place: Place) -> Iterator[Problem]:
    for one in chosen:
        for name, said in one.troubles.items():
            if name not in there.at:
                continue
            where = (place, there.rows[one.row.id], there.at[name])
            worded = said.hint in EXPECTED.values()
            yield Problem(RULES_TAB.key, *where, name, said.kind, one.cells[name], said.proposal, said.hint, worded)


def _holding(settings: Settings, lines: Lines, chosen: Iterable[_Chosen]) -> Choices:
    """Of several rows of one rule the first with a choice decides; a threshold is its own row's."""
    on = {rule.key: True for rule in settings.rules_in_use()}
    params = {key: dict(values) for key, values in settings.changed_params().items()}
    roles: dict[str, tuple[Role, ...]] = {}
    severities: dict[str, Severity] = {}
    for one in reversed([*chosen]):
        key, values = one.row.rule.key, one.values
        on[key] = values.get("on", on.get(key, False))
        if one.row.param and "threshold" in values:
            params.setdefault(key, {})[one.row.param.name] = values["threshold"]
        if "roles" in values:
            roles[key] = tuple(ROLES[name] for name in values["roles"])
        if "urgency" in values:
            severities[key] = SEVERITIES[values["urgency"]]
    in_use = tuple(rule for rule in RULES if on.get(rule.key))
    return Choices(lines, False, in_use, params, roles, severities)
