"""The web process with other ways to store, for granian: nothing at all, and a commit for each answer."""

from unittest.mock import patch

from flask import Flask

from sheets_sync.store.arrivals import Arrival, Taken, take_all
from sheets_sync.store.database import DatabaseFault, writing
from webhooks import app, wsgi
from webhooks.writer import NotStored, Writer


class Nowhere(Writer):
    """Promises without storing: the handler alone."""

    def take(self, arrival: Arrival, patience: float = 0) -> Taken:
        return Taken.NEW


class Each(Writer):
    """Each thread commits its own answer."""

    def take(self, arrival: Arrival, patience: float = 0) -> Taken:
        try:
            with writing(self.engine) as connection:
                return take_all(connection, [arrival])[0]
        except DatabaseFault:
            raise NotStored from None


def nowhere() -> Flask:
    """The application that stores nothing."""
    with patch.object(app, "Writer", Nowhere):
        return wsgi.application()


def each() -> Flask:
    """The application with a commit for each answer."""
    with patch.object(app, "Writer", Each):
        return wsgi.application()
