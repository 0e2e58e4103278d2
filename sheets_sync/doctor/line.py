"""A line of the doctor's: what was checked, whether it is well, and what would mend it."""

import re
from dataclasses import dataclass

from rules.wording import Language
from sheets_sync.errors import Trouble

SENTENCE_END = re.compile(r"[.;] ")
ASK = ("להעביר את השורה הזו למי שמתחזק את השירות.", "Please report this line.")
"""The remedy where nothing says another."""


@dataclass(frozen=True, slots=True)
class Line:
    """One check's outcome, in both languages; a remedy only where something is wrong."""

    check: str
    ok: bool
    he: str
    en: str
    remedy_he: str = ""
    remedy_en: str = ""

    def words(self, language: Language) -> str:
        """What was found."""
        return self.he if language == "he" else self.en

    def remedy(self, language: Language) -> str:
        """What would mend it; '' for what is well."""
        return self.remedy_he if language == "he" else self.remedy_en


def good(check: str, he: str, en: str) -> Line:
    """It is well."""
    return Line(check, True, he, en)


def bad(check: str, he: str, en: str, remedy_he: str, remedy_en: str) -> Line:
    """It is wrong, and this would mend it."""
    return Line(check, False, he, en, remedy_he, remedy_en)


def troubled(check: str, trouble: Trouble, otherwise: tuple[str, str] = ASK) -> Line:
    """What a trouble says: its first sentence is what is wrong, the rest the remedy, or `otherwise` that."""
    (he, *remedy_he), (en, *remedy_en) = SENTENCE_END.split(trouble.he, 1), SENTENCE_END.split(trouble.en, 1)
    return bad(check, he, en, "".join(remedy_he) or otherwise[0], "".join(remedy_en) or otherwise[1])
