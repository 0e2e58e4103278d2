"""What is wrong with a settings file, in words: the place, what was expected there, and the nearest known name."""

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sheets_sync.errors import BadSettings

KINDS = {
    "int": ("מספר שלם", "a whole number"),
    "float": ("מספר", "a number"),
    "str": ("טקסט במירכאות", "text in quotes"),
    "bool": ("true או false", "true or false"),
    "array": ("רשימה בסוגריים מרובעים", "a list in brackets"),
    "object": ("קבוצת הגדרות", "a section of settings"),
    "date": ("תאריך (2026-01-31)", "a date (2026-01-31)"),
    "time": ('שעה ("07:00:00")', 'a time ("07:00:00")'),
    "datetime": ("תאריך ושעה", "a date and time"),
    "null": ("ריק", "nothing"),
}
"""msgspec's names of what stands in a file."""

PHRASES = (
    (
        r"Object missing required field `(?P<name>\w+)`",
        "חסרה ההגדרה {name}",
        "the setting {name} is missing",
    ),
    (
        r"Expected `(?P<wanted>\w+)`, got `(?P<given>\w+)`",
        "צריך {wanted}, ונכתב {given}",
        "expected {wanted}, not {given}",
    ),
    (r"Expected `(?P<wanted>int|float)` (?P<bound>[<>]=? \S+)", "צריך {wanted} {bound}", "expected {wanted} {bound}"),
    (
        r"Expected `array` of length >= (?P<count>\d+)",
        "צריך לפחות {count}",
        "at least {count} is needed",
    ),
    (
        r"Expected `array` of length (?P<count>\d+), got (?P<given>\d+)",
        "צריך רשימה של {count}, ונכתבו {given}",
        "expected a list of {count}, not of {given}",
    ),
    (
        r"Expected `str` matching regex '(?P<pattern>.+)'",
        "הטקסט לא בצורה {pattern}",
        "the text is not of the form {pattern}",
    ),
    (r"Invalid RFC3339 encoded (?P<wanted>\w+)", "צריך {wanted}", "expected {wanted}"),
)
"""What msgspec says, and how a person is told."""

PLACE = re.compile(r" - at `(?:key in )?\$\.?(?P<where>[^`]*)`$")
UNKNOWN_FIELD = re.compile(r"unknown field `(?P<name>[^`]+)`")
NOT_OFFERED = re.compile(r"Invalid enum value (?P<given>.+)")


def unknown(path: Path, where: str, given: str, known: Iterable[str]) -> BadSettings:
    """A name that is not known, with the nearest that is; all of them where they are few."""
    names = sorted(known)
    near = difflib.get_close_matches(given, names, n=1)
    he, en = "", ""
    if near:
        he, en = f" אולי הכוונה ל־{near[0]}?", f" Did you mean {near[0]}?"
    elif len(names) <= 20:
        he, en = f" אפשר: {', '.join(names)}.", f" Known: {', '.join(names)}."
    return BadSettings(f"{path}: ב־{where} אין ערך כזה: {given}.{he}", f"{path}: {where}: unknown {given!r}.{en}")


def explained(path: Path, message: str, known: Iterable[str], offered: Mapping[str, Iterable[str]]) -> BadSettings:
    """msgspec's error in words. `known` are the settings' names, `offered` the values of those that offer a few."""
    place = PLACE.search(message)
    where = place["where"] if place else ""
    said = message[: place.start()] if place else message
    if match := UNKNOWN_FIELD.search(said):
        return unknown(path, where or "settings", match["name"], known)
    if match := NOT_OFFERED.fullmatch(said):
        return unknown(path, where, match["given"].strip("'"), offered.get(where.rpartition(".")[2], ()))
    he, en = _worded(said)
    at = f"{where}: " if where else ""
    return BadSettings(f"{path}: {at}{he}.", f"{path}: {at}{en}.")


def _worded(said: str) -> tuple[str, str]:
    """What msgspec says, in Hebrew and in English."""
    for form, he, en in PHRASES:
        if match := re.fullmatch(form, said):
            given = match.groupdict()
            names = {name: KINDS.get(value, (value, value)) for name, value in given.items()}
            return (
                he.format(**{name: words[0] for name, words in names.items()}),
                en.format(**{name: words[1] for name, words in names.items()}),
            )
    return said, said
