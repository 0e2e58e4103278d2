"""One pass over a community: read, take answers in, look, decide, remember, write, tell."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic

from rules.finding import Severity
from rules.lifecycle import Step
from sheets_sync.account import Account
from sheets_sync.answers.intake import take_in
from sheets_sync.answers.intake_decisions import carry_out
from sheets_sync.decide import Plan, decide
from sheets_sync.faultpoints import reach
from sheets_sync.furnishing.offering import offer
from sheets_sync.gathering import gather
from sheets_sync.grace import grace
from sheets_sync.grace_memory import recall_typed
from sheets_sync.leasing import leased
from sheets_sync.look import look
from sheets_sync.pass_memory import Before, begin, finish, held_now, known_alerts, remember_pass, rule_lines
from sheets_sync.reading.guarded import read_guarded
from sheets_sync.reading.read import Snapshot
from sheets_sync.recheck import looked
from sheets_sync.store.leases import Lease
from sheets_sync.tabs.checks_tab import repaired_in
from sheets_sync.tabs.told import settings_in
from sheets_sync.tabs.told_memory import recall_told
from sheets_sync.telling.digest_memory import recall_digests
from sheets_sync.telling.quiet import is_quiet
from sheets_sync.wiring import Service
from sheets_sync.writing.breakers import hasten, settle_tabs
from sheets_sync.writing.decide_again import Considered, decide_again
from sheets_sync.writing.edits import Request
from sheets_sync.writing.mending import Mended, write_fresh
from sheets_sync.writing.parts import tabs_in

ASKED = "asked"
"""The reason of a pass that a person started."""


def run_pass(service: Service, reason: str = ASKED, changed: Collection[str] = ()) -> Account:
    """Do one pass; raises LeaseHeld while another pass over the community is under way.

    `changed`: the ids of spreadsheets that are known to have changed, and that are not left alone therefore.
    """
    with leased(service) as lease:
        began, before, start = service.now(), Counter(service.gateway.client.calls), monotonic()
        number = begin(service, began, reason)
        unread = frozenset(one.name for one in service.settings.spreadsheets if service.known.standing(one.id))
        file, told, snapshot = service.settings, recall_told(service), _read(service, lease, reason, changed)
        service = replace(service, settings=settings_in(snapshot, file, told).settings)
        taken = carry_out(service, lease, take_in(service, lease, snapshot, told))
        lines = rule_lines(service)
        gathered = gather(service, taken.snapshot, lines)
        seen = partial(look, taken.snapshot, file, began.date(), lines, gathered.facts, gathered.stood, told)
        picture = looked(seen, service.known, reason, service.community)
        quiet = is_quiet(service.settings.clock, began)
        held = held_now(service, taken.snapshot, gathered)
        kept = Before(recall_digests(service), recall_typed(service))
        graced = grace(picture.problems, picture.book, picture.checked, kept.typed, service.settings.clock, began)
        picture = replace(picture, problems=graced.problems)
        plan = decide(
            picture,
            known_alerts(service),
            service.settings,
            began,
            held,
            quiet=quiet,
            instead=gathered.instead,
            told=kept.told,
            stood=gathered.stood,
            deliveries=gathered.deliveries,
            people=gathered.people,
        )
        offers = offer(service, lease, file, picture)
        plan = _with_offers(plan, offers, graced.wake)
        remember_pass(service, lease, picture, plan, gathered, kept, graced)
        reach("pass.remembered")
        troubles = {**taken.snapshot.troubles, **taken.troubles}
        done = Considered(file, service.settings, told, gathered, held, graced.memory, picture, plan, began, quiet)
        mended = _write(service, lease, done, troubles, start)
        troubles |= {name: one.trouble for name, one in mended.items() if one.trouble is not None}
        plan = replace(plan, wake=_earlier(plan.wake, _of_tabs(service, done)))
        calls = Counter(service.gateway.client.calls) - before
        seconds, key = monotonic() - start, service.community
        account = Account(
            picture, plan, taken.placed, taken.waiting, calls, troubles, key, reason, seconds, unread, mended
        )
        finish(service, number, account)
        return account


def _read(service: Service, lease: Lease, reason: str, changed: Collection[str]) -> Snapshot:
    """Settle what an earlier pass left open, and read everything; for who asks for a pass all is tried at once."""
    is_asked = reason == ASKED
    names = {one.name for one in service.settings.spreadsheets if is_asked or one.id in changed}
    hasten(service, names, passing=is_asked)
    snapshot = read_guarded(service, lease, eager=reason == ASKED)
    reach("pass.read")
    return snapshot


def _with_offers(plan: Plan, offers: Mapping[str, Sequence[Request]], wake: datetime | None) -> Plan:
    """The plan with what is offered beside it, by spreadsheet id, and with when a grace ends."""
    requests = {id: [*requests, *offers.get(id, ())] for id, requests in plan.requests.items()}
    return replace(plan, wake=_earlier(plan.wake, wake), requests=requests)


def _of_tabs(service: Service, done: Considered) -> datetime | None:
    """When the next tab that is left alone is to be tried; of those for which nothing waits all is forgotten."""
    there = done.picture.snapshot.spreadsheets
    waiting = [key for one in there for key in tabs_in(one, done.plan.requests.get(one.id, ()))]
    return settle_tabs(service, {one.settings.name for one in there}, waiting)


def _earlier(*times: datetime | None) -> datetime | None:
    return min((at for at in times if at), default=None)


def _write(
    service: Service, lease: Lease, done: Considered, before: Collection[str], read_at: float
) -> dict[str, Mended]:
    """One atomic write a spreadsheet that has changes, which verifies itself; by the spreadsheet's name.

    Where intake had trouble `before`, nothing more is written: a later number would hide whether its write stands.
    """
    plan, again = done.plan, partial(decide_again, done)
    urgent = any(step.step is Step.OPENED and step.alert.severity is Severity.URGENT for step in plan.transitions)
    repaired = repaired_in(done.picture)
    return {
        one.settings.name: write_fresh(
            service, lease, one, requests, again, read_at=read_at, is_repair=one.id in repaired, urgent=urgent
        )
        for one in done.picture.snapshot.spreadsheets
        if (requests := plan.requests.get(one.id)) and one.settings.name not in before
    }
