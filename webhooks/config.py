"""What the web process is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sheets_sync.store.database import Engine


def utc_now() -> datetime:
    """The time, for a process at work."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class WebConfig:
    """The community, its database, and its forms: each name with the secrets that may sign for it.

    A form has several secrets while one is being replaced. `trusted_hosts` are the names the service may be called
    by (`.example.org` with all below it); none given, any. `metrics_for` are networks that may ask for the figures.
    `tick` is the pace of the clock that is to be at work beside; None where none is. `hint_secrets` sign the
    hints of scripts in the `spreadsheets`, by id; without a secret none are taken.
    """

    engine: Engine
    community: str
    forms: Mapping[str, tuple[str, ...]]
    clock: Callable[[], datetime] = utc_now
    trusted_hosts: tuple[str, ...] = ()
    metrics_for: tuple[str, ...] = ()
    tick: timedelta | None = None
    hint_secrets: tuple[str, ...] = ()
    spreadsheets: frozenset[str] = frozenset()
