"""What a pass decides once more, of a spreadsheet that changed while it was at work. Nobody is told of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_sync.config import Settings
from sheets_sync.decide import Plan, decide
from sheets_sync.gathering import Gathered
from sheets_sync.grace import Memory, grace
from sheets_sync.look import Picture, look
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.tabs.checks_tab import ticked
from sheets_sync.tabs.summary import Held
from sheets_sync.tabs.told import Told
from sheets_sync.writing.edits import Request


@dataclass(frozen=True)
class Considered:
    """All that a pass looked at, and what it decided. `file`: the settings of the file, `settings`: those in force."""

    file: Settings
    settings: Settings
    told: Told
    gathered: Gathered
    held: Held
    typed: Memory
    picture: Picture
    plan: Plan
    began: datetime
    quiet: bool


def decide_again(done: Considered, changed: Spreadsheet) -> Sequence[Request]:
    """What to write in a spreadsheet as it stands now; the others count as they were read."""
    before, facts = done.picture, done.gathered
    spreadsheets = tuple(changed if one.id == changed.id else one for one in before.snapshot.spreadsheets)
    snapshot = replace(before.snapshot, spreadsheets=spreadsheets)
    lines = before.choices.lines
    picture = look(snapshot, done.file, done.began.date(), lines, facts.facts, facts.stood, done.told, before.memo)
    graced = grace(picture.problems, picture.book, picture.checked, done.typed, done.settings.clock, done.began)
    known = {**done.plan.known, **{step.alert.id: step.alert for step in done.plan.transitions}}
    plan = decide(
        replace(picture, problems=graced.problems),
        known,
        done.settings,
        done.began,
        done.held,
        quiet=done.quiet,
        instead=done.plan.post.instead,
        told=done.plan.told,
        asked=ticked(before.book.get("checks")),
        deliveries=facts.deliveries,
        people=facts.people,
    )
    return plan.requests[changed.id]
