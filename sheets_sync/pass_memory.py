"""What a pass recalls from the database and leaves in it, beside what the sheets say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import msgspec

from rules.lifecycle import Alert
from sheets_sync.account import Account
from sheets_sync.answers.intake_decisions import kept_answers
from sheets_sync.decide import Plan
from sheets_sync.gathering import Gathered, remember
from sheets_sync.grace import Graced
from sheets_sync.grace import Memory as TypedMemory
from sheets_sync.grace_memory import remember_typed
from sheets_sync.look import Picture
from sheets_sync.reading.read import Snapshot
from sheets_sync.store import alerts, inbox, leases, memory, outbox, passes
from sheets_sync.store.database import reading, writing
from sheets_sync.store.figures import between
from sheets_sync.store.leases import Lease
from sheets_sync.store.tidying import tidy
from sheets_sync.tabs.rule_choices import Line, Lines
from sheets_sync.tabs.summary import Held
from sheets_sync.tabs.told_memory import remember_told
from sheets_sync.telling.digest import Memory as ToldMemory
from sheets_sync.telling.digest_memory import remember_digests
from sheets_sync.telling.letters import messages
from sheets_sync.wiring import Service
from sheets_sync.writing import unmended
from sheets_sync.writing.write_memory import recall_writes, remember_writes

RULE_LINES = "rule_lines"
"""The name under which the person's cells of the tab `rules` are remembered."""


@dataclass(frozen=True)
class Before:
    """What earlier passes remembered: who was told what, and which rows were being typed."""

    told: ToldMemory
    typed: TypedMemory


def remember_pass(
    service: Service,
    lease: Lease,
    picture: Picture,
    plan: Plan,
    gathered: Gathered,
    before: Before,
    graced: Graced,
) -> None:
    """The alerts and what is to be told of them, in one transaction: a fact is never told without being remembered."""
    with writing(service.engine) as connection:
        leases.hold(connection, lease)
        alerts.save(connection, service.community, plan.changed)
        remember(connection, service.community, gathered, picture, plan.post.instead)
        remember_told(connection, service.community, picture)
        remember_digests(connection, service.community, before.told, plan.told)
        remember_typed(connection, service.community, before.typed, graced.memory)
        if picture.choices.is_news:
            memory.remember(connection, service.community, RULE_LINES, msgspec.to_builtins(picture.choices.lines))
        for message in messages(plan.post, picture, service.settings):
            outbox.put(connection, message, service.now())


def known_alerts(service: Service) -> Mapping[str, Alert]:
    """The alerts as they are remembered, by id."""
    with reading(service.engine) as connection:
        return alerts.known(connection, service.community, service.settings.community.zone)


def rule_lines(service: Service) -> Lines:
    """What the tab `rules` said when it was last read."""
    with reading(service.engine) as connection:
        return msgspec.convert(memory.recall(connection, service.community, RULE_LINES, {}), dict[str, Line])


def held_now(service: Service, snapshot: Snapshot, gathered: Gathered) -> Held:
    """The answers that stand in no row, and yesterday's passes and calls."""
    today = datetime.combine(service.now().date(), time.min, service.settings.community.zone)
    with reading(service.engine) as connection:
        counts = inbox.counts(connection, service.community)
        yesterday = between(connection, service.community, today - timedelta(days=1), today)
        writes = recall_writes(connection, service.community, today)
    waiting = counts[inbox.State.WAITING] + counts[inbox.State.CLAIMED]
    rows = kept_answers(service, snapshot, gathered.stood)
    return Held(waiting, counts[inbox.State.LEFT], yesterday, rows, writes, gathered.facts.unwritten)


def begin(service: Service, now: datetime, reason: str) -> int:
    """Note down that a pass began; its number."""
    with writing(service.engine) as connection:
        return passes.begin(connection, service.community, now, reason)


def finish(service: Service, number: int, account: Account) -> None:
    """Note down what a pass did, and forget what is over and old."""
    counts = {
        "problems": len(account.picture.problems),
        "findings": len(account.picture.verdict.findings),
        "changes": account.requests,
        "letters": len(account.plan.post.letters),
        "placed": account.placed,
        **{str(step): count for step, count in account.steps.items()},
        **{f"calls_{kind}": count for kind, count in account.calls.items()},
        **{f"parts_{kind}": count for kind, count in account.parts.items()},
    }
    now = service.now()
    with writing(service.engine) as connection:
        remember_writes(connection, service.community, now, account)
        looked_at = (one.id for one in service.settings.spreadsheets if one.name not in account.troubles)
        unmended.forget(connection, service.community, [*looked_at])
        tidy(connection, service.community, now)
        passes.finish(connection, number, service.now(), sum(account.calls.values()), counts)
