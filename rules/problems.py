"""The words for problems of cells: what, and what next; for notes at the cell and for the tab `checks`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.dates import read_datetime
from rules.english import chosen_all
from rules.finding import Problem, ProblemKind
from rules.numbers import read_money, read_percent
from rules.table import Cell, Column, Kind
from rules.values import as_text
from rules.wording import Figure, Language, Text, Wording, day, fill, money


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """A problem in one language: what is the matter, what next, and the proposal as people write such a value."""

    problem: str
    next_step: str
    proposal: str

    @property
    def note(self) -> str:
        """The text of a note at the cell."""
        return f"{self.problem} {self.next_step}".strip()


def words(problem: Problem, column: Column, language: Language) -> ProblemWords:
    """What to tell people of a problem; a personal value is not quoted, only its proposal."""
    if problem.is_worded or problem.kind is ProblemKind.QUESTION:  # a rule asks in its own words
        he, _, en = problem.hint.partition("\n")
        return ProblemWords(he if language == "he" else en, "", shown(column, problem.proposal))
    wording = TYPES[column.kind] if problem.kind is ProblemKind.TYPE else KINDS[problem.kind]
    if variant := _variant(problem, column):
        wording = VARIANTS[variant]
    figures = _figures(problem, column, language)
    text = wording.render(figures, language)
    proposal = shown(column, problem.proposal)
    next_step = fill(MEND[language], {"proposal": proposal}, language) if proposal else text.next_step
    return ProblemWords(text.body, next_step, proposal)


def shown(column: Column, cell: Cell) -> str:
    """A cell's value as people see it: a serial as its date, an amount with ₪; '' for none."""
    if cell is None:
        return ""
    if isinstance(cell, int | float) and column.kind in SEEN:
        return SEEN[column.kind](cell) or as_text(cell)
    return as_text(cell)


def _seen_date(cell: Cell) -> str:
    moment = read_datetime(cell)[0]
    return day(moment.date()) if moment else ""


def _seen_moment(cell: Cell) -> str:
    moment = read_datetime(cell)[0]
    return f"{day(moment.date())} {moment:%H:%M}" if moment else ""


def _seen_money(cell: Cell) -> str:
    agorot = read_money(cell)[0]
    return "" if agorot is None else money(agorot)


def _seen_percent(cell: Cell) -> str:
    points = read_percent(cell)[0]
    return "" if points is None else f"{points}%"


SEEN: Mapping[Kind, Callable[[Cell], str]] = {
    Kind.DATE: _seen_date,
    Kind.DATETIME: _seen_moment,
    Kind.MONEY: _seen_money,
    Kind.PERCENT: _seen_percent,
}


def _variant(problem: Problem, column: Column) -> str:
    """The key of a wording that fits better than the kind's own."""
    if problem.kind is ProblemKind.TYPE and problem.hint:
        return "several"
    if problem.kind is ProblemKind.RANGE:
        if not problem.hint:
            return "unlikely_date" if column.kind in (Kind.DATE, Kind.DATETIME) else ""
        return {"≥": "at_least", "≤": "at_most"}.get(problem.hint[0], "between")
    return "lost_zero_id" if problem.kind is ProblemKind.LOST_ZERO and column.kind is Kind.NATIONAL_ID else ""


def _figures(problem: Problem, column: Column, language: Language) -> Mapping[str, Figure]:
    hidden = column.personal and problem.kind is not ProblemKind.FORMULA_ERROR
    first, _, second = problem.hint.partition(" · ")
    return {
        "column": column.hebrew if language == "he" else column.english,
        "value": None if hidden else shown(column, problem.value) or None,
        "hint": _hint(problem, language) or None,
        "bound": problem.hint.lstrip("≥≤ ") or None,
        "first": first,
        "second": second,
        "rows": problem.hint.count(",") + 1,
    }


def _hint(problem: Problem, language: Language) -> str:
    """What was expected; choices and tables in the language."""
    if problem.kind in (ProblemKind.CHOICE, ProblemKind.REFERENCE):
        return ", ".join(chosen_all(problem.hint.split(" · "), language))
    return problem.hint.replace(" · ", ", ")


MEND: Mapping[Language, str] = {"he": "אפשר לתקן ל־{proposal}.", "en": "It can be corrected to {proposal}."}


def _wording(he: str, he_next: str, en: str, en_next: str) -> Wording:
    return Wording(Text("", he, he_next), Text("", en, en_next))


def _expected(he: str, en: str) -> Wording:
    return _wording(
        f"{he}[; {{value}} לא נקרא כך].",
        "כדאי לרשום את הערך שוב.",
        f"{en}[; {{value}} is not read as one].",
        "It is worth writing the value again.",
    )


