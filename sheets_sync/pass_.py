"""One pass over a community: read, take answers in, look, decide, remember, write, tell."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from threading import Event, Thread
from time import monotonic

import msgspec

from rules.finding import Role, Severity
from rules.lifecycle import Alert, Step
from sheets_sync.decide import Plan, decide
from sheets_sync.decide_again import Considered, decide_again
from sheets_sync.digest import Memory as ToldMemory
from sheets_sync.digest_memory import recall_digests, remember_digests
from sheets_sync.errors import GoogleTrouble, LeaseHeld
from sheets_sync.faultpoints import reach
from sheets_sync.fetch import read
from sheets_sync.gathering import Gathered, gather, remember
from sheets_sync.grace import Graced, grace
from sheets_sync.grace import Memory as TypedMemory
from sheets_sync.grace_memory import recall_typed, remember_typed
from sheets_sync.guarded import read_guarded
from sheets_sync.intake import take_in
from sheets_sync.intake_decisions import carry_out, kept_answers
from sheets_sync.letters import messages
from sheets_sync.look import Picture, look
from sheets_sync.mending import Mended, write_verified
from sheets_sync.quiet import is_quiet
from sheets_sync.read import Snapshot
from sheets_sync.recheck import looked
from sheets_sync.rule_choices import Line, Lines
from sheets_sync.store import alerts, inbox, leases, memory, outbox, passes
from sheets_sync.store.database import DatabaseTrouble, reading, writing
from sheets_sync.store.figures import between
from sheets_sync.store.holders import this_holder
from sheets_sync.store.leases import Lease, LeaseLost
from sheets_sync.store.tidying import tidy
from sheets_sync.summary import Held
from sheets_sync.told import settings_in
from sheets_sync.told_memory import recall_told, remember_told
from sheets_sync.wiring import Service
from sheets_sync.write_memory import recall_writes, remember_writes

LEASE_SECONDS, RENEW_SECONDS, AGAIN_SECONDS = 25.0, 8.0, 1.0
"""Short, so that after a crash of its machine the next pass begins within half a minute (that of a process which was
killed ends with it, see `holders`); a pass at work renews it meanwhile.
"""

ASKED = "asked"
"""The reason of a pass that a person started."""

RULE_LINES = "rule_lines"
"""The name under which the person's cells of the tab `rules` are remembered."""


@dataclass(frozen=True)
class Account:
    """What a pass did, for the log and for the person who started it."""

    picture: Picture
    plan: Plan
    placed: int = 0
    waiting: int = 0
    calls: Mapping[str, int] = field(default_factory=dict)
    troubles: Mapping[str, GoogleTrouble] = field(default_factory=dict)
    community: str = ""
    reason: str = ""
    seconds: float = 0.0
    unread: frozenset[str] = frozenset()
    """The spreadsheets, by name, that were known not to have changed and were not read again."""
    mended: Mapping[str, Mended] = field(default_factory=dict)
    """What the writes found in their own answers, by the spreadsheet's name."""

    @property
    def wake(self) -> datetime | None:
        """When the next pass is due by itself."""
        return self.plan.wake

    @property
    def steps(self) -> Counter[Step]:
        """How many alerts opened, changed, stayed and closed."""
        return Counter(transition.step for transition in self.plan.transitions)

    @property
    def requests(self) -> int:
        """How many changes were written."""
        return sum(len(requests) for requests in self.plan.requests.values())

    @property
    def parts(self) -> dict[str, int]:
        """In how many parts was read and written what one call could not hold; 0 where one could."""
        read = (one for one in self.picture.snapshot.spreadsheets if one.settings.name not in self.unread)
        return {
            "reads": sum(one.reads for one in read if one.reads > 1),
            "writes": sum(one.batches for one in self.mended.values() if one.batches > 1),
        }

    @property
    def unheld(self) -> frozenset[Role]:
        """The roles that should have heard something and that nobody holds."""
        return self.plan.post.unheld


@dataclass(frozen=True)
class Before:
    """What earlier passes remembered: who was told what, and which rows were being typed."""

    told: ToldMemory
    typed: TypedMemory


def run_pass(service: Service, reason: str = ASKED) -> Account:
    """Do one pass; raises LeaseHeld while another pass over the community is under way."""
    with leased(service) as lease:
        began, before, start = service.now(), Counter(service.gateway.client.calls), monotonic()
        number = _begin(service, began, reason)
        unread = frozenset(one.name for one in service.settings.spreadsheets if service.known.standing(one.id))
        file, told, snapshot = service.settings, recall_told(service), _read(service, lease, reason)
        service = replace(service, settings=settings_in(snapshot, file, told).settings)
        taken = take_in(service, lease, snapshot, told)
        taken = carry_out(service, lease, taken)
        lines = _rule_lines(service)
        gathered = gather(service, taken.snapshot, lines)
        seen = partial(look, taken.snapshot, file, began.date(), lines, gathered.facts, gathered.stood, told)
        picture = looked(seen, service.known, reason, service.community)
        quiet = is_quiet(service.settings.clock, began)
        held = _held(service, taken.snapshot, gathered)
        kept = Before(recall_digests(service), recall_typed(service))
        graced = grace(picture.problems, picture.book, picture.checked, kept.typed, service.settings.clock, began)
        picture = replace(picture, problems=graced.problems)
        plan = decide(
            picture,
            _known(service),
            service.settings,
            began,
            held,
            quiet=quiet,
            instead=gathered.instead,
            told=kept.told,
            stood=gathered.stood,
            deliveries=gathered.deliveries,
        )
        plan = replace(plan, wake=min((at for at in (plan.wake, graced.wake) if at), default=None))
        _remember(service, lease, picture, plan, gathered, kept, graced)
        reach("pass.remembered")
        troubles = {**taken.snapshot.troubles, **taken.troubles}
        done = Considered(file, service.settings, told, gathered, held, graced.memory, picture, plan, began, quiet)
        mended = _write(service, lease, done, troubles)
        troubles |= {name: one.trouble for name, one in mended.items() if one.trouble is not None}
        calls = Counter(service.gateway.client.calls) - before
        seconds, key = monotonic() - start, service.community
        account = Account(
            picture, plan, taken.placed, taken.waiting, calls, troubles, key, reason, seconds, unread, mended
        )
        _finish(service, number, account)
        return account


