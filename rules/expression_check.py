"""A tree over the tables: its columns found, its types checked, and what can be run made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from rules.choices import read_choice
from rules.expression import (
    USAGE,
    Between,
    Binary,
    Call,
    Every,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Some,
    Today,
    Type,
)
from rules.expression_names import find_column, find_table, type_of
from rules.expression_other import Other, match_rows
from rules.expression_parser import nearest
from rules.expression_run import (
    ARITHMETIC,
    ORDER,
    Part,
    Run,
    Value,
    contains,
    counted,
    different,
    equal,
    plain,
    rounded,
)
from rules.mistake import Fault, Wrong
from rules.names import fold
from rules.table import Column, Kind, TableSpec


@dataclass(frozen=True)
class Scope:
    """Where a node stands: the rule's table, the other table inside a count or a sum, and what was used so far."""

    specs: Sequence[TableSpec]
    home: TableSpec
    other: TableSpec | None = None
    used: set[tuple[str, str]] = field(default_factory=set)
    """(table, field) of every column named; the field is '' for a table that is only counted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A node that can be run, with its type; `column` where it is one."""

    type: Type
    run: Part
    column: Column | None = None


def check_condition(node: Node, scope: Scope) -> Checked:
    """A condition: a node that is yes or no. Raises Wrong."""
    checked = check(node, scope)
    if checked.type is not Type.BOOL:
        raise Wrong(Fault.CONDITION, node.at, checked.type.hebrew, found_en=checked.type)
    return checked


def check(node: Node, scope: Scope) -> Checked:
    """Any node. Raises Wrong."""
    checked = _CHECKS[type(node)](node, scope)
    return replace(checked, run=counted(checked.run))


def _literal(node: Literal, scope: Scope) -> Checked:
    value: Value = Fraction(node.value) if isinstance(node.value, Decimal) else node.value
    if isinstance(value, str) and not fold(value):
        raise Wrong(Fault.BLANK_TEXT, node.at)
    return Checked(node.type, lambda run: value)


def _today(node: Today, scope: Scope) -> Checked:
    return Checked(Type.DATE, lambda run: run.today)


def _name(node: Name, scope: Scope) -> Checked:
    elsewhere = scope.other is not None and not node.of_row
    spec = scope.other if scope.other is not None and elsewhere else scope.home
    column = find_column(node, spec)
    table, name, kind = spec.key, column.field, type_of(column)
    scope.used.add((table, name))

    def of_row(run: Run) -> Value:
        return plain(run.book[table][name][run.row], kind)

    def of_other(run: Run) -> Value:
        return plain(run.book[table][name][run.other], kind)

    return Checked(kind, of_other if elsewhere else of_row, column)


def _negative(node: Negative, scope: Scope) -> Checked:
    of = check(node.of, scope)
    if of.type not in (Type.NUMBER, Type.MONEY):
        raise _unlike(node, "-", of)

    def run(state: Run) -> Value:
        value = of.run(state)
        return None if value is None else -value

    return Checked(of.type, run)


def _not(node: Not, scope: Scope) -> Checked:
    of = check_condition(node.of, scope)
    return Checked(Type.BOOL, lambda run: not of.run(run))


def _every(node: Every, scope: Scope) -> Checked:
    parts = [check_condition(part, scope).run for part in node.parts]
    return Checked(Type.BOOL, lambda run: all(part(run) for part in parts))


def _some(node: Some, scope: Scope) -> Checked:
    parts = [check_condition(part, scope).run for part in node.parts]
    return Checked(Type.BOOL, lambda run: any(part(run) for part in parts))


def _binary(node: Binary, scope: Scope) -> Checked:
    left, right = check(node.left, scope), check(node.right, scope)
    if node.sign == "contains":
        return _contains(node, left, right)
    if node.sign in ARITHMETIC:
        return _arithmetic(node, left, right)
    if right.type is Type.EMPTY:
        return _empty(node, left, scope)
    if Type.LIST in (left.type, right.type):
        raise Wrong(Fault.LIST, node.at)
    left, right = _alike(node, left, right)
    if node.sign in ORDER:
        return _ordered(node, left, right)
    right = _choice(node.right, left, right)
    left = _choice(node.left, right, left)
    same = equal if node.sign == "=" else different
    return Checked(Type.BOOL, lambda run: same(left.run(run), right.run(run), run))


def _contains(node: Binary, left: Checked, right: Checked) -> Checked:
    if left.type not in (Type.TEXT, Type.LIST) or right.type is not Type.TEXT:
        raise _unlike(node, "contains", left, right)
    return Checked(Type.BOOL, lambda run: contains(left.run(run), right.run(run), run))


