"""The Flask app: all routes under one base address."""

import traceback
from importlib.resources import files as package_files

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from sheets_sync.embedded import (
    change_routes,
    drive_routes,
    export_routes,
    page,
    permission_routes,
    sheets_routes,
    upload_routes,
    values_routes,
)
from sheets_sync.embedded.accounts import GrantRefused
from sheets_sync.embedded.errors import GoogleError
from sheets_sync.embedded.faults import Faults
from sheets_sync.embedded.rewriting import rewriting
from sheets_sync.embedded.service import Service
from sheets_sync.embedded.web import answer, json_body, refuse, service

MOST_BODY = 200 * 2**20
HOSTS = ["127.0.0.1", "localhost"]  # a page elsewhere must not reach it under a name of its own
ROUTES = (
    sheets_routes,
    values_routes,
    drive_routes,
    change_routes,
    permission_routes,
    upload_routes,
    export_routes,
    page,
)


def make_app(google: Service, base_url: str, faults: Faults) -> Flask:
    """The app over a service."""
    package = package_files("sheets_sync.embedded")
    app = Flask(
        "sheets_sync.embedded",
        template_folder=str(package / "templates"),
        static_folder=str(package / "static"),
        static_url_path="/static",
    )
    app.config.update(BASE_URL=base_url, MAX_CONTENT_LENGTH=MOST_BODY, TRUSTED_HOSTS=HOSTS)
    app.url_map.merge_slashes = False
    app.extensions["embedded_google"] = google
    for module in ROUTES:
        app.register_blueprint(module.routes)
    app.register_error_handler(GoogleError, refuse)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)
    app.add_url_rule("/token", "token", _token, methods=["POST"])
    if google.settings.admin:
        _add_admin(app, faults)
    app.wsgi_app = rewriting(app.wsgi_app)  # type: ignore[assignment]
    return app


def _http_error(error: HTTPException) -> Response:
    if request.path.startswith(("/v4/", "/drive/", "/upload/", "/token")):
        return refuse(GoogleError(error.code or 500, error.description or error.name))
    return Response(f"{error.code} {error.name}\n", error.code or 500, content_type="text/plain; charset=utf-8")


def _crash(error: Exception) -> Response:
    """Our own mistake: told in the log of the process, answered as Google answers its own."""
    current_app.logger.error("%s", "".join(traceback.format_exception(error)))
    return refuse(GoogleError(500, "Internal error encountered."))


def _token() -> Response:
    try:
        found = service().accounts.grant(request.form.to_dict(), f"{current_app.config['BASE_URL']}/token")
    except GrantRefused as refused:
        return answer(refused.body, 400)
    return answer(found)


def _add_admin(app: Flask, faults: Faults) -> None:
    """The addresses that only tests should reach."""

    @app.post("/admin/faults")
    def load_faults() -> Response:
        faults.load(json_body())
        return answer({"faults": len(faults.script)})

    @app.post("/admin/quota")
    def limit() -> Response:
        faults.limit(json_body())
        return answer({})

    @app.get("/admin/requests")
    def requests() -> Response:
        return answer({"requests": list(faults.log)})

    @app.delete("/admin/requests")
    def forget_requests() -> Response:
        faults.log.clear()
        return answer({})

    @app.post("/admin/revoke")
    def revoke() -> Response:
        service().accounts.revoke(str(json_body().get("email", "")))
        return answer({})
