"""The settings of one community, or of many in one folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sheets_sync.config import Settings, load
from sheets_sync.errors import BadSettings


def load_all(path: Path) -> dict[Path, Settings]:
    """The settings of a file, or of all `*.toml` of a folder, by file.

    Raises BadSettings for an unreadable one, and where two communities have what each needs for itself.
    """
    if not path.is_dir():
        return {path: load(path)}
    found = {file: load(file) for file in settings_files(path)}
    for trouble in doubled(found):
        raise trouble
    return found


def settings_files(path: Path) -> list[Path]:
    """The file itself, or all `*.toml` of a folder; raises BadSettings for a folder without any."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise BadSettings(
            f"בתיקייה {path} אין קובצי הגדרות (*.toml).", f"There are no settings files (*.toml) in {path}."
        )
    return files


def doubled(found: Mapping[Path, Settings]) -> Iterator[BadSettings]:
    """Where two communities have what each needs for itself."""
    seen: dict[tuple[str, str], Path] = {}
    for file, settings in found.items():
        for what in _own(settings):
            if (other := seen.setdefault(what, file)) is not file:
                yield _doubled(*what, file, other)


def _own(settings: Settings) -> Iterator[tuple[str, str]]:
    """What no two communities may have: setting and value."""
    yield "community.key", settings.community.key
    for one in settings.spreadsheets:
        yield "spreadsheets.url", one.id
    if settings.forms or settings.web.public_url:
        yield "web.port", f"{settings.web.host}:{settings.web.port}"


def _doubled(setting: str, value: str, file: Path, other: Path) -> BadSettings:
    return BadSettings(
        f"{file}: ב־{setting} כתוב {value}, וכך גם ב־{other.name}. לכל קהילה צריך ערך משלה.",
        f"{file}: {setting} is {value}, and so it is in {other.name}. Each community needs its own.",
    )


def with_web(found: Mapping[Path, Settings]) -> dict[Path, Settings]:
    """Those for which a web process is wanted: of many, only those that have forms or take pushes."""
    if len(found) == 1:
        return dict(found)
    return {file: one for file, one in found.items() if one.forms or one.web.public_url}