def _empty(node: Binary, left: Checked, scope: Scope) -> Checked:
    """Whether a value is empty; of a yes-or-no column, whether its cell is."""
    value = left.run
    if left.column is not None and isinstance(node.left, Name):
        elsewhere = scope.other is not None and not node.left.of_row
        table = scope.other.key if scope.other is not None and elsewhere else scope.home.key
        name = left.column.field

        def value(run: Run) -> Value:
            return run.book[table][name][run.other if elsewhere else run.row]

    wanted = node.sign == "="
    return Checked(Type.BOOL, lambda run: (value(run) in (None, "", ())) is wanted)


def _ordered(node: Binary, left: Checked, right: Checked) -> Checked:
    if left.type not in (Type.NUMBER, Type.MONEY, Type.DATE):
        raise _unlike(node, node.sign, left, right)
    holds = ORDER[node.sign]

    def run(state: Run) -> bool:
        one, two = left.run(state), right.run(state)
        return one is not None and two is not None and holds(one, two)

    return Checked(Type.BOOL, run)


def _between(node: Between, scope: Scope) -> Checked:
    low = check(Binary(">=", node.of, node.least, at=node.at), scope)
    high = check(Binary("<=", node.of, node.most, at=node.at), scope)
    return Checked(Type.BOOL, lambda run: low.run(run) and high.run(run))


RESULTS: Mapping[tuple[str, Type, Type], Type] = {
    **{(sign, kind, kind): kind for sign in "+-" for kind in (Type.NUMBER, Type.MONEY)},
    ("+", Type.DATE, Type.NUMBER): Type.DATE,
    ("+", Type.NUMBER, Type.DATE): Type.DATE,
    ("-", Type.DATE, Type.NUMBER): Type.DATE,
    ("-", Type.DATE, Type.DATE): Type.NUMBER,
    ("*", Type.NUMBER, Type.NUMBER): Type.NUMBER,
    ("*", Type.MONEY, Type.NUMBER): Type.MONEY,
    ("*", Type.NUMBER, Type.MONEY): Type.MONEY,
    ("/", Type.NUMBER, Type.NUMBER): Type.NUMBER,
    ("/", Type.MONEY, Type.NUMBER): Type.MONEY,
    ("/", Type.MONEY, Type.MONEY): Type.NUMBER,
}
"""What comes of two types; what is not here cannot be reckoned."""


def _arithmetic(node: Binary, left: Checked, right: Checked) -> Checked:
    if node.sign in "+-":
        left, right = _as_money(node.left, left, right), _as_money(node.right, right, left)
    result = RESULTS.get((node.sign, left.type, right.type))
    if result is None:
        raise _unlike(node, node.sign, left, right)
    reckon = ARITHMETIC[node.sign]

    def run(state: Run) -> Value:
        one, two = left.run(state), right.run(state)
        return None if one is None or two is None else reckon(one, two)

    return Checked(result, run)


def _alike(node: Binary, left: Checked, right: Checked) -> tuple[Checked, Checked]:
    """Two sides of one type; a plain number beside money is an amount of shekels."""
    left, right = _as_money(node.left, left, right), _as_money(node.right, right, left)
    if left.type is not right.type:
        raise _unlike(node, node.sign, left, right)
    return left, right


def _as_money(node: Node, side: Checked, beside: Checked) -> Checked:
    written = node.of if isinstance(node, Negative) else node
    if not isinstance(written, Literal) or side.type is not Type.NUMBER or beside.type is not Type.MONEY:
        return side
    return Checked(Type.MONEY, lambda run: side.run(run) * 100)


def _choice(node: Node, beside: Checked, side: Checked) -> Checked:
    """A text compared with a column of choices must be one of them."""
    column = beside.column
    if not isinstance(node, Literal) or column is None or column.kind is not Kind.CHOICE or not column.choices:
        return side
    chosen, _ = read_choice(column, str(node.value))
    if chosen is None:
        raise Wrong(Fault.CHOICE, node.at, str(node.value)[:40], nearest(str(node.value), column.choices))
    return replace(side, run=lambda run: chosen)


def _unlike(node: Node, sign: str, *sides: Checked) -> Wrong:
    hebrew = "מכיל" if sign == "contains" else sign
    if len(sides) == 1:
        return Wrong(Fault.TYPES, node.at, f"{sign}{sides[0].type.hebrew}", found_en=f"{sign}{sides[0].type}")
    found_en = f" {sign} ".join(side.type for side in sides)
    return Wrong(Fault.TYPES, node.at, f" {hebrew} ".join(side.type.hebrew for side in sides), found_en=found_en)


