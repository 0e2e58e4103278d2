"""The tab `alerts` (התראות): a row an alert, with the person's own columns beside it."""

from collections.abc import Collection, Iterable, Mapping

from rules.dates import serial
from rules.finding import Finding, Role
from rules.lifecycle import Alert, Decision, Status, Step, Transition
from rules.rule import Rule
from rules.table import Place, Table
from rules.wording import Language
from sheets_sync.look import Picture
from sheets_sync.telling.letter import NOBODY, Instead
from sheets_sync.writing.edits import Link, Writable, a1, address

Row = Mapping[str, Writable]


def decisions_of(alerts: Table | None) -> dict[str, Decision]:
    """What the person decided, by alert id."""
    if alerts is None:
        return {}
    rows = alerts.over("id", "status", "snooze_until")
    return {key: Decision(Status(status or Status.NEW), until) for _, key, status, until in rows if key}


def alert_rows(
    steps: Iterable[Transition],
    rules: Mapping[str, Rule],
    picture: Picture,
    main: str,
    language: Language,
    base: str,
    instead: Instead = NOBODY,
) -> dict[str, Row]:
    """The service's fields of each alert's row, by id; of a closed one only that it closed.

    `main` is the id of the spreadsheet the tab is in: from other spreadsheets only people's initials come here.
    """
    rows: dict[str, Row] = {}
    for step in steps:
        if step.finding is not None:
            row = _row(step, step.finding, rules[step.alert.rule], picture, main, language, base)
            absent = instead.get(step.alert.id, frozenset())
            rows[step.alert.id] = {**row, "sent_to": sent_to(step.alert.told, absent, language)}
        elif step.step is Step.CLOSED and step.alert.closed is not None:
            rows[step.alert.id] = {"closed": serial(step.alert.closed.date())}
    return rows


def sent_to(told: Collection[Role], absent: Collection[Role], language: Language) -> str:
    """The roles that were told; where nobody could be reached for one, that the coordinator was told in its stead."""
    he = language == "he"
    direct = sorted(role.hebrew if he else role.english for role in told if role not in absent)
    missed = sorted(role.hebrew if he else role.english for role in told if role in absent)
    if missed:
        who = Role.COORDINATOR.hebrew if he else Role.COORDINATOR.english
        direct.append(f"{who} ({'במקום' if he else 'instead of'} {', '.join(missed)})")
    return " · ".join(direct)


def closed_rows(known: Iterable[Alert]) -> dict[str, Row]:
    """What the rows of alerts that closed in an earlier pass say: its write may not have stood."""
    return {alert.id: {"closed": serial(alert.closed.date())} for alert in known if alert.closed is not None}


def link_of(finding: Finding, picture: Picture, base: str) -> Link | None:
    """Where the finding's row is: the cells behind it, else the row's first key cell; None for a whole."""
    place, row, column = _where(finding, picture)
    if place is None or row is None:
        return None
    return Link(f"{place.title} {a1(row, column)}", address(place, row, column, base))


def _where(finding: Finding, picture: Picture) -> tuple[Place | None, int | None, int]:
    table = picture.book.get(finding.table)
    if table is None:
        return None, None, 0
    keys = [table.at[name] for name in table.spec.key_fields if name in table.at]
    return table.place, finding.row, min(keys, default=0)


def _row(
    step: Transition, finding: Finding, rule: Rule, picture: Picture, main: str, language: Language, base: str
) -> Row:
    table = picture.book.get(finding.table)
    at_home = table is None or table.place.spreadsheet == main
    text = rule.wording[finding.variant].render(finding.figures, language, full_names=at_home)
    he = language == "he"
    return {
        "opened": serial(step.alert.opened.date()),
        "severity": finding.severity.hebrew if he else finding.severity.english,
        "rule": rule.hebrew if he else rule.english,
        "message": f"{text.title}\n{text.body}",
        "next_step": text.next_step,
        "link": link_of(finding, picture, base),
        "closed": None,
    }
