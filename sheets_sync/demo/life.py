"""What an invented community says of itself, as the section `[life]` of a settings file."""

import json
from collections.abc import Iterator

from rules.rule import Settings
from sheets_sync.life import CHARACTERS, WEEKDAYS


def life(settings: Settings) -> str:
    """The lines of the section."""
    return "".join(f"{name} = {value}\n" for name, value in _lines(settings))


def _lines(settings: Settings) -> Iterator[tuple[str, str]]:
    for name in ("populations", "topics", "fields", "holidays"):
        yield name, _text(getattr(settings, name))
    for name in ("pauses", "school_holidays"):
        spans = (f"[{first.isoformat()}, {last.isoformat()}]" for first, last in getattr(settings, name))
        yield name, f"[{', '.join(spans)}]"
    yield "character", _text(next(key for key, hebrew in CHARACTERS.items() if hebrew == settings.character))
    if settings.role_start:
        yield "role_start", settings.role_start.isoformat()
    yield "position_percent", str(settings.position_percent)
    yield "full_month_hours", str(settings.full_month_hours)
    if settings.weekly_answer_day is not None:
        yield "weekly_answer_day", _text(WEEKDAYS[settings.weekly_answer_day])
    yield "monthly_letter_to", _text(settings.monthly_letter_to)


def _text(value: str | tuple[str, ...]) -> str:
    """A TOML string, or an array of them: TOML's basic strings are written as JSON's."""
    return json.dumps(value, ensure_ascii=False)
