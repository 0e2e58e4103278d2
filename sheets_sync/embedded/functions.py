"""Google's functions that formualizer lacks, or has in Excel's form, and those that cannot be had here.

Arguments come as formualizer gives them: a plain value for a cell, a list of rows for a range, a dict for an error.
"""

import operator
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from sheets_sync.embedded.model import ErrorValue
from sheets_sync.embedded.requests.sorting import sort_key

# They need other services, or a language of their own.
UNSUPPORTED = frozenset(
    {"QUERY", "IMPORTRANGE", "IMPORTXML", "IMPORTHTML", "IMPORTDATA", "IMPORTFEED", "GOOGLEFINANCE", "GOOGLETRANSLATE",
     "DETECTLANGUAGE", "SPARKLINE", "IMAGE"}
)  # fmt: skip

Function = tuple[Callable[..., Any], int, int | None]
NOT_AVAILABLE: Final = {"type": "Error", "kind": "Na"}
WRONG: Final = {"type": "Error", "kind": "Value"}
LONGEST_TEXT: Final = 50_000
NESTED_REPEAT = re.compile(r"[+*}]\)[+*{]")


def is_error(value: Any) -> bool:
    """Whether an argument is an error."""
    return isinstance(value, dict)


def rows_of(value: Any) -> list[list[Any]]:
    """An argument as rows."""
    if not isinstance(value, list):
        return [[value]]
    return [row if isinstance(row, list) else [row] for row in value]


def flat(*values: Any) -> list[Any]:
    """Every cell of the arguments, row by row."""
    return [cell for value in values for row in rows_of(value) for cell in row]


def shown(value: Any) -> str:
    """A value as it stands in a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def order(value: Any) -> tuple[int, Any]:
    """The place of a value in a sort; blanks last."""
    if value is None or value == "":
        return 9, ""
    return sort_key(ErrorValue("", "#") if is_error(value) else value)


def same(value: Any) -> tuple[int, Any]:
    """What makes two values one to UNIQUE: kind and case count."""
    if is_error(value):
        return 3, str(value)
    return (2 if isinstance(value, bool) else 0 if isinstance(value, int | float) else 1), value


def each(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of single values, spread over its first argument when that is a range."""

    def spread(first: Any, *rest: Any) -> Any:
        if isinstance(first, list):
            return [[spread(cell, *rest) for cell in row] for row in rows_of(first)]
        return first if is_error(first) else function(first, *(flat(other)[0] for other in rest))

    return spread


def array_formula(value: Any) -> Any:
    """ARRAYFORMULA: formualizer spills arrays by itself."""
    return value


def filter_rows(source: Any, *conditions: Any) -> Any:
    """FILTER(range, condition, …): rows, or columns when the conditions lie in a row, that meet every condition."""
    grid = rows_of(source)
    across = len(rows_of(conditions[0])) == 1 and len(grid) != 1
    lines = [list(line) for line in zip(*grid, strict=True)] if across else grid
    tests = [flat(condition) for condition in conditions]
    if any(len(test) != len(lines) for test in tests):
        return NOT_AVAILABLE
    kept = [line for i, line in enumerate(lines) if all(_truth(test[i]) for test in tests)]
    if not kept:
        return NOT_AVAILABLE
    return [list(line) for line in zip(*kept, strict=True)] if across else kept


def _truth(value: Any) -> bool:
    return not is_error(value) and not isinstance(value, str) and bool(value)


def sort_rows(source: Any, *specs: Any) -> Any:
    """SORT(range, column, ascending, …): a column is its number, or a range as tall as the first."""
    grid = rows_of(source)
    places = list(range(len(grid)))
    pairs = list(zip(specs[::2], specs[1::2], strict=False)) or [(1, True)]
    for column, ascending in reversed(pairs):
        keys = flat(column) if isinstance(column, list) else [row[int(column) - 1] for row in grid]
        filled = [at for at in places if order(keys[at])[0] < 9]
        blank = [at for at in places if order(keys[at])[0] == 9]
        filled.sort(key=lambda at: order(keys[at]), reverse=not flat(ascending)[0])
        places = filled + blank
    return [grid[at] for at in places]


def unique(source: Any, by_column: Any = False, once: Any = False) -> Any:
    """UNIQUE(range, by_column, exactly_once)."""
    grid = rows_of(source)
    lines = [list(line) for line in zip(*grid, strict=True)] if by_column else grid
    counts: dict[tuple[Any, ...], int] = {}
    for line in lines:
        key = tuple(map(same, line))
        counts[key] = counts.get(key, 0) + 1
    firsts: dict[tuple[Any, ...], list[Any]] = {}
    for line in lines:
        firsts.setdefault(tuple(map(same, line)), line)
    kept = [line for key, line in firsts.items() if not once or counts[key] == 1]
    if not kept:
        return NOT_AVAILABLE
    return [list(line) for line in zip(*kept, strict=True)] if by_column else kept


def split(text: Any, delimiter: Any, by_each: Any = True, drop_empty: Any = True) -> Any:
    """SPLIT: into the cells to the side; numbers become numbers."""
    if is_error(text):
        return text
    marks = shown(delimiter)
    if not marks:
        return WRONG
    pattern = "|".join(map(re.escape, marks)) if by_each else re.escape(marks)
    parts = [part for part in re.split(pattern, shown(text)) if part or not drop_empty]
    return [[_numeric(part) for part in parts]] if parts else NOT_AVAILABLE


