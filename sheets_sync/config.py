"""The one reader of the settings file and of the environment.

The file is TOML; templates/settings.toml shows every setting. Secrets never stand in it: a secret NAME is the
environment variable SHEETS_SYNC_NAME, or the content of the file that SHEETS_SYNC_NAME_FILE names.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta, Struct, field

from rules.catalogue import RULES, TABLES
from rules.finding import Role
from rules.rule import Rule
from rules.rule import Settings as RuleSettings
from sheets_sync.errors import BadSettings

GOOGLE = "https://sheets.googleapis.com"
SPREADSHEET_ID = re.compile(r"(?:/spreadsheets/d/)?([A-Za-z0-9_-]{20,})")


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the settings file; an unknown setting in it is an error."""


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
    """The service account, and another Google than Google's (the embedded one)."""

    key_file: Path = Path("service-account.json")
    base_url: str = ""


class SpreadsheetSettings(Strict, frozen=True):
    """A spreadsheet: its address, and tabs whose titles do not tell which table they are."""

    name: str
    url: str
    restricted: bool = False
    tabs: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The spreadsheet's id, taken from its address."""
        match = SPREADSHEET_ID.search(self.url)
        return match[1] if match else ""


class Database(Strict, frozen=True):
    """Where the service remembers."""

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
    trusted_hosts: list[str] = field(default_factory=list)


class Form(Strict, frozen=True):
    """A form: which table its answers go to; its signing secrets are the secret FORM_<NAME> (several, by space)."""

    name: Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
    table: str = "registrations"
    fields: dict[str, str] = field(default_factory=dict)


class Clock(Strict, frozen=True):
    """How often the clock looks, and when it keeps quiet."""

    seconds: Annotated[int, Meta(ge=5)] = 60
    quiet: bool = True
    night: tuple[time, time] = (time(22), time(7))
    latitude: Annotated[float, Meta(ge=-66, le=66)] = 31.77
    longitude: Annotated[float, Meta(ge=-180, le=180)] = 35.21
    candle_minutes: Annotated[int, Meta(ge=0, le=60)] = 40


class Settings(Strict, frozen=True):
    """The whole settings file."""

    community: Community
    spreadsheets: Annotated[list[SpreadsheetSettings], Meta(min_length=1)]
    google: Google = Google()
    database: Database = Database()
    mail: Mail = Mail()
    web: Web = Web()
    clock: Clock = Clock()
    forms: list[Form] = field(default_factory=list)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def for_rules(self) -> RuleSettings:
        """What rules need to know of the community."""
        return RuleSettings(self.community.work_year_start, self.community.approval_from * 100)

    @property
    def main(self) -> SpreadsheetSettings:
        """The spreadsheet that holds the service's own tabs: the one named `main`, else the first."""
        return next((one for one in self.spreadsheets if one.name == "main"), self.spreadsheets[0])

    def rules_in_use(self) -> tuple[Rule, ...]:
        """The catalogue's rules but those turned off."""
        return tuple(rule for rule in RULES if self.rules.get(rule.key, {}).get("on", True))

    def changed_params(self) -> dict[str, dict[str, int]]:
        """The thresholds that were changed, by rule; in the unit the rule declares."""
        own = {"on", "roles"}
        return {key: {k: v for k, v in change.items() if k not in own} for key, change in self.rules.items()}

    def roles_of(self, rule: str) -> tuple[Role, ...] | None:
        """The roles chosen for a rule, None where its own hold."""
        roles = self.rules.get(rule, {}).get("roles")
        return None if roles is None else tuple(Role(role) for role in roles)


