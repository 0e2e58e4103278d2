"""What the tabs `settings` and `columns` said last, kept in the database for passes that cannot read them.

And which tab counted for each table, so that it goes on counting.
"""

from collections.abc import Mapping

from sheets_sync.look import Picture, place_tables, work_year_of
from sheets_sync.reading.read import Snapshot, Tab
from sheets_sync.store import memory
from sheets_sync.store.database import Connection, reading
from sheets_sync.tabs.settings_said import with_tab
from sheets_sync.tabs.told import Told
from sheets_sync.telling.quiet import is_quiet
from sheets_sync.wiring import Service

SETTINGS, COLUMNS, CHOSEN = "settings_tab", "columns_tab", "chosen_tabs"
"""The names under which they are remembered."""


def recall_told(service: Service) -> Told:
    """What the tabs said when they were last read."""
    with reading(service.engine) as connection:
        names = (SETTINGS, COLUMNS, CHOSEN)
        settings, columns, chosen = (memory.recall(connection, service.community, name, {}) for name in names)
    return Told(settings, columns, {key: (spreadsheet, sheet) for key, (spreadsheet, sheet) in chosen.items()})


def remember_told(connection: Connection, community: str, picture: Picture) -> None:
    """Keep for the next pass what the tabs say now, where it is news."""
    if picture.said.is_news:
        memory.remember(connection, community, SETTINGS, dict(picture.said.held))
    if picture.answers.is_news:
        memory.remember(connection, community, COLUMNS, dict(picture.answers.held))
    chosen = {key: list(place) for key, place in picture.chosen.items()}
    if memory.recall(connection, community, CHOSEN, {}) != chosen:
        memory.remember(connection, community, CHOSEN, chosen)


def is_quiet_now(service: Service) -> bool:
    """Whether nothing may be told at this moment, by the quiet hours and the place that people chose."""
    held = recall_told(service).settings
    return is_quiet(with_tab(service.settings, held, held).settings.clock, service.now())


def tables_in(service: Service, snapshot: Snapshot) -> Mapping[str, Tab]:
    """The tab of each table, of several the one that counted before."""
    year = work_year_of(service.settings, service.now().date())
    return place_tables(snapshot, year, recall_told(service).chosen)
