"""`GET /metrics`: the database's figures for Prometheus, to this machine and to those that the settings name."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network

from flask import Blueprint, Request, Response, abort, request

from sheets_sync.store.database import DatabaseFault, reading
from sheets_sync.store.figures import Figures, figures
from webhooks.answers import answer
from webhooks.config import WebConfig

TEXT = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers of a proxy: what comes through one is not this machine's, whatever address it comes from."""

GAUGES: Mapping[str, str] = {
    "passes_in_a_day": "Passes that began in the last 24 hours.",
    "google_calls_in_a_day": "Calls to Google of the passes that began in the last 24 hours.",
    "last_pass_age_seconds": "Since the end of the newest pass that came to its end.",
    "last_pass_google_calls": "Calls to Google of the newest pass, by kind.",
    "last_pass_parts": "Parts in which the newest pass read and wrote what one call could not hold; 0 where one could.",
    "inbox_answers": "Form answers by state.",
    "inbox_oldest_waiting_seconds": "Age of the oldest form answer that waits for its row; 0 when none does.",
    "outbox_messages": "Messages by state.",
    "outbox_oldest_waiting_seconds": "Age of the oldest message that waits to be sent; 0 when none does.",
    "open_writes": "Writes to spreadsheets that are not known to stand or not to stand.",
    "spreadsheets_in_trouble": "Spreadsheets, or parts of their work, of which the last try brought trouble.",
}

Sample = tuple[str, Mapping[str, str], float]
"""A gauge's name, its labels, its value."""


def routes(config: WebConfig) -> Blueprint:
    """The page of figures; to others than those allowed there is no such page."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not _is_allowed(request, config.metrics_for):
            abort(404)
        try:
            with reading(config.engine) as connection:
                found = figures(connection, config.clock())
        except DatabaseFault:
            return answer(503, {"status": "database out of reach"})
        return Response(exposed(found), content_type=TEXT)

    return blueprint


def exposed(found: Mapping[str, Figures]) -> str:
    """The figures in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats)."""
    samples = [sample for community, one in sorted(found.items()) for sample in _samples(community, one)]
    lines = [line for name, help_text in GAUGES.items() for line in _gauge(name, help_text, samples)]
    return "\n".join(lines) + "\n"


def _samples(community: str, one: Figures) -> Iterator[Sample]:
    whose = {"community": community}
    yield "passes_in_a_day", whose, one.passes_in_a_day
    yield "google_calls_in_a_day", whose, one.calls_in_a_day
    if one.last_pass_age is not None:
        yield "last_pass_age_seconds", whose, one.last_pass_age
    for kind, number in one.calls.items():
        yield "last_pass_google_calls", {**whose, "kind": kind}, number
    for kind, number in one.parts.items():
        yield "last_pass_parts", {**whose, "kind": kind}, number
    for state, number in one.answers.items():
        yield "inbox_answers", {**whose, "state": state}, number
    yield "inbox_oldest_waiting_seconds", whose, one.oldest_answer or 0
    for state, number in one.messages.items():
        yield "outbox_messages", {**whose, "state": state}, number
    yield "outbox_oldest_waiting_seconds", whose, one.oldest_message or 0
    yield "open_writes", whose, one.open_writes
    yield "spreadsheets_in_trouble", whose, one.in_trouble


def _gauge(name: str, help_text: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# HELP sheets_sync_{name} {help_text}"
    yield f"# TYPE sheets_sync_{name} gauge"
    for of, labels, value in samples:
        if of == name:
            shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
            yield f"sheets_sync_{name}{{{shown}}} {value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _is_allowed(asked: Request, networks: tuple[str, ...]) -> bool:
    """Whether a request comes from this machine itself, or from a network that the settings name."""
    if any(name in asked.headers for name in FORWARDED):
        return False
    address = ip_address(asked.remote_addr or "0.0.0.0")
    return address.is_loopback or any(address in ip_network(network) for network in networks)