TEXT_EXPECTED = _expected("צפוי כאן טקסט", "A text is expected here")
TYPES: Mapping[Kind, Wording] = {
    Kind.TEXT: TEXT_EXPECTED,
    Kind.LONGTEXT: TEXT_EXPECTED,
    Kind.REF: TEXT_EXPECTED,
    Kind.CHOICE: TEXT_EXPECTED,
    Kind.MULTI: TEXT_EXPECTED,
    Kind.INT: _expected("צפוי כאן מספר שלם", "A whole number is expected here"),
    Kind.MONEY: _expected("צפוי כאן סכום במספרים", "An amount in digits is expected here"),
    Kind.PERCENT: _expected("צפוי כאן אחוז, כמו 87%", "A percentage such as 87% is expected here"),
    Kind.DATE: _expected("צפוי כאן תאריך מלא, כמו 22.11.2026", "A full date such as 22.11.2026 is expected here"),
    Kind.DATETIME: _expected("צפוי כאן תאריך ושעה", "A date and a time are expected here"),
    Kind.TIME: _expected(
        "צפויה כאן שעה, כמו 17:00 או 17:00–19:00", "A time such as 17:00 or 17:00–19:00 is expected here"
    ),
    Kind.BOOL: _expected("צפוי כאן סימון או כן/לא", "A tick, or yes or no, is expected here"),
    Kind.PHONE: _expected("צפוי כאן מספר טלפון מלא", "A full phone number is expected here"),
    Kind.EMAIL: _expected("צפויה כאן כתובת מייל", "An e-mail address is expected here"),
    Kind.URL: _expected("צפוי כאן קישור שמתחיל ב־https", "A link that begins with https is expected here"),
    Kind.NATIONAL_ID: _expected("צפוי כאן מספר זהות תקין בן תשע ספרות", "A valid id of nine digits is expected here"),
}

KINDS: Mapping[ProblemKind, Wording] = {
    ProblemKind.REQUIRED: _wording(
        "עוד לא נרשם כאן ערך בעמודה {column}.",
        "כדאי להשלים כשהפרט ידוע.",
        "Nothing is written yet under {column}.",
        "It is worth adding once it is known.",
    ),
    ProblemKind.RANGE: _wording(
        "המספר גדול מכדי להיקרא.", "כדאי לבדוק אותו.", "The number is too large to be read.", "It is worth a check."
    ),
    ProblemKind.CHOICE: _wording(
        "[{value} ]לא נמצא ברשימת הערכים.",
        "אפשר לבחור: {hint}.",
        "[{value} ]is not in the list of values.",
        "The choices are: {hint}.",
    ),
    ProblemKind.UNIQUE: _wording(
        "אותה רשומה נמצאת גם {rows|בשורה|בשורות} {hint}.",
        "כדאי לבדוק ולהשאיר שורה אחת.",
        "The same record is also in {rows|row|rows} {hint}.",
        "It is worth a check, to keep one row.",
    ),
    ProblemKind.REFERENCE: _wording(
        "השם[ {value}] לא נמצא בלשונית {hint}.",
        "אפשר לבחור שם שנמצא שם, או להוסיף אותו.",
        "The name[ {value}] is not in the sheet {hint}.",
        "A name that is there can be chosen, or this one added.",
    ),
    ProblemKind.FORMULA_ERROR: _wording(
        "הנוסחה מחזירה {value}, ולכן אין כאן ערך.",
        "כדאי לבדוק את הנוסחה.",
        "The formula gives {value}, so there is no value here.",
        "The formula is worth a check.",
    ),
    ProblemKind.AMBIGUOUS_DATE: _wording(
        "התאריך נקרא בשתי דרכים: {first} או {second}.",
        "כדאי לרשום אותו שוב עם נקודות: יום.חודש.שנה.",
        "The date can be read in two ways: {first} or {second}.",
        "It is worth writing again with dots: day.month.year.",
    ),
    ProblemKind.TEXT_NUMBER: _wording(
        "המספר כתוב כטקסט, ולכן נוסחאות לא יסכמו אותו.",
        "כדאי לרשום אותו כמספר.",
        "The number is written as text, so formulas will not add it up.",
        "It is worth writing as a number.",
    ),
    ProblemKind.TEXT_DATE: _wording(
        "התאריך כתוב כטקסט, ולכן מיון וסינון לא יכירו אותו.",
        "כדאי לרשום אותו כתאריך.",
        "The date is written as text, so sorting and filters will not know it.",
        "It is worth writing as a date.",
    ),
    ProblemKind.LOST_ZERO: _wording(
        "הטלפון כתוב בלי האפס שבהתחלה.",
        "כדאי להוסיף אותו.",
        "The phone is written without its leading zero.",
        "It is worth adding.",
    ),
    ProblemKind.HIDDEN_CHARACTERS: _wording(
        "יש בתא תווים שאינם נראים, למשל סימני כיוון.",
        "כדאי לרשום את הערך בלעדיהם.",
        "The cell has characters that are not seen, such as direction marks.",
        "It is worth writing the value without them.",
    ),
}

VARIANTS: Mapping[str, Wording] = {
    "several": _wording(
        "יש בתא כמה ערכים: {hint}.",
        "כדאי להשאיר אחד, ולרשום את האחרים בהערות.",
        "The cell holds several values: {hint}.",
        "It is worth keeping one, with the others in the notes.",
    ),
    "unlikely_date": _wording(
        "התאריך[ {value}] רחוק מדי מהיום.",
        "כדאי לבדוק את השנה.",
        "The date[ {value}] is too far away.",
        "The year is worth a check.",
    ),
    "at_least": _wording(
        "צפוי כאן ערך שאינו קטן מ־{bound}.",
        "כדאי לבדוק את הערך.",
        "A value of at least {bound} is expected here.",
        "The value is worth a check.",
    ),
    "at_most": _wording(
        "צפוי כאן ערך שאינו גדול מ־{bound}.",
        "כדאי לבדוק את הערך.",
        "A value of at most {bound} is expected here.",
        "The value is worth a check.",
    ),
    "between": _wording(
        "צפוי כאן ערך בטווח {bound}.",
        "כדאי לבדוק את הערך.",
        "A value within {bound} is expected here.",
        "The value is worth a check.",
    ),
    "lost_zero_id": _wording(
        "מספר הזהות כתוב בלי האפס שבהתחלה.",
        "כדאי להוסיף אותו.",
        "The id is written without its leading zero.",
        "It is worth adding.",
    ),
}
