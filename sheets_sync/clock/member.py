"""The communities that one clock serves, and the service accounts that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sheets_sync.clock import beats
from sheets_sync.google.client import CarefulClient
from sheets_sync.google.sibling import sibling
from sheets_sync.notify.channel import Channel
from sheets_sync.store.database import Engine
from sheets_sync.wiring import Service


@dataclass(frozen=True)
class Member:
    """A community; `digest` tells one state of its settings from another."""

    service: Service
    channels: Mapping[str, Channel] = field(default_factory=dict)
    digest: str = ""

    @property
    def key(self) -> str:
        """The community's key."""
        return self.service.community

    @property
    def engine(self) -> Engine:
        """Its database."""
        return self.service.engine

    @property
    def ids(self) -> frozenset[str]:
        """Its spreadsheets."""
        return frozenset(one.id for one in self.service.settings.spreadsheets)

    @property
    def tick(self) -> timedelta:
        """The pace of its looks."""
        return timedelta(seconds=self.service.settings.clock.seconds)

    @property
    def active(self) -> timedelta:
        """How long a spreadsheet is read again after it changed; not at all where the feed is never late."""
        minutes = self.service.settings.clock.active_minutes if self.service.gateway.feed_lags else 0
        return timedelta(minutes=minutes)


def member(service: Service, channels: Mapping[str, Channel]) -> Member:
    """A community for the clock."""
    return Member(service, channels, beats.digest(service.settings))


@dataclass(frozen=True)
class Shared:
    """A service account with the communities that share it, and a client of its own for Drive's feed."""

    name: str
    members: tuple[Member, ...]
    client: CarefulClient

    @property
    def engines(self) -> list[Engine]:
        """The databases of its members, each once."""
        return list({id(one.engine): one.engine for one in self.members}.values())


FEED_SECONDS = 20.0
"""The deadline of a question to a feed: one that hangs must not hold the communities of other accounts."""


def by_account(members: Sequence[Member]) -> list[Shared]:
    """The members by service account and Google."""
    found: dict[tuple[str, str], list[Member]] = {}
    for one in members:
        client = one.service.gateway.client
        found.setdefault((client.account, client.base_url), []).append(one)
    return [Shared(account, tuple(those), _ear(those[0])) for (account, _), those in found.items()]


def _ear(one: Member) -> CarefulClient:
    client = sibling(one.service.gateway.client)
    client.deadline = min(client.deadline, FEED_SECONDS)
    return client
