"""`demo`: an invented community on the embedded Google, and the service's whole work before your eyes."""

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec
import requests
from standardwebhooks.webhooks import Webhook

from rules.lifecycle import Step
from sheets_sync.account import Account
from sheets_sync.cli.account import tell
from sheets_sync.cli.logs import begin_log
from sheets_sync.cli.serve import stop_signal
from sheets_sync.cli.terminal import console, plain, progress, say, terminal_language
from sheets_sync.clock.member import member
from sheets_sync.clock.schedule import run_clock
from sheets_sync.demo.stage import INVENT, Stage, forget, stage
from sheets_sync.look import ALL_RULES
from sheets_sync.pass_ import run_pass
from sheets_sync.processes import Children
from sheets_sync.story import tell_failure, tell_story
from sheets_sync.telling.outbox import deliver
from sheets_sync.wiring import Service, open_channels, open_service

ZONE = ZoneInfo("Asia/Jerusalem")
"""The community's: at half past midnight there the machine may still be in yesterday."""

ANSWER = "demo-answer-1"
INVENTING = {
    "community": ("מקימים קהילה של 180 בתי אב…", "Inventing a community of 180 households…"),
    "sustainability": ("מקימים שכונה בעיר…", "Inventing a neighbourhood…"),
}


@click.command()
@click.option("--once", is_flag=True, help="End after showing everything once.")
@click.option("--reset", is_flag=True, help="Begin anew; without it the demo goes on where it was.")
@click.option(
    "--profile",
    type=click.Choice(list(INVENT)),
    default="community",
    show_default=True,
    help="Whose post: a community coordinator's, or a sustainability coordinator's.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demo keeps its spreadsheets: sheets-sync-demo, or sheets-sync-demo-sustainability.",
)
def demo(once: bool, reset: bool, profile: str, folder: Path | None) -> None:
    """Show the main job on an invented community; nothing leaves this machine."""
    folder = folder or Path("sheets-sync-demo" if profile == "community" else f"sheets-sync-demo-{profile}")
    if reset:
        forget(folder)
    with ExitStack() as opened:
        with progress(*INVENTING[profile]):
            scene = opened.enter_context(stage(folder, datetime.now(ZONE).date(), profile))
            service = open_service(scene.settings)
            web = _start_web(opened.enter_context(Children()), scene)
        _show(scene, service, web)
        if not once:
            say("כל שינוי בגיליון ייבדק תוך שניות. לעצירה: Ctrl-C", "Edit a sheet and watch. Ctrl-C ends.")
            begin_log(scene.settings)
            run_clock([member(service, open_channels(scene.settings))], stop_signal(), tell_story, tell_failure)


def _start_web(children: Children, scene: Stage) -> str:
    """Start the web process; its address."""
    secret = {"SHEETS_SYNC_FORM_REGISTRATIONS": scene.secret}
    children.start("webhooks", [], {"SHEETS_SYNC_SETTINGS": str(scene.settings_file), **secret})
    url = f"http://{scene.settings.web.host}:{scene.settings.web.port}"
    children.wait_for(f"{url}/health")
    return url


def _show(scene: Stage, service: Service, web: str) -> None:
    """The story: a pass, its letters, a form answer, and a pass with nothing left to do."""
    _heading("סיבוב ראשון: קריאה, בדיקה, סימון", "A first pass: read, check, mark")
    tell(run_pass(service))
    _heading("מה נשלח (תיבת דואר מקומית)", "What was sent (a local mailbox)")
    _send(scene, service)
    if scene.community.form_answer:
        _heading("תשובה לטופס הרשמה, חתומה", "A form answer comes in, signed")
        _answer(scene, web)
        _closed(run_pass(service))
    _heading("סיבוב נוסף, כשאין חדש", "One more pass, with nothing new")
    again = run_pass(service)
    say(f"שינויים שנכתבו: {again.requests}", f"changes written: {again.requests}")
    _heading("הגיליונות", "The spreadsheets")
    for spreadsheet in scene.settings.spreadsheets:
        console.print(f"  {spreadsheet.name:<12}{spreadsheet.url}")
    console.print(f"  {'web':<12}{web}/health")


def _heading(he: str, en: str) -> None:
    console.print()
    console.rule(he if terminal_language() == "he" else en, align="left")


def _send(scene: Stage, service: Service) -> None:
    deliver(service.engine, open_channels(scene.settings), service.clock)
    for kept in scene.sink.kept:
        console.print(f"✉ {', '.join(kept.recipients)}: {plain(str(kept.mail['Subject']))}", markup=False)
    if not scene.sink.kept:
        say("אין חדש: מה שסופר לא מסופר שוב.", "Nothing new: what was told is not told again.")


def _answer(scene: Stage, web: str) -> None:
    """Post the answer as a form's script does: signed, and safe to send again."""
    now = datetime.now(UTC)
    submission = {"id": ANSWER, "submitted": now.isoformat(), "answers": dict(scene.community.form_answer)}
    known = scene.folder / "answer.json"
    if not known.exists():
        known.write_bytes(msgspec.json.encode({"submission": submission}))
    body = known.read_text(encoding="utf-8")
    headers = {
        "webhook-id": ANSWER,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(scene.secret).sign(ANSWER, now, body),
        "content-type": "application/json",
    }
    answer = requests.post(f"{web}/forms/registrations", data=body.encode(), headers=headers, timeout=30)
    say(
        f"הרשמה ל{scene.community.closing_class}: {answer.status_code}",
        f"a registration for {scene.community.closing_class}: {answer.status_code}",
    )


def _closed(account: Account) -> None:
    say(f"שורות שנוספו לגיליון: {account.placed}", f"rows added to the sheet: {account.placed}")
    for step in account.plan.transitions:
        if step.step is Step.CLOSED:
            rule = ALL_RULES[step.alert.rule]
            say(f"✓ נסגרה: {rule.hebrew}, {step.alert.key}", f"✓ closed: {rule.english}, {step.alert.key}")
