"""Small sheets drawn as text, read into typed tables, and what a rule says of them.

    budget
    line  | planned
    חגים  | 18,000

    expenses
    date | line | supplier   | amount | kind
    1.3  | חגים | דפוס הצפון | 15,100 | תשלום

A table begins after an empty line with its key, then its fields, then its rows. A day without a year is of 2026;
`TODAY`, and `-3d` or `+5d` from it, are days too.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from rules.catalogue import RULES, TABLES
from rules.engine import Verdict, judge
from rules.finding import Finding, Severity
from rules.rule import Rule, Settings
from rules.table import Book, Kind, Place, Table, TableSpec
from rules.values import read_cell
from rules.wording import FSI, PDI, Language

TODAY = date(2026, 11, 22)
"""A Sunday."""

SPECS: Mapping[str, TableSpec] = {spec.key: spec for spec in TABLES}
BY_KEY: Mapping[str, Rule] = {rule.key: rule for rule in RULES}

SHORT_DAY = re.compile(r"\d{1,2}\.\d{1,2}")
RELATIVE = re.compile(r"([+-]\d+)d")


def book(*drawn: str, today: date = TODAY) -> Book:
    """The tables drawn; a table drawn twice counts once, as the last one."""
    blocks = [block for text in drawn for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    tables = (_table(place, block, today) for place, block in enumerate(blocks))
    return {table.spec.key: table for table in tables}


def _table(sheet: int, block: str, today: date) -> Table:
    title, header, *lines = [line.strip() for line in block.strip().splitlines()]
    key, _, year = title.partition(" ")
    spec = SPECS[key]
    fields = [field.strip() for field in header.split("|")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return table(spec, fields, [dict(zip(fields, row, strict=True)) for row in rows], sheet, today, year)


def table(
    spec: TableSpec, fields: Iterable[str], rows: list[dict[str, str]], sheet: int, today: date, year: str = ""
) -> Table:
    """A typed table from cells as text."""
    columns: dict[str, list[Any]] = {column.field: [None] * len(rows) for column in spec.columns}
    for name in fields:
        columns[name] = [_value(spec, name, row[name], today) for row in rows]
    named = int(year) if year else None
    columns["year"] = [int(own) if own else named for own in columns["year"]]
    return Table(
        spec=spec,
        place=Place("book", sheet, spec.hebrew),
        rows=range(1, 1 + len(rows)),
        columns=columns,
        at={name: at for at, name in enumerate(fields)},
        year=named,
    )


def _value(spec: TableSpec, name: str, text: str, today: date) -> Any:
    column = spec.by_field[name]
    if column.kind in (Kind.DATE, Kind.DATETIME):
        text = _day(text, today)
    value, trouble = read_cell(column, text)
    assert value is not None or text in ("", "-"), f"{spec.key}.{name} cannot be {text!r}: {trouble}"
    return value


def _day(text: str, today: date) -> str:
    if text == "TODAY":
        return today.isoformat()
    if match := RELATIVE.fullmatch(text):
        return (today + timedelta(days=int(match[1]))).isoformat()
    return f"{text}.2026" if SHORT_DAY.fullmatch(text) else text


def verdict(
    key: str, tables: str | Book, today: date = TODAY, settings: Settings | None = None, **params: int
) -> Verdict:
    """What one rule says of drawn sheets, with some parameters changed (in their units)."""
    drawn = book(tables, today=today) if isinstance(tables, str) else tables
    said = judge([BY_KEY[key]], drawn, settings or Settings(), {key: params}, today)
    assert not [finding for finding in said.findings if finding.rule != key], said.findings
    return said


def found(
    key: str, tables: str | Book, today: date = TODAY, settings: Settings | None = None, **params: int
) -> list[Finding]:
    """The findings of one rule."""
    return list(verdict(key, tables, today, settings, **params).findings)


def keys(findings: Iterable[Finding]) -> list[str]:
    """What was noticed, as `severity: key`, in alphabetical order."""
    return sorted(f"{SEVERITIES[finding.severity]}: {finding.key}" for finding in findings)


SEVERITIES = {Severity.INFO: "info", Severity.CARE: "care", Severity.URGENT: "urgent"}


def message(finding: Finding, language: Language = "he") -> str:
    """A finding's message as people read it, without the marks of direction: title, body and next step, a line each."""
    words = BY_KEY[finding.rule].wording[finding.variant].render(finding.figures, language)
    return bare("\n".join((words.title, words.body, words.next_step)))


def bare(text: str) -> str:
    """A text without the marks of direction, and with plain spaces."""
    return text.replace(FSI, "").replace(PDI, "").replace("\u00a0", " ")
