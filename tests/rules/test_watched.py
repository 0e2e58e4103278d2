"""What rules share of the tables: made once for all who see the same book, and looked at by each of them."""

from collections.abc import Sequence

import pytest

from rules.catalogue import RULES
from rules.engine import judge
from rules.rule import Given
from rules.rule import Settings as RuleSettings
from rules.table import Book
from rules.watched import Made, Watched, once
from tests.rules.random_books import random_book
from tests.rules.sheets import TODAY

made_for: list[int] = []


@once
def lengths(book: Book, more: int) -> Sequence[int]:
    """How long two tables are, by way of another that is made once."""
    made_for.append(more)
    return tuple(length(book, key) + more for key in ("budget", "expenses"))


@once
def length(book: Book, key: str) -> int:
    """How long a table is, 0 where it is not there."""
    return len(book[key]) if key in book else 0


@once
def listed(book: Book) -> Sequence[str]:
    """Which tables there are."""
    return tuple(book)


def test_it_is_made_once_for_each_argument_and_looked_at_by_all() -> None:
    book, made = random_book(1), Made()
    made_for.clear()
    one, other, third = (Watched(book, made) for _ in range(3))
    assert lengths(one, 1) == lengths(other, 1) == lengths(book, 1)
    assert lengths(third, 2) == tuple(size + 1 for size in lengths(one, 1))
    assert made_for == [1, 1, 2]  # once for the two that share, once for the plain book, once for another argument
    assert one.looked.tables.keys() == other.looked.tables.keys() == {"budget", "expenses"}
    assert not other.looked.stands({**book, "budget": random_book(2)["budget"]})
    assert not other.looked.misses({"events"})


def test_who_asks_for_a_list_of_all_has_listed_them() -> None:
    book, made = random_book(1), Made()
    one, other = Watched(book, made), Watched(book, made)
    assert listed(one) == listed(other) == tuple(book)
    assert other.looked.every == tuple(book)
    assert other.looked.misses({"nothing"})


def test_what_fails_fails_for_each_who_asks() -> None:
    made = Made()

    @once
    def failing(book: Book) -> int:
        return len(book["absent"])

    for _ in range(2):
        with pytest.raises(KeyError, match="absent"):
            failing(Watched({}, made))


@pytest.mark.parametrize("seed", range(5))
def test_rules_say_the_same_together_as_each_alone(seed: int) -> None:
    book = random_book(seed)
    verdict = judge(RULES, book, RuleSettings(), {}, TODAY)
    alone = [judge([rule], book, RuleSettings(), {}, TODAY) for rule in RULES]
    assert verdict.findings == tuple(finding for one in alone for finding in one.findings)
    assert verdict.questions == tuple(question for one in alone for question in one.questions)
    for rule, run in verdict.runs.items():
        single = Watched(book)
        each = next(one for one in RULES if one.key == rule)
        list(each.judge(single, Given(TODAY, RuleSettings(), each.values())))
        assert run.looked.tables.keys() == single.looked.tables.keys()
