"""The web process: `granian --interface wsgi --factory webhooks.wsgi:application --workers 1 --blocking-threads 16`.

One worker, because one thread writes for all (see `writer`). The settings file is named by SHEETS_SYNC_SETTINGS.
"""

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask

from sheets_sync.config import CLOCK_BESIDE, SETTINGS_FILE, Settings, form_secrets, load, log_form, secret
from sheets_sync.log import log, set_up, take_over
from sheets_sync.log_words import spoken
from sheets_sync.processes import end_with_parent
from sheets_sync.store.database import open_database
from webhooks.app import create_app
from webhooks.config import WebConfig


def application() -> Flask:
    """The application that the settings file describes; raises Trouble in words when it cannot be."""
    end_with_parent()
    settings = load(Path(os.environ.get(SETTINGS_FILE, "sheets-sync.toml")))
    set_up(log_form(settings), spoken(os.environ))
    take_over()
    app = create_app(web_config(settings))
    log.info("web.began")
    return app


def web_config(settings: Settings) -> WebConfig:
    """What the web process is given, out of the settings and the secrets FORM_<NAME>. Raises BadSettings for none."""
    return WebConfig(
        engine=open_database(settings.database.url, password=secret("DATABASE_PASSWORD")),
        community=settings.community.key,
        forms={form.name: form_secrets(form.name) for form in settings.forms},
        trusted_hosts=tuple(settings.web.trusted_hosts),
        metrics_for=tuple(settings.web.metrics_for),
        tick=timedelta(seconds=settings.clock.seconds) if os.environ.get(CLOCK_BESIDE) else None,
        hint_secrets=tuple(secret("HINT").split()),
        spreadsheets=frozenset(one.id for one in settings.spreadsheets),
    )
