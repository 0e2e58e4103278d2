"""Which committees, classes and neighbourhoods a finding is about. Pure."""

from rules.finding import Finding
from rules.names import fold_set
from rules.table import Book

KEYED = {"committees": ("name",), "classes": ("name", "group"), "class_costs": ("name",)}
"""Tables whose rows are such a thing themselves, and the fields of their names."""

NAMING = ("committee", "committees", "class_name", "neighbourhood")
"""Fields of other tables that name one."""


def about(finding: Finding, book: Book) -> frozenset[str]:
    """The names, folded, in the row that a finding points at; none for a finding about a whole."""
    table = book.get(finding.table)
    if table is None or finding.row is None or finding.row not in table.rows:
        return frozenset()
    index = table.rows.index(finding.row)
    own = [table[name][index] for name in KEYED.get(table.spec.key, ())]
    named = [table[name][index] for name in NAMING if name in table.columns]
    return fold_set(_texts([*own, ", ".join(str(one) for one in own if one), *named]))


def _texts(values: list[object]) -> list[str]:
    """The texts among values, those of lists one by one."""
    return [str(one) for value in values for one in (value if isinstance(value, tuple | list) else (value,)) if one]
