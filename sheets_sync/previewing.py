"""A pass that only looks: what it would say and write."""

from collections import Counter

from sheets_sync.account import Account
from sheets_sync.decide import decide
from sheets_sync.gathering import gather
from sheets_sync.look import look
from sheets_sync.pass_memory import held_now, known_alerts, rule_lines
from sheets_sync.reading.fetch import read
from sheets_sync.tabs.told_memory import recall_told
from sheets_sync.telling.digest_memory import recall_digests
from sheets_sync.wiring import Service


def preview(service: Service) -> Account:
    """What a pass would say and write, without writing, remembering or telling anything."""
    now, snapshot = service.now(), read(service.gateway, service.settings)
    lines = rule_lines(service)
    gathered = gather(service, snapshot, lines)
    facts, told = gathered.facts, recall_told(service)
    picture = look(snapshot, service.settings, now.date(), lines, facts, gathered.stood, told)
    held = held_now(service, snapshot, gathered)
    known, told_of, settings = known_alerts(service), recall_digests(service), picture.settings
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
        people=gathered.people,
    )
    return Account(picture, plan, calls=Counter(service.gateway.client.calls), troubles=snapshot.troubles)
