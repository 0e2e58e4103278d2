"""What to write in each spreadsheet so that it says what is known: marks, computed columns, and our own tabs. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from rules.catalogue.money.ledger import positions
from rules.finding import Problem, Severity
from rules.lifecycle import Alert, Transition
from rules.problems import words
from rules.table import TableSpec
from rules.wording import Language
from sheets_sync.config import Settings
from sheets_sync.furnishing.added_column import added_column, free_column, lost_columns
from sheets_sync.furnishing.furnish import Existing, fit, furnish, sheet_id
from sheets_sync.furnishing.header_notes import free_title
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.tabs.alerts_tab import alert_rows, closed_rows
from sheets_sync.tabs.checks_tab import by_id, check_rows, repairs, ticked
from sheets_sync.tabs.columns_tab import columns_requests
from sheets_sync.tabs.custom_spec import CUSTOM_RULES
from sheets_sync.tabs.custom_tab import custom_requests, example_requests
from sheets_sync.tabs.intake_spec import INTAKE
from sheets_sync.tabs.intake_tab import intake_requests
from sheets_sync.tabs.page import new_page, page_requests
from sheets_sync.tabs.rule_choices import usual_cells
from sheets_sync.tabs.rule_trials import tried
from sheets_sync.tabs.rules_tab import restored_cells, rules_requests
from sheets_sync.tabs.said_tabs import COLUMNS_TAB, SAID_TABS, SETTINGS_TAB
from sheets_sync.tabs.service_tabs import (
    ALERTS,
    BLANK_ROWS,
    CHECKS,
    NOTHING,
    RULES_TAB,
    SERVICE_TABLES,
    SUMMARY_SHEET,
    SUMMARY_TITLES,
    KeyedTab,
    fresh,
    is_summary,
    keyed,
    update_rows,
)
from sheets_sync.tabs.settings_tab import settings_requests
from sheets_sync.tabs.summary import Held, Standing, summary
from sheets_sync.tabs.told import said_tabs
from sheets_sync.telling.deliveries import NO_DELIVERIES, Deliveries, delivery_column, presses
from sheets_sync.telling.letter import Instead
from sheets_sync.writing.edits import Request
from sheets_sync.writing.marks import mark_requests
from sheets_sync.writing.own_columns import budget_columns, column_requests, registration_columns


@dataclass(frozen=True)
class Scene:
    """All that the writing back depends on; `known` are the alerts as they were remembered."""

    picture: Picture
    steps: Sequence[Transition]
    known: Mapping[str, Alert]
    settings: Settings
    now: datetime
    answers: Held
    instead: Instead = field(default_factory=dict)
    """In whose stead the coordinator was told."""
    insisted: Sequence[str] = ()
    """The problems whose repair was asked for by a tick that may be gone."""
    deliveries: Deliveries = field(default_factory=lambda: NO_DELIVERIES)

    @property
    def language(self) -> Language:
        """The community's language."""
        return self.settings.community.language

    @property
    def base(self) -> str:
        """The address of an embedded Google, '' on Google's."""
        return self.settings.google.base_url

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """The problems by identity, without those that are repaired in this very write."""
        found = by_id(self.picture)
        asked = set(self.asked)
        return {key: one for key, one in found.items() if key not in asked or one.proposal in (None, "")}

    @property
    def asked(self) -> list[str]:
        """The problems whose repair the person ticked."""
        return [*dict.fromkeys([*ticked(self.picture.book.get("checks")), *self.insisted])]

    @property
    def open_alerts(self) -> Counter[Severity]:
        """The alerts that are open after this pass; one whose rule did not run stays as it was."""
        after = {**self.known, **{step.alert.id: step.alert for step in self.steps}}
        return Counter(alert.severity for alert in after.values() if alert.closed is None)


