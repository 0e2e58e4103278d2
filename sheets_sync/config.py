"""The one reader of the settings file and of the environment.

The file is TOML; templates/settings.toml shows every setting. Secrets never stand in it: a secret NAME is the
environment variable SHEETS_SYNC_NAME, or the content of the file that SHEETS_SYNC_NAME_FILE names.
"""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta, field

from rules.calendar import Spot
from rules.catalogue import RULES, TABLES
from rules.finding import Role
from rules.profiles import PROFILES
from rules.rule import Rule
from rules.rule import Settings as RuleSettings
from sheets_sync.errors import BadSettings
from sheets_sync.life import Life, check_life
from sheets_sync.rule_settings import OWN, check_rule
from sheets_sync.settings_words import explained, unknown
from sheets_sync.strict import Strict

SPREADSHEET_ID = re.compile(r"(?:^|^/d/|/spreadsheets(?:/u/\d+)?/d/)([A-Za-z0-9_-]{20,})(?=$|[/?#])")
"""In an address of Google Sheets, or by itself; a document's or a published page's address holds none."""

SETTINGS_FILE, JSON_LOGS, CLOCK_BESIDE = "SHEETS_SYNC_SETTINGS", "SHEETS_SYNC_JSON_LOGS", "SHEETS_SYNC_CLOCK_BESIDE"
"""Environment variables: the settings file; and what a command tells the processes it starts."""

TABLES_BY_KEY = {spec.key: spec for spec in TABLES}


class Community(Strict, frozen=True):
    """Who the community is and how it speaks."""

    name: str
    key: Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")] = "community"
    profile: Literal["community", "sustainability"] = "community"
    language: Literal["he", "en"] = "he"
    time_zone: str = "Asia/Jerusalem"
    work_year_start: date = date(2026, 1, 1)
    approval_from: Annotated[int, Meta(ge=0, description="shekels")] = 2_000

    @property
    def zone(self) -> ZoneInfo:
        """The community's time zone."""
        return ZoneInfo(self.time_zone)


class Google(Strict, frozen=True):
    """The service account, its quota, and another Google than Google's (the embedded one)."""

    key_file: Path = Path("service-account.json")
    base_url: str = ""
    reads_a_minute: Annotated[int, Meta(ge=1)] = 60
    writes_a_minute: Annotated[int, Meta(ge=1)] = 60
    project_reads_a_minute: Annotated[int, Meta(ge=1)] = 300
    project_writes_a_minute: Annotated[int, Meta(ge=1)] = 300


class SpreadsheetSettings(Strict, frozen=True):
    """A spreadsheet: its address, tabs whose titles do not tell their tables, and who may see a restricted one."""

    name: str
    url: str
    restricted: bool = False
    tabs: dict[str, str] = field(default_factory=dict)
    shared_with: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The spreadsheet's id, taken from its address."""
        match = SPREADSHEET_ID.search(self.url)
        return match[1] if match else ""


class Database(Strict, frozen=True):
    """Where the service remembers; the password is the secret DATABASE_PASSWORD."""

    url: str = "sqlite:///sheets-sync.db"


