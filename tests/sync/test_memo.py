"""A look that takes over what the last one did gives the same picture as one that does everything anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.catalogue import RULES
from rules.engine import CRASHED, DIFFERED
from rules.facts import Facts, Sharing, Waiting
from rules.memo import NOTHING_DONE, Memo, same_cells
from rules.rule import Unit
from rules.table import Cell, Grid, Place, Table
from rules.values import write_cell
from rules.watched import Watched
from sheets_sync.config import Community, Google, Settings, SpreadsheetSettings
from sheets_sync.errors import GoogleTrouble, Unavailable
from sheets_sync.look import ALL_TABLES, Picture, look
from sheets_sync.reading.known import Known
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.recheck import NIGHT, differences, looked
from sheets_sync.tabs.column_answers import headers_of
from sheets_sync.tabs.custom_spec import CUSTOM_RULES
from sheets_sync.tabs.custom_tab import EXAMPLES
from sheets_sync.tabs.told import Told
from tests.rules.random_books import random_book
from tests.rules.sheets import TODAY

MAIN, OTHER = "m" * 30, "o" * 30
BUSY: GoogleTrouble = Unavailable("עמוס", "busy")
MOST_TABS = 8
CELLS: Sequence[Cell] = (None, "", 0, 1, 1.0, True, False, 46_350, 46_350.25, "חגים", "קרמיקה", "קרמיקא", "-", "#REF!")
THRESHOLDS = [(rule.key, param) for rule in RULES for param in rule.params if param.unit is not Unit.FLAG]
CONDITIONS = ("סכום >= 1,000 ₪", "סכום >= 1 ₪", "מקום = ריק", "אין כזה")


@dataclass
class Stage:
    """A community as it may stand before a look: all that `look` is given, but for the memo."""

    tabs: list[Tab]
    today: date = TODAY
    is_restricted: bool = False
    is_unread: bool = False
    facts: Facts = field(default_factory=Facts)
    told: Told = field(default_factory=Told)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    """Which tab is which table, by the settings."""

    def look(self, memo: Memo = NOTHING_DONE) -> Picture:
        other = SpreadsheetSettings("other", OTHER, restricted=self.is_restricted, tabs=self.named)
        files = [SpreadsheetSettings("main", MAIN), other]
        chosen = Settings(Community("כפר"), files, google=Google(Path("key.json")), rules=self.rules)
        books = [
            Spreadsheet(one, one.name, tuple(tab for tab in self.tabs if tab.place.spreadsheet == one.id))
            for one in files
            if not (self.is_unread and one.id == MAIN)
        ]
        troubles = {"main": BUSY} if self.is_unread else {}
        stood = {MAIN: ["events", "expenses"]}
        return look(Snapshot(tuple(books), troubles), chosen, self.today, {}, self.facts, stood, self.told, memo)


def tab_of(table: Table, spreadsheet: str) -> Tab:
    """A typed table as a sheet's cells."""
    spec = table.spec
    columns = [
        [spec.by_field[name].hebrew, *(write_cell(spec.by_field[name], value) for value in table[name])]
        for name in table.at
    ]
    return tab_at(Place(spreadsheet, table.place.sheet, spec.hebrew), columns)


def tab_at(place: Place, columns: Sequence[Sequence[Cell]]) -> Tab:
    return Tab(place, Grid(place, columns), 50, 26)


def own_rules_tab() -> Tab:
    names = [CUSTOM_RULES.by_field[name].hebrew for name in ("name", "table", "condition", "message", "on")]
    rows = [[*example, True] for example in EXAMPLES]
    return tab_at(Place(MAIN, 90, CUSTOM_RULES.hebrew), [list(column) for column in zip(names, *rows, strict=True)])


def stage(chance: Random) -> Stage:
    tables = [*random_book(chance.randrange(2**32)).values()]
    drawn = chance.sample(tables, min(MOST_TABS, len(tables)))
    return Stage([own_rules_tab(), *(tab_of(one, chance.choice((MAIN, OTHER))) for one in drawn)])


def edit(now: Stage, chance: Random) -> None:
    """Another cell, header or own rule in some tab."""
    at = chance.randrange(len(now.tabs))
    tab = now.tabs[at]
    columns = [list(column) for column in tab.grid.columns]
    column = chance.choice(columns)
    row = chance.randrange(1, len(column)) if len(column) > 1 and chance.random() < 0.9 else 0
    column[row] = chance.choice(CONDITIONS if at == 0 else CELLS)
    now.tabs[at] = tab_at(tab.place, columns)


