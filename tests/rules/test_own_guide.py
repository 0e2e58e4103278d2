"""Every example of the guide is read as it stands there, and finds on a drawn sheet what the guide says."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from rules.catalogue import TABLES
from rules.expression import FUNCTIONS, MAX_DEPTH, MAX_LENGTH, MAX_NODES, USAGE
from rules.expression_run import MAX_STEPS
from rules.own_rules import ALL_STEPS, MOST_FINDINGS, OwnRule, compile_rule, judge_own
from sheets_sync.tabs.custom_tab import ENGLISH_EXAMPLES, MOST_RULES
from sheets_sync.tabs.custom_tab import EXAMPLES as EXAMPLES_OF_TAB
from tests.rules.sheets import TODAY, bare, book

GUIDE = (Path(__file__).parents[2] / "docs" / "own-rules-he.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"### (?P<number>\d+)\. (?P<name>.+)\n\n"
    r"```\nטבלה: (?P<table>.+)\nתנאי: (?P<condition>.+)\nהודעה: (?P<message>.+)\n```"
)
EXAMPLES = {int(match["number"]): match for match in EXAMPLE.finditer(GUIDE)}

SHEETS: Mapping[int, tuple[str, list[str]]] = {
    1: (
        """
        expenses
        supplier   | amount   | invoice | status
        דפוס הצפון | 1,000    |         | תקין
        במות       | 999.99   |         | תקין
        הגברה      | 3,000    | 17      | תקין
        תפאורה     | 3,000    |         | בוטל
        """,
        ["עוד לא נרשמה חשבונית של דפוס הצפון על 1,000 ₪"],
    ),
    2: (
        """
        events
        name  | date | place       | rain_place
        סוכות | +14d | הדשא הגדול |
        חנוכה | +15d | הדשא הגדול |
        קבלה  | +3d  | הדשא הגדול | אולם
        הרצאה | +3d  | אולם        |
        """,
        ["לאירוע סוכות, 6.12.2026, עוד לא נרשמה חלופה לגשם"],
    ),
    3: (
        """
        families
        family | arrival | children | companion
        לוי    | TODAY   | 3        |
        כהן    | +1d     | 3        |
        מזרחי  | -9d     | 2        |
        ביטון  | -9d     | 4        | דהן
        פרץ    | -9d     |          |
        """,
        ["למשפחת לוי עוד לא נרשמה משפחה מלווה"],
    ),
    4: (
        """
        classes
        name
        קרמיקה
        יוגה

        registrations
        participant | class_name | payment
        א           | קרמיקה     | טרם שולם
        ב           | קרמיקה     | טרם שולם
        ג           | קרמיקה     | טרם שולם
        ד           | יוגה       | טרם שולם
        ה           | יוגה       | טרם שולם
        ו           | יוגה       | שולם
        """,
        ["בחוג קרמיקה יש שלושה נרשמים או יותר שעוד לא שילמו"],
    ),
    5: (
        """
        budget
        line | planned
        חגים | 18,000
        נוער | 6,000

        expenses
        line | amount | kind
        חגים | 9,000  | תשלום
        חגים | 0.01   | תשלום
        נוער | 3,000  | תשלום
        נוער | 3,000  | התחייבות
        """,
        ["בסעיף חגים שולם יותר מחצי מהתקציב, שהוא 18,000 ₪"],
    ),
    6: (
        """
        tasks
        task         | due   | status
        להזמין במה   | +1d   | פתוח
        לאשר תקציב   | +1d   |
        לשלוח הזמנות | +1d   | בוצע
        לסכם         | TODAY | פתוח
        """,
        ["מחר מועד הביצוע: להזמין במה", "מחר מועד הביצוע: לאשר תקציב"],
    ),
    7: (
        """
        volunteers
        name     | hours | joined
        נועה כהן | 20    | -89d
        דן לוי   | 20    | -90d
        טל פרץ   | 19    | -9d
        """,
        ["נועה כהן: 20 שעות בשלושת החודשים הראשונים"],
    ),
    8: (
        """
        committees
        name  | members | members_needed
        תרבות | 3       | 6
        רווחה | 4       | 6
        נוער  |         | 6
        """,
        ["בוועדת תרבות יש 3 מתוך 6 חברים"],
    ),
    9: (
        """
        channels
        group | members | rules_posted
        הורים | 201     | לא
        נוער  | 201     | כן
        ספרים | 200     | לא
        """,
        ["בקבוצה הורים עוד לא פורסמו כללי שיח"],
    ),
    10: (
        """
        events
        name  | date
        סוכות | +10d
        חנוכה | +10d
        פורים | +11d
        קיץ   | -1d

        publications
        title | event
        בואו  | חנוכה
        """,
        ["לאירוע סוכות בעוד ימים אחדים עוד לא נרשם פרסום"],
    ),
}


def test_the_guide_has_ten_examples_and_each_is_drawn() -> None:
    assert sorted(EXAMPLES) == sorted(SHEETS) == list(range(1, 11))


@pytest.mark.parametrize("number", SHEETS)
def test_an_example_finds_what_it_says(number: int) -> None:
    drawn, told = SHEETS[number]
    example = EXAMPLES[number]
    rule = compile_rule(example["name"], example["table"], example["condition"], example["message"], TABLES)
    assert isinstance(rule, OwnRule), [mistake.hebrew for mistake in rule]
    found = list(judge_own(rule, book(drawn), TODAY))
    titles = [bare(rule.wording[finding.variant].render(finding.figures, "he").title) for finding in found]
    assert titles == told


def test_the_guide_lists_every_function() -> None:
    assert [name for name in FUNCTIONS if f"| `{USAGE[name][0]}` |" not in GUIDE] == []
    assert [name for name in FUNCTIONS if f"| `{USAGE[name][1]}` |" not in GUIDE] == []


@pytest.mark.parametrize("bound", [MAX_LENGTH, MAX_NODES, MAX_DEPTH, MAX_STEPS, MOST_FINDINGS, ALL_STEPS, MOST_RULES])
def test_the_guide_names_the_bounds(bound: int) -> None:
    assert re.search(rf"(?<![\d,]){bound:,}(?![\d,])|(?<![\d,]){bound}(?![\d,])", GUIDE)


@pytest.mark.parametrize("example", [*EXAMPLES_OF_TAB, *ENGLISH_EXAMPLES], ids=lambda one: one[0])
def test_the_examples_of_the_tab_are_rules(example: tuple[str, str, str, str]) -> None:
    assert isinstance(compile_rule(*example, TABLES), OwnRule)
    assert example[2] in GUIDE or example in ENGLISH_EXAMPLES
