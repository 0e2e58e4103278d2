"""How values are kept: instants in UTC, anything else as JSON."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without the zone for SQLite, whose texts then sort as times."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an aware datetime was expected, not {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC again."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """A value as JSON bytes (orjson), so that large requests cost little."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes:
        """To JSON; None is JSON's null."""
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """From JSON."""
        return None if value is None else orjson.loads(value)
