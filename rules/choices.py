"""Choices: one or several of a column's words, in whatever spelling and gender they are written."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from rules.cell import Read, Trouble, several
from rules.english import ENGLISH, chosen, language_of
from rules.finding import ProblemKind
from rules.names import fold, gender_forms, slash_forms
from rules.table import Cell, Column

NEAR = 75
"""Of 100: from here on a spelling is near enough to be proposed."""

PARTS = re.compile(r"[,;\n|•]+|\s?[+&]\s?|\s/\s")
WEEKDAYS = {"ראשון": "א", "שני": "ב", "שלישי": "ג", "רביעי": "ד", "חמישי": "ה", "שישי": "ו", "שבת": "ש"}
WEEKDAYS |= {"sunday": "א", "monday": "ב", "tuesday": "ג", "wednesday": "ד", "thursday": "ה", "friday": "ו"}
WEEKDAYS |= {"saturday": "ש"}


@lru_cache(maxsize=1024)
def spellings(choices: tuple[str, ...]) -> Mapping[str, str]:
    """Every normal form under which a choice is known, and the choice; what two choices share is left out."""
    known: dict[str, str] = {}
    doubtful: set[str] = set()
    for choice in choices:
        for form in _forms(choice):
            if known.setdefault(form, choice) != choice:
                doubtful.add(form)
    exact = {fold(choice): choice for choice in choices}
    return {form: choice for form, choice in known.items() if form not in doubtful} | exact


def _forms(choice: str) -> set[str]:
    """The choice in Hebrew, with its gender endings and either-or words, and in English."""
    ways = {form for gendered in gender_forms(choice) for form in slash_forms(gendered)}
    return {fold(way) for way in (choice, *ways, ENGLISH.get(choice, ""))} - {""}


def read_choice(column: Column, text: str) -> Read:
    """One of the column's choices, in the spelling the column declares; any text where it declares none.

    A near spelling is not accepted, only proposed.
    """
    if not column.choices:
        return text, None
    found = match_choice(column.choices, text)
    if found is not None:
        return found, None
    return None, Trouble(ProblemKind.CHOICE, near(column.choices, text), several(list(column.choices)))


def match_choice(choices: tuple[str, ...], text: str) -> str | None:
    """The choice that a text means, also with gender endings written out or as `רשום.ה`."""
    known = spellings(choices)
    for form in (text, *gender_forms(text)):
        if (found := known.get(fold(form))) is not None:
            return found
    return None


def near(choices: tuple[str, ...], text: str) -> str | None:
    """The choice whose spelling is nearest to a text, if any is near; in the text's own language."""
    known = spellings(choices)
    best = process.extractOne(fold(text), list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return chosen(known[best[0]], language_of(text)) if best else None


def read_multi(column: Column, cell: Cell) -> Read:
    """A tuple of choices, or of any texts where the column declares none: `א׳, ג׳`, `ראשון ושלישי`, `א׳-ה׳`, `Sun-Thu`.

    One unknown word makes the whole cell a problem; the proposal is the cell with its nearest choices.
    """
    text = str(cell)
    if not column.choices:
        return tuple(part.strip() for part in PARTS.split(text) if part.strip()), None
    whole = match_choice(column.choices, text)
    if whole is not None:
        return (whole,), None
    found: list[str] = []
    unknown = False
    for part in filter(None, map(str.strip, PARTS.split(text))):
        these = _some(column.choices, part)
        unknown = unknown or not these
        found += these or [near(column.choices, part) or ""]
    if unknown or not found:
        words = dict.fromkeys(chosen(word, language_of(text)) for word in found)
        proposal = ", ".join(words) if all(found) and found else None
        return None, Trouble(ProblemKind.CHOICE, proposal, several(list(column.choices)))
    return tuple(dict.fromkeys(found)), None


def _some(choices: tuple[str, ...], part: str) -> list[str]:
    """The choices a part names: itself, a range of them, or two joined by ו; weekdays by their names too."""
    part = re.sub(r"^(?:ב?ימי|ב?יום)\s+", "", part)
    if (one := _one(choices, part)) is not None:
        return [one]
    ends = [_one(choices, end.strip()) for end in re.split(r"[-–־]|\sעד\s", part)]
    if len(ends) == 2 and ends[0] and ends[1]:
        return list(choices[choices.index(ends[0]) : choices.index(ends[1]) + 1])
    said = [word for word in part.split() if word.casefold() != "and"]
    words = [_one(choices, word) or _one(choices, word.removeprefix("ו")) for word in said]
    return [word for word in words if word] if words and all(words) else []


def _one(choices: tuple[str, ...], word: str) -> str | None:
    found = match_choice(choices, word)
    if found is None and (letter := WEEKDAYS.get(word.casefold().removesuffix("s"))):
        return match_choice(choices, letter)
    return found
