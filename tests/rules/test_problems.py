"""The words for problems: each kind of problem in each kind of column, in both languages."""

import re
from itertools import product

import pytest

from rules.finding import Problem
from rules.finding import ProblemKind as P
from rules.problems import shown, words
from rules.table import Cell, Column, Kind, Place
from rules.wording import Language

PLACE = Place("spreadsheet", 7, "הוצאות")
PHONE = Column("phone", Kind.PHONE, "טלפון", personal=True)
DUE = Column("due", Kind.DATE, "לביצוע עד")
AMOUNT = Column("amount", Kind.MONEY, "סכום")
STATUS = Column("status", Kind.CHOICE, "סטטוס", choices=("פתוח", "בוצע"))
LINE = Column("line", Kind.REF, "סעיף", table="budget")


def note(column: Column, kind: P, value: Cell, proposal: Cell = None, hint: str = "", language: Language = "he") -> str:
    problem = Problem("expenses", PLACE, 3, 1, column.field, kind, value, proposal, hint)
    return re.sub("[\u2066-\u2069]", "", words(problem, column, language).note)


WORDED = [kind for kind in P if kind is not P.QUESTION]

NOTES = [
    (PHONE, P.LOST_ZERO, 501234567, "050-1234567", "", "הטלפון כתוב בלי האפס שבהתחלה. אפשר לתקן ל־050-1234567."),
    (PHONE, P.TYPE, "05", None, "", "צפוי כאן מספר טלפון מלא. כדאי לרשום את הערך שוב."),
    (
        PHONE,
        P.TYPE,
        "050-1234567 052-7654321",
        None,
        "050-1234567 · 052-7654321",
        "יש בתא כמה ערכים: 050-1234567, 052-7654321. כדאי להשאיר אחד, ולרשום את האחרים בהערות.",
    ),
    (
        DUE,
        P.TEXT_DATE,
        "27.10.2026",
        46322,
        "",
        "התאריך כתוב כטקסט, ולכן מיון וסינון לא יכירו אותו. אפשר לתקן ל־27.10.2026.",
    ),
    (DUE, P.RANGE, -1, None, "", "התאריך -1 רחוק מדי מהיום. כדאי לבדוק את השנה."),
    (DUE, P.RANGE, 20261027, 46322, "", "התאריך 20261027 רחוק מדי מהיום. אפשר לתקן ל־27.10.2026."),
    (DUE, P.RANGE, 46000, None, "≥ 22.11.2026", "צפוי כאן ערך שאינו קטן מ־22.11.2026. כדאי לבדוק את הערך."),
    (
        AMOUNT,
        P.TEXT_NUMBER,
        "1,240 ₪",
        1240,
        "",
        "המספר כתוב כטקסט, ולכן נוסחאות לא יסכמו אותו. אפשר לתקן ל־1,240\u00a0₪.",
    ),
    (AMOUNT, P.TYPE, "אין", None, "", "צפוי כאן סכום במספרים; אין לא נקרא כך. כדאי לרשום את הערך שוב."),
    (AMOUNT, P.REQUIRED, None, None, "", "עוד לא נרשם כאן ערך בעמודה סכום. כדאי להשלים כשהפרט ידוע."),
    (AMOUNT, P.FORMULA_ERROR, "#REF!", None, "", "הנוסחה מחזירה #REF!, ולכן אין כאן ערך. כדאי לבדוק את הנוסחה."),
    (AMOUNT, P.UNIQUE, 5, None, "4", "אותה רשומה נמצאת גם בשורה 4. כדאי לבדוק ולהשאיר שורה אחת."),
    (AMOUNT, P.UNIQUE, 5, None, "4, 9", "אותה רשומה נמצאת גם בשורות 4, 9. כדאי לבדוק ולהשאיר שורה אחת."),
    (STATUS, P.CHOICE, "סגור", None, "פתוח · בוצע", "סגור לא נמצא ברשימת הערכים. אפשר לבחור: פתוח, בוצע."),
    (STATUS, P.CHOICE, "בוצעע", "בוצע", "פתוח · בוצע", "בוצעע לא נמצא ברשימת הערכים. אפשר לתקן ל־בוצע."),
    (LINE, P.REFERENCE, "חגגים", "חגים", "תקציב", "השם חגגים לא נמצא בלשונית תקציב. אפשר לתקן ל־חגים."),
    (
        DUE,
        P.AMBIGUOUS_DATE,
        "3/4/2026",
        None,
        "3.4.2026 · 4.3.2026",
        "התאריך נקרא בשתי דרכים: 3.4.2026 או 4.3.2026. כדאי לרשום אותו שוב עם נקודות: יום.חודש.שנה.",
    ),
]


@pytest.mark.parametrize(("column", "kind", "value", "proposal", "hint", "text"), NOTES)
def test_notes(column: Column, kind: P, value: Cell, proposal: Cell, hint: str, text: str) -> None:
    assert note(column, kind, value, proposal, hint) == text


def test_notes_in_english() -> None:
    assert note(PHONE, P.LOST_ZERO, 501234567, "050-1234567", language="en") == (
        "The phone is written without its leading zero. It can be corrected to 050-1234567."
    )
    assert note(AMOUNT, P.UNIQUE, 5, None, "4, 9", "en") == (
        "The same record is also in rows 4, 9. It is worth a check, to keep one row."
    )


@pytest.mark.parametrize(("problem", "kind", "language"), list(product(WORDED, Kind, ("he", "en"))))
def test_every_problem_has_whole_words(problem: P, kind: Kind, language: Language) -> None:
    column = Column("x", kind, "עמודה")
    for value, proposal, hint in (
        (None, None, ""),
        ("ערך", "אחר", "≥ 5"),
        (10**30, -1, "1–3"),
        (float("nan"), 5, "a · b"),
    ):
        text = words(Problem("t", PLACE, 1, 1, "x", problem, value, proposal, hint), column, language)
        assert text.problem.endswith(".")
        assert text.next_step.endswith(".")
        assert not re.search(r"[{}\[\]]| {2}|/[הת]\b|None", text.note)


def test_a_personal_value_is_not_quoted() -> None:
    for kind in WORDED:
        if kind is not P.FORMULA_ERROR:
            assert "SECRET" not in note(PHONE, kind, "SECRET")
            assert "SECRET" not in note(Column("n", Kind.REF, "שם", personal=True), kind, "SECRET")


def test_proposals_are_shown_as_people_write_them() -> None:
    assert shown(DUE, 46322) == "27.10.2026"
    assert shown(Column("x", Kind.DATETIME, "x"), 46322.75) == "27.10.2026 18:00"
    assert shown(AMOUNT, -12.5) == "-12.50\u00a0₪"
    assert shown(Column("x", Kind.PERCENT, "x"), 0.87) == "87%"
    assert shown(Column("x", Kind.INT, "x"), 12.0) == "12"
    assert shown(PHONE, None) == ""


def test_a_rule_s_question_is_asked_in_its_own_words() -> None:
    assert note(AMOUNT, P.QUESTION, 5, hint="נספר פעמיים?\nCounted twice?") == "נספר פעמיים?"
    assert note(AMOUNT, P.QUESTION, 5, hint="נספר פעמיים?\nCounted twice?", language="en") == "Counted twice?"
