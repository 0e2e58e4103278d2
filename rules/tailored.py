"""Tables as a community has them: columns whose choices are the settings' own lists, with those lists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from rules.table import TableSpec

Lists: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a setting and its list."""


def lists(by_setting: Mapping[str, Sequence[str]]) -> Lists:
    """The lists that hold anything, as `tailored` takes them."""
    return tuple((name, tuple(given)) for name, given in by_setting.items() if given)


@lru_cache(maxsize=1024)
def tailored(spec: TableSpec, given: Lists) -> TableSpec:
    """The table with the lists as its columns' choices; itself where no list is its own.

    The same for the same lists: what is remembered of a table's headers stays good from pass to pass.
    """
    known = dict(given)
    if not any(column.setting in known for column in spec.columns):
        return spec
    columns = (replace(one, choices=known.get(one.setting, one.choices)) for one in spec.columns)
    return replace(spec, columns=tuple(columns))
