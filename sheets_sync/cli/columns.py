"""What was understood of each tab, column by column."""

from collections.abc import Iterator

from rich.table import Table as Grid

from rules.headers import Certainty, Headers
from rules.table import Table
from sheets_sync.cli.terminal import console, say, terminal_language
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import column_letters

CERTAINTY = {
    Certainty.CONFIRMED: ("אושר", "confirmed"),
    Certainty.SURE: ("ודאי", "sure"),
    Certainty.GENERIC: ("לפי התוכן", "by its values"),
    Certainty.UNCERTAIN: ("כדאי לאשר", "to be confirmed"),
}


def show_columns(picture: Picture) -> None:
    """Print, of every tab, which table it is and what each column was taken for."""
    by_place = {tab.place: key for key, tab in picture.tabs.items()}
    for _, tab in picture.snapshot.tabs():
        key = by_place.get(tab.place)
        if key is None:
            say(f"• {tab.title}: הלשונית לא זוהתה, ולא נגענו בה.", f"• {tab.title}: not recognised; left alone.")
        else:
            _show_table(tab, picture.book[key], picture.readings[key].headers, len(picture.problems_in(tab)))


def _show_table(tab: Tab, table: Table, headers: Headers, problems: int) -> None:
    row = table.header_row + 1
    say(
        f"• {tab.title}: {table.spec.hebrew}, כותרות בשורה {row}, {len(table)} שורות, {problems} תאים לתיקון",
        f"• {tab.title}: {table.spec.key}, headers in row {row}, {len(table)} rows, {problems} cells to mend",
    )
    grid = Grid(box=None, padding=(0, 2, 0, 2))
    for line in sorted(_lines(table, headers)):
        grid.add_row(*line[1:])
    console.print(grid)
    if headers.missing:
        missing = [table.spec.by_field[name] for name in headers.missing]
        say(
            f"    עמודות חובה שלא נמצאו: {', '.join(column.hebrew for column in missing)}",
            f"    required columns that were not found: {', '.join(column.english for column in missing)}",
        )


def _lines(table: Table, headers: Headers) -> Iterator[tuple[int, str, str, str, str]]:
    """(column, its letters, the header, what it was taken for, how surely) of each column."""
    he = terminal_language() == "he"
    for match in headers.matches:
        column = ALL_TABLES[table.spec.key].by_field[match.field]
        how = CERTAINTY[match.certainty][0 if he else 1]
        if scale := headers.scale.get(match.field):
            how += f" (× {scale:,})"
        yield match.column, column_letters(match.column), match.header, column.hebrew if he else column.english, how
    for unknown in headers.unknown:
        near = table.spec.by_field.get(unknown.nearest)
        hint = "" if near is None else f"אולי {near.hebrew}?" if he else f"perhaps {near.english}?"
        yield unknown.column, column_letters(unknown.column), unknown.header, "לא מופה" if he else "not mapped", hint
    for doubled in headers.doubled:
        word = "כפולה" if he else "doubled"
        yield doubled.column, column_letters(doubled.column), doubled.header, word, ""
