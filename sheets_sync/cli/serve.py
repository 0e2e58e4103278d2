"""`serve` runs the web and the clock, two processes over one database; each can be started alone."""

import signal
import threading
from pathlib import Path

import click

from sheets_sync.cli.logs import begin_log, log_environment
from sheets_sync.cli.terminal import communities_option, say, settings_option
from sheets_sync.clock.member import member
from sheets_sync.clock.schedule import run_clock
from sheets_sync.communities import load_all, with_web
from sheets_sync.config import CLOCK_BESIDE, SETTINGS_FILE, Settings, form_secrets, load
from sheets_sync.errors import Trouble
from sheets_sync.log import log
from sheets_sync.processes import Children, end_with_parent
from sheets_sync.story import tell_failure, tell_story
from sheets_sync.wiring import open_channels, open_services


@click.command()
@communities_option
def serve(settings_file: Path) -> None:
    """Take form answers in and do the passes at their times, until Ctrl-C."""
    found = {file: _ready_for_forms(settings) for file, settings in load_all(settings_file).items()}
    begin_log(next(iter(found.values())))
    open_services([*found.values()])
    with Children() as children:
        for file, settings in with_web(found).items():
            children.start("webhooks", [], _web_environment(file, clock=True))
            say(
                f"קליטת טפסים: http://{settings.web.host}:{settings.web.port} · לעצירה: Ctrl-C",
                f"Form answers: http://{settings.web.host}:{settings.web.port} · Ctrl-C ends",
            )
        children.start("sheets_sync", ["clock", "--settings", str(settings_file)], log_environment())
        stop = stop_signal()
        while children.ended() is None and not stop.wait(0.5):
            pass
        if not stop.is_set():
            raise Trouble("אחד התהליכים נעצר; פרטים בשורות שלמעלה.", "One of the processes ended; see the lines above.")


@click.command()
@click.option("--with-clock", is_flag=True, help="A clock runs too: /health fails when its passes stop.")
@settings_option
def web(settings_file: Path, with_clock: bool) -> None:
    """Only take form answers in."""
    begin_log(_ready_for_forms(load(settings_file)))
    with Children() as children:
        children.start("webhooks", [], _web_environment(settings_file, clock=with_clock))
        stop = stop_signal()
        while children.ended() is None and not stop.wait(0.5):
            pass


@click.command()
@communities_option
def clock(settings_file: Path) -> None:
    """Only do the passes at their times, and send what is to be told."""
    end_with_parent()
    every = [*load_all(settings_file).values()]
    begin_log(every[0])
    members = [member(service, open_channels(service.settings)) for service in open_services(every)]
    log.info("clock.began", seconds=min(settings.clock.seconds for settings in every))
    run_clock(members, stop_signal(), tell_story, tell_failure)
    log.info("clock.ended")


def _web_environment(settings_file: Path, *, clock: bool) -> dict[str, str]:
    """What the web process finds in its environment: the settings, and whether a clock is to be at work beside it."""
    beside = {CLOCK_BESIDE: "1"} if clock else {}
    return {SETTINGS_FILE: str(settings_file), **beside, **log_environment()}


def _ready_for_forms(settings: Settings) -> Settings:
    """The settings, when every form has its secret; raises BadSettings here, before any process is started."""
    for form in settings.forms:
        form_secrets(form.name)
    return settings


def stop_signal() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