def respell(now: Stage, chance: Random) -> None:
    """A cell that is equal to what it was, and not the same: 1, 1.0, True."""
    at = chance.randrange(len(now.tabs))
    other = {0: False, 1: True}
    columns = [
        [other.get(int(cell), float(cell)) if isinstance(cell, (int, float)) else cell for cell in column]
        for column in now.tabs[at].grid.columns
    ]
    now.tabs[at] = tab_at(now.tabs[at].place, columns)


def drop_row(now: Stage, chance: Random) -> None:
    at = chance.randrange(1, len(now.tabs))
    columns = [[*column[:1], *column[2:]] for column in now.tabs[at].grid.columns]
    now.tabs[at] = tab_at(now.tabs[at].place, columns)


def move_tab(now: Stage, chance: Random) -> None:
    """Into the other spreadsheet, or under another title."""
    at = chance.randrange(1, len(now.tabs))
    spreadsheet = chance.choice((MAIN, OTHER))
    place = replace(now.tabs[at].place, spreadsheet=spreadsheet, title=f"{now.tabs[at].title} 2026")
    now.tabs[at] = tab_at(place, now.tabs[at].grid.columns)


def add_or_remove_tab(now: Stage, chance: Random) -> None:
    if len(now.tabs) > 2 and chance.random() < 0.5:
        del now.tabs[chance.randrange(1, len(now.tabs))]
    else:
        table = chance.choice([*random_book(chance.randrange(2**32)).values()])
        now.tabs.append(tab_of(replace(table, place=Place("", 100 + len(now.tabs), "")), chance.choice((MAIN, OTHER))))


def next_day(now: Stage, chance: Random) -> None:
    now.today += timedelta(days=chance.choice((1, 40)))


def other_threshold(now: Stage, chance: Random) -> None:
    key, param = chance.choice(THRESHOLDS)
    now.rules[key] = {param.name: chance.randint(param.minimum, min(param.maximum, param.minimum + 60))}


def rule_off(now: Stage, chance: Random) -> None:
    now.rules[chance.choice(RULES).key] = {"on": False}


def other_facts(now: Stage, chance: Random) -> None:
    past = timedelta(hours=chance.randrange(60))
    now.facts = Facts(waiting=(Waiting("form", TODAY, past),), sharing=(Sharing("other", others=chance.randrange(2)),))


def restrict(now: Stage, chance: Random) -> None:
    now.is_restricted = not now.is_restricted


def lose_main(now: Stage, chance: Random) -> None:
    """The main spreadsheet cannot be read, or can again; what was said of columns is remembered meanwhile."""
    now.is_unread = not now.is_unread
    placed = now.look().tabs.items()
    headers = [one for key, tab in placed for one in headers_of(tab, ALL_TABLES[key])]
    if headers:
        one = chance.choice(headers)
        now.told = Told(columns={one.id: chance.choice(["", *one.spec.by_field])})


def name_tab(now: Stage, chance: Random) -> None:
    now.named = {chance.choice([*ALL_TABLES]): chance.choice(now.tabs).title}


CHANGES: Sequence[Callable[[Stage, Random], None]] = (
    *(edit, edit, edit, respell, drop_row, move_tab, add_or_remove_tab),
    *(next_day, other_threshold, rule_off, other_facts, restrict, lose_main, name_tab),
)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(CHANGES), min_size=1, max_size=7))
def test_what_is_taken_over_changes_nothing(seed: int, changes: list[Callable[[Stage, Random], None]]) -> None:
    chance = Random(seed)
    now = stage(chance)
    memo = now.look().memo
    for change in changes:
        change(now, chance)
        again, anew = now.look(memo), now.look()
        assert again == anew
        assert repr(again.verdict) == repr(anew.verdict)  # 1 equals True
        assert repr(again.problems) == repr(anew.problems)
        assert not [*differences(again, anew)]
        memo = again.memo


def done_again(before: Memo, after: Memo) -> tuple[set[str], set[str], set[str]]:
    """The tables that were read and checked again, and the rules that ran again."""
    reads = {key for key, one in after.readings.items() if one.reading is not before.readings[key].reading}
    checks = {key for key, one in after.checks.items() if one.problems is not before.checks[key].problems}
    return reads, checks, {key for key, one in after.runs.items() if one is not before.runs[key]}


