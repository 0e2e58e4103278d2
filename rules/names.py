"""Names: the normal form under which they match across tabs, gender endings, and years and seasons in titles."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
JOINER = re.compile(r"\u200d(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d)")
"""A zero-width joiner that joins no emoji."""

REMOVED = re.compile(r"['\"`´׳״‘’‚‛“”„‟′″]+|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+")
SEPARATORS = re.compile(r" *(?:[^\w%₪+#&@\n ]|_)(?:[^\w%₪+#&@\n]|_)*|  +")
"""What parts words; a single space, of which there are most, is left as it is."""

SPELLINGS = (
    ("תוכנ", "תכנ"),
    ("אירוע", "ארוע"),
    ("כיתה", "כתה"),
    ("כיתות", "כתות"),
    ("תיאור", "תאור"),
    ("הכול", "הכל"),
    ("פירסו", "פרסו"),
    ("עידכו", "עדכו"),
    ("סלולארי", "סלולרי"),
)
DOUBLED = re.compile(r"(י|ו)\1+")
FINALS = str.maketrans("ךםןףץ", "כמנפצ")
ENDING = re.compile(r"(\w{2,})\s?[/\\.·־\-(]\s?(ית|תה|ות|ים|ה|ת|י)(?![\w])\)?")


def without_hidden(text: str) -> str:
    """A text without bidi marks, zero-width characters and controls; a joiner inside an emoji is none."""
    return JOINER.sub("", HIDDEN.sub("", text))


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """The normal form of a name: equal for spellings that people mean as the same.

    Case, niqqud, quotes, hyphens, punctuation, bidi and zero-width characters, runs of spaces, יישוב/ישוב, תכנית/תוכנית
    and the like make no difference. Idempotent; '' when nothing but punctuation is there.
    """
    return _folded(text.replace("\n", " ")).strip()


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each text, at a fraction of the cost where there are many."""
    if not texts:
        return []
    lines = _folded("\n".join(texts)).split("\n")
    if len(lines) != len(texts):  # a text of several lines
        return [fold(text) for text in texts]
    return [line.strip() for line in lines]


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    else:
        text = text.casefold()
    if not text.replace("\n", " ").isprintable():
        text = without_hidden(text)
    text = SEPARATORS.sub(" ", REMOVED.sub("", text))
    for written, meant in SPELLINGS:
        text = text.replace(written, meant)
    return DOUBLED.sub(r"\1", text) if "יי" in text or "וו" in text else text


@lru_cache(maxsize=4096)
def gender_forms(text: str) -> tuple[str, ...]:
    """A text with every gender ending written out: `רשום/ה` → רשום, רשומה; `מתנדבים.ות` → מתנדבים, מתנדבות.

    Not folded; the text itself when it has no ending.
    """
    parts: list[tuple[str, ...]] = []
    at = 0
    for match in ENDING.finditer(text):
        parts += [(text[at : match.start()],), (match[1], _feminine(match[1], match[2]))]
        at = match.end()
    return tuple("".join(chosen) for chosen in product(*parts, (text[at:],)))


def _feminine(base: str, ending: str) -> str:
    if ending == "ות":
        base = base.removesuffix("ים").removesuffix("י")
    return base[:-1] + base[-1:].translate(FINALS) + ending


def slash_forms(text: str) -> tuple[str, ...]:
    """A text with `either/or` words read each way: `קבוצת תפוצה/מייל` → קבוצת תפוצה, קבוצת מייל, מייל."""
    words = [word.split("/") for word in text.split(" ")]
    chosen = {" ".join(way) for way in product(*words)}
    return tuple(sorted(chosen | {part for part in text.split("/") if part}))


YEAR = re.compile(r"(?<![\d.,/])(?P<year>(?:19[89]|20\d)\d)(?:\s?[-–/]\s?(?:20)?\d\d)?(?![\d.,])(?!/\d)")
SEASON = re.compile(
    r"(?<!\w)ה?תש(?:(?P<a>[נסעפצ])?[\"'״׳”“]{1,2}(?P<b>[א-טנסעפצףץן])|(?P<c>[נסעפצ])(?P<d>[א-ט]))(?!\w)"
)
TENS = {"נ": 50, "ס": 60, "ע": 70, "פ": 80, "צ": 90, "ף": 80, "ץ": 90, "ן": 50}


@lru_cache(maxsize=4096)
def split_year(text: str) -> tuple[str, int | None]:
    """A title without its year or season, and the civil year in which that begins.

    `תקציב 2026` → 2026; `2026/27` → 2026; `חוגים תשפ"ז` → 2026, since the Hebrew year 5787 begins in September 2026.
    """
    if match := YEAR.search(text):
        return _without(text, match), int(match["year"])
    if match := SEASON.search(text):
        tens, units = match["a"] or match["c"] or "", match["b"] or match["d"]
        return _without(text, match), 5700 + TENS.get(tens, 0) + TENS.get(units, ord(units) - ord("א") + 1) - 3761
    return text, None


def year_of(title: str) -> int | None:
    """The civil year in which the year or season named in a title begins; None when it names none."""
    return split_year(title)[1]


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join((text[: match.start()] + " " + text[match.end() :]).split())


def fold_set(texts: Iterable[str]) -> frozenset[str]:
    """The normal forms of some names, without the empty one."""
    return frozenset(fold_all(list(texts))) - {""}
