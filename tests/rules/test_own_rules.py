"""A person's own rules: what is wrong with one is said; a right one finds its rows, tells no secret and is bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue import TABLES
from rules.finding import Finding, Role
from rules.mistake import Fault, Mistake, Part
from rules.own_rules import MOST_FINDINGS, OwnRule, compile_rule, judge_own, missing
from rules.table import Book
from rules.wording import FSI, PDI, Person
from tests.rules.expressions import BOOKS, HOME, OTHER, SPECS, filled
from tests.rules.sheets import TODAY, bare, book


def made(condition: str, message: str = "יש מה לבדוק", table: str = "הוצאות", name: str = "הבדיקה שלי") -> OwnRule:
    rule = compile_rule(name, table, condition, message, TABLES)
    assert isinstance(rule, OwnRule), [mistake.hebrew for mistake in rule]
    return rule


def mistakes(condition: str, message: str = "יש מה לבדוק", table: str = "הוצאות", name: str = "כלל") -> list[Mistake]:
    rule = compile_rule(name, table, condition, message, TABLES)
    assert isinstance(rule, list), rule
    return rule


def titles(rule: OwnRule, tables: Book) -> list[str]:
    return [bare(said(rule, finding)) for finding in judge_own(rule, tables, TODAY)]


def said(rule: OwnRule, finding: Finding, *, full_names: bool = True) -> str:
    return rule.wording[finding.variant].render(finding.figures, "he", full_names=full_names).title


EXPENSES = """
    expenses
    date | line | supplier   | amount | kind    | status | approved | approved_by | paid_on
    1.3  | חגים | דפוס הצפון | 2,000  | תשלום   | תקין   | כן       | רות לוי     | -3d
    2.3  | נוער | דפוס הצפון | 500    | התחייבות | בוטל   | לא       |             |
         | חגים |            | -40    | תשלום   |        |          |             | +3d
