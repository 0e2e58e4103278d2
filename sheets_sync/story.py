"""A pass as a story of a few lines: why it began, what it read, found, wrote and told, how it ended. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from rules.lifecycle import Step
from sheets_sync.account import Account
from sheets_sync.errors import Trouble
from sheets_sync.log import log
from sheets_sync.writing.mending import Mended

Event: TypeAlias = tuple[str, Mapping[str, Any]]
"""An event's name and its fields."""

DEEDS = ("pass.placed", "pass.wrote", "pass.told", "pass.trouble")
"""What makes a pass worth telling people of; of the others machines alone hear."""


def story(account: Account) -> Iterator[Event]:
    """The events of a pass, in their order; what there is nothing of is left out."""
    calls, steps = account.calls, account.steps
    yield "pass.began", {"reason": account.reason}
    if read := _read(account):
        yield "pass.read", {"spreadsheets": read, "reads": calls.get("reads", 0)}
    for one in account.divided:
        yield "pass.split", {"spreadsheet": one.settings.name, "reads": one.reads}
    if account.placed:
        yield "pass.placed", {"placed": account.placed}
    found = {"problems": len(account.picture.problems), "findings": len(account.picture.verdict.findings)}
    yield "pass.found", {**found, "opened": steps[Step.OPENED], "closed": steps[Step.CLOSED]}
    if account.requests:
        written = {"writes": calls.get("writes", 0), "changes": account.requests}
        yield "pass.wrote", {"spreadsheets": _written(account), **written}
    for name, mended in account.mended.items():
        yield from _of_write(name, mended)
    if account.plan.post.letters:
        yield "pass.told", {"letters": len(account.plan.post.letters)}
    for name, trouble in account.troubles.items():
        yield "pass.trouble", {"spreadsheet": name, "kind": type(trouble).__name__}
    counted = {"reads": 0, "writes": 0, **calls}
    yield "pass.ended", {"seconds": round(account.seconds, 1), "calls": sum(calls.values()), **counted}


def _of_write(name: str, mended: Mended) -> Iterator[Event]:
    """What is worth telling of a spreadsheet's write."""
    if mended.batches > 1:
        yield "pass.cut", {"spreadsheet": name, "writes": mended.batches}
    if mended.rounds and not mended.tabs:  # refused as the places were old: nothing stood that had to be mended
        yield "pass.anew", {"spreadsheet": name}
    elif mended.rounds or mended.left:
        counts = {"tabs": len(mended.tabs), "put_back": mended.put_back, "left": len(mended.left)}
        yield "pass.mended", {"spreadsheet": name, "writes": mended.rounds, **counts}
    if mended.left_out:
        yield "pass.unverified", {"spreadsheet": name, "tabs": len(mended.left_out)}


def tell_story(account: Account) -> None:
    """Log a pass; one in which nothing was done is for machines alone."""
    events = [*story(account)]
    level = log.info if any(name in DEEDS for name, _ in events) else log.debug
    for name, fields in events:
        (log.warning if name == "pass.trouble" else level)(name, community=account.community, **fields)


def tell_failure(trouble: Trouble, community: str = "") -> None:
    """Log what ended a pass: its kind and place, or those of the fault of the program that it stands for."""
    whose = {"community": community} if community else {}
    fault = trouble.__cause__ if type(trouble) is Trouble else None
    log.error("pass.failed", exc_info=fault or trouble, **whose)


def _read(account: Account) -> list[str]:
    """The spreadsheets that had changed, or might have."""
    names = [spreadsheet.settings.name for spreadsheet in account.picture.snapshot.spreadsheets]
    return [name for name in names if name not in account.unread]


def _written(account: Account) -> list[str]:
    """The spreadsheets in which something was changed, be it not all that was to be."""
    return [name for name, mended in account.mended.items() if mended.written]
