"""Which column or table a word in a person's rule means, and what its values are."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rules.expression import Name, Type
from rules.expression_parser import nearest
from rules.mistake import Fault, Wrong
from rules.names import fold, gender_forms
from rules.table import Column, Kind, TableSpec

TYPES: Mapping[Kind, Type] = {
    Kind.INT: Type.NUMBER,
    Kind.PERCENT: Type.NUMBER,
    Kind.MONEY: Type.MONEY,
    Kind.DATE: Type.DATE,
    Kind.DATETIME: Type.DATE,
    Kind.BOOL: Type.BOOL,
    Kind.MULTI: Type.LIST,
}
"""What values of a kind are; of all other kinds, texts."""


def type_of(column: Column) -> Type:
    """What a column's values are. A table's year is a number, whatever its header holds."""
    return Type.NUMBER if column.field == "year" else TYPES.get(column.kind, Type.TEXT)


def find_table(word: Name, specs: Sequence[TableSpec]) -> TableSpec:
    """The table of a name, by its key, its tab's name or an alias. Raises Wrong."""
    wanted = fold(word.text)
    for names in (_own_names, _all_names):
        found = [spec for spec in specs if wanted in names(spec)]
        if len(found) == 1:
            return found[0]
    offered = [name for spec in specs for name in (spec.hebrew, *spec.aliases)]
    raise Wrong(Fault.TABLE, word.at, word.text[:40], nearest(word.text, offered))


def _own_names(spec: TableSpec) -> Iterable[str]:
    return {fold(spec.key), fold(spec.hebrew)}


def _all_names(spec: TableSpec) -> Iterable[str]:
    return {fold(name) for name in (spec.key, spec.hebrew, *spec.aliases)}


def find_column(word: Name, spec: TableSpec) -> Column:
    """The column of a name, by its header in Hebrew or English, then by an alias. Raises Wrong."""
    wanted = fold(word.text)
    for names in _columns(spec):
        found = names.get(wanted, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise Wrong(Fault.AMBIGUOUS, word.at, word.text[:40])
    offered = [name.removeprefix("~") for column in spec.columns for name in (column.hebrew, *column.aliases)]
    raise Wrong(Fault.COLUMN, word.at, word.text[:40], nearest(word.text, offered))


@lru_cache(maxsize=256)
def _columns(spec: TableSpec) -> tuple[Mapping[str, tuple[Column, ...]], ...]:
    """The columns by their headers, and by every other name they have; a name may be of several."""
    headers: dict[str, tuple[Column, ...]] = {}
    others: dict[str, tuple[Column, ...]] = {}
    for column in spec.columns:
        for name in {fold(each) for each in (column.hebrew, column.field, column.english)}:
            headers[name] = (*headers.get(name, ()), column)
        more = (form for alias in (column.hebrew, *column.aliases) for form in (alias, *gender_forms(alias)))
        for name in {fold(each.removeprefix("~")) for each in more}:
            others[name] = (*others.get(name, ()), column)
    return headers, others
