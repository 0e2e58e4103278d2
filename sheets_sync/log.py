"""The log: named events with fields of a list, as lines for people or as JSON for machines, on standard error.

What is on no list here is dropped, whoever wrote it: the log holds counts, kinds and places in the program, and never
what stands in a cell. Records of the standard `logging` (other libraries) come in with their logger and place alone.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import structlog

from rules.wording import Language
from sheets_sync.log_words import EVENTS, told_in

Form = Literal["text", "json"]
Entry = MutableMapping[str, Any]
Processor = Callable[[Any, str, Entry], Entry]

NUMBERS = frozenset(
    {"reads", "writes", "drive", "calls", "problems", "findings", "opened", "closed", "changes", "letters", "placed"}
    | {"seconds", "tries", "pause", "tabs", "put_back", "left"}
)
WORDS = frozenset({"community", "reason", "kind", "place", "logger", "message", "channel", "failure", "state"})
"""Short ASCII words: keys, kinds, reasons that the program itself gives."""

NAMES = frozenset({"spreadsheet", "spreadsheets"})
"""Names that whoever installed the service chose in the settings."""

WORD = re.compile(r"[A-Za-z0-9_.:<>/ ()-]{1,160}", re.ASCII)
LONGEST_NAME, MOST_NAMES = 60, 50
FRAMES = 3
"""How many frames of a fault are told: enough to find the place, and they hold no values."""

log: Any = structlog.get_logger()


def set_up(form: Form = "text", language: Language = "en") -> None:
    """From now on everything logged in this process comes out in this form; `language` is that of the text."""
    shown: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _as_text(language)
    stamp = structlog.processors.TimeStamper("iso" if form == "json" else "%H:%M:%S", utc=form == "json", key="at")
    structlog.configure(
        processors=[placed, allowed, structlog.processors.add_log_level, stamp, shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if form == "json" else logging.INFO),
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def take_over() -> None:
    """Let other libraries' records, and what nobody caught in any thread, come into the log too."""
    root = logging.getLogger()
    root.handlers[:] = [_Inlet()]
    root.setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def placed(_logger: Any, _method: str, entry: Entry) -> Entry:
    """In place of an exception its kind and where it arose; its text may quote a cell."""
    error = entry.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        entry["kind"], entry["place"] = type(error).__name__, place_of(error)
    return entry


def allowed(_logger: Any, _method: str, entry: Entry) -> Entry:
    """Only a known event, with the fields of the lists above that are what they claim to be."""
    kept = {name: value for name, value in entry.items() if _fits(name, value)}
    event = entry.get("event")
    return {"event": event if isinstance(event, str) and event in EVENTS else "unnamed", **kept}


def place_of(error: BaseException) -> str:
    """Where an exception arose, innermost last: `pass_.py:80 < look.py:12`; '' where it was never raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(ours[-FRAMES:]))


def _fits(name: str, value: object) -> bool:
    if name in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if name in WORDS:
        return isinstance(value, str) and WORD.fullmatch(value) is not None
    names = value if isinstance(value, list) else [value]
    return name in NAMES and len(names) <= MOST_NAMES and all(map(_is_name, names))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and value.isprintable()


def _as_text(language: Language) -> Callable[[Any, str, Mapping[str, Any]], str]:
    def line(_logger: Any, _method: str, entry: Mapping[str, Any]) -> str:
        community = f"[{entry['community']}] " if "community" in entry else ""
        return f"{entry['at']} {community}{told_in(language, entry)}"

    return line


class _Inlet(logging.Handler):
    """Where the standard library's records come in: who and where, not what, which is no text of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        where = f"{record.filename}:{record.lineno}"
        log.log(record.levelno, "library", logger=record.name, place=where, exc_info=record.exc_info)


def _uncaught(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    log.critical("fault", kind=kind.__name__, exc_info=error)


set_up()  # at once, so that nothing is ever logged past the lists