def tables(seed: int = 5) -> Stage:
    book = random_book(seed)
    return Stage([own_rules_tab(), *(tab_of(book[key], MAIN) for key in ("budget", "expenses", "classes", "events"))])


def test_what_is_as_it_was_is_not_done_again() -> None:
    """Not even when the cells were read again, and when an own rule was compiled again."""
    now = tables()
    memo = now.look().memo
    now.tabs = [tab_at(tab.place, [list(column) for column in tab.grid.columns]) for tab in now.tabs]
    assert done_again(memo, now.look(memo).memo) == (set(), set(), set())
    assert any(key.startswith("own.") for key in memo.runs)


def test_an_edit_does_again_only_what_looked_at_it() -> None:
    now = tables()
    memo = now.look().memo
    place, columns = now.tabs[2].place, [list(column) for column in now.tabs[2].grid.columns]
    columns[0][1] = 46_400
    now.tabs[2] = tab_at(place, columns)
    after = now.look(memo).memo
    reads, checks, rules = done_again(memo, after)
    assert reads == checks == {"expenses"}
    assert rules == {key for key, one in after.runs.items() if "expenses" in one.looked.tables or one.looked.every}
    assert "budget.overrun" in rules
    assert not {"event.no_budget", "class.no_room"} & rules


def test_only_rules_that_look_at_the_facts_run_when_those_change() -> None:
    now = tables()
    memo = now.look().memo
    now.facts = Facts(waiting=(Waiting("form", TODAY, timedelta(hours=40)),))
    _, _, rules = done_again(memo, now.look(memo).memo)
    assert "service.intake" in rules
    assert all(key.startswith(("service.", "privacy.")) for key in rules)


def test_a_table_is_checked_again_when_names_it_refers_to_change() -> None:
    now = tables()
    memo = now.look().memo
    budget = now.tabs[1]
    columns = [list(column) for column in budget.grid.columns]
    lines = next(column for column in columns if column[0] == "סעיף")
    lines[1:] = [f"אחר {at}" for at in range(len(lines[1:]))]
    now.tabs[1] = tab_at(budget.place, columns)
    reads, checks, _ = done_again(memo, now.look(memo).memo)
    assert reads == {"budget"}
    assert {"budget", "expenses"} <= checks


def test_equal_cells_of_other_types_are_not_the_same() -> None:
    place = Place(MAIN, 1, "א")
    grids = [Grid(place, [[cell]]) for cell in (1, 1.0, True, "1", "")]
    assert [[same_cells(one, other) for one in grids] for other in grids] == [
        [one is other for one in grids] for other in grids
    ]
    assert not same_cells(grids[0], Grid(replace(place, title="ב"), [[1]]))
    assert not same_cells(grids[0], Grid(place, [[1], []]))


def test_a_rule_that_goes_over_all_tables_runs_again_when_one_comes_or_goes() -> None:
    seen = Watched({})
    assert [*seen.items()] == []
    assert seen.looked.stands({})
    assert seen.looked.misses({"budget"})
    assert not seen.looked.stands({"events": a_table()})
    absent = Watched({})
    assert "events" not in absent
    assert not absent.looked.stands({"events": a_table()})
    assert absent.looked.stands({"budget": a_table()})
    assert not absent.looked.misses({"budget"})


def a_table() -> Table:
    return next(iter(random_book(1).values()))


def test_the_night_owes_nothing_to_the_day_and_tells_a_difference() -> None:
    """A memo that says what is not so, as after a fault of the program: the night finds it, and is right itself."""
    now, known = tables(), Known()
    see = partial(looked, now.look, known, community="kfar")
    right = see(reason="changed")
    assert see(reason=NIGHT) == right
    key = next(one.rule for one in right.verdict.findings if not one.rule.startswith("own."))
    wrong = replace(known.memo.runs[key], said=())
    known.memo = replace(known.memo, runs={**known.memo.runs, key: wrong})
    assert see(reason="changed") != right
    told = see(reason=NIGHT)
    assert told.problems == right.problems
    assert [*told.verdict.findings[:-1]] == [*right.verdict.findings]
    (fault,) = told.verdict.findings[-1:]
    assert (fault.rule, fault.variant, fault.figures) == (CRASHED.key, DIFFERED, {"error": f"rule {key}"})
    assert see(reason="changed") == right
