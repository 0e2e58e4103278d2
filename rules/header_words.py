"""A header's text in the forms under which it is matched, with the year and the unit that stand in it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rules.names import fold, gender_forms, split_year

PHRASES = {
    "דואר אלקטרוני": "מייל",
    "דואל": "מייל",
    "אימייל": "מייל",
    "e mail": "מייל",
    "email": "מייל",
    "mail": "מייל",
    "כתובת מייל": "מייל",
    "טל": "טלפון",
    "נייד": "טלפון",
    "פלאפון": "טלפון",
    "פלפון": "טלפון",
    "סלולרי": "טלפון",
    "מס": "מספר",
    "מספר טלפון": "טלפון",
    "טלפון טלפון": "טלפון",
    "על ידי": "עי",
    "ת ז": "תעודת זהות",
    "תז": "תעודת זהות",
    "מספר זהות": "תעודת זהות",
    "מספר תעודת זהות": "תעודת זהות",
    # A card of the bookkeeping is a line of the budget.
    "כרטיס": "סעיף",
}
"""Words that mean the same in a header; put in this order."""

FOLDED = {fold(phrase): fold(word) for phrase, word in PHRASES.items()}

ASIDE = re.compile(
    r"[(\[]\s*(?:לא\s+)?(?:חובה|רשות|אופציונלי|optional|required|dd?/mm?/yy(?:yy)?)\s*[)\]]", re.IGNORECASE
)
SHEKELS = r"(?:₪|ש\s?[\"'״׳”]{0,2}ח|שקלים|NIS)"
THOUSANDS = re.compile(rf"[(\[]?\s*(?:ב?אלפי\s?{SHEKELS}|ב?אל[\"״]?ש[\"״]?ח|K\s?₪)\s*[)\]]?")
CURRENCY = re.compile(rf"[(\[]\s*ב?-?\s?{SHEKELS}\s*[)\]]|(?<=\s)ב?-?{SHEKELS}\s*$")
NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header as it is matched.

    `exact` is its normal form, `forms` all forms it may be matched by (genders, synonyms, with and without ה);
    `year` stands in it; `scale` is 1000 where it says thousands of shekels; a `question` is a form's, in full words.
    """

    exact: str
    forms: frozenset[str]
    year: int | None = None
    scale: int = 1
    question: bool = False


@lru_cache(maxsize=16_384)
def header_text(text: str) -> HeaderText:
    """Understand one header; years and units are taken out of its forms."""
    scale = 1000 if THOUSANDS.search(text) else 1
    plain = NUMBERING.sub("", CURRENCY.sub(" ", THOUSANDS.sub(" ", ASIDE.sub(" ", text))))
    without, year = split_year(plain)
    if not fold(without):
        without, year = plain, None
    exact = fold(without)
    return HeaderText(exact, header_forms(without), year, scale, "?" in text or exact.count(" ") >= 3)


@lru_cache(maxsize=16_384)
def header_forms(text: str) -> frozenset[str]:
    """The normal forms of a header: each gender written out, synonyms as one word, with and without the article."""
    folded = {fold(text)} | {fold(form) for form in gender_forms(text)}
    meant = folded | {same_words(form) for form in folded}
    return frozenset(meant | {without_articles(form) for form in meant}) - {""}


def same_words(folded: str) -> str:
    """A normal form with PHRASES put as the one word they mean."""
    padded = f" {folded} "
    for phrase, word in FOLDED.items():
        padded = padded.replace(f" {phrase} ", f" {word} ")
    return padded.strip()


def without_articles(folded: str) -> str:
    """`שם ההורה` as `שם הורה`: words after the first lose a ה in front."""
    first, *others = folded.split(" ")
    return " ".join([first, *(word[1:] if len(word) > 3 and word[0] == "ה" else word for word in others)])
