"""What the tabs `settings` and `columns` said last, kept in the database for passes that cannot read them."""

from sheets_sync.look import Picture
from sheets_sync.quiet import is_quiet
from sheets_sync.settings_said import with_tab
from sheets_sync.store import memory
from sheets_sync.store.database import Connection, reading
from sheets_sync.told import Told
from sheets_sync.wiring import Service

SETTINGS, COLUMNS = "settings_tab", "columns_tab"
"""The names under which they are remembered."""


def recall_told(service: Service) -> Told:
    """What the tabs said when they were last read."""
    with reading(service.engine) as connection:
        settings, columns = (memory.recall(connection, service.community, name, {}) for name in (SETTINGS, COLUMNS))
    return Told(settings, columns)


def remember_told(connection: Connection, community: str, picture: Picture) -> None:
    """Keep for the next pass what the tabs say now, where it is news."""
    if picture.said.is_news:
        memory.remember(connection, community, SETTINGS, dict(picture.said.held))
    if picture.answers.is_news:
        memory.remember(connection, community, COLUMNS, dict(picture.answers.held))


def is_quiet_now(service: Service) -> bool:
    """Whether nothing may be told at this moment, by the quiet hours and the place that people chose."""
    held = recall_told(service).settings
    return is_quiet(with_tab(service.settings, held, held).settings.clock, service.now())
