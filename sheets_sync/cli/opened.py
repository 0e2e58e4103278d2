"""What commands that only read are given: files or the configured spreadsheets, and days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from sheets_sync.communities import load_all
from sheets_sync.config import load
from sheets_sync.errors import BadSettings
from sheets_sync.trial import trial
from sheets_sync.wiring import Service, open_service, open_services, utc_now

GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


def settings_given(context: click.Context, settings_file: Path) -> Path | None:
    """The settings file, None where nobody named one."""
    return settings_file if context.get_parameter_source("settings_file") in GIVEN else None


@contextmanager
def opened_all(files: tuple[Path, ...], settings_path: Path, chosen: Path | None) -> Iterator[list[Service]]:
    """The services over the files as one community, else over each community of a settings file or folder."""
    if files or not settings_path.is_dir():
        with opened(files, settings_path, chosen) as service:
            yield [service]
    else:
        yield open_services([*load_all(settings_path).values()])


@contextmanager
def opened(files: tuple[Path, ...], settings_file: Path, chosen: Path | None) -> Iterator[Service]:
    """The service over the files, else over the configured spreadsheets; files need no settings file."""
    if not files:
        yield open_service(load(settings_file))
        return
    for file in files:
        if not file.is_file():
            raise BadSettings(f"אין קובץ כזה: {file}", f"There is no such file: {file}")
    with trial(files, chosen, utc_now) as service:
        yield service


def day_given(option: str, text: str) -> date:
    """The date that an option was given. Raises BadSettings for what is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSettings(
            f"{option} צריך להיות תאריך כמו 2026-11-30, ונכתב {text}",
            f"{option} must be a date such as 2026-11-30, not {text}",
        ) from None
