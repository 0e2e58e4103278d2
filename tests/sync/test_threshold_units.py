"""A threshold with a sign of another unit is asked about beside its cell, and not taken for its number."""

import pytest

from rules.rule import Unit
from rules.table import Cell
from sheets_sync.tabs.threshold_units import EXPECTED, is_of_another
from tests.sync.test_rules_tab import OVERRUN, SHARE, TITLE, cell, overrun, rows, told, write
from tests.world import World


@pytest.mark.parametrize(
    ("text", "unit", "other"),
    [
        ("10%", Unit.SHEKEL, True),
        ("10 אחוזים", Unit.SHEKEL, True),
        ("10 ₪", Unit.SHEKEL, False),
        ("1,000", Unit.SHEKEL, False),
        ("10%", Unit.PERCENT, False),
        ('10 ש"ח', Unit.PERCENT, True),
        ("250 ₪", Unit.DAYS, True),
        ("5%", Unit.COUNT, True),
        ("14 ימים", Unit.DAYS, False),
        ("1", Unit.FLAG, False),
        ("100%", Unit.FLAG, True),
    ],
)
def test_signs(text: str, unit: Unit, other: bool) -> None:
    assert is_of_another(text, unit) is other


def test_every_unit_has_its_words() -> None:
    assert EXPECTED.keys() == set(Unit)
    for words in EXPECTED.values():
        he, _, en = words.partition("\n")
        assert he != en
        assert all((he, en))


@pytest.mark.parametrize("value", ["10%", "10 %", "כ-10 אחוז"])
def test_a_percentage_of_shekels_is_said_at_the_cell_and_does_not_count(world: World, value: Cell) -> None:
    overrun(world)
    before = told(world)
    write(world, OVERRUN, "threshold", value)
    assert told(world) == before
    assert rows(world)[OVERRUN]["threshold"] == value
    assert rows(world)[OVERRUN]["in_use"] == "כן, עם הסף 250"
    assert "צפוי כאן סכום ב־₪, ולא אחוז." in cell(world, OVERRUN, "threshold")["note"]
    [problem] = [row for row in world.values("main", "לתיקון בגיליון")[1:] if TITLE in row[0]]
    assert "צפוי כאן סכום ב־₪" in problem[1]
    assert world.run().requests == 0
    write(world, OVERRUN, "threshold", 10)
    assert world.run().picture.problems == ()


def test_a_percentage_of_a_percentage_counts(world: World) -> None:
    overrun(world)
    world.run()
    write(world, SHARE, "threshold", "10%")
    picture = world.run().picture
    assert picture.choices.params["budget.overrun"]["secretary_share"] == 10
