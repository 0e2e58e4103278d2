"""The references in a formula: shifted by edits, renamed with a sheet, or carried along by a copy."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sheets_sync.embedded.a1 import column_index, column_name, quoted
from sheets_sync.embedded.edits import Edit

TITLE = r"(?P<title>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*|\$?[A-Za-z]{1,3}(?![\w(])|\$?[1-9]\d*(?![\w.(])"
REFERENCE = re.compile(
    rf"\"(?:[^\"]|\"\")*\"|(?<![\w.$'!]){TITLE}(?P<first>{CORNER})(?::(?P<last>{CORNER}))?(?![\w(!.'])"
)
PART = re.compile(r"^(\$?)([A-Za-z]*)(\$?)(\d*)$")
BROKEN = "#REF!"


class Corner:
    """One corner of a reference: its column and row (None where open) and their dollar signs."""

    def __init__(self, text: str) -> None:
        match = PART.match(text)
        assert match is not None
        first, letters, second, digits = match.groups()
        self.column = column_index(letters) if letters else None
        self.row = int(digits) - 1 if digits else None
        self.fixed_column = bool(letters and first)
        self.fixed_row = bool(second) if letters else bool(first)

    def text(self) -> str:
        """The corner as it is written."""
        column = "" if self.column is None else ("$" if self.fixed_column else "") + column_name(self.column)
        row = "" if self.row is None else ("$" if self.fixed_row else "") + str(self.row + 1)
        return column + row


Change = Callable[[str | None, Corner, Corner | None], str | None]


def _rewrite(formula: str, change: Change) -> str:
    """Put each reference through `change`, which answers its new text without the title, or None to leave it."""

    def one(match: re.Match[str]) -> str:
        corners = _corners(match)
        found = None if corners is None else change(*corners)
        if found is None:
            return match[0]
        return found if found == BROKEN else (match["title"] or "") + found

    return REFERENCE.sub(one, formula)


def _bare(title: str) -> str:
    text = title[:-1]
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def shift(formula: str, home: str, edited: str, edit: Edit) -> str:
    """The formula, standing on the sheet `home`, after an edit of the sheet `edited` (titles)."""

    def change(title: str | None, first: Corner, last: Corner | None) -> str | None:
        if (title or home).lower() != edited.lower():
            return None
        return _shifted(first, last, edit)

    return _rewrite(formula, change)


def _shifted(first: Corner, last: Corner | None, edit: Edit) -> str | None:
    axis = "row" if edit.rows else "column"
    start = getattr(first, axis)
    end = getattr(last, axis) if last else start
    if start is None and end is None:
        return None
    if start is None or end is None:
        return _half_open(first, last, axis, edit)
    found = edit.interval(min(start, end), max(start, end) + 1)
    if found is None:
        return BROKEN
    setattr(first, axis, found[0])
    if last:
        setattr(last, axis, found[1] - 1)
    return first.text() + (f":{last.text()}" if last else "")


def _half_open(first: Corner, last: Corner | None, axis: str, edit: Edit) -> str | None:
    """A reference like A2:B, open downwards: only the written side moves."""
    written = first if getattr(first, axis) is not None else last
    assert written is not None
    at = getattr(written, axis)
    found = edit.interval(at, at + 1) or (getattr(edit, "start", at), 0)
    setattr(written, axis, found[0])
    return first.text() + (f":{last.text()}" if last else "")


def rename(formula: str, old: str, new: str) -> str:
    """The formula after the sheet `old` has become `new`."""

    def one(match: re.Match[str]) -> str:
        title = match["title"]
        if title is None or _bare(title).lower() != old.lower():
            return match[0]
        return quoted(new) + "!" + match[0][len(title) :]

    return REFERENCE.sub(one, formula)


def qualified(formula: str, title: str) -> str:
    """The formula with its sheet's title before every reference that has none."""

    def one(match: re.Match[str]) -> str:
        found = match["first"]
        if found is None or match["title"] or (match["last"] is None and not re.search(r"[A-Za-z].*\d", found)):
            return match[0]
        return quoted(title) + "!" + match[0]

    return REFERENCE.sub(one, formula)


def without(formula: str, title: str) -> str:
    """The formula after the sheet of that title has been deleted."""

    def one(match: re.Match[str]) -> str:
        found = match["title"]
        return BROKEN if found is not None and _bare(found).lower() == title.lower() else match[0]

    return REFERENCE.sub(one, formula)


def translate(formula: str, down: int, right: int) -> str:
    """The formula as a copy `down` rows and `right` columns away has it: relative references go along."""

    def change(_title: str | None, first: Corner, last: Corner | None) -> str | None:
        for corner in (first, last):
            if corner is not None and not _carry(corner, down, right):
                return BROKEN
        return first.text() + (f":{last.text()}" if last else "")

    return _rewrite(formula, change)


def _carry(corner: Corner, down: int, right: int) -> bool:
    if corner.row is not None and not corner.fixed_row:
        corner.row += down
    if corner.column is not None and not corner.fixed_column:
        corner.column += right
    return (corner.row or 0) >= 0 and (corner.column or 0) >= 0


@dataclass(frozen=True)
class Block:
    """A rectangle of a sheet, half open, by its title."""

    title: str
    top: int
    bottom: int
    left: int
    right: int

    def holds(self, title: str, first: Corner, last: Corner | None) -> bool:
        """Whether a reference lies wholly inside."""
        if title.lower() != self.title.lower():
            return False
        corners = [first] if last is None else [first, last]
        return all(self._has(corner) for corner in corners)

    def _has(self, corner: Corner) -> bool:
        if corner.row is None or corner.column is None:
            return False
        return self.top <= corner.row < self.bottom and self.left <= corner.column < self.right


def relocate(formula: str, home: str, block: Block, target: str, by: tuple[int, int]) -> str:
    """The formula, standing on `home`, after a block of cells has moved by (rows, columns) to the sheet `target`."""

    def one(match: re.Match[str]) -> str:
        found = _corners(match)
        if found is None:
            return match[0]
        title, first, last = found
        if not block.holds(title or home, first, last):
            return match[0]
        for corner in (first, last):
            if corner is not None:
                corner.row = (corner.row or 0) + by[0]
                corner.column = (corner.column or 0) + by[1]
        text = first.text() + (f":{last.text()}" if last else "")
        named = match["title"] or ""
        if target.lower() != block.title.lower() or (title is None and target.lower() != home.lower()):
            named = quoted(target) + "!"
        return named + text

    return REFERENCE.sub(one, formula)


def broken(formula: str, home: str, block: Block) -> str:
    """The formula after a block of cells has been deleted: what pointed into it points nowhere."""

    def one(match: re.Match[str]) -> str:
        found = _corners(match)
        if found is None:
            return match[0]
        title, first, last = found
        return BROKEN if block.holds(title or home, first, last) else match[0]

    return REFERENCE.sub(one, formula)


def _corners(match: re.Match[str]) -> tuple[str | None, Corner, Corner | None] | None:
    """The title and corners of a match; None where it is a text, a name or a number."""
    first, last = match["first"], match["last"]
    if first is None or (last is None and (first.strip("$").isalpha() or first.strip("$").isdigit())):
        return None
    title = match["title"]
    return (None if title is None else _bare(title)), Corner(first), Corner(last) if last else None