def requests_for(scene: Scene, spreadsheet: Spreadsheet) -> list[Request]:
    """One spreadsheet's changes, for one atomic write; [] when it says all already."""
    parts = [_repairs(scene, spreadsheet), _marks(scene, spreadsheet), _columns(scene, spreadsheet)]
    if spreadsheet.id == scene.settings.main.id:
        parts += [_service_tabs(scene, spreadsheet), _summary(scene, spreadsheet)]
    else:
        parts.append(intake_requests(spreadsheet, scene.answers.rows, scene.language))
    requests = list(chain(*parts))
    if requests or presses(scene.deliveries, scene.now.date()):
        requests += _deliveries(scene, spreadsheet)
    return requests


def _repairs(scene: Scene, spreadsheet: Spreadsheet) -> Iterator[Request]:
    here = {key: one for key, one in by_id(scene.picture).items() if one.place.spreadsheet == spreadsheet.id}
    return repairs(scene.asked, here, scene.picture.tabs)


def _marks(scene: Scene, spreadsheet: Spreadsheet) -> Iterator[Request]:
    """Every tab is gone over: one that is no table any more loses the marks it has."""

    def said(problem: Problem) -> str:
        return words(problem, ALL_TABLES[problem.table].by_field[problem.field], scene.language).note

    for tab in spreadsheet.tabs:
        yield from mark_requests(tab, [one for one in scene.problems.values() if one.place == tab.place], said)


def _columns(scene: Scene, spreadsheet: Spreadsheet) -> Iterator[Request]:
    """The computed columns; they stay as they are while a spreadsheet, and with it some figures, cannot be read."""
    if scene.picture.snapshot.troubles:
        return
    book, tabs = scene.picture.book_for(spreadsheet.id), scene.picture.tabs
    computed = {}
    if "budget" in book:
        found = positions(book, scene.settings.for_rules, scene.now.date())
        computed["budget"] = budget_columns(book["budget"], found)
    if "registrations" in book:
        computed["registrations"] = registration_columns(book)
    for key, columns in computed.items():
        if tabs[key].place.spreadsheet == spreadsheet.id:
            yield from column_requests(tabs[key], book[key], columns)


def _deliveries(scene: Scene, spreadsheet: Spreadsheet) -> Iterator[Request]:
    """The column of the last delivery; in a tab that we made before there was such a column, the column too."""
    tab, field = scene.picture.tabs.get("people"), "last_delivery"
    if tab is None or tab.place.spreadsheet != spreadsheet.id:
        return
    table = scene.picture.book["people"]
    if not scene.picture.snapshot.troubles:
        yield from column_requests(tab, table, delivery_column(table, scene.deliveries, scene.language))
    if tab.place.sheet != sheet_id("people"):
        return
    lost = lost_columns(table.spec, table.at, table.header_row, tab)
    if scene.deliveries and field in lost and f"people.{field}" not in tab.own.values():
        yield from added_column(table.spec, field, tab, table.header_row, free_column(tab), scene.language)


def _service_tabs(scene: Scene, main: Spreadsheet) -> Iterator[Request]:
    """The tabs `alerts`, `checks` and `rules`: made where they are missing, then brought up to date."""
    existing = [Existing(tab.title, tab.place.sheet) for tab in main.tabs]
    missing = [spec for spec in SERVICE_TABLES if _keyed(scene, main, spec) is None]
    apart = {spec.key for spec in SAID_TABS} - said_tabs(main.tabs).keys()
    yield from furnish(missing, existing, scene.language, rows=BLANK_ROWS, apart=apart)
    fittings = fit(missing, existing, scene.language, apart)
    made = {key: fresh(fitting.spec, fitting.sheet) for key, fitting in fittings.items()}
    for spec, rows in TABS:
        there = _keyed(scene, main, spec) or made.get(spec.key)
        if there is not None and there.is_whole:
            yield from rows(scene, main, there)
    yield from _custom(scene, made.get(CUSTOM_RULES.key))


