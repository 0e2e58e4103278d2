"""One figure of a bench, as every bench prints it."""

import json
from collections.abc import Iterable
from typing import Any

Figure = dict[str, Any]


def figure(name: str, value: float, unit: str, against: str = "", ratio: float | None = None) -> Figure:
    """What was measured, and against what."""
    short = None if ratio is None else round(ratio, 3)
    return {"name": name, "value": round(value, 3), "unit": unit, "against": against, "ratio": short}


def goal(name: str, value: float, unit: str, most: float) -> Figure:
    """A figure that should be `most` at the most; its ratio is its share of that."""
    return figure(name, value, unit, f"goal: at most {most:g}", value / most if most else None)


def show(figures: Iterable[Figure], *, as_json: bool) -> None:
    """Print them as they come."""
    for each in figures:
        ratio = "" if each["ratio"] is None else f"  = {each['ratio']} x"
        line = f"{each['name']:<66}{each['value']:>12} {each['unit']}{ratio}  {each['against']}"
        print(json.dumps(each) if as_json else line, flush=True)
