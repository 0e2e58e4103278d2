"""What the benches are to show: the goals of the page of figures, each with the figure that shows it."""

from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    """Which number of a figure is held against the goal."""

    VALUE = "value"
    RATIO = "ratio"


@dataclass(frozen=True)
class Goal:
    """A goal: `least` or `most` of a figure of a bench, by the figure's name; neither where it is only told."""

    bench: str
    figure: str
    of: Of = Of.VALUE
    most: float | None = None
    least: float | None = None

    @property
    def command(self) -> str:
        """The command that measures it."""
        group = " --group rivals" if self.bench == "rivals" else ""
        return f"uv run{group} python -m bench.{self.bench}"

    @property
    def words(self) -> str:
        """The goal in words."""
        times = " ×" if self.of is Of.RATIO else ""
        if self.most is not None:
            return f"≤ {self.most:g}{times}"
        return f"≥ {self.least:g}{times}" if self.least is not None else "–"

    def holds(self, number: float) -> bool:
        """Whether a number reaches it."""
        return (self.most is None or number <= self.most) and (self.least is None or number >= self.least)


TWELVE = "200 rows of 12 columns"
PASS = "12 tabs of 200 rows and 12 columns"
LARGE = "100000 rows of 10 columns"
THOUSAND = "1000 communities, 10 changed a minute, a tick of {} s"


def _reading() -> list[Goal]:
    return [
        Goal("reading", "pass 100000x10, values", Of.RATIO, most=3.2),
        Goal("reading", "pass 2000x10, values", Of.RATIO, most=4),
        Goal("reading", "pass 100000x10, grid data", Of.RATIO),
        Goal("reading", "pass 2000x10, grid data", Of.RATIO),
        Goal("communities", "12 tables of 100x10, checks", Of.RATIO, most=4.5),
        Goal("communities", "29 tabs of 1003 rows, all rules", Of.RATIO, most=12),
        Goal("memory", "100000 rows of 10 columns: memory of a pass from bytes to problems", Of.RATIO, most=1.2),
    ]


def _rivals() -> list[Goal]:
    slower = {"frictionless": 20, "great-expectations": 10, "gspread get_all_records and a loop": 10, "pandera": 4}
    told = [Goal("rivals", "pydantic, 20000 rows", Of.RATIO)]
    return [Goal("rivals", f"{name}, 20000 rows", Of.RATIO, least=least) for name, least in slower.items()] + told


def _calls() -> list[Goal]:
    most = {
        "cold, 300 bad cells, 50 alerts": (2, 1),
        "changed, 300 bad cells, 50 alerts": (1, 1),
        "the echo of our own write": (1, 0),
        "changed, one row": (1, 1),
        "unchanged": (0, 0),
    }
    return [
        Goal("calls", f"{TWELVE}, {when}: {kind}", most=calls)
        for when, both in most.items()
        for kind, calls in zip(("reads", "writes"), both, strict=True)
    ] + [
        Goal("calls", f"{TWELVE}, {when}: largest body of a {kind}", most=2)
        for when, kind in (("cold, 300 bad cells, 50 alerts", "write"), ("changed, 300 bad cells, 50 alerts", "read"))
    ]


def _passes() -> list[Goal]:
    whens = ("cold", "changed", "echo", "one row changed")
    whole = [Goal("passes", f"{PASS}, {when}: all but google", Of.RATIO) for when in whens]
    large = [Goal("passes", f"{LARGE}, {when}: all but google", Of.RATIO) for when in ("cold", "one cell changed")]
    large += [Goal("passes", f"{LARGE}, one cell changed: {kind}") for kind in ("reads", "writes")]
    return [
        *whole,
        *large,
        Goal("passes", f"{LARGE}, cold: memory it took", Of.RATIO),
        Goal("passes", f"{PASS}, unchanged: all"),
        Goal("passes", f"{PASS}, cold: memory it took", Of.RATIO),
    ]


def _thousand() -> list[Goal]:
    most: dict[str, float | None] = {
        "most reads in a minute": 60,
        "most writes in a minute": 60,
        "longest from a change to its mark": 60,
        "processor time a tick": None,
        "peak memory of the process": None,
    }
    return [
        Goal("thousand", f"{THOUSAND.format(tick)}: {name}", most=limit)
        for tick in (30, 60)
        for name, limit in most.items()
    ]


def _intake() -> list[Goal]:
    return [
        Goal("intake", "ours against no storage", Of.RATIO, least=0.7),
        Goal("intake", "ours against no storage, by the processor", Of.RATIO, least=0.7),
        Goal("intake", "ours against a commit each", Of.RATIO, least=1.4),
        Goal("intake", "ours against a commit each, by the processor", Of.RATIO, least=1.4),
        Goal("intake", "ours: slowest round's p99", most=50),
        Goal("intake", "ours: not accepted", most=0),
        Goal("intake", "ours: accepted, and gone after kill -9", most=0),
        Goal("jobs", "1 workers: passes", least=None),
        Goal("jobs", "2 workers: passes", least=500),
        Goal("jobs", "2 workers: passes without a token of their own", most=0),
        Goal("jobs", "4 workers: passes", least=None),
    ]


GOALS = (*_reading(), *_rivals(), *_calls(), *_passes(), *_thousand(), *_intake())