class Mail(Strict, frozen=True):
    """The mail server; the password is the secret MAIL_PASSWORD."""

    host: str = ""
    port: Annotated[int, Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    sender: str = ""
    sender_name: str = "Sheets Sync"


class Web(Strict, frozen=True):
    """Where form answers are taken in."""

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8080
    public_url: str = ""
    trusted_hosts: list[str] = field(default_factory=list)
    metrics_for: list[str] = field(default_factory=list)


class Form(Strict, frozen=True):
    """A form: which table its answers go to; its signing secrets are the secret FORM_<NAME> (several, by space)."""

    name: Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
    table: str = "registrations"
    fields: dict[str, str] = field(default_factory=dict)


class Clock(Strict, frozen=True):
    """How often the clock looks, and when it keeps quiet."""

    seconds: Annotated[int, Meta(ge=5)] = 30
    active_minutes: Annotated[int, Meta(ge=0, le=1440)] = 60
    quiet: bool = True
    night: tuple[time, time] = (time(22), time(7))
    pierce: list[str] = field(default_factory=list)
    grace_minutes: Annotated[int, Meta(ge=0, le=1440)] = 10
    grace_hours: Annotated[int, Meta(ge=0, le=168)] = 24
    latitude: Annotated[float, Meta(ge=-66, le=66)] = 31.77
    longitude: Annotated[float, Meta(ge=-180, le=180)] = 35.21
    candle_minutes: Annotated[int, Meta(ge=0, le=60)] = 40


class Letters(Strict, frozen=True):
    """When people are told: each in a daily digest, or after each pass; and whether taking a sheet over is silent."""

    at_once: bool = False
    digest_hour: time = time(8, 30)
    silent_start: bool = True


class Log(Strict, frozen=True):
    """What the processes at work say: lines for people, or a JSON object a line for machines."""

    form: Literal["text", "json"] = "text"


class Settings(Strict, frozen=True):
    """The whole settings file."""

    community: Community
    spreadsheets: Annotated[list[SpreadsheetSettings], Meta(min_length=1)]
    life: Life = Life()
    google: Google = Google()
    database: Database = Database()
    mail: Mail = Mail()
    web: Web = Web()
    clock: Clock = Clock()
    letters: Letters = Letters()
    log: Log = Log()
    forms: list[Form] = field(default_factory=list)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def for_rules(self) -> RuleSettings:
        """What rules need to know of the community."""
        clock, community = self.clock, self.community
        spot = Spot(clock.latitude, clock.longitude, clock.candle_minutes)
        return self.life.for_rules(community.work_year_start, community.approval_from * 100, spot)

    @property
    def main(self) -> SpreadsheetSettings:
        """The spreadsheet that holds the service's own tabs: the one named `main`, else the first."""
        return next((one for one in self.spreadsheets if one.name == "main"), self.spreadsheets[0])

    def rules_in_use(self) -> tuple[Rule, ...]:
        """The catalogue's rules but those turned off."""
        return tuple(rule for rule in RULES if self.rules.get(rule.key, {}).get("on", True))

    def changed_params(self) -> dict[str, dict[str, int]]:
        """The thresholds that were changed, by rule; in the unit the rule declares."""
        return {key: {k: v for k, v in change.items() if k not in OWN} for key, change in self.rules.items()}

    def roles_of(self, rule: str) -> tuple[Role, ...] | None:
        """The roles chosen for a rule, None where its own hold."""
        roles = self.rules.get(rule, {}).get("roles")
        return None if roles is None else tuple(Role(role) for role in roles)

    def heard_by(self, rule: str, roles: Sequence[Role]) -> tuple[Role, ...]:
        """Who hears of a rule's finding: whom the settings choose, else its own roles as the profile has them."""
        chosen = self.roles_of(rule)
        return PROFILES[self.community.profile].heard_by(rule, roles) if chosen is None else chosen


def load(path: Path, *, spreadsheets: Sequence[SpreadsheetSettings] = ()) -> Settings:
    """Read the settings file; relative paths in it are relative to it. `spreadsheets` stand instead of the file's.

    Raises BadSettings that names the place and the remedy.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadSettings(
            f"אין קובץ הגדרות ב־{path}. אפשר להתחיל מהדוגמה: sheets-sync settings > {path.name}",
            f"There is no settings file at {path}. Start from the example: sheets-sync settings > {path.name}",
        ) from None
    except OSError as error:
        raise BadSettings(
            f"אי אפשר לקרוא את {path}: {error.strerror}", f"{path} cannot be read: {error.strerror}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: הקובץ אינו TOML תקין: {error}", f"{path}: not valid TOML: {error}") from None
    if spreadsheets:
        raw["spreadsheets"] = msgspec.to_builtins(spreadsheets)
    try:
        settings = msgspec.convert(raw, Settings, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise explained(path, str(error), KNOWN_SETTINGS, OFFERED) from None
    _check(path, settings)
    return _anchored(settings, path.parent)


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """A secret from the environment or from the file it names; '' when there is none."""
    key = secret_key(name)
    if value := environment.get(key):
        return value
    if file := environment.get(f"{key}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not UTF-8 text"  # never what stands in it
            raise BadSettings(
                f"אי אפשר לקרוא את הקובץ ש־{key}_FILE מצביע עליו, {file}: {why}",
                f"The file that {key}_FILE names cannot be read: {file}: {why}",
            ) from None
    return ""


def form_secrets(form: str, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The secrets that may sign a form's answers, several while one is replaced. Raises BadSettings for none."""
    if found := secret(f"FORM_{form}", environment).split():
        return tuple(found)
    key = secret_key(f"FORM_{form}")
    raise BadSettings(
        f"אין סוד חתימה לטופס {form}. מגדירים אותו במשתנה הסביבה {key}, או בקובץ ש־{key}_FILE מצביע עליו.",
        f"The form {form} has no signing secret. Set the environment variable {key}, or {key}_FILE to a file with it.",
    )


def log_form(settings: Settings, environment: Mapping[str, str] = os.environ) -> Literal["text", "json"]:
    """The log's form: JSON where SHEETS_SYNC_JSON_LOGS asks for it, else what the settings say."""
    return "json" if environment.get(JSON_LOGS) else settings.log.form


def secret_key(name: str) -> str:
    """The environment variable of a secret."""
    return f"SHEETS_SYNC_{name.upper().replace('-', '_')}"


def _check(path: Path, settings: Settings) -> None:
    """What the types do not say: known tables, fields, rules, roles and zones; one spreadsheet a name and address."""
    if settings.community.time_zone not in available_timezones():
        raise unknown(path, "community.time_zone", settings.community.time_zone, available_timezones())
    for spreadsheet in settings.spreadsheets:
        _check_spreadsheet(path, spreadsheet)
    _once(path, "spreadsheets.name", [one.name for one in settings.spreadsheets])
    _once(path, "spreadsheets.url", [one.id for one in settings.spreadsheets])
    check_life(path, settings.life)
    for network in settings.web.metrics_for:
        _check_network(path, network)
    for form in settings.forms:
        _check_form(path, form)
    _once(path, "forms.name", [form.name for form in settings.forms])
    for key in settings.clock.pierce:
        check_rule(path, key, {})
    for key, change in settings.rules.items():
        check_rule(path, key, change)


def _check_spreadsheet(path: Path, spreadsheet: SpreadsheetSettings) -> None:
    if not spreadsheet.id:
        raise BadSettings(
            f"{path}: הכתובת של הקובץ {spreadsheet.name} אינה כתובת של Google Sheets: {spreadsheet.url}",
            f"{path}: the url of spreadsheet {spreadsheet.name} is not a Google Sheets address: {spreadsheet.url}",
        )
    for table in spreadsheet.tabs:
        if table not in TABLES_BY_KEY:
            raise unknown(path, f"spreadsheets.{spreadsheet.name}.tabs", table, TABLES_BY_KEY)


def _check_network(path: Path, network: str) -> None:
    try:
        ip_network(network)
    except ValueError:
        raise BadSettings(
            f"{path}: ב־web.metrics_for צריך כתובת או רשת, כמו 10.0.0.5 או 10.1.0.0/16, ונכתב {network}",
            f"{path}: web.metrics_for: an address or a network such as 10.0.0.5 or 10.1.0.0/16, not {network}",
        ) from None


def _check_form(path: Path, form: Form) -> None:
    if form.table not in TABLES_BY_KEY:
        raise unknown(path, f"forms.{form.name}.table", form.table, TABLES_BY_KEY)
    fields = TABLES_BY_KEY[form.table].by_field
    for name in form.fields.values():
        if name not in fields:
            raise unknown(path, f"forms.{form.name}.fields", name, fields)


def _once(path: Path, where: str, given: Sequence[str]) -> None:
    """Raises BadSettings when a value stands twice where each must be another."""
    twice = next((one for i, one in enumerate(given) if one in given[:i]), None)
    if twice is not None:
        raise BadSettings(
            f"{path}: ב־{where} אותו ערך כתוב פעמיים: {twice}. לכל אחד צריך ערך משלו.",
            f"{path}: {where}: {twice} stands twice; each needs its own.",
        )


def _path(kind: type, value: object) -> Path:
    """How msgspec reads a Path, the only type here that it does not know."""
    if kind is not Path or not isinstance(value, str):
        raise TypeError(f"a path was expected, not {value!r}")
    return Path(value)


SECTIONS = (Settings, Community, Life, Google, SpreadsheetSettings, Database, Mail, Web, Form, Clock, Letters, Log)
KNOWN_SETTINGS = {name for section in SECTIONS for name in section.__struct_fields__}
OFFERED = {
    name: get_args(hint)
    for section in SECTIONS
    for name, hint in get_type_hints(section).items()
    if get_origin(hint) is Literal
}
"""The settings that offer a few values."""


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Paths in the settings made relative to the settings file."""
    google = msgspec.structs.replace(settings.google, key_file=folder / settings.google.key_file)
    url = settings.database.url
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/"):
        url = f"{prefix}{(folder / url.removeprefix(prefix)).resolve()}"
    return msgspec.structs.replace(settings, google=google, database=Database(url))
