"""Who calls: service accounts with real keys, persons, and the tokens they hold."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from sheets_sync.embedded.database import Database
from sheets_sync.embedded.errors import JSON, GoogleError

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# google-auth signs a service account's assertion for this audience, whatever its key file's token_uri.
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"
LIFETIME = 3600
ANY_PERSON = "me@example.com"
PROJECT = "embedded-google"
SCOPE = "https://www.googleapis.com/auth/"
EVERY_SCOPE = f"{SCOPE}spreadsheets {SCOPE}drive"
UNAUTHENTICATED = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
MISSING = UNAUTHENTICATED.replace("had invalid", "is missing required").replace("credentials. E", "credential. E")


@dataclass(frozen=True)
class Account:
    """A caller: `person` or `service_account`."""

    email: str
    kind: str
    scopes: frozenset[str]


# Who calls with an API key alone reads what is shared with anyone who has the link.
ANYONE = Account("anyone", "anyone", frozenset(f"{SCOPE}{name}.readonly" for name in ("spreadsheets", "drive")))


def new_key() -> rsa.RSAPrivateKey:
    """A key as Google makes them for service accounts."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class GrantRefused(Exception):
    """The token endpoint's refusal: OAuth's error and its description."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}


class Accounts:
    """The accounts and tokens in the database."""

    def __init__(self, database: Database, clock: Callable[[], datetime], *, any_token: bool) -> None:
        self._database = database
        self._clock = clock
        self._any_token = any_token

    def make_key_file(self, path: Path, email: str, token_uri: str, key: rsa.RSAPrivateKey) -> None:
        """Make a service account and write its key file, readable by its owner alone; an older key ends."""
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        key_id = secrets.token_hex(20)
        with self._database.transaction() as connection:
            values = (email, "service_account", key_id, public.decode())
            connection.execute("insert or replace into accounts values (?, ?, ?, ?)", values)
        info = _key_file(email, key_id, private.decode(), token_uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(orjson.dumps(info, option=orjson.OPT_INDENT_2))

    def person_token(self, email: str, scopes: str = EVERY_SCOPE) -> str:
        """A bearer token of a person, who is made when not yet known; it does not expire."""
        with self._database.transaction() as connection:
            connection.execute("insert or ignore into accounts values (?, 'person', null, null)", (email,))
        return self._issue(email, scopes, float("inf"))

    def _issue(self, email: str, scopes: str, expires: float) -> str:
        token = "ya29." + secrets.token_urlsafe(48)
        with self._database.transaction() as connection:
            connection.execute("insert into tokens values (?, ?, ?, ?)", (token, email, scopes, expires))
        return token

    def revoke(self, email: str) -> None:
        """End every token of an account."""
        with self._database.transaction() as connection:
            connection.execute("delete from tokens where email = ?", (email,))

    def kind(self, email: str) -> str:
        """`person` or `service_account`; whoever is not known is a person."""
        record = self._database.one("select kind from accounts where email = ?", email)
        return str(record["kind"]) if record else "person"

    def grant(self, form: dict[str, str], token_uri: str) -> JSON:
        """Answer the token endpoint: a signed assertion for a bearer token. Raises GrantRefused."""
        if form.get("grant_type") != GRANT:
            raise GrantRefused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        claims = self._verified(form.get("assertion", ""), token_uri)
        scopes = str(claims.get("scope", ""))
        if not scopes:
            raise GrantRefused("invalid_scope", "Empty or missing scope not allowed.")
        token = self._issue(claims["iss"], scopes, self._clock().timestamp() + LIFETIME)
        return {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer", "scope": scopes}

    def _verified(self, assertion: str, token_uri: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(assertion, verify=False)  # type: ignore[no-untyped-call]
        except ValueError:
            raise GrantRefused("invalid_grant", "Invalid JWT: it cannot be read.") from None
        record = self._database.one("select * from accounts where email = ?", str(claims.get("iss", "")))
        if record is None or record["public_key"] is None:
            raise GrantRefused("invalid_grant", "Invalid grant: account not found")
        try:
            jwt.decode(  # type: ignore[no-untyped-call]
                assertion, certs=record["public_key"], audience=[token_uri, GOOGLE_AUDIENCE], clock_skew_in_seconds=10
            )
        except ValueError as error:
            text = "Invalid JWT Signature." if "signature" in str(error) else f"Invalid JWT: {error}"
            raise GrantRefused("invalid_grant", text) from None
        if claims["exp"] - claims["iat"] > LIFETIME + 60:
            raise GrantRefused("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes).")
        return claims

    def caller(self, authorization: str | None, key: str | None = None) -> Account:
        """The account of an Authorization header, or anyone at all with an API key. Raises Google's 401."""
        if key and not authorization:
            return ANYONE
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise GoogleError(401, MISSING)
        record = self._database.one("select * from tokens where token = ?", token.strip())
        if record is not None and record["expires"] > self._clock().timestamp():
            return Account(record["email"], self.kind(record["email"]), frozenset(record["scopes"].split()))
        if self._any_token:
            return Account(ANY_PERSON, "person", frozenset(EVERY_SCOPE.split()))
        raise GoogleError(401, UNAUTHENTICATED)


def _key_file(email: str, key_id: str, private: str, token_uri: str) -> JSON:
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": key_id,
        "private_key": private,
        "client_email": email,
        "client_id": str(int(key_id[:15], 16)),
        "auth_uri": token_uri.replace("/token", "/auth"),
        "token_uri": token_uri,
        "universe_domain": "googleapis.com",
    }
