"""Messages for people: templates with figures, forms for numbers, and isolated names and amounts.

A template is plain text with:

- `{line}`: a figure, written by its type; names, amounts and dates are isolated (FSI…PDI) so that figures and Latin
  words keep their place inside Hebrew; `{due:day}` adds the weekday to a date;
- `{n|one|two|many}`: forms by a count, `#` is the number; two forms are one|many, one alone serves all; a first form
  `=0 …` serves zero;
- `[ … ]`: left out when a figure in it is None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rules.english import Language as Language
from rules.english import chosen

FSI, PDI, NBSP = "\u2068", "\u2069", "\u00a0"


class Money(int):
    """An amount in agorot, written `1,240 ₪` (agorot only where there are any)."""


class Percent(int):
    """Whole points of a hundred, written `87%`."""


class Person(str):
    """A person's or a family's name: written in full to the roles a rule names, as an initial elsewhere."""


class Word(str):
    """A word chosen from a list, or several, as the tables declare them: written in the message's language."""


Figure: TypeAlias = int | float | str | date | Money | Percent | Person | Word | None
Figures: TypeAlias = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Text:
    """A message in one language: what and where, how much, what next."""

    title: str
    body: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A message's templates in both languages."""

    he: Text
    en: Text

    def render(self, figures: Figures, language: Language, *, full_names: bool = True) -> Text:
        """Fill the templates of one language; `full_names=False` leaves only people's initials."""
        text = self.he if language == "he" else self.en
        parts = (text.title, text.body, text.next_step)
        return Text(*(fill(part, figures, language, full_names=full_names) for part in parts))


OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(?P<name>\w+)(?::(?P<style>\w+))?(?:\|(?P<forms>[^{}]*))?\}")
GAPS = re.compile(r" {2,}")
BETWEEN = re.compile(r"(, | · )")
"""What stands between the words of a list, or the parts of a key."""
HEBREW_DAYS = ("ב׳", "ג׳", "ד׳", "ה׳", "ו׳", "שבת", "א׳")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def fill(template: str, figures: Figures, language: Language = "he", *, full_names: bool = True) -> str:
    """Put figures into a template.

    Raises KeyError, naming the figure, when the template asks for one that is not given.
    """

    def optional(match: re.Match[str]) -> str:
        names = [slot["name"] for slot in SLOT.finditer(match[1])]
        return "" if any(figures[name] is None for name in names) else match[1]

    def slot(match: re.Match[str]) -> str:
        value = figures[match["name"]]
        if match["forms"] is not None:
            return _form(match["forms"].split("|"), value, language)
        return _figure(value, match["style"] or "", language, full_names=full_names)

    return GAPS.sub(" ", SLOT.sub(slot, OPTIONAL.sub(optional, template))).strip()


def isolate(text: str) -> str:
    """Wrap text so that its own direction does not disturb the sentence around it."""
    return f"{FSI}{text}{PDI}"


def money(agorot: int) -> str:
    """`1,240 ₪`, with agorot only where there are any; a minus stands before the digits."""
    whole, rest = divmod(abs(agorot), 100)
    sign = "-" if agorot < 0 else ""
    return f"{sign}{whole:,}{f'.{rest:02}' if rest else ''}{NBSP}₪"


def day(value: date, language: Language = "he", *, weekday: bool = False) -> str:
    """`22.11.2026`, or with the weekday before it."""
    plain = f"{value.day}.{value.month}.{value.year}"
    if not weekday:
        return plain
    if language == "en":
        return f"{ENGLISH_DAYS[value.weekday()]} {plain}"
    name = HEBREW_DAYS[value.weekday()]
    return f"{name}, {plain}" if name == "שבת" else f"יום {name}, {plain}"


def initial(name: str) -> str:
    """The first letter of a name, as `ל׳`."""
    return f"{name.strip()[:1]}׳" if name.strip() else ""


def _figure(value: Figure, style: str, language: Language, *, full_names: bool) -> str:
    match value:
        case None:
            return ""
        case Person():
            return isolate(str(value) if full_names else initial(value))
        case Word():
            return isolate("".join(chosen(part, language) for part in BETWEEN.split(value)))
        case Money():
            return isolate(money(value))
        case Percent():
            return isolate(f"{int(value)}%")
        case date():
            return isolate(day(value, language, weekday=style == "day"))
        case str():
            return isolate(value)
        case float():
            return isolate(f"{value:,.4g}")
        case _:
            return isolate(f"{value:,}")


def _form(forms: list[str], value: Figure, language: Language) -> str:
    """Choose the form for a count: (=0,) one, (two,) many."""
    if not isinstance(value, int | float):
        raise TypeError(f"a count was expected for the forms {'|'.join(forms)!r}, not {value!r}")
    zero = forms.pop(0)[2:].strip() if forms[0].startswith("=0") else None
    if value == 0 and zero is not None:
        return zero
    singular = 1 if value == 1 else 2 if value == 2 and len(forms) > 2 else len(forms)
    return forms[min(singular, len(forms)) - 1].replace("#", _figure(value, "", language, full_names=True))
