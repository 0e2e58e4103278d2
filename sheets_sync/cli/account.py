"""A pass told in the terminal: what was read, noticed, written and told, in a few lines."""

from rich.table import Table as Grid

from rules.finding import Severity
from rules.lifecycle import Step
from sheets_sync.account import Account
from sheets_sync.cli.terminal import console, plain, say, terminal_language
from sheets_sync.tabs.summary import STRUCK, left_aside

COLOURS = {Severity.URGENT: "red", Severity.CARE: "yellow", Severity.INFO: "cyan"}
SHOWN = 12
"""How many findings the terminal shows; all of them stand in the tab `alerts`."""


def tell(account: Account, *, wrote: bool = True) -> None:
    """Print a pass's account."""
    for name, trouble in account.troubles.items():
        console.print(f"[red]✗ {name}[/]: {trouble.words(terminal_language())}")
    for place in (one for mended in account.mended.values() for one in mended.left):
        console.print(f"[yellow]! {plain(place)}[/]: {STRUCK[0] if terminal_language() == 'he' else STRUCK[1]}")
    for title, said in left_aside(account.picture, terminal_language()):
        console.print(f"[yellow]! {plain(title)}[/]: {plain(said)}")
    _told_tables(account)
    _told_findings(account)
    _told_numbers(account, wrote)


def _told_tables(account: Account) -> None:
    he = terminal_language() == "he"
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("לשונית", "שורות", "לתיקון", "הערות קלות") if he else ("tab", "rows", "problems", "remarks"):
        grid.add_column(heading)
    for key, tab in account.picture.tabs.items():
        problems = account.picture.problems_in(tab)
        if tab.grid.height and key in account.picture.checked:
            remarks = sum(problem.is_remark for problem in problems)
            rows = len(account.picture.book[key])
            grid.add_row(tab.title, str(rows), str(len(problems) - remarks), str(remarks))
    console.print(grid)


def _told_findings(account: Account) -> None:
    language = terminal_language()
    findings = sorted(account.picture.verdict.findings, key=lambda finding: -finding.severity)
    for finding in findings[:SHOWN]:
        text = account.picture.rules[finding.rule].wording[finding.variant].render(finding.figures, language)
        word = finding.severity.hebrew if language == "he" else finding.severity.english
        console.print(f"[{COLOURS[finding.severity]}]● {word}[/] {plain(text.title)}")
    if (rest := len(findings) - SHOWN) > 0:
        say(f"… ועוד {rest} בלשונית התראות", f"… and {rest} more in the tab alerts (התראות)")


def _told_numbers(account: Account, wrote: bool) -> None:
    steps, letters = account.steps, len(account.plan.post.letters)
    opened, closed = steps[Step.OPENED], steps[Step.CLOSED]
    changes, reads, writes = account.requests, account.calls.get("reads", 0), account.calls.get("writes", 0)
    if account.placed:
        say(f"נקלטו תשובות טפסים: {account.placed}", f"form answers taken in: {account.placed}")
    say(f"התראות: {opened} נפתחו, {closed} נסגרו", f"alerts: {opened} opened, {closed} closed")
    if wrote:
        say(
            f"שינויים שנכתבו: {changes}; הודעות לשליחה: {letters}",
            f"changes written: {changes}; letters to send: {letters}",
        )
        say(
            f"פניות ל־Google: {reads} לקריאה, {writes} לכתיבה",
            f"calls to Google: {reads} reads, {writes} writes",
        )
    else:
        say("שום דבר לא נכתב ולא נשלח.", "Nothing was written or sent.")