def _alerts(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    picture, language = scene.picture, scene.language
    rows = alert_rows(scene.steps, picture.rules, picture, main.id, language, scene.base, scene.instead)
    over = closed_rows(scene.known.values())
    open_ = {step.alert.id for step in scene.steps if step.finding is not None}
    pressing = {step.alert.id: step.alert.severity for step in scene.steps}
    rows = {key: rows[key] for key in sorted(rows, key=lambda key: -pressing.get(key, 0))}
    wanted = {key: row for key, row in (over | rows).items() if key in open_ or key in there.rows}
    return update_rows(there, wanted)


def _checks(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    rows = check_rows(scene.problems, main.id, scene.language, scene.base, scene.picture.restricted)
    gone = there.rows.keys() - rows.keys()
    done = "✓ הסתדר" if scene.language == "he" else "✓ mended"
    settled = {key: {"problem": done, "proposal": None} for key in gone & there.noted}
    return update_rows(there, {**rows, **settled}, gone=gone - there.noted)


def _rules(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    """The tab `rules`; columns of ours that it lacks come back, the person's with what stood in them."""
    tab = scene.picture.tabs.get(RULES_TAB.key)
    if tab is not None and there.grid is not None:
        lost = lost_columns(RULES_TAB, there.at, there.header_row, tab)
        for field, column in lost.items():
            yield from added_column(RULES_TAB, field, tab, there.header_row, column, scene.language)
        there = replace(there, at={**there.at, **lost})
        yield from restored_cells(there, lost, scene.picture.choices.lines, scene.language)
    made = tried(scene.picture, scene.settings, scene.now.date())
    yield from rules_requests(there, scene.picture, usual_cells(scene.settings), made, scene.language)


def _custom(scene: Scene, made: KeyedTab | None) -> Iterator[Request]:
    """The person's own rules: examples in a new tab, else what is to say of each."""
    if made is not None:
        return example_requests(made.sheet, scene.language)
    picture, key = scene.picture, CUSTOM_RULES.key
    found = picture.verdict.findings
    return custom_requests(picture.tabs.get(key), picture.book.get(key), picture.own, found, scene.language)


def _intake(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    return intake_requests(main, scene.answers.rows, scene.language, there)


def _settings(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    return settings_requests(there, scene.picture.said, scene.language)


def _headers(scene: Scene, main: Spreadsheet, there: KeyedTab) -> Iterator[Request]:
    return columns_requests(there, scene.picture, main.id, scene.language)


TABS: Sequence[tuple[TableSpec, Callable[[Scene, Spreadsheet, KeyedTab], Iterator[Request]]]] = (
    (ALERTS, _alerts),
    (CHECKS, _checks),
    (RULES_TAB, _rules),
    (INTAKE, _intake),
    (SETTINGS_TAB, _settings),
    (COLUMNS_TAB, _headers),
)


def _keyed(scene: Scene, main: Spreadsheet, spec: TableSpec) -> KeyedTab | None:
    """A keyed tab as it stands in the main spreadsheet; None where it is missing or empty."""
    tab = scene.picture.tabs.get(spec.key)
    if tab is None or tab.place.spreadsheet != main.id or not tab.grid.height:
        return None
    table = scene.picture.book[spec.key]
    usual = usual_cells(scene.settings) if spec == RULES_TAB else NOTHING
    return keyed(tab, spec.key, table.header_row, table.at, usual)


def _summary(scene: Scene, main: Spreadsheet) -> Iterator[Request]:
    standing = Standing(scene.picture, scene.settings, scene.now.date(), scene.open_alerts, scene.answers)
    lines, rtl = summary(standing), scene.language == "he"
    tab = next(filter(is_summary, main.tabs), None)
    if tab is None:
        title = free_title(SUMMARY_TITLES[scene.language], [one.title for one in main.tabs])
        yield from new_page(SUMMARY_SHEET, title, len(lines), right_to_left=rtl)
    sheet = tab.place.sheet if tab else SUMMARY_SHEET
    yield from page_requests(sheet, tab, lines, "RIGHT_TO_LEFT" if rtl else "LEFT_TO_RIGHT")