def load(path: Path) -> Settings:
    """Read the settings file; relative paths in it are relative to it.

    Raises BadSettings that names the place and the remedy.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadSettings(
            f"אין קובץ הגדרות ב־{path}. אפשר להתחיל מהדוגמה: sheets-sync settings > {path.name}",
            f"There is no settings file at {path}. Start from the example: sheets-sync settings > {path.name}",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: הקובץ אינו TOML תקין: {error}", f"{path}: not valid TOML: {error}") from None
    try:
        settings = msgspec.convert(raw, Settings, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise _explained(path, str(error), raw) from None
    _check(path, settings)
    return _anchored(settings, path.parent)


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """A secret from the environment or from the file it names; '' when there is none."""
    key = f"SHEETS_SYNC_{name.upper().replace('-', '_')}"
    if value := environment.get(key):
        return value
    if file := environment.get(f"{key}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSettings(
                f"אי אפשר לקרוא את הקובץ ש־{key}_FILE מצביע עליו: {error}", f"cannot read {key}_FILE: {error}"
            ) from None
    return ""


def _check(path: Path, settings: Settings) -> None:
    """What the types do not say: known tables, rules, parameters, roles and zones; one spreadsheet a name."""
    tables = {spec.key for spec in TABLES}
    if settings.community.time_zone not in available_timezones():
        raise _unknown(path, "community.time_zone", settings.community.time_zone, available_timezones())
    for spreadsheet in settings.spreadsheets:
        if not spreadsheet.id:
            raise BadSettings(
                f"{path}: הכתובת של הקובץ {spreadsheet.name} אינה כתובת של Google Sheets: {spreadsheet.url}",
                f"{path}: the url of spreadsheet {spreadsheet.name} is not a Google Sheets address: {spreadsheet.url}",
            )
        for table in spreadsheet.tabs:
            if table not in tables:
                raise _unknown(path, f"spreadsheets.{spreadsheet.name}.tabs", table, tables)
    for form in settings.forms:
        if form.table not in tables:
            raise _unknown(path, f"forms.{form.name}.table", form.table, tables)
    for key, change in settings.rules.items():
        _check_rule(path, key, change)


def _check_rule(path: Path, key: str, change: Mapping[str, Any]) -> None:
    by_key = {rule.key: rule for rule in RULES}
    if key not in by_key:
        raise _unknown(path, "rules", key, by_key)
    params = {param.name: param for param in by_key[key].params}
    for name, value in change.items():
        where = f"rules.{key}.{name}"
        match name:
            case "on" if isinstance(value, bool):
                continue
            case "roles" if isinstance(value, list):
                for role in value:
                    if role not in tuple(Role):
                        raise _unknown(path, where, str(role), [str(r) for r in Role])
            case _ if name not in params:
                raise _unknown(path, where.rpartition(".")[0], name, ["on", "roles", *params])
            case _ if (
                not isinstance(value, int)
                or isinstance(value, bool)
                or not params[name].minimum <= value <= params[name].maximum
            ):
                low, high = params[name].minimum, params[name].maximum
                raise BadSettings(
                    f"{path}: {where} צריך להיות מספר שלם בין {low} ל־{high}, ונכתב {value!r}",
                    f"{path}: {where} must be a whole number from {low} to {high}, not {value!r}",
                )


def _unknown(path: Path, where: str, given: str, known: Any) -> BadSettings:
    near = difflib.get_close_matches(given, list(known), n=1)
    he, en = (f" אולי הכוונה ל־{near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    return BadSettings(f"{path}: ב־{where} אין ערך כזה: {given}.{he}", f"{path}: {where}: unknown {given!r}.{en}")


def _path(kind: type, value: object) -> Path:
    """How msgspec reads a Path, the only type here that it does not know."""
    if kind is not Path or not isinstance(value, str):
        raise TypeError(f"a path was expected, not {value!r}")
    return Path(value)


UNKNOWN_FIELD = re.compile(r"unknown field `(?P<name>[^`]+)`(?: - at `\$\.?(?P<where>[^`]*)`)?")
KNOWN_SETTINGS = sorted(
    {
        name
        for section in (Settings, Community, Google, SpreadsheetSettings, Database, Mail, Web, Form, Clock)
        for name in section.__struct_fields__
    }
)


def _explained(path: Path, message: str, raw: Mapping[str, Any]) -> BadSettings:
    """A validation error in words; an unknown setting with the nearest known one."""
    if match := UNKNOWN_FIELD.search(message):
        return _unknown(path, match["where"] or "settings", match["name"], KNOWN_SETTINGS)
    return BadSettings(f"{path}: הגדרה לא תקינה: {message}", f"{path}: bad setting: {message}")


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Paths in the settings made relative to the settings file."""
    google = msgspec.structs.replace(settings.google, key_file=folder / settings.google.key_file)
    url = settings.database.url
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/"):
        url = f"{prefix}{(folder / url.removeprefix(prefix)).resolve()}"
    return msgspec.structs.replace(settings, google=google, database=Database(url))
