"""Taking over a spreadsheet that was kept before: its alerts open in the tab, and only the coordinator is written to.

What is urgent is told too, but in that one letter: a coordinator must not learn late that a restricted file stands
open, and the others do not know yet who writes to them.
"""

from collections.abc import Sequence
from dataclasses import replace

from rules.finding import Severity
from rules.lifecycle import Step, Transition
from sheets_sync.facts import Stood
from sheets_sync.look import Picture
from sheets_sync.telling.directory import Directory
from sheets_sync.telling.letter import Kind, Letter


def newly_read(picture: Picture, stood: Stood) -> frozenset[str]:
    """The tables of spreadsheets that no earlier pass could read; '' (no table) before the first pass of all."""
    new = {one.id for one in picture.snapshot.spreadsheets} - stood.keys()
    tables = {key for key, tab in picture.tabs.items() if tab.place.spreadsheet in new}
    return frozenset(tables if stood else {*tables, ""})


def hush(
    steps: Sequence[Transition], new: frozenset[str], *, is_held: bool
) -> tuple[list[Transition], list[Transition]]:
    """All steps, those that opened in `new` tables as told already; and these alone.

    Where nobody could be written to (`is_held`) what is urgent is still to be told.
    """
    hushed = [step for step in steps if _is_new(step, new) and not (is_held and step.alert.severity is Severity.URGENT)]
    told = {step.alert.id: _told(step) for step in hushed}
    return [told.get(step.alert.id, step) for step in steps], hushed


def first_letters(hushed: Sequence[Transition], directory: Directory) -> list[Letter]:
    """One short letter to each coordinator: how many there are, and what is urgent."""
    urgent = tuple(step for step in hushed if step.alert.severity is Severity.URGENT)
    return [
        Letter(one, urgent, (), kind=Kind.START, day=directory.today, found=len(hushed))
        for one in directory.coordinators
        if hushed
    ]


def _is_new(step: Transition, new: frozenset[str]) -> bool:
    return step.step is Step.OPENED and step.finding is not None and step.finding.table in new


def _told(step: Transition) -> Transition:
    """The step as one that everybody has heard of."""
    roles = step.finding.roles if step.finding else ()
    alert = replace(step.alert, told=frozenset(roles), told_severity=step.alert.severity)
    return replace(step, alert=alert, tell=())
