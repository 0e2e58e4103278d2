"""What is wrong with a rule a person wrote: a value that points at the place and says it in few words."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    HIDDEN = "hidden"
    UNEXPECTED = "unexpected"
    UNFINISHED = "unfinished"
    NUMBER = "number"
    DATE = "date"
    TABLE = "table"
    COLUMN = "column"
    AMBIGUOUS = "ambiguous"
    FUNCTION = "function"
    ARGUMENTS = "arguments"
    NESTED = "nested"
    TYPES = "types"
    LIST = "list"
    CONDITION = "condition"
    BLANK_TEXT = "blank_text"
    CHOICE = "choice"
    BRACES = "braces"
    BRACKETS = "brackets"
    FREE_TEXT = "free_text"
    RESTRICTED = "restricted"
    TWICE = "twice"
    ROLE = "role"
    TOO_MANY_RULES = "too_many_rules"


HEBREW = {
    Fault.EMPTY: "כאן עוד לא נכתב דבר",
    Fault.TOO_LONG: "הטקסט ארוך מדי: אפשר עד {found} תווים",
    Fault.TOO_MANY: "הביטוי גדול מדי: אפשר עד {found} חלקים",
    Fault.TOO_DEEP: "יותר מדי חישובים או סוגריים זה בתוך זה: אפשר עד {found}",
    Fault.HIDDEN: "יש כאן סימן נסתר; כדאי למחוק ולהקליד מחדש",
    Fault.UNEXPECTED: "לא ברור מה עושה כאן {found}",
    Fault.UNFINISHED: "הביטוי נגמר באמצע",
    Fault.NUMBER: "המספר {found} גדול מדי או מדויק מדי",
    Fault.DATE: "אין תאריך כזה: {found}",
    Fault.TABLE: "אין טבלה בשם {found}",
    Fault.COLUMN: "אין בטבלה הזו עמודה בשם {found}",
    Fault.AMBIGUOUS: "יותר מעמודה אחת נקראת {found}",
    Fault.FUNCTION: "אין פונקציה בשם {found}",
    Fault.ARGUMENTS: "כך כותבים: {found}",
    Fault.NESTED: "ספירה או סכום אינם נכנסים לתוך ספירה או סכום",
    Fault.TYPES: "אי אפשר לחבר או להשוות: {found}",
    Fault.LIST: "בעמודה של כמה ערכים שואלים: מכיל",
    Fault.CONDITION: "זה אינו תנאי של כן או לא, אלא {found}",
    Fault.BLANK_TEXT: "במקום טקסט בלי מילים כותבים: ריק",
    Fault.CHOICE: "אין בעמודה הזו ערך {found}",
    Fault.BRACES: "סוגר מסולסל בלי בן זוג",
    Fault.BRACKETS: "בהודעה כותבים עמודה בסוגריים מסולסלים: {{שם העמודה}}",
    Fault.FREE_TEXT: "העמודה {found} היא טקסט חופשי, ואינה מצוטטת בהודעה",
    Fault.RESTRICTED: "העמודה {found} אינה יוצאת מקובץ בגישה מוגבלת",
    Fault.TWICE: "כבר יש למעלה כלל בשם {found}; כדאי לתת לזה שם אחר",
    Fault.ROLE: "אין תפקיד בשם {found}",
    Fault.TOO_MANY_RULES: "נקראים {found} כללים ראשונים, וזה אחריהם",
}
ENGLISH = {
    Fault.EMPTY: "nothing is written here yet",
    Fault.TOO_LONG: "the text is too long: at most {found} characters",
    Fault.TOO_MANY: "the expression is too big: at most {found} parts",
    Fault.TOO_DEEP: "too many signs or parentheses inside each other: at most {found}",
    Fault.HIDDEN: "there is a hidden character here; delete it and type again",
    Fault.UNEXPECTED: "it is not clear what {found} does here",
    Fault.UNFINISHED: "the expression ends in the middle",
    Fault.NUMBER: "the number {found} is too large or too precise",
    Fault.DATE: "there is no such date: {found}",
    Fault.TABLE: "there is no table named {found}",
    Fault.COLUMN: "this table has no column named {found}",
    Fault.AMBIGUOUS: "more than one column is named {found}",
    Fault.FUNCTION: "there is no function named {found}",
    Fault.ARGUMENTS: "it is written so: {found}",
    Fault.NESTED: "a count or a sum cannot stand inside another",
    Fault.TYPES: "these cannot be joined or compared: {found}",
    Fault.LIST: "a column of several values is asked with: contains",
    Fault.CONDITION: "this is no yes-or-no condition but {found}",
    Fault.BLANK_TEXT: "instead of a text without words write: empty",
    Fault.CHOICE: "this column has no value {found}",
    Fault.BRACES: "a brace without its pair",
    Fault.BRACKETS: "in a message a column stands in braces: {{column name}}",
    Fault.FREE_TEXT: "the column {found} is free text, and is not quoted in a message",
    Fault.RESTRICTED: "the column {found} does not leave a restricted workbook",
    Fault.TWICE: "there is a rule named {found} above; give this one another name",
    Fault.ROLE: "there is no role named {found}",
    Fault.TOO_MANY_RULES: "the first {found} rules are read, and this one comes after them",
}


class Part(StrEnum):
    """Which cell of the rule's row a mistake is in."""

    NAME = "name"
    TABLE = "table"
    CONDITION = "condition"
    MESSAGE = "message"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: in which cell, at which character (0-based), what was found, and what was perhaps meant."""

    fault: Fault
    at: int
    found: str = ""
    nearest: str = ""
    found_en: str = ""
    part: Part = Part.CONDITION

    @property
    def hebrew(self) -> str:
        """What is wrong, in words for the cell beside the rule."""
        hint = f". אולי הכוונה ל{self.nearest}?" if self.nearest else ""
        return HEBREW[self.fault].format(found=self.found) + hint

    @property
    def english(self) -> str:
        """What is wrong, in English."""
        hint = f". Perhaps {self.nearest} is meant?" if self.nearest else ""
        return ENGLISH[self.fault].format(found=self.found_en or self.found) + hint

    def within(self, part: Part) -> "Mistake":
        """The same mistake in another cell."""
        return replace(self, part=part)


class Wrong(Exception):
    """A mistake on its way out of the parser or the checker; it never leaves them."""

    def __init__(self, fault: Fault, at: int, found: str = "", nearest: str = "", found_en: str = ""):
        self.mistake = Mistake(fault, at, found, nearest, found_en)
        super().__init__(fault)
