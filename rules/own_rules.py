"""The person's own rules: made of what they wrote, and judged row by row within a bound."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rules.expression import Name, Node
from rules.expression_check import Scope, check_condition
from rules.expression_names import find_table
from rules.expression_parser import parse
from rules.expression_run import MAX_STEPS, Part, Run, Stopped
from rules.finding import CellRef, Finding, Role, Severity
from rules.mistake import Fault, Mistake, Wrong
from rules.mistake import Part as Cell
from rules.names import fold, without_hidden
from rules.own_message import Message, figures, read_message, wording
from rules.rule import Given, Rule
from rules.table import Book, Table, TableSpec
from rules.wording import Figure, Text, Wording

LONGEST_NAME = 100
MOST_FINDINGS = 200
"""A rule that notices more says so once, and stops there."""

ALL_STEPS = 6_000_000
"""For all of a community's own rules together: about three seconds of a pass."""

STOPPED = Wording(
    he=Text(
        'הכלל "{rule}" לא נבדק עד הסוף',
        "התנאי דורש יותר מדי חישובים בלשונית {tab}, ונעצר. מה שנמצא עד אז נאמר.",
        "לקצר את התנאי, או לצמצם את הספירה והסכום שבו בתנאי של שוויון.",
    ),
    en=Text(
        'The rule "{rule}" was not checked to the end',
        "Its condition needs too much reckoning in the tab {tab}, and was stopped. What was found until then is told.",
        "Shorten the condition, or narrow its count or sum by an equality.",
    ),
)
CROWDED = Wording(
    he=Text(
        'הכלל "{rule}" מתאים ליותר מ־{n} שורות',
        "השורות הראשונות בלשונית {tab} נאמרו, והשאר לא.",
        "לצמצם את התנאי.",
    ),
    en=Text(
        'The rule "{rule}" fits more than {n} rows',
        "The first rows in the tab {tab} are told, the others not.",
        "Narrow the condition.",
    ),
)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule a person wrote. `columns` are (table, field) of all it reads; `wording` is by a finding's variant.

    `condition` is made of `tree`, and rules of the same tree are the same.
    """

    key: str
    name: str
    spec: TableSpec
    tree: Node
    condition: Part = field(compare=False)
    columns: tuple[tuple[str, str], ...]
    message: Message
    wording: Mapping[str, Wording]
    roles: tuple[Role, ...] = (Role.COORDINATOR,)
    severity: Severity = Severity.CARE

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads, by key."""
        return tuple(sorted({self.spec.key} | {table for table, _ in self.columns}))


@dataclass(frozen=True, slots=True)
class _Judge:
    """The judge of an own rule: the same for the same rule, whenever it was compiled."""

    own: OwnRule
    steps: int

    def __call__(self, book: Book, given: Given) -> Iterator[Finding]:
        return judge_own(self.own, book, given.today, steps=self.steps)