"""

CONDITIONS = [
    ("סכום = 2000", [1]),
    ('[סכום (כולל מע"מ)] >= 500 ₪', [1, 2]),
    ("amount < 0", [3]),
    ("סכום * 2 > 999 ₪", [1, 2]),
    ("סכום > 999 ₪ + 1", [1]),
    ("סכום / 500 ₪ = 4", [1]),
    ("סכום < -39.99", [3]),
    ("תאריך = ריק", [3]),
    ("תאריך <> ריק", [1, 2]),
    ("תאריך < 2.3.2026", [1]),
    ("[תאריך תשלום] < היום", [1]),
    ("ימים_מאז([תאריך תשלום]) >= 3", [1]),
    ("ימים_עד([תאריך תשלום]) בין 1 ל3", [3]),
    ("חודש(תאריך) = 3 ו שנה(תאריך) = 2026", [1, 2]),
    ("ספק = ריק", [3]),
    ('ספק = "דפוס הצפון"', [1, 2]),
    ('ספק = "דפוס-הצפון"', [1, 2]),
    ('ספק <> "אחר"', [1, 2, 3]),
    ('ספק מכיל "צפון"', [1, 2]),
    ('ספק לא מכיל "צפון"', [3]),
    ("אורך(ספק) > 3", [1, 2]),
    ("אושר", [1]),
    ("לא אושר", [2, 3]),
    ("אושר = לא", [2, 3]),
    ("אושר = ריק", [3]),
    ("אושר = כן או סטטוס = 'בוטל'", [1, 2]),
    ("עיגול(סכום / 3) = 667", [1]),
    ("עיגול(סכום / 800 ₪) = 3", [1]),
    ("עיגול(סכום / 80 ₪) = 0", [3]),
    ("היום - [תאריך תשלום] = 3", [1]),
    ("[תאריך תשלום] - היום = 3", [3]),
    ("סכום / 0 = 1", []),
    ("סכום / 0 <> 1", [1, 2, 3]),
    ("ספירה(הוצאות; סעיף = שורה.סעיף) = 2", [1, 3]),
    ("סכום(הוצאות; סכום; ספק = שורה.ספק ו סטטוס <> 'בוטל') = סכום", [1]),
    ("ספירה(הוצאות) = 3", [1, 2, 3]),
    ("ספירה(הוצאות; סכום > שורה.סכום) = 0", [1]),
]


@pytest.mark.parametrize(("condition", "rows"), CONDITIONS)
def test_a_condition_finds_its_rows(condition: str, rows: list[int]) -> None:
    assert [finding.row for finding in judge_own(made(condition), book(EXPENSES), TODAY)] == rows


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("תגיות = ריק", [1, 2]),
        ("תגיות <> ריק", [3]),
        ("תגיות מכיל 'חגים'", [3]),
        ("[פירוט רב] מכיל שם", [1]),
    ],
)
def test_nothing_is_contained_in_nothing(condition: str, rows: list[int]) -> None:
    """A name of signs alone, or none, is in no text."""
    drawn: list[dict[str, object]] = [
        {"tags": (), "name": "אב", "details": "סבא, אבא"},
        {"name": "!!", "details": "!!"},
        {"tags": ("חגים",), "details": "אב"},
    ]
    rule = compile_rule("כלל", "בית", condition, "x", SPECS)
    assert isinstance(rule, OwnRule)
    assert [finding.row for finding in judge_own(rule, {"home": filled(HOME, drawn)}, TODAY)] == rows


WRONG = [
    ("סכוםם = 3", Fault.COLUMN, 0, "סכום"),
    ("ספקים = 'א'", Fault.COLUMN, 0, "ספק"),
    ("ספק = 3", Fault.TYPES, 0, ""),
    ("סכום > 'א'", Fault.TYPES, 0, ""),
    ("סכום > היום", Fault.TYPES, 0, ""),
    ("סכום + 3 * סכום > 3 ו סכום * סכום > 3", Fault.TYPES, 22, ""),
    ("תאריך + תאריך > היום", Fault.TYPES, 0, ""),
    ("ספק < 'א'", Fault.TYPES, 0, ""),
    ("-ספק = 'א'", Fault.TYPES, 0, ""),
    ("סכום מכיל 'א'", Fault.TYPES, 0, ""),
    ("ספק = 'א' ו סכום", Fault.CONDITION, 12, ""),
    ("סכום", Fault.CONDITION, 0, ""),
    ("לא ספק", Fault.CONDITION, 3, ""),
    ("ספק = ''", Fault.BLANK_TEXT, 6, ""),
    ("סטטוס = 'מבוטל'", Fault.CHOICE, 8, "בוטל"),
    ("ספירה(הוצאות; סטטוס = 'מבוטל') > 1", Fault.CHOICE, 22, "בוטל"),
    ("ספירה(הוצאה; אושר) > 1", Fault.TABLE, 6, "הוצאות"),
    ("ספירה() > 1", Fault.ARGUMENTS, 0, ""),
    ("ספירה(הוצאות; אושר; אושר) > 1", Fault.ARGUMENTS, 0, ""),
    ("ספירה(3; אושר) > 1", Fault.ARGUMENTS, 0, ""),
    ("סכום(הוצאות; ספק; אושר) > 1", Fault.ARGUMENTS, 0, ""),
    ("סכום(הוצאות; סכום + סכום; אושר) > 1", Fault.ARGUMENTS, 0, ""),
    ("ימים_מאז(ספק) > 1", Fault.ARGUMENTS, 0, ""),
    ("אורך(ספק; ספק) > 1", Fault.ARGUMENTS, 0, ""),
    ("ספירה(הוצאות; ספירה(הוצאות; אושר) > 1) > 1", Fault.NESTED, 14, ""),
    ("ספירה(הוצאות; שורה.קסילופון = 1) > 1", Fault.COLUMN, 14, ""),
    ("מס' חשבונית = ריק", Fault.UNEXPECTED, 2, "[מס' חשבונית]"),
    ("מספר הזמנה = ריק", Fault.UNEXPECTED, 5, "[מספר הזמנה]"),
]


@pytest.mark.parametrize(("condition", "fault", "at", "nearest"), WRONG)
def test_what_is_wrong_in_a_condition_is_said(condition: str, fault: Fault, at: int, nearest: str) -> None:
    (mistake,) = mistakes(condition)
    assert (mistake.part, mistake.fault, mistake.at, mistake.nearest) == (Part.CONDITION, fault, at, nearest)


def test_a_list_is_asked_what_it_contains() -> None:
    assert [mistake.fault for mistake in mistakes("יום = 'ב׳'", table="חוגים, סדנאות וקורסים")] == [Fault.LIST]
    assert isinstance(made("יום מכיל 'ב׳'", table="חוגים, סדנאות וקורסים"), OwnRule)


MESSAGES = [
    ("", Fault.EMPTY, 0),
    ("א" * 1001, Fault.TOO_LONG, 1000),
    ("הסכום {סכום} אצל {ספקק}", Fault.COLUMN, 18),
    ("{סכום.real}", Fault.COLUMN, 1),
    ("{0}", Fault.COLUMN, 1),
    ("{}", Fault.COLUMN, 1),
    ("{סכום!r:>99999}", Fault.COLUMN, 1),
    ("{{סכום}}", Fault.BRACES, 0),
    ("חסר {סכום", Fault.BRACES, 4),
    ("[סכום]", Fault.BRACKETS, 0),
    ("\u202eהפוך", Fault.HIDDEN, 0),
    ("{הערות}", Fault.FREE_TEXT, 1),
]


@pytest.mark.parametrize(("message", "fault", "at"), MESSAGES)
def test_what_is_wrong_in_a_message_is_said(message: str, fault: Fault, at: int) -> None:
    (mistake,) = mistakes("אושר", message)
    assert (mistake.part, mistake.fault, mistake.at) == (Part.MESSAGE, fault, at)


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = mistakes("סכוםם = 3", "{ספקק} {סכוםם}", name=" ")
    assert [mistake.part for mistake in found] == [Part.NAME, Part.CONDITION, Part.MESSAGE, Part.MESSAGE]


def test_a_table_that_is_not_there_is_said() -> None:
    (mistake,) = mistakes("אושר", table="הוצאת")
    assert (mistake.part, mistake.fault, mistake.nearest) == (Part.TABLE, Fault.TABLE, "הוצאות")


def test_a_message_has_its_figures() -> None:
    rule = made("סכום > 1,000 או תאריך = ריק", "{ספק}: {סכום} ביום {date}, אושר: {אושר}")
    assert titles(rule, book(EXPENSES)) == [
        "דפוס הצפון: 2,000 ₪ ביום 1.3.2026, אושר: כן",
        "—: -40 ₪ ביום —, אושר: —",
    ]


def test_a_name_is_a_person_and_is_isolated() -> None:
    """An initial is left where names are not shown in full, and each figure keeps its own direction."""
    rule = made("אושר", 'אישרה {אושר ע"י}')
    (finding,) = judge_own(rule, book(EXPENSES), TODAY)
    assert isinstance(finding.figures["f0"], Person)
    assert said(rule, finding) == f"אישרה {FSI}רות לוי{PDI}"
    assert "רות" not in said(rule, finding, full_names=False)


def test_a_cell_cannot_turn_or_fill_the_message() -> None:
    table = filled(HOME, [{"name": "\u202eא {f1}\n[ב]" + "ג" * 200, "done": True}])
    rule = compile_rule("כלל", "בית", "[בוצע?]", "{שם}!", SPECS)
    assert isinstance(rule, OwnRule)
    (finding,) = judge_own(rule, {"home": table}, TODAY)
    text = said(rule, finding)
    assert text.startswith(f"{FSI}א {{f1}} [ב]ג")
    assert len(text) < 100
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("table", "column", "fault"),
    [
        ("families", "הערות", Fault.FREE_TEXT),
        ("inquiries", "פירוט", Fault.FREE_TEXT),
        ("registrations", "national id", Fault.FREE_TEXT),
        ("welfare", "גורם מטפל", Fault.RESTRICTED),
        ("welfare", "תחום", Fault.RESTRICTED),
    ],
)
def test_what_may_not_be_told_is_refused(table: str, column: str, fault: Fault) -> None:
    found = compile_rule("כלל", table, "ספירה(הוצאות) = 0", f"{{{column}}}", TABLES)
    assert isinstance(found, list)
    assert [mistake.fault for mistake in found] == [fault]


def test_of_a_restricted_workbook_the_code_is_told() -> None:
    assert isinstance(made("ספירה(הוצאות) = 0", "{קוד פנייה}", table="welfare"), OwnRule)


def test_a_finding_points_at_its_row() -> None:
    rule = made("סכום > 1,000", "{ספק}")
    (finding,) = judge_own(rule, book(EXPENSES), TODAY)
    assert finding.table == "expenses"
    assert finding.row == 1
    assert finding.roles == (Role.COORDINATOR,)
    assert {cell.column for cell in finding.cells} == {2, 3}
    assert finding.rule.startswith("own.")


def test_the_key_is_of_the_name_however_it_is_spelt() -> None:
    keys = [made("אושר", name=name).key for name in ("תוכנית", "תכנית ", "אחר")]
    assert keys[0] == keys[1] != keys[2]


def test_a_rule_whose_tab_or_column_is_missing_is_silent() -> None:
    """A column that the tab has not is no column of empty cells."""
    rule = made("[תאריך תשלום] = ריק ו ספירה(תקציב; סעיף = שורה.סעיף) = 0")
    only = book("expenses\ndate | line\n1.3 | חגים")
    assert missing(rule, only) == ("budget", "הוצאות: תאריך תשלום")
    assert list(judge_own(rule, only, TODAY)) == []


def test_a_count_that_would_take_forever_is_stopped() -> None:
    rows = [{"name": f"שם {at}", "many": at} for at in range(5_000)]
    tables = {"home": filled(HOME, rows), "other": filled(OTHER, rows)}
    rule = compile_rule("כלל", "בית", "ספירה(אחרת; [כמה יש] > שורה.[כמה יש]) < 0", "x", SPECS)
    assert isinstance(rule, OwnRule)
    began = time.process_time()
    (finding,) = judge_own(rule, tables, TODAY)
    assert time.process_time() - began < 10
    assert (finding.variant, finding.row) == ("stopped", None)
    assert bare(said(rule, finding)) == 'הכלל "כלל" לא נבדק עד הסוף'


def test_an_equality_is_found_by_an_index() -> None:
    """20,000 rows by 20,000: within the same bound, for the steps are a few a row."""
    rows = [{"name": f"שם {at}", "many": 1} for at in range(20_000)]
    tables = {"home": filled(HOME, rows), "other": filled(OTHER, rows[:-1])}
    rule = compile_rule("כלל", "בית", "סכום(אחרת; [כמה יש]; שם = שורה.שם ו [כמה יש] > 0) = 0", "{שם}", SPECS)
    assert isinstance(rule, OwnRule)
    assert titles(rule, tables) == ["שם 19999"]
    assert [finding.variant for finding in judge_own(rule, tables, TODAY, steps=100_000)] == ["stopped"]


def test_long_texts_count_by_their_length() -> None:
    """Looking into 400 texts of 40,000 letters is no 400 steps."""
    tables = {"home": filled(HOME, [{"details": f"{at} " + "אב " * 13_000} for at in range(400)])}
    rule = compile_rule("כלל", "בית", "[פירוט רב] מכיל 'ג'", "x", SPECS)
    assert isinstance(rule, OwnRule)
    assert list(judge_own(rule, tables, TODAY)) == []
    assert [finding.variant for finding in judge_own(rule, tables, TODAY, steps=1_000_000)] == ["stopped"]


@pytest.mark.parametrize(("rows", "variants"), [(MOST_FINDINGS, {""}), (MOST_FINDINGS + 1, {"", "crowded"})])
def test_a_rule_that_fits_too_many_rows_says_so_once(rows: int, variants: set[str]) -> None:
    tables = {"home": filled(HOME, [{"many": 1}] * rows)}
    rule = compile_rule("כלל", "בית", "[כמה יש] = 1", "x", SPECS)
    assert isinstance(rule, OwnRule)
    found = list(judge_own(rule, tables, TODAY))
    assert {finding.variant for finding in found} == variants
    assert len(found) == rows
    for finding in found:
        assert said(rule, finding)


def test_a_number_out_of_all_proportion_stops_the_rule() -> None:
    tables = {"home": filled(HOME, [{"many": 10**12}])}
    rule = compile_rule("כלל", "בית", "[כמה יש]*[כמה יש]*[כמה יש] > 1", "x", SPECS)
    assert isinstance(rule, OwnRule)
    assert [finding.variant for finding in judge_own(rule, tables, TODAY)] == ["stopped"]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=60), st.text(max_size=60))
def test_any_four_cells_are_a_rule_or_mistakes(name: str, table: str, condition: str, message: str) -> None:
    rule = compile_rule(name, table, condition, message, SPECS)
    assert isinstance(rule, OwnRule) or all(mistake.hebrew and mistake.english for mistake in rule)


VALUES = ("שם", "[כמה יש]", "[מחיר מלא]", "[תאריך יעד]", "[בוצע?]", "תגיות", "היום", "ריק", "כן", "3", "5 ₪", '"חגים"')
SIGNS = ("=", "<>", "<", "+", "-", "/", "ו", "או", "לא", "מכיל", "(", ")", "ספירה(אחרת; ", "שורה.שם", "אורך(")
WORDS = st.sampled_from(VALUES + SIGNS)


@given(st.lists(WORDS, max_size=12).map(" ".join), BOOKS)
def test_any_condition_ends_within_its_steps(condition: str, tables: Book) -> None:
    rule = compile_rule("כלל", "בית", condition, "{שם}", SPECS)
    if isinstance(rule, OwnRule):
        for finding in judge_own(rule, tables, TODAY, steps=500):
            assert said(rule, finding)
