"""`serve` runs the web and the clock, two processes over one database; each can be started alone."""

import signal
import threading
from pathlib import Path

import click

from sheets_sync.cli.terminal import console, say, settings_option, terminal_language
from sheets_sync.config import Settings, form_secrets, load
from sheets_sync.errors import Trouble
from sheets_sync.pass_ import Account
from sheets_sync.processes import Children, end_with_parent
from sheets_sync.schedule import run_clock
from sheets_sync.wiring import open_channels, open_service


@click.command()
@settings_option
def serve(settings_file: Path) -> None:
    """Take form answers in and do the passes at their times, until Ctrl-C."""
    settings = _ready_for_forms(load(settings_file))
    open_service(settings)
    with Children() as children:
        children.start("webhooks", [], {"SHEETS_SYNC_SETTINGS": str(settings_file)})
        children.start("sheets_sync", ["clock", "--settings", str(settings_file)])
        say(
            f"קליטת טפסים: http://{settings.web.host}:{settings.web.port} · לעצירה: Ctrl-C",
            f"Form answers: http://{settings.web.host}:{settings.web.port} · Ctrl-C ends",
        )
        stop = stop_signal()
        while children.ended() is None and not stop.wait(0.5):
            pass
        if not stop.is_set():
            raise Trouble("אחד התהליכים נעצר; פרטים בשורות שלמעלה.", "One of the processes ended; see the lines above.")


@click.command()
@settings_option
def web(settings_file: Path) -> None:
    """Only take form answers in."""
    _ready_for_forms(load(settings_file))
    with Children() as children:
        children.start("webhooks", [], {"SHEETS_SYNC_SETTINGS": str(settings_file)})
        stop = stop_signal()
        while children.ended() is None and not stop.wait(0.5):
            pass


@click.command()
@settings_option
def clock(settings_file: Path) -> None:
    """Only do the passes at their times, and send what is to be told."""
    end_with_parent()
    settings = load(settings_file)
    service = open_service(settings)
    run_clock(service, open_channels(settings), stop_signal(), told, troubled)


def _ready_for_forms(settings: Settings) -> Settings:
    """The settings, when every form has its secret; raises BadSettings here, before any process is started."""
    for form in settings.forms:
        form_secrets(form.name)
    return settings


def told(account: Account) -> None:
    """One line a pass that did something."""
    changes, answers, letters = account.requests, account.placed, len(account.plan.post.letters)
    if changes or answers or account.troubles:
        say(
            f"סיבוב. שינויים: {changes}, תשובות: {answers}, הודעות: {letters}",
            f"a pass. changes: {changes}, answers: {answers}, letters: {letters}",
        )
    for trouble in account.troubles.values():
        troubled(trouble)


def troubled(trouble: Trouble) -> None:
    """What went wrong, in words."""
    console.print(trouble.words(terminal_language()), style="red")


def stop_signal() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
