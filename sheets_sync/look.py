"""From what was read to what is known of it: tables, problems, findings. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from rules.calendar import work_year
from rules.catalogue import RULES, TABLES
from rules.engine import CRASHED, Verdict
from rules.facts import NO_FACTS, Facts
from rules.finding import Problem
from rules.memo import NOTHING_DONE, Checked, Guesses, Memo, Read, check_again, read_again
from rules.names import fold, year_of
from rules.reading import Reading
from rules.rule import Rule
from rules.table import Book, Grid, TableSpec
from rules.tabs import Guess, best_table
from rules.tailored import tailored
from sheets_sync.config import Settings
from sheets_sync.facts import Stood, away, lacking, unheld
from sheets_sync.judging import Lost, judged, shared
from sheets_sync.reading.read import Snapshot, Spreadsheet, Tab
from sheets_sync.tabs.column_answers import ColumnAnswers
from sheets_sync.tabs.custom_spec import CUSTOM_RULES
from sheets_sync.tabs.custom_tab import NO_RULES, UNREAD, OwnRules, own_rules
from sheets_sync.tabs.rule_choices import Choices, Lines, choose, remembered, usual_cells
from sheets_sync.tabs.said_tabs import SAID_TABS
from sheets_sync.tabs.service_tabs import MAIN, RULES_TAB, SERVICE_TABLES, is_summary, keyed
from sheets_sync.tabs.settings_said import SettingsSaid
from sheets_sync.tabs.told import NOTHING_TOLD, Chosen, Told, answers_in, said_tabs, settings_in

ALL_TABLES: Mapping[str, TableSpec] = {spec.key: spec for spec in (*TABLES, *SERVICE_TABLES)}
ALL_RULES: Mapping[str, Rule] = {rule.key: rule for rule in (*RULES, CRASHED)}
NOTHING_KNOWN: Lines = {}
NOWHERE: Stood = {}
NOT_CHOSEN: Chosen = {}

Rank = tuple[bool, int, bool, bool]
"""How little a tab fits a table: empty, of another year, not the one before, known by its headers alone."""


@dataclass(frozen=True)
class Picture:
    """A community as it stands: its tabs by table, what they hold, what is wrong in them, what was noticed."""

    snapshot: Snapshot
    tabs: Mapping[str, Tab]
    readings: Mapping[str, Reading]
    book: Book
    checked: tuple[str, ...]
    """The person's tables, by key; the service's own tabs are not checked."""
    problems: tuple[Problem, ...]
    verdict: Verdict
    choices: Choices
    """What holds for each rule: the one place that says which are in use."""
    own: OwnRules
    """The person's own rules."""
    said: SettingsSaid
    answers: ColumnAnswers
    """What people said of the columns."""
    aside: Mapping[str, tuple[Tab, ...]] = field(default_factory=dict)
    """The tabs that look like a table that another tab counts for, by the table."""
    chosen: Chosen = field(default_factory=dict)
    """Which tab counts for each table, to be remembered; while its spreadsheet cannot be read, which one did."""
    memo: Memo = field(default=NOTHING_DONE, compare=False, repr=False)
    """What the next look need not do again."""

    @property
    def settings(self) -> Settings:
        """The settings in force: the file's, with what people chose in the tab `settings`."""
        return self.said.settings

    @property
    def restricted(self) -> frozenset[str]:
        """The ids of the spreadsheets of which only codes and counts leave."""
        return restricted_in(self.snapshot)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule that findings may be of, by key."""
        return {**ALL_RULES, **{rule.key: rule for rule in self.own.rules}}

    def book_for(self, spreadsheet: str) -> Book:
        """The tables that may be seen in a spreadsheet: those of a restricted one are seen in it alone."""
        return shared(self.book, self.restricted - {spreadsheet})

    def problems_in(self, tab: Tab) -> list[Problem]:
        """The problems of one tab."""
        return [problem for problem in self.problems if problem.place == tab.place]


def look(
    snapshot: Snapshot,
    settings: Settings,
    today: date,
    known: Lines = NOTHING_KNOWN,
    facts: Facts = NO_FACTS,
    stood: Stood = NOWHERE,
    told: Told = NOTHING_TOLD,
    memo: Memo = NOTHING_DONE,
) -> Picture:
    """Read, check and judge a snapshot, with the facts beside it; `settings` are the file's.

    `known` is what the tab `rules` said when it was last read, `stood` which tables each spreadsheet held then, `told`
    what the tabs `settings` and `columns` said. `memo` is the last picture's: what is as it was then is not done again,
    and the picture is the same.
    """
    said = settings_in(snapshot, settings, told)
    settings = said.settings
    guesses = Guesses(memo.guesses)
    placed = place(snapshot, work_year_of(settings, today), told.chosen, guesses)
    tabs = placed.tabs
    answers = answers_in(snapshot, settings, _persons(tabs), told)
    reads = {key: _read(key, tab, settings, answers, memo.readings.get(key)) for key, tab in tabs.items()}
    readings = {key: one.reading for key, one in reads.items()}
    book = {key: reading.table for key, reading in readings.items()}
    checked = tuple(key for key in readings if ALL_TABLES[key] not in SERVICE_TABLES)
    choices = _choices(snapshot, settings, tabs, book, today, known)
    apart = restricted_in(snapshot)
    lost = Lost(*(frozenset(away(snapshot, settings, stood, book, apart=seen)) for seen in (False, True)))
    facts = replace(
        facts,
        lacking=lacking(readings, checked),
        unheld=unheld(choices, settings, shared(book, apart), lost.open, today),
    )
    own = _own(snapshot, settings, tabs, book, apart)
    rules, params = (*choices.rules, *own.rules), choices.params
    verdict = judged(rules, book, settings, params, today, apart, facts=facts, lost=lost, before=memo.runs)
    checks = _checks({key: readings[key] for key in checked}, book, apart, memo.checks)
    problems = [problem for each in checks.values() for problem in each.problems]
    problems += [*verdict.questions, *choices.problems, *said.problems, *answers.problems]
    done = Memo(guesses.now, reads, checks, verdict.runs)
    read = (snapshot, tabs, readings, book, checked, tuple(problems))
    chosen = _chosen(snapshot, tabs, told.chosen)
    return Picture(*read, verdict, choices, own, said, answers, placed.aside, chosen, done)


def _chosen(snapshot: Snapshot, tabs: Mapping[str, Tab], before: Chosen) -> Chosen:
    """The tabs that count, and those of spreadsheets that are not read now, which shall count again."""
    read = {one.id for one in snapshot.spreadsheets}
    now = {key: (tab.place.spreadsheet, tab.place.sheet) for key, tab in tabs.items()}
    away = {key: where for key, where in before.items() if snapshot.troubles and where[0] not in read}
    return now | away


def reading_of(key: str, tab: Tab, settings: Settings, answers: ColumnAnswers) -> Reading:
    """A tab as a table, with the settings' lists as choices and the columns as people said."""
    return _read(key, tab, settings, answers, None).reading


