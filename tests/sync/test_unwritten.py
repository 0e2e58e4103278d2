"""Of a tab that Google lets nobody of ours write one alert and a line in the summary tell, until it was written."""

import pytest

from sheets_sync.pass_ import run_pass
from tests.sync.test_facts import alerts, letters, only
from tests.sync.test_parts import protect
from tests.sync.test_tried_again import DOUBTFUL, is_marked, unprotect
from tests.world import SPECS, World

RULE = "קובץ שלא נקרא"
PERSON = {"role": "רכז/ת קהילה", "name": "דנה", "email": "dana@village.example"}


def said(world: World) -> list[tuple[str, bool]]:
    plain = str.maketrans("", "", "\u2068\u2069")
    return [(row["מה קורה"].translate(plain), not row["נסגרה"]) for row in alerts(world).get(RULE, [])]


def summary(world: World) -> str:
    return str(world.values("main", "תמונת מצב"))


@pytest.mark.parametrize(("book", "key"), [("budget", "budget"), ("main", "classes")])
def test_a_protected_tab_is_told_once_and_closes_when_it_was_written(world: World, book: str, key: str) -> None:
    only(world, "service.unreadable")
    world.fill("people", PERSON)
    world.fill(key, DOUBTFUL if key == "budget" else {"name": "יוגה", "phone": "12"})
    title = SPECS[key].hebrew
    protection = protect(world, book, title)
    for _ in range(4):
        run_pass(world.service, "clock")
    [(words, is_open)] = said(world)
    assert words.startswith(f'בקובץ {book} הלשונית "{title}" לא מתעדכנת')
    assert world.account in words
    assert is_open
    assert f"{book} · {title}" in summary(world)
    assert sum(title in text and "לא מתעדכנת" in text for _, text in letters(world)) == 1
    # Of trouble that lasts nothing new is written: the words are the same at each try.
    before = world.values("main", "תמונת מצב"), world.values("main", "התראות")
    run_pass(world.service, "clock")
    assert (world.values("main", "תמונת מצב"), world.values("main", "התראות")) == before
    unprotect(world, book, protection)
    world.run()
    assert is_marked(world, book)
    world.run()
    assert [one for _, one in said(world)] == [False]
    assert f"{book} · {title}" not in summary(world)


def test_the_tab_of_alerts_itself_is_told_of_by_mail(world: World) -> None:
    only(world, "service.unreadable", "budget.overrun")
    world.fill("people", PERSON)
    world.run()
    protect(world, "main", "התראות")
    world.fill("budget", {"line": "חגים", "planned": 100})
    world.fill("expenses", {"date": 46349, "line": "חגים", "supplier": "גל", "amount": 900, "kind": "תשלום"})
    for _ in range(3):
        run_pass(world.service, "clock")
    assert sum("לא מתעדכנת" in text for _, text in letters(world)) == 1
