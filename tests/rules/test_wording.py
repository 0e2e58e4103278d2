"""Templates: forms by a count, parts left out, and what is isolated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.wording import FSI, NBSP, PDI, Figure, Language, Money, Percent, Person, Text, Wording, day, fill, money

FORMS = "{n|הרשמה אחת|שתי הרשמות|# הרשמות}"
TWO = "{n|one class|# classes}"
ZERO = "{n|=0 none|one class|# classes}"
HE_ZERO = "{n|=0 אין הרשמות|הרשמה אחת|שתי הרשמות|# הרשמות}"


def shown(text: str) -> str:
    """Isolated parts in brackets, as one reads them."""
    return text.replace(FSI, "⟨").replace(PDI, "⟩").replace(NBSP, "_")


@pytest.mark.parametrize(
    ("template", "count", "said"),
    [
        (FORMS, 0, "⟨0⟩ הרשמות"),
        (FORMS, 1, "הרשמה אחת"),
        (FORMS, 2, "שתי הרשמות"),
        (FORMS, 3, "⟨3⟩ הרשמות"),
        (FORMS, 11, "⟨11⟩ הרשמות"),
        (FORMS, 1.5, "⟨1.5⟩ הרשמות"),
        (FORMS, 1_200, "⟨1,200⟩ הרשמות"),
        (HE_ZERO, 0, "אין הרשמות"),
        (HE_ZERO, 1, "הרשמה אחת"),
        (HE_ZERO, 2, "שתי הרשמות"),
        (HE_ZERO, 3, "⟨3⟩ הרשמות"),
        (TWO, 0, "⟨0⟩ classes"),
        (TWO, 1, "one class"),
        (TWO, 2, "⟨2⟩ classes"),
        (TWO, 11, "⟨11⟩ classes"),
        (TWO, 1.5, "⟨1.5⟩ classes"),
        (ZERO, 0, "none"),
        (ZERO, 1, "one class"),
        (ZERO, 2, "⟨2⟩ classes"),
        ("{n|# %}", 1, "⟨1⟩ %"),
    ],
)
def test_forms_by_a_count(template: str, count: float, said: str) -> None:
    assert shown(fill(template, {"n": count})) == said


@pytest.mark.parametrize("value", [None, "three", date(2026, 1, 1)])
def test_forms_need_a_count(value: Figure) -> None:
    with pytest.raises(TypeError, match="a count was expected"):
        fill(TWO, {"n": value})


@pytest.mark.parametrize(
    ("template", "figures", "said"),
    [
        ("חסרות {n}[, מועד {due}].", {"n": 2, "due": None}, "חסרות ⟨2⟩."),
        ("חסרות {n}[, מועד {due}].", {"n": 2, "due": date(2026, 3, 1)}, "חסרות ⟨2⟩, מועד ⟨1.3.2026⟩."),
        ("[{a} ו־{b}]", {"a": "x", "b": None}, ""),
        ("[{a}] [{b}] [{c}]", {"a": "x", "b": None, "c": "z"}, "⟨x⟩ ⟨z⟩"),
        ("[{n|=0 אין|יש #}]", {"n": 0}, "אין"),
        ("[בלי כלום]", {}, "בלי כלום"),
    ],
    ids=["left out", "there", "one of two", "the gap closes", "zero is there", "no figure in it"],
)
def test_parts_that_may_be_left_out(template: str, figures: dict[str, Figure], said: str) -> None:
    assert shown(fill(template, figures)) == said


@pytest.mark.parametrize(
    ("template", "value", "language", "said"),
    [
        ("{x}", "Yoga 2", "he", "⟨Yoga 2⟩"),
        ("{x}", "", "he", "⟨⟩"),
        ("{x}", None, "he", ""),
        ("{x}", 7, "he", "⟨7⟩"),
        ("{x}", 12_345, "he", "⟨12,345⟩"),
        ("{x}", -3, "he", "⟨-3⟩"),
        ("{x}", 2.5, "he", "⟨2.5⟩"),
        ("{x}", Money(124_000), "he", "⟨1,240_₪⟩"),
        ("{x}", Percent(87), "he", "⟨87%⟩"),
        ("{x}", date(2026, 11, 22), "he", "⟨22.11.2026⟩"),
        ("{x:day}", date(2026, 11, 22), "he", "⟨יום א׳, 22.11.2026⟩"),
        ("{x:day}", date(2026, 11, 28), "he", "⟨שבת, 28.11.2026⟩"),
        ("{x:day}", date(2026, 11, 22), "en", "⟨Sun 22.11.2026⟩"),
        ("{x}", Person("נועה כץ"), "he", "⟨נועה כץ⟩"),
    ],
)
def test_figures_are_isolated(template: str, value: Figure, language: Language, said: str) -> None:
    assert shown(fill(template, {"x": value}, language)) == said


@pytest.mark.parametrize(
    ("agorot", "said"),
    [
        (0, "0_₪"),
        (5, "0.05_₪"),
        (100, "1_₪"),
        (124_000, "1,240_₪"),
        (124_050, "1,240.50_₪"),
        (-124_050, "-1,240.50_₪"),
        (-1, "-0.01_₪"),
        (123_456_789_000, "1,234,567,890_₪"),
    ],
)
def test_money(agorot: int, said: str) -> None:
    assert shown(money(agorot)) == said


@given(st.integers(-(10**14), 10**14))
def test_money_is_exact(agorot: int) -> None:
    text = money(agorot).replace(",", "").removesuffix(f"{NBSP}₪")
    whole, _, rest = text.partition(".")
    assert int(whole + (rest or "00")) == agorot


@pytest.mark.parametrize(
    ("when", "hebrew", "english"),
    [
        (date(2026, 11, 23), "יום ב׳, 23.11.2026", "Mon 23.11.2026"),
        (date(2026, 11, 27), "יום ו׳, 27.11.2026", "Fri 27.11.2026"),
        (date(2026, 11, 28), "שבת, 28.11.2026", "Sat 28.11.2026"),
        (date(2026, 3, 1), "יום א׳, 1.3.2026", "Sun 1.3.2026"),
    ],
)
def test_a_day(when: date, hebrew: str, english: str) -> None:
    assert day(when, "he", weekday=True) == hebrew
    assert day(when, "en", weekday=True) == english
    assert day(when) == hebrew.split(", ")[-1]


def test_a_name_is_an_initial_where_it_must_not_stand() -> None:
    text = Text("משפחת {name}", "", "{supplier}")
    words = Wording(text, text)
    figures: dict[str, Figure] = {"name": Person("לוי"), "supplier": "גל"}
    assert shown(words.render(figures, "he", full_names=False).title) == "משפחת ⟨ל׳⟩"
    assert shown(words.render(figures, "he", full_names=False).next_step) == "⟨גל⟩"
    assert shown(words.render(figures, "he").title) == "משפחת ⟨לוי⟩"
    assert words.render({**figures, "name": Person("  ")}, "he", full_names=False).title.endswith(f"{FSI}{PDI}")


def test_a_figure_that_is_not_given_is_named() -> None:
    with pytest.raises(KeyError, match="line"):
        fill("{line}", {})
    with pytest.raises(KeyError, match="line"):
        fill("[{line}]", {})


@given(st.text(max_size=40))
def test_what_a_sheet_says_is_never_read_as_a_template(value: str) -> None:
    """A name such as `{x}` or `[a]` stays what it is; only runs of spaces close up."""
    said = fill("«{x}»", {"x": value})
    assert said == " ".join(f"«{FSI}{value}{PDI}»".split(" ")) or "  " in value