def as_rule(own: OwnRule, *, among: int = 1) -> Rule:
    """The rule as the engine judges it, `among` so many that share ALL_STEPS."""
    judge = _Judge(own, min(MAX_STEPS, ALL_STEPS // max(among, 1)))
    names = (own.name, own.name, own.message.template, own.message.template)
    return Rule(own.key, *names, own.tables, own.roles, own.severity, own.wording, (), judge)


def compile_rule(
    name: str,
    table: str,
    condition: str,
    message: str,
    specs: Sequence[TableSpec],
    *,
    roles: tuple[Role, ...] = (Role.COORDINATOR,),
    severity: Severity = Severity.CARE,
) -> OwnRule | list[Mistake]:
    """A rule of the four cells a person filled, or all that is wrong in them. Never raises."""
    mistakes = _name_mistakes(name)
    spec = _table(table, specs)
    if isinstance(spec, Mistake):
        return [*mistakes, spec]
    tree = parse(condition)
    checked = tree if isinstance(tree, Mistake) else _condition(tree, spec, specs)
    if isinstance(checked, Mistake):
        mistakes.append(_bracketed(checked, condition, spec))
    read = read_message(message, spec)
    if isinstance(read, list):
        return mistakes + read
    if mistakes or isinstance(checked, Mistake) or isinstance(tree, Mistake):
        return mistakes
    run, used = checked
    columns = tuple(sorted(used | {(spec.key, column.field) for column in read.columns}))
    wordings = {"": wording(read), "stopped": STOPPED, "crowded": CROWDED}
    return OwnRule(key_of(name), name.strip(), spec, tree, run, columns, read, wordings, roles, severity)


def _bracketed(mistake: Mistake, condition: str, spec: TableSpec) -> Mistake:
    """The mistake, with a proposal where a column's name of several words stands without its brackets."""
    if mistake.fault is not Fault.UNEXPECTED or mistake.nearest:
        return mistake
    headers = [name for column in spec.columns for name in (column.hebrew, column.english, *column.aliases)]
    bare = [name for name in (header.removeprefix("~") for header in headers) if " " in name and name in condition]
    meant = [name for name in bare if f"[{name}]" not in condition]
    return replace(mistake, nearest=f"[{max(meant, key=len)}]") if meant else mistake


def _name_mistakes(name: str) -> list[Mistake]:
    if not fold(name):
        return [Mistake(Fault.EMPTY, 0, part=Cell.NAME)]
    if len(name) > LONGEST_NAME:
        return [Mistake(Fault.TOO_LONG, LONGEST_NAME, str(LONGEST_NAME), part=Cell.NAME)]
    return [] if without_hidden(name) == name else [Mistake(Fault.HIDDEN, 0, part=Cell.NAME)]


def _table(table: str, specs: Sequence[TableSpec]) -> TableSpec | Mistake:
    if not fold(table):
        return Mistake(Fault.EMPTY, 0, part=Cell.TABLE)
    try:
        return find_table(Name(table[:LONGEST_NAME]), specs)
    except Wrong as wrong:
        return wrong.mistake.within(Cell.TABLE)


def _condition(
    tree: Node, spec: TableSpec, specs: Sequence[TableSpec]
) -> tuple[Part, frozenset[tuple[str, str]]] | Mistake:
    scope = Scope(specs, spec)
    try:
        return check_condition(tree, scope).run, frozenset(scope.used)
    except Wrong as wrong:
        return wrong.mistake


def key_of(name: str) -> str:
    """A rule's key: the same for the same name, however it is spelt."""
    return f"own.{hashlib.sha256(fold(name).encode()).hexdigest()[:10]}"


def missing(rule: OwnRule, book: Book) -> tuple[str, ...]:
    """The tabs and columns a rule reads that are not there, by their Hebrew names; with any, it is not in use."""
    return tuple(_lacks(rule, book))


def _lacks(rule: OwnRule, book: Book) -> Iterator[str]:
    for key in rule.tables:
        if key not in book:
            yield key
    for key, name in rule.columns:
        table = book.get(key)
        if table is not None and name not in ("", "year") and not table.has(name):
            yield f"{table.spec.hebrew}: {table.spec.by_field[name].hebrew}"


def judge_own(rule: OwnRule, book: Book, today: date, *, steps: int = MAX_STEPS) -> Iterator[Finding]:
    """The rows a rule notices; nothing where a tab or a column of it is missing.

    At most MOST_FINDINGS rows and `steps` steps: beyond, one finding about the rule itself says so.
    """
    if missing(rule, book):
        return
    table = book[rule.spec.key]
    run = Run(book, today, steps)
    found = 0
    try:
        for row in range(len(table)):
            run.row = row
            if not rule.condition(run):
                continue
            if found == MOST_FINDINGS:
                yield _about_rule(rule, table, "crowded", {"n": MOST_FINDINGS})
                return
            found += 1
            yield _finding(rule, table, row)
    except Stopped:
        yield _about_rule(rule, table, "stopped", {})


def _finding(rule: OwnRule, table: Table, row: int) -> Finding:
    place = table.rows[row]
    names = [name for key, name in rule.columns if key == rule.spec.key and name in table.at]
    return Finding(
        rule=rule.key,
        table=rule.spec.key,
        key=table.key(row) or f"{table.place.title} · {place + 1}",
        row=place,
        severity=rule.severity,
        roles=rule.roles,
        figures={**figures(rule.message, table, row), **_names(rule, table)},
        cells=tuple(CellRef(table.place, place, table.at[name]) for name in names),
    )


def _about_rule(rule: OwnRule, table: Table, variant: str, more: Mapping[str, Figure]) -> Finding:
    return Finding(
        rule=rule.key,
        table=rule.spec.key,
        key=f"{rule.name} · {variant}",
        row=None,
        severity=Severity.CARE,
        roles=(Role.COORDINATOR,),
        figures={**_names(rule, table), **more},
        variant=variant,
    )


def _names(rule: OwnRule, table: Table) -> dict[str, Figure]:
    return {"rule": rule.name, "tab": without_hidden(table.place.title)}
