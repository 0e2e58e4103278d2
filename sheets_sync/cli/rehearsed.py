"""A rehearsal told in the terminal: a line a rule, with what opened, when, and how it went."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from rich.table import Table as Grid
from rich.text import Text

from rules.past import Unknown
from rules.rehearse import Episode, Rehearsal, days_of, holds
from rules.rule import Rule
from sheets_sync.cli.terminal import console, plain, say, terminal_language
from sheets_sync.look import ALL_TABLES
from sheets_sync.rehearsal_report import first_days, title
from sheets_sync.rehearsing import Rehearsals

BARS = " ▁▂▃▄▅▆▇█"
WIDTH, NARROW = 30, 12
"""Of a timeline, in characters, and of one in a terminal of few columns; each is as high as the most that was open on
one of its days."""

DAYS_SHOWN, FINDINGS_SHOWN = 4, 40


def tell_rehearsed(found: Rehearsals, *, with_findings: bool) -> None:
    """Print what would have been said, and once what the tables do not tell of the past."""
    holding = found.holding
    first, last = f"{holding.first:%d.%m.%Y}", f"{holding.last:%d.%m.%Y}"
    say(f"חזרה על הימים {first}–{last}, לפי התאריכים שבטבלאות", f"The days {first}–{last}, by the dates in the tables")
    _told_rules(found)
    if with_findings:
        _told_findings(found)
    _told_unused(found)
    _told_unknown(holding.unknown)
    say("שום דבר לא נשלח, לא נכתב ולא נזכר.", "Nothing was sent, written or remembered.")


def _told_rules(found: Rehearsals) -> None:
    he = terminal_language() == "he"
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    for heading in ("כלל", "היו", "נפתחו", "בסוף", "לאורך הימים", "נאמרו לראשונה") if he else (
        "rule", "before", "opened", "at the end", "over the days", "first said"
    ):  # fmt: skip
        grid.add_column(heading, no_wrap=heading in ("כלל", "rule", "לאורך הימים", "over the days"))
    lines = [(rule, said, words) for rule in found.rules for said, words in _sides(found)]
    for rule, said, words in lines:
        if rule.key in said.rules and (said.of(rule.key) or said.recorded.get(rule.key) or len(found.rules) == 1):
            _add_rule(grid, rule, said, words)
    if grid.row_count:
        console.print(grid)
    else:
        say("לא היה נאמר דבר.", "Nothing would have been said.")


def _sides(found: Rehearsals) -> list[tuple[Rehearsal, str]]:
    """The thresholds that hold and, where others are tried, those."""
    if found.tried is None:
        return [(found.holding, "")]
    he = terminal_language() == "he"
    return [(found.holding, "היום" if he else "today"), (found.tried, "בניסיון" if he else "tried")]


def _add_rule(grid: Grid, rule: Rule, said: Rehearsal, words: str) -> None:
    he = terminal_language() == "he"
    episodes = said.of(rule.key)
    name = rule.hebrew if he else rule.english
    grid.add_row(
        plain(f"{name} · {words}" if words else name),
        str(sum(one.opened is None for one in episodes)),
        str(sum(one.opened is not None for one in episodes)),
        str(sum(one.closed is None for one in episodes)),
        timeline(_open(said, rule.key)),
        _first_said(episodes),
    )
    if any(recorded := _recorded(said, rule.key)):
        days = sum(count > 0 for count in recorded)
        label = f"  באמת, {days} ימים" if he else f"  really, on {days} days"
        grid.add_row(Text(label, style="dim"), "", "", "", Text(timeline(recorded), style="dim"), "")


def timeline(counts: Sequence[int]) -> str:
    """The days' counts as bars, the oldest at the left; at most WIDTH of them."""
    width, top = min(WIDTH if console.width >= 120 else NARROW, len(counts)), max(counts, default=0)
    cuts = [round(at * len(counts) / width) for at in range(width + 1)]
    highest = [max(counts[start:end]) for start, end in pairwise(cuts)]
    return "".join(BARS[-(-count * (len(BARS) - 1) // top)] if top else BARS[0] for count in highest)


def _days(said: Rehearsal) -> Iterator[date]:
    return days_of(said.first, said.last)


def _open(said: Rehearsal, rule: str) -> list[int]:
    spans = [(one.opened or said.first, one.closed) for one in said.of(rule)]
    return [sum(holds(span, day) for span in spans) for day in _days(said)]


def _recorded(said: Rehearsal, rule: str) -> list[int]:
    return [sum(holds(span, day) for span in said.recorded.get(rule, ())) for day in _days(said)]


def _first_said(episodes: list[Episode]) -> str:
    days = first_days(episodes)
    shown = ", ".join(f"{day.day}.{day.month}" for day in days[:DAYS_SHOWN])
    return shown if len(days) <= DAYS_SHOWN else f"{shown} … (+{len(days) - DAYS_SHOWN})"


def _told_findings(found: Rehearsals) -> None:
    """The findings of the one rule: as it is tried, where something is tried."""
    said, [rule] = found.tried or found.holding, found.rules
    language = terminal_language()
    episodes = said.of(rule.key)
    for one in episodes[:FINDINGS_SHOWN]:
        since = f"{one.opened:%d.%m.%Y}" if one.opened else "…"
        until = f"{one.closed:%d.%m.%Y}" if one.closed else "…"
        console.print(f"  {since} – {until}  {title(one, rule, language)}", markup=False)
    if (rest := len(episodes) - FINDINGS_SHOWN) > 0:
        say(f"  … ועוד {rest}", f"  … and {rest} more")


def _told_unused(found: Rehearsals) -> None:
    """Why a rule that was asked for, or failed, says nothing."""
    he = terminal_language() == "he"
    for rule in found.rules:
        name = rule.hebrew if he else rule.english
        if len(found.rules) == 1 and rule.key in found.holding.unused:
            tables = ", ".join(ALL_TABLES[key].hebrew if he else key for key in found.holding.unused[rule.key])
            say(f"{name}: אין לשונית {tables}", f"{name}: there is no tab {tables}")
        if rule.key in found.holding.crashed:
            say(f"{name}: הבדיקה נכשלה בחלק מהימים", f"{name}: the check failed on some days")


def _told_unknown(unknown: Sequence[Unknown]) -> None:
    he = terminal_language() == "he"

    def names(table: str, fields: Sequence[str]) -> str:
        columns = [ALL_TABLES[table].by_field[name] for name in fields]
        return ", ".join(column.hebrew if he else column.english for column in columns)

    undated = [f"{_title(one, he)} ({names(one.table, one.undated)})" for one in unknown if one.undated]
    newest = [f"{_title(one, he)} ({names(one.table, one.newest)})" for one in unknown if one.newest]
    if undated:
        text = "; ".join(undated)
        say(f"בלי תאריך, ולכן כמו שהם היום: {text}", f"Undated, and therefore as they are today: {text}")
    if newest:
        text = "; ".join(newest)
        say(
            f"נשמר רק התאריך האחרון, ולכן לפניו התא כאילו ריק: {text}",
            f"Only the newest date is kept, and before it the cell counts as empty: {text}",
        )


def _title(one: Unknown, he: bool) -> str:
    return ALL_TABLES[one.table].hebrew if he else one.table.replace("_", " ")
