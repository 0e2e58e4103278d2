"""What a header may mean: the fields of a table that its words can claim, and by what."""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz import fuzz, process

from rules.header_words import HeaderText, header_forms, same_words
from rules.names import fold, split_year
from rules.table import Column, TableSpec

NEAR = 75
NEGATIONS = frozenset({"לפני", "ללא", "בלי", "לא"})
"""Words that turn a header into another one: `סכום לפני מע"מ` is not `סכום`."""

PREFIXES = "הלבמשו"


class Rank(IntEnum):
    """By what a header claims a field; a greater rank is served first."""

    WORDS = 1
    GENERIC = 2
    FORM = 3
    ALIAS = 4
    DECLARED = 5


Claims: TypeAlias = Mapping[str, Mapping[str, Rank]]
"""Normal form of a header → the fields that it may be, and by what."""


@lru_cache(maxsize=256)
def claims(spec: TableSpec) -> Claims:
    """The forms under which a table's columns are known."""
    known: dict[str, dict[str, Rank]] = {}
    for column in spec.columns:
        for text, rank in _names(column):
            others = dict.fromkeys(header_forms(text), min(rank, Rank.FORM))
            for form, by in {**others, fold(text): rank}.items():
                fields = known.setdefault(form, {})
                fields[column.field] = max(by, fields.get(column.field, by))
    return known


def _names(column: Column) -> Iterator[tuple[str, Rank]]:
    """A column's names; an alias with a year in it is left out, since years are read from the header."""
    yield column.hebrew, Rank.DECLARED
    yield column.english, Rank.DECLARED
    for alias in column.aliases:
        without, year = split_year(alias)
        if year is None or not without:
            yield alias.removeprefix("~"), Rank.GENERIC if alias.startswith("~") else Rank.ALIAS


@lru_cache(maxsize=16_384)
def claimed(spec: TableSpec, header: HeaderText) -> Mapping[str, Rank]:
    """The fields a header claims as a whole, each by its best form."""
    known = claims(spec)
    found = dict(known.get(header.exact, {}))
    for form in header.forms:
        for name, rank in known.get(form, {}).items():
            found[name] = max(found.get(name, Rank.WORDS), min(rank, Rank.FORM))
    return found


@lru_cache(maxsize=16_384)
def claimed_inside(spec: TableSpec, header: HeaderText) -> Sequence[str]:
    """The fields of the longest known form whose words stand inside a header."""
    known = claims(spec)
    words = same_words(header.exact).split()
    found: dict[str, int] = {}
    for form, fields in known.items():
        phrase = form.split()
        if (header.question or 2 * len(phrase) > len(words)) and _within(phrase, words):
            found |= {name: max(len(form), found.get(name, 0)) for name, rank in fields.items() if rank >= Rank.FORM}
    return [name for name, size in found.items() if size == max(found.values())]


def _within(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a phrase stands in a header, each of its words perhaps behind a prefix letter."""
    if (len(phrase) == 1 and len(phrase[0]) < 3) or NEGATIONS & (set(words) - set(phrase)):
        return False
    return any(all(map(_is_word, phrase, words[at : at + len(phrase)])) for at in range(len(words) - len(phrase) + 1))


def _is_word(part: str, word: str) -> bool:
    return word == part or (word[0] in PREFIXES and word[1:] == part)


@lru_cache(maxsize=16_384)
def nearest(spec: TableSpec, header: HeaderText) -> str:
    """The field that an unknown header may have meant, or ''."""
    known = claims(spec)
    if NEGATIONS & set(header.exact.split()):
        return ""
    best = process.extractOne(header.exact, list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return next(iter(known[best[0]])) if best else ""