def _read(key: str, tab: Tab, settings: Settings, answers: ColumnAnswers, before: Read | None) -> Read:
    return read_again(before, tailored(ALL_TABLES[key], settings.life.lists), tab.grid, answers.of(tab))


def _checks(
    readings: Mapping[str, Reading], book: Book, apart: frozenset[str], before: Mapping[str, Checked]
) -> dict[str, Checked]:
    """The problems of each table's cells; what stands in a restricted spreadsheet is referred to there alone."""
    beside = {False: shared(book, apart), True: book}
    return {
        key: check_again(before.get(key), reading, beside[reading.table.place.spreadsheet in apart])
        for key, reading in readings.items()
    }


def _persons(tabs: Mapping[str, Tab]) -> dict[TableSpec, Tab]:
    """The person's tables and their tabs."""
    return {ALL_TABLES[key]: tab for key, tab in tabs.items() if ALL_TABLES[key] not in SERVICE_TABLES}


def _own(
    snapshot: Snapshot, settings: Settings, tabs: Mapping[str, Tab], book: Book, restricted: frozenset[str]
) -> OwnRules:
    """The person's own rules, by the tab of the main spreadsheet."""
    if not any(spreadsheet.id == settings.main.id for spreadsheet in snapshot.spreadsheets):
        return UNREAD
    tab = tabs.get(CUSTOM_RULES.key)
    if tab is None or tab.place.spreadsheet != settings.main.id:
        return NO_RULES
    persons = {key: table for key, table in book.items() if ALL_TABLES[key] not in SERVICE_TABLES}
    return own_rules(book[CUSTOM_RULES.key], tab, persons, restricted)


