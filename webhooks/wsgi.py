"""The web process: `granian --interface wsgi --factory webhooks.wsgi:application --workers 1 --blocking-threads 16`.

One worker, because one thread writes for all (see `writer`). The settings file is named by SHEETS_SYNC_SETTINGS.
"""

import os
from pathlib import Path

from flask import Flask

from sheets_sync.config import Settings, form_secrets, load, secret
from sheets_sync.processes import end_with_parent
from sheets_sync.store.database import open_database
from webhooks.app import create_app
from webhooks.config import WebConfig


def application() -> Flask:
    """The application that the settings file describes; raises Trouble in words when it cannot be."""
    end_with_parent()
    return create_app(web_config(load(Path(os.environ.get("SHEETS_SYNC_SETTINGS", "sheets-sync.toml")))))


def web_config(settings: Settings) -> WebConfig:
    """What the web process is given, out of the settings and the secrets FORM_<NAME>. Raises BadSettings for none."""
    return WebConfig(
        engine=open_database(settings.database.url, password=secret("DATABASE_PASSWORD")),
        community=settings.community.key,
        forms={form.name: form_secrets(form.name) for form in settings.forms},
        trusted_hosts=tuple(settings.web.trusted_hosts),
    )
