"""The web application: intake of form answers, health, and figures."""

from flask import Flask
from werkzeug.exceptions import HTTPException

from sheets_sync.store.version import require_current
from webhooks import answers, health, hints, intake, metrics
from webhooks.config import WebConfig
from webhooks.refusal import Refusal
from webhooks.writer import Writer

HERE = ("127.0.0.1", "localhost", "[::1]")
"""Under these a monitor on the machine itself asks."""


def create_app(config: WebConfig) -> Flask:
    """The application over a database that is up to date.

    Raises DatabaseTrouble when it is not, BadSettings for secrets that cannot be used.
    """
    require_current(config.engine)
    app = Flask("webhooks", static_folder=None)
    app.config["TRUSTED_HOSTS"] = [*config.trusted_hosts, *HERE] if config.trusted_hosts else None
    writer = Writer(config.engine)
    app.register_blueprint(intake.routes(config, writer))
    app.register_blueprint(health.routes(config, writer))
    app.register_blueprint(metrics.routes(config))
    app.register_blueprint(hints.routes(config))
    app.register_error_handler(Refusal, answers.refused)
    app.register_error_handler(HTTPException, answers.failed)
    app.after_request(answers.secured)
    return app