def _numeric(text: str) -> Any:
    return float(text) if re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", text) else text


def join(delimiter: Any, *values: Any) -> Any:
    """JOIN: the cells' texts with a delimiter between them."""
    cells = flat(*values)
    return next(filter(is_error, cells), None) or shown(delimiter).join(map(shown, cells))


def flatten(*values: Any) -> Any:
    """FLATTEN: every cell in one column, blanks included."""
    return [[cell] for cell in flat(*values)]


def count_unique(*values: Any) -> int:
    """COUNTUNIQUE: how many different values; blanks do not count."""
    return len({same(cell) for cell in flat(*values) if cell is not None and cell != ""})


def _compiled(pattern: Any) -> re.Pattern[str] | None:
    """A pattern, unless it cannot be read, or may take forever (Google's RE2 never does)."""
    text = shown(pattern)
    if NESTED_REPEAT.search(text) or len(text) > 1_000:
        return None
    try:
        return re.compile(text)
    except re.error:
        return None


def regex_match(text: Any, pattern: Any) -> Any:
    """REGEXMATCH."""
    found = _compiled(pattern)
    return WRONG if found is None else bool(found.search(shown(text)[:LONGEST_TEXT]))


def regex_extract(text: Any, pattern: Any) -> Any:
    """REGEXEXTRACT: the groups side by side, or the whole match."""
    found = _compiled(pattern)
    if found is None:
        return WRONG
    match = found.search(shown(text)[:LONGEST_TEXT])
    if not match:
        return NOT_AVAILABLE
    groups = [group or "" for group in match.groups()]
    return match[0] if not groups else groups[0] if len(groups) == 1 else [groups]


def regex_replace(text: Any, pattern: Any, replacement: Any) -> Any:
    """REGEXREPLACE: `$1` in the replacement is a group."""
    found = _compiled(pattern)
    if found is None:
        return WRONG
    template = re.sub(r"\$(\d)", r"\\\1", shown(replacement).replace("\\", "\\\\"))
    try:
        return found.sub(template, shown(text)[:LONGEST_TEXT])
    except (re.error, IndexError):
        return WRONG


def array_constrain(source: Any, height: Any, width: Any) -> Any:
    """ARRAY_CONSTRAIN: the first rows and columns."""
    return [row[: int(width)] for row in rows_of(source)[: int(height)]]


def between(value: Any, low: Any, high: Any, with_low: Any = True, with_high: Any = True) -> Any:
    """ISBETWEEN."""
    above = order(value) >= order(low) if with_low else order(value) > order(low)
    below = order(value) <= order(high) if with_high else order(value) < order(high)
    return above and below


def _pair(function: Callable[[Any, Any], Any]) -> Function:
    """An operator's function, such as ADD; a division by zero is #DIV/0!."""

    def apply(a: Any, b: Any) -> Any:
        for value in (a, b):
            if is_error(value):
                return value
        try:
            return function(a or 0, b or 0)
        except ZeroDivisionError:
            return {"type": "Error", "kind": "Div"}
        except TypeError:
            return WRONG

    return apply, 2, 2


def _compare(function: Callable[[Any, Any], bool]) -> Function:
    return (lambda a, b: function(order(a), order(b))), 2, 2


EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?")
# Those that formualizer has in Excel's form.
OVERRIDES: Final = frozenset({"FILTER", "SORT", "UNIQUE"})
FUNCTIONS: Final[dict[str, Function]] = {
    "ARRAYFORMULA": (array_formula, 1, 1),
    "ARRAY_CONSTRAIN": (array_constrain, 3, 3),
    "FILTER": (filter_rows, 2, None),
    "SORT": (sort_rows, 1, None),
    "UNIQUE": (unique, 1, 3),
    "SPLIT": (split, 2, 4),
    "JOIN": (join, 2, None),
    "FLATTEN": (flatten, 1, None),
    "COUNTUNIQUE": (count_unique, 1, None),
    "REGEXMATCH": (each(regex_match), 2, 2),
    "REGEXEXTRACT": (each(regex_extract), 2, 2),
    "REGEXREPLACE": (each(regex_replace), 3, 3),
    "ISBETWEEN": (between, 3, 5),
    "ISEMAIL": (each(lambda value: bool(EMAIL.fullmatch(shown(value)))), 1, 1),
    "ISURL": (each(lambda value: bool(URL.fullmatch(shown(value)))), 1, 1),
    "ENCODEURL": (each(lambda value: quote(shown(value), safe="")), 1, 1),
    "TO_TEXT": (each(shown), 1, 1),
    "TO_DATE": (each(lambda value: value), 1, 1),
    "TO_PERCENT": (each(lambda value: value), 1, 1),
    "TO_PURE_NUMBER": (each(lambda value: value), 1, 1),
    "UMINUS": (each(lambda value: -(value or 0)), 1, 1),
    "UPLUS": (each(lambda value: value), 1, 1),
    "ADD": _pair(operator.add),
    "MINUS": _pair(operator.sub),
    "MULTIPLY": _pair(operator.mul),
    "DIVIDE": _pair(operator.truediv),
    "POW": _pair(operator.pow),
    "EQ": _compare(operator.eq),
    "NE": _compare(operator.ne),
    "GT": _compare(operator.gt),
    "GTE": _compare(operator.ge),
    "LT": _compare(operator.lt),
    "LTE": _compare(operator.le),
}
