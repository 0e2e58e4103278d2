"""Google's functions that formualizer lacks, and those that cannot be had here."""

from collections.abc import Callable
from typing import Any

# They need other services, or a language of their own.
UNSUPPORTED = frozenset(
    {"QUERY", "IMPORTRANGE", "IMPORTXML", "IMPORTHTML", "IMPORTDATA", "IMPORTFEED", "GOOGLEFINANCE", "GOOGLETRANSLATE",
     "DETECTLANGUAGE", "SPARKLINE", "IMAGE"}
)  # fmt: skip

Function = tuple[Callable[..., Any], int, int | None]


def flat(*values: Any) -> list[Any]:
    """Every cell of the arguments, row by row."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found.extend(flat(*value))
        else:
            found.append(value)
    return found


def shown(value: Any) -> str:
    """A value as it stands in a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def array_formula(value: Any) -> Any:
    """ARRAYFORMULA: formualizer spills arrays by itself."""
    return value


FUNCTIONS: dict[str, Function] = {
    "ARRAYFORMULA": (array_formula, 1, 1),
}
