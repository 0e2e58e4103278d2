"""The words of every rule: read in `messages.txt`, and held to a few laws of good Hebrew."""

import re
from pathlib import Path

import pytest

from rules.catalogue import RULES
from rules.rule import Rule
from rules.wording import FSI, PDI
from tests.rules.spoken import MESSAGES, as_text, every_message

SLASH_FORM = re.compile(r"[א-ת]/[א-ת]")
ISOLATED = re.compile(f"{FSI}[^{PDI}]*{PDI}")
IMPERATIVES = re.compile(r"(?<![א-ת])(בדקו|בדוק|בדקי|עדכן|עדכני|עדכנו|שלח|שלחי|שלחו|רשמי|רשמו|התקשר|התקשרי)(?![א-ת])")
TEMPLATES = [(rule, variant, wording) for rule in RULES for variant, wording in rule.wording.items()]


def test_messages_are_as_they_were_read() -> None:
    """After a change of words: `uv run python -m tests.rules.spoken`, and read the difference."""
    assert MESSAGES.read_text(encoding="utf-8") == as_text()


@pytest.mark.parametrize(("rule", "variant", "wording"), TEMPLATES, ids=lambda value: str(getattr(value, "key", "")))
def test_hebrew_has_no_slash_forms_and_gives_no_orders(rule: Rule, variant: str, wording: object) -> None:
    words = rule.wording[variant].he
    said = f"{words.title} {words.body} {words.next_step}"
    assert not SLASH_FORM.search(said)
    assert not IMPERATIVES.search(said)


def test_every_figure_is_isolated() -> None:
    """No digit stands outside a figure, so that numbers keep their place inside Hebrew."""
    loose = [
        (rule.key, part)
        for rule, _, _, _, text in every_message()
        for part in (text.title, text.body, text.next_step)
        if re.search(r"[\d₪%]", ISOLATED.sub("", part))
    ]
    assert loose == []


def test_no_template_is_left_unfilled() -> None:
    assert not [
        line for line in as_text().splitlines() if re.search(r"[{}|\[\]#]|None|  |\.\.", line.split(": ", 1)[1])
    ]


def test_every_rule_has_a_test() -> None:
    """A rule is tested where its key is asked for; a parameter where a test is named `test_<rule>__<parameter>`."""
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    untested = [rule.key for rule in RULES if f'"{rule.key}"' not in tests]
    unpaired = [
        f"{rule.key} {param.name}"
        for rule in RULES
        for param in rule.params
        if f"def test_{rule.key.replace('.', '_')}__{param.name}(" not in tests
    ]
    assert (untested, unpaired) == ([], [])