def preview(service: Service) -> Account:
    """What a pass would say and write, without writing, remembering or telling anything."""
    now, snapshot = service.now(), read(service.gateway, service.settings)
    lines = _rule_lines(service)
    gathered = gather(service, snapshot, lines)
    facts, told = gathered.facts, recall_told(service)
    picture = look(snapshot, service.settings, now.date(), lines, facts, gathered.stood, told)
    held = _held(service, snapshot, gathered)
    known, told_of, settings = _known(service), recall_digests(service), picture.settings
    plan = decide(
        picture,
        known,
        settings,
        now,
        held,
        instead=gathered.instead,
        told=told_of,
        stood=gathered.stood,
        deliveries=gathered.deliveries,
    )
    return Account(picture, plan, calls=Counter(service.gateway.client.calls), troubles=snapshot.troubles)


@contextmanager
def leased(service: Service) -> Iterator[Lease]:
    """Hold the community's lease; raises LeaseHeld when another does."""
    with writing(service.engine) as connection:
        lease = leases.acquire(connection, service.community, this_holder(), LEASE_SECONDS)
    if lease is None:
        raise LeaseHeld(
            "סיבוב אחר רץ עכשיו על אותם קבצים; אפשר לנסות שוב בעוד דקה.",
            "Another pass over the same spreadsheets is under way; try again in a minute.",
        )
    ended = Event()
    renewer = Thread(target=_keep, args=(service, lease, ended), daemon=True)
    renewer.start()
    try:
        yield lease
    finally:
        ended.set()
        renewer.join()
        with suppress(DatabaseTrouble), writing(service.engine) as connection:  # not let go, it runs out by itself
            leases.release(connection, lease)


def _keep(service: Service, lease: Lease, ended: Event) -> None:
    """Renew the lease until the pass has ended; a lost one is found out before the next effect (`leases.hold`).

    While the database is away it is tried again: what was away for less than the lease ends no pass.
    """
    pause = RENEW_SECONDS
    with suppress(LeaseLost):
        while not ended.wait(pause):
            pause = AGAIN_SECONDS
            with suppress(DatabaseTrouble), writing(service.engine) as connection:
                leases.renew(connection, lease, LEASE_SECONDS)
                pause = RENEW_SECONDS


def _read(service: Service, lease: Lease, reason: str) -> Snapshot:
    """Settle what an earlier pass left open, and read everything; for who asks for a pass all is tried at once."""
    snapshot = read_guarded(service, lease, eager=reason == ASKED)
    reach("pass.read")
    return snapshot


def _remember(
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


def _write(service: Service, lease: Lease, done: Considered, before: Collection[str]) -> dict[str, Mended]:
    """One atomic write a spreadsheet that has changes, which verifies itself; by the spreadsheet's name.

    Where intake had trouble `before`, nothing more is written: a later number would hide whether its write stands.
    """
    plan, again = done.plan, partial(decide_again, done)
    urgent = any(step.step is Step.OPENED and step.alert.severity is Severity.URGENT for step in plan.transitions)
    return {
        one.settings.name: write_verified(service, lease, one, requests, again, urgent=urgent)
        for one in done.picture.snapshot.spreadsheets
        if (requests := plan.requests.get(one.id)) and one.settings.name not in before
    }


def _known(service: Service) -> Mapping[str, Alert]:
    with reading(service.engine) as connection:
        return alerts.known(connection, service.community, service.settings.community.zone)


def _rule_lines(service: Service) -> Lines:
    """What the tab `rules` said when it was last read."""
    with reading(service.engine) as connection:
        return msgspec.convert(memory.recall(connection, service.community, RULE_LINES, {}), dict[str, Line])


def _held(service: Service, snapshot: Snapshot, gathered: Gathered) -> Held:
    """The answers that stand in no row, and yesterday's passes and calls."""
    today = datetime.combine(service.now().date(), time.min, service.settings.community.zone)
    with reading(service.engine) as connection:
        counts = inbox.counts(connection, service.community)
        yesterday = between(connection, service.community, today - timedelta(days=1), today)
        writes = recall_writes(connection, service.community, today)
    waiting = counts[inbox.State.WAITING] + counts[inbox.State.CLAIMED]
    rows = kept_answers(service, snapshot, gathered.stood)
    return Held(waiting, counts[inbox.State.LEFT], yesterday, rows, writes)


def _begin(service: Service, now: datetime, reason: str) -> int:
    with writing(service.engine) as connection:
        return passes.begin(connection, service.community, now, reason)


def _finish(service: Service, number: int, account: Account) -> None:
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
        remember_writes(connection, service.community, now, account.mended)
        tidy(connection, service.community, now)
        passes.finish(connection, number, service.now(), sum(account.calls.values()), counts)
