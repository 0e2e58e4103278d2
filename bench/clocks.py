"""A clock over communities in virtual time, its calls to Google counted on the wire."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from bench.apart import Apart
from bench.wire import Wire
from sheets_sync.account import Account
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.member import member
from sheets_sync.errors import Trouble
from sheets_sync.google.limiter import Limiter
from sheets_sync.store.database import BOOT, Engine, open_database
from sheets_sync.wiring import Service, limit


class Clocked:
    """A clock over a world; its time goes as it is told, and while the limiter has somebody wait."""

    def __init__(self, world: Apart, services: Sequence[Service] = ()) -> None:
        self.world, self.begin = world, world.now
        self.services = list(services) or [world.open_service()]
        self.wire = Wire(self.seconds)
        self.passes = 0
        self.troubles: list[str] = []
        self.last: Account | None = None
        self.ended: list[tuple[str, datetime, float]] = []
        """When each pass ended: community, virtual time, seconds of the machine since the tick began."""
        self.counted = open_database(self.services[0].settings.database.url, clock=self._moment)
        self.started = time.perf_counter()
        for service in self.services:
            self._in_virtual_time(service)
        self.services[0].gateway.client.session.mount(world.settings.google.base_url, self.wire)
        members = [member(service, {}) for service in self.services]
        self.clock = Clockwork(members, self._told, self._failed, self.seconds)

    def seconds(self) -> float:
        """Virtual seconds since the beginning."""
        return (self.world.now - self.begin).total_seconds()

    def tick(self, seconds: float = 60) -> None:
        """Let time go, and the clock do what is due."""
        self.world.now += timedelta(seconds=seconds)
        self.started = time.perf_counter()
        self.clock.beat()
        if self.troubles:
            raise RuntimeError("; ".join(self.troubles))

    def close(self) -> None:
        for engine in {id(one): one for one in (*self._engines(), self.counted)}.values():
            engine.dispose()

    def _engines(self) -> list[Engine]:
        return [service.engine for service in self.services]

    def _in_virtual_time(self, service: Service) -> None:
        limit(service.gateway, self.counted, service.settings)
        client = service.gateway.client
        assert isinstance(client.gate, Limiter)
        for waiting in (client, client.gate):
            waiting.sleep, waiting.clock = self._sleep, self.seconds

    def _moment(self) -> datetime:
        return BOOT + timedelta(days=1, seconds=self.seconds())

    def _sleep(self, seconds: float) -> None:
        self.world.now += timedelta(seconds=seconds)

    def _told(self, account: Account) -> None:
        self.troubles += [f"{account.community}: {trouble}" for trouble in account.troubles.values()]
        self.passes += 1
        self.last = account  # but no earlier one: at work none is kept
        self.ended.append((account.community, self.world.now, time.perf_counter() - self.started))

    def _failed(self, trouble: Trouble, community: str) -> None:
        self.troubles.append(f"{community}: {trouble}")
