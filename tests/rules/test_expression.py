"""The language of a person's own rules: what is read, what is refused and where, and that it is bounded."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.expression import MAX_LENGTH, Node, write
from rules.expression_parser import parse
from rules.mistake import ENGLISH, HEBREW, Fault, Mistake
from tests.rules.expressions import conditions

READ = [
    ("כמה > 3", "[כמה] > 3"),
    ("[תאריך הגעה] < היום - 30", "[תאריך הגעה] < (היום - 30)"),
    ("א = 1 ו ב = 2 או ג = 3", "(([א] = 1) ו ([ב] = 2)) או ([ג] = 3)"),
    ("א = 1 וגם לא ב = 2", "([א] = 1) ו (לא ([ב] = 2))"),
    ("א = 1 ולא ב = כן", "([א] = 1) ו (לא ([ב] = כן))"),
    ("a = 1 and b = no or not c <> empty", "(([a] = 1) ו ([b] = לא)) או (לא ([c] <> ריק))"),
    ("א+2*ג-ד = 0", "(([א] + (2 * [ג])) - [ד]) = 0"),
    ("-א < −3", "(-[א]) < (-3)"),
    ("א בין 1 ל10", "[א] בין 1 ל 10"),
    ("א בין 1 ל-10", "[א] בין 1 ל 10"),
    ("א בין 1 ל -10", "[א] בין 1 ל (-10)"),
    ("א בין 1 ו-10 ו ב = 1", "([א] בין 1 ל 10) ו ([ב] = 1)"),
    ("א between 1 and 3 and ב = 1", "([א] בין 1 ל 3) ו ([ב] = 1)"),
    ("א בין היום להיום+7", "[א] בין היום ל (היום + 7)"),
    ("א ≥ 1,200.50", "[א] >= 1200.50"),
    ("א != 5 ₪ ו ב <= ₪7.5", "([א] <> 5.00 ₪) ו ([ב] <= 7.50 ₪)"),
    ('א = 3 ש"ח', "[א] = 3.00 ₪"),
    ("א > 85%", "[א] > 85"),
    ("א = 22.11.2026 או א = 1/2/2027 או א = 3.4.26", "([א] = 22.11.2026) או ([א] = 1.2.2027) או ([א] = 3.4.2026)"),
    ("א = 22 / 11", "[א] = (22 / 11)"),
    ("א מכיל 'חג' ו ב לא מכיל “x”", '([א] מכיל "חג") ו (לא ([ב] מכיל "x"))'),
    ('א = ״צח"י״ או א = \'צ"ח"י\'', "([א] = 'צח\"י') או ([א] = 'צ\"ח\"י')"),
    ('[מס\' "א" (ב–ג)/ה] = ריק', '[מס\' "א" (ב–ג)/ה] = ריק'),
    ("ספירה(הוצאות; סעיף = שורה.[סעיף]) > 0", "ספירה([הוצאות]; [סעיף] = שורה.[סעיף]) > 0"),
    ("COUNT(expenses, line = Row.line) > 0", "ספירה([expenses]; [line] = שורה.[line]) > 0"),
    ("ימים_מאז(א) + days_until(ב) > 3", "(ימים_מאז([א]) + ימים_עד([ב])) > 3"),
    ("שנה(א) = שנה", "שנה([א]) = [שנה]"),
    ("ואדי = 1 או לאה = 2 או אורנה = 3", "([ואדי] = 1) או ([לאה] = 2) או ([אורנה] = 3)"),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_an_expression_is_read(text: str, tree: str) -> None:
    read = parse(text)
    assert isinstance(read, Node), read
    assert write(read) == tree


REFUSED = [
    ("", Fault.EMPTY, 0),
    ("  \n", Fault.EMPTY, 0),
    ("__import__('os').system('x')", Fault.UNEXPECTED, 16),
    ("__import__('os') = 1", Fault.FUNCTION, 0),
    ("eval('1') = 1", Fault.FUNCTION, 0),
    ("א.__class__ = 1", Fault.UNEXPECTED, 1),
    ("היום.year = 1", Fault.UNEXPECTED, 4),
    ("(1).real = 1", Fault.UNEXPECTED, 3),
    ("שורה.א.ב = 1", Fault.UNEXPECTED, 6),
    ("9**9**9", Fault.UNEXPECTED, 2),
    ("^(a+)+$", Fault.UNEXPECTED, 0),
    ("lambda: 1", Fault.UNEXPECTED, 6),
    ("[x for x in y] == 1", Fault.UNEXPECTED, 16),
    ("א = {1}", Fault.UNEXPECTED, 4),
    ("א < ב < ג", Fault.UNEXPECTED, 6),
    ("א == 3", Fault.UNEXPECTED, 3),
    ("א = ", Fault.UNFINISHED, 4),
    ("(א = 1", Fault.UNFINISHED, 6),
    ("א = 1)", Fault.UNEXPECTED, 5),
    ('א = "חגים', Fault.UNEXPECTED, 4),
    ("א = 'a\x00b'", Fault.HIDDEN, 6),
    ("א = \u202e1", Fault.HIDDEN, 4),
    ("\u200fא = 1", Fault.HIDDEN, 0),
    ("א = 31.2.2026", Fault.DATE, 4),
    ("א = 1.1.9999", Fault.DATE, 4),
    ("א = " + "9" * 13, Fault.NUMBER, 4),
    ("א = 1.23456", Fault.NUMBER, 4),
    ("א = 1.234 ₪", Fault.NUMBER, 4),
    ("(" * 41 + "א = 1" + ")" * 41, Fault.TOO_DEEP, 0),
    ("(" * 400 + "1" + ")" * 400, Fault.TOO_DEEP, 359),
    ("-" * 900 + "1", Fault.TOO_DEEP, 860),
    ("לא " * 300 + "א", Fault.TOO_DEEP, 780),
    ("1+" * 50 + "1 = 1", Fault.TOO_DEEP, 0),
    (" או ".join(["א=1"] * 120), Fault.TOO_MANY, 0),
    ("1" + "+1" * 1_000_000, Fault.TOO_LONG, MAX_LENGTH),
    ("(" * 1_000_000, Fault.TOO_LONG, MAX_LENGTH),
]


@pytest.mark.parametrize(("text", "fault", "at"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_what_is_no_expression_is_pointed_at(text: str, fault: Fault, at: int) -> None:
    began = time.process_time()
    mistake = parse(text)
    assert time.process_time() - began < 1
    assert isinstance(mistake, Mistake), write(mistake)
    assert mistake.fault is fault
    if fault is not Fault.TOO_MANY:
        assert mistake.at == at


def test_the_greatest_that_is_taken() -> None:
    """At each bound an expression is taken; one more is refused above."""
    nested = "(" * 40 + "א = 1" + ")" * 40
    assert isinstance(parse(nested), Node)
    assert isinstance(parse(" או ".join(["א=1"] * 66)), Node)  # 66 comparisons of 3 nodes, and what joins them
    assert isinstance(parse(" או ".join(["א=1"] * 67)), Mistake)
    padded = "א = 1"
    assert isinstance(parse(padded + " " * (MAX_LENGTH - len(padded))), Node)
    assert isinstance(parse(padded + " " * (MAX_LENGTH - len(padded) + 1)), Mistake)


@pytest.mark.parametrize("fault", Fault)
def test_every_mistake_is_said_in_both_languages(fault: Fault) -> None:
    mistake = Mistake(fault, 0, "x", "שם", "y")
    assert mistake.hebrew.endswith(". אולי הכוונה לשם?")
    assert mistake.english.endswith(". Perhaps שם is meant?")
    assert "{found" not in mistake.hebrew + mistake.english
    assert fault in HEBREW
    assert fault in ENGLISH


def test_a_misspelt_function_is_recognised() -> None:
    mistake = parse("ימים_עדד(א) > 3")
    assert isinstance(mistake, Mistake)
    assert mistake.hebrew == "אין פונקציה בשם ימים_עדד. אולי הכוונה לימים_עד?"


PIECES = st.sampled_from(
    [*"()[];,.=<>+-*/'\"״₪%^&{}\\\n\x00\u202e", "ו", "או", "לא", "בין", "ל", "מכיל", "ריק", "היום"]
)
BITS = PIECES | st.sampled_from(["שורה.", "[א]", "ספירה(", "סכום(", "1", "22.11.2026", '"א"', " ", "count"]) | st.text()


@given(st.lists(BITS, max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never an error, and a mistake stands inside the text."""
    read = parse(text)
    if isinstance(read, Mistake):
        assert 0 <= read.at <= len(text)
        assert read.hebrew
    else:
        again = write(read)
        assert len(again) > MAX_LENGTH or parse(again) == read


@given(conditions(3))
def test_what_is_written_is_read_again(tree: Node) -> None:
    text = write(tree)
    assume(len(text) <= MAX_LENGTH)
    read = parse(text)
    assert read == tree or (isinstance(read, Mistake) and read.fault is Fault.TOO_MANY)