def _call(node: Call, scope: Scope) -> Checked:
    if node.function in ("count", "sum"):
        return _of_other(node, scope)
    if len(node.arguments) != 1:
        raise _usage(node)
    of = check(node.arguments[0], scope)
    takes, gives, work = SIMPLE[node.function]
    if of.type not in takes:
        raise _usage(node)

    def run(state: Run) -> Value:
        value = of.run(state)
        return None if value is None else work(value, state, of.type)

    return Checked(gives or of.type, run)


Work = Callable[[Value, Run, Type], Value]
SIMPLE: Mapping[str, tuple[tuple[Type, ...], Type | None, Work]] = {
    "days_since": ((Type.DATE,), Type.NUMBER, lambda value, run, kind: (run.today - value).days),
    "days_until": ((Type.DATE,), Type.NUMBER, lambda value, run, kind: (value - run.today).days),
    "year": ((Type.DATE,), Type.NUMBER, lambda value, run, kind: value.year),
    "month": ((Type.DATE,), Type.NUMBER, lambda value, run, kind: value.month),
    "length": ((Type.TEXT, Type.LIST), Type.NUMBER, lambda value, run, kind: len(value)),
    "round": (
        (Type.NUMBER, Type.MONEY),
        None,
        lambda value, run, kind: rounded(value, 100 if kind is Type.MONEY else 1),
    ),
}
"""Functions of one value: what they take, what they give (None: the same) and what they do."""


def _of_other(node: Call, scope: Scope) -> Checked:
    """A count or a sum over the rows of another table that meet a condition."""
    names = 1 if node.function == "count" else 2
    table = node.arguments[0] if node.arguments else None
    if len(node.arguments) not in (names, names + 1) or not isinstance(table, Name) or table.of_row:
        raise _usage(node)
    if scope.other is not None:
        raise Wrong(Fault.NESTED, node.at)
    inner = replace(scope, other=find_table(table, scope.specs))
    assert inner.other is not None
    scope.used.add((inner.other.key, ""))
    condition = node.arguments[names] if len(node.arguments) > names else None
    rows = match_rows(_other(inner.other.key, condition, inner))
    if names == 1:
        return Checked(Type.NUMBER, lambda run: sum(1 for _ in rows(run)))
    summed = check(node.arguments[1], inner)
    if summed.column is None or summed.type not in (Type.NUMBER, Type.MONEY):
        raise _usage(node)
    return Checked(summed.type, lambda run: sum(summed.run(run) or 0 for _ in rows(run)))


def _other(table: str, condition: Node | None, scope: Scope) -> Other:
    """A condition over another table: equalities of its columns with the rule's row, and the rest."""
    parts = condition.parts if isinstance(condition, Every) else (condition,) if condition else ()
    theirs: list[Part] = []
    ours: list[Part] = []
    rest: list[Part] = []
    for part in parts:
        checked = check_condition(part, scope)
        sides = _sides(part)
        if sides is None:
            rest.append(checked.run)
            continue
        there, here = sides
        assert isinstance(part, Binary)
        one, two = _alike(part, check(there, scope), check(here, scope))
        theirs.append(one.run)
        ours.append(_choice(here, one, two).run)
    return Other(table, tuple(theirs), tuple(ours), tuple(rest))


def _sides(part: Node) -> tuple[Node, Node] | None:
    """(a column of the other table, what it must equal and does not hang on that table), or None."""
    if not isinstance(part, Binary) or part.sign != "=":
        return None
    for there, here in ((part.left, part.right), (part.right, part.left)):
        fixed = isinstance(here, Literal | Today) or (isinstance(here, Name) and here.of_row)
        empty = isinstance(here, Literal) and here.type is Type.EMPTY
        if isinstance(there, Name) and not there.of_row and fixed and not empty:
            return there, here
    return None


def _usage(node: Call) -> Wrong:
    hebrew, english = USAGE[node.function]
    return Wrong(Fault.ARGUMENTS, node.at, hebrew, found_en=english)


_CHECKS: Mapping[type[Node], Callable[..., Checked]] = {
    Literal: _literal,
    Today: _today,
    Name: _name,
    Negative: _negative,
    Not: _not,
    Every: _every,
    Some: _some,
    Binary: _binary,
    Between: _between,
    Call: _call,
}