def restricted_in(snapshot: Snapshot) -> frozenset[str]:
    """The ids of the restricted spreadsheets."""
    return frozenset(one.id for one in snapshot.spreadsheets if one.settings.restricted)


def _choices(
    snapshot: Snapshot, settings: Settings, tabs: Mapping[str, Tab], book: Book, today: date, known: Lines
) -> Choices:
    """What the tab `rules` of the main spreadsheet says; while that cannot be read, what it said last."""
    if not any(spreadsheet.id == settings.main.id for spreadsheet in snapshot.spreadsheets):
        return remembered(settings, known)
    tab = tabs.get(RULES_TAB.key)
    if tab is None or tab.place.spreadsheet != settings.main.id or not tab.grid.height:
        return choose(settings, None, None, known, today)
    table = book[RULES_TAB.key]
    there = keyed(tab, RULES_TAB.key, table.header_row, table.at, usual_cells(settings))
    return choose(settings, there, tab.place, known, today)


@dataclass(frozen=True)
class Placed:
    """The tab of each table, and by table the others that look like it."""

    tabs: Mapping[str, Tab]
    aside: Mapping[str, tuple[Tab, ...]]


def place_tables(snapshot: Snapshot, year: int, chosen: Chosen = NOT_CHOSEN) -> Mapping[str, Tab]:
    """Which tab holds which table, see `place`."""
    return place(snapshot, year, chosen).tabs


def place(
    snapshot: Snapshot,
    year: int,
    chosen: Chosen = NOT_CHOSEN,
    guess: Callable[[Grid, Sequence[TableSpec]], Guess | None] = best_table,
) -> Placed:
    """Which tab holds which table: by the settings, else by its title or headers.

    Of several tabs of one table one that holds something counts, then the one that names `year`, in which the work
    year begins, or else none, then the one that was `chosen` before, then one whose title says it, then the first. Our
    own tabs are looked for in the main spreadsheet alone. Tabs of other years and empty ones are not said to be aside.
    """
    placed: dict[str, Tab] = {}
    for spreadsheet in snapshot.spreadsheets:
        placed |= said_tabs(spreadsheet.tabs) if _is_main(spreadsheet, snapshot) else {}
        placed |= {key: tab for key, tab in _named(spreadsheet).items() if key not in placed}
    free = [spec for key, spec in ALL_TABLES.items() if key not in placed and spec not in SAID_TABS]
    found: dict[str, list[tuple[Rank, Tab]]] = {}
    order = {year: 0, None: 1}
    for spreadsheet, tab in snapshot.tabs():
        if is_summary(tab) or any(tab is other for other in placed.values()):
            continue
        best = guess(tab.grid, free)
        if best is None or (best.spec in SERVICE_TABLES and not _is_main(spreadsheet, snapshot)):
            continue
        is_new = chosen.get(best.spec.key) != (spreadsheet.id, tab.place.sheet)
        rank = (tab.grid.height < 2, order.get(year_of(tab.title), 2), is_new, not best.by_title)
        found.setdefault(best.spec.key, []).append((rank, tab))
    ranked = {key: sorted(tabs, key=itemgetter(0)) for key, tabs in found.items()}
    aside = {key: tuple(tab for rank, tab in others if rank[:2] < (False, 2)) for key, (_, *others) in ranked.items()}
    persons = {key: tabs for key, tabs in aside.items() if tabs and ALL_TABLES[key] not in SERVICE_TABLES}
    return Placed(placed | {key: first[1] for key, (first, *_) in ranked.items()}, persons)


def _is_main(spreadsheet: Spreadsheet, snapshot: Snapshot) -> bool:
    """Whether a spreadsheet is the one named `main`, or the first where none is."""
    main = next((one for one in snapshot.spreadsheets if one.settings.name == MAIN), snapshot.spreadsheets[0])
    return spreadsheet is main


def work_year_of(settings: Settings, today: date) -> int:
    """The civil year in which the work year that holds today begins."""
    return work_year(settings.community.work_year_start, today)[0].year


def _named(spreadsheet: Spreadsheet) -> dict[str, Tab]:
    """The tabs that the settings name for a table."""
    by_title = {fold(tab.title): tab for tab in spreadsheet.tabs}
    wanted = spreadsheet.settings.tabs.items()
    return {key: by_title[fold(title)] for key, title in wanted if fold(title) in by_title}
