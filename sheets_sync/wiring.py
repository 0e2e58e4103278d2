"""The one place that chooses what the service works with: which Google, database, clock and mail server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sheets_sync.config import Settings, secret
from sheets_sync.google.gateway import Gateway, open_gateway
from sheets_sync.google.kind import Kind
from sheets_sync.google.limiter import Limiter
from sheets_sync.google.sibling import sibling
from sheets_sync.google.turns import Quota
from sheets_sync.log import log
from sheets_sync.notify import mail
from sheets_sync.notify.channel import Channel
from sheets_sync.notify.mail import MailSettings
from sheets_sync.notify.message import Message
from sheets_sync.reading.known import Known
from sheets_sync.store.calls import Caller
from sheets_sync.store.database import Clock, Engine, open_database
from sheets_sync.store.migrate import upgrade


@dataclass(frozen=True)
class Service:
    """All that a pass needs; `clock` gives the time with its zone."""

    settings: Settings
    gateway: Gateway
    engine: Engine
    clock: Callable[[], datetime]
    known: Known = field(default_factory=Known, compare=False)

    @property
    def community(self) -> str:
        """The community's key in the database."""
        return self.settings.community.key

    def now(self) -> datetime:
        """The time in the community's zone."""
        return self.clock().astimezone(self.settings.community.zone)


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def open_service(
    settings: Settings, clock: Callable[[], datetime] = utc_now, lease_clock: Clock | None = None
) -> Service:
    """Open what the settings name; the database is brought to this version's tables (SQLite: after a copy).

    `lease_clock` stands instead of the database's own, for tests.

    Raises BadCredentials, BadSettings or DatabaseTrouble, each saying what to mend.
    """
    gateway = open_gateway(settings.google.key_file, settings.google.base_url)
    engine = open_memory(settings, lease_clock)
    upgrade(engine, clock().date())
    limit(gateway, engine, settings)
    return Service(settings, gateway, engine, clock)


def open_services(every: Sequence[Settings], clock: Callable[[], datetime] = utc_now) -> list[Service]:
    """Open several communities: those of one key file share its token and connections, of one database its engine.

    Raises as `open_service` does.
    """
    firsts: dict[tuple[Path, str], Gateway] = {}
    engines: dict[str, Engine] = {}
    services = []
    for settings in every:
        google, url = settings.google, settings.database.url
        first = firsts.get((google.key_file, google.base_url))
        gateway = Gateway(sibling(first.client)) if first else open_gateway(google.key_file, google.base_url)
        firsts.setdefault((google.key_file, google.base_url), gateway)
        if url not in engines:
            engines[url] = open_memory(settings)
            upgrade(engines[url], clock().date())
        limit(gateway, engines[url], settings)
        services.append(Service(settings, gateway, engines[url], clock))
    return services


def limit(gateway: Gateway, engine: Engine, settings: Settings) -> None:
    """Let the gateway's calls to Sheets keep to the quota that all workers of the service account share."""
    google, client = settings.google, gateway.client
    quotas = {
        Kind.READ: Quota(google.reads_a_minute, google.project_reads_a_minute),
        Kind.WRITE: Quota(google.writes_a_minute, google.project_writes_a_minute),
    }
    caller = Caller(settings.community.key, client.account, client.project)

    def told(kind: Kind, seconds: float) -> None:
        log.info("quota.waited", community=caller.community, kind=kind.value, seconds=round(seconds, 1))

    client.gate = Limiter(engine, caller, quotas, told)


def open_memory(settings: Settings, lease_clock: Clock | None = None) -> Engine:
    """Open the database as it stands; its password is the secret DATABASE_PASSWORD. Raises DatabaseTrouble."""
    return open_database(settings.database.url, password=secret("DATABASE_PASSWORD"), clock=lease_clock)


def open_channels(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Mapping[str, Channel]:
    """The channels messages go out by; none where no mail server is set: what is to be told then waits."""
    if not settings.mail.host:
        return {}
    server = mail_server(settings)

    def send(message: Message) -> None:
        mail.send(message, server, clock())

    return {"mail": send}


def mail_server(settings: Settings) -> MailSettings:
    """The mail server of the settings, with its password."""
    chosen = settings.mail
    return MailSettings(
        chosen.host,
        chosen.port,
        chosen.sender,
        chosen.sender_name,
        chosen.security,
        chosen.user,
        secret("MAIL_PASSWORD"),
    )
