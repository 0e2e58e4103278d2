"""The browser's session: a page open on this machine acts as the owner of the spreadsheet that it shows.

The page carries a token of its own, made from the session's cookie (HttpOnly, SameSite=Lax) and the spreadsheet's id
under a key of this data directory. It sends the token as a header, which no page of another origin can, and it opens
that one spreadsheet only. Why, and what it does not protect from: docs/design-page.md.
"""

import hmac
import re
import secrets

from flask import Request

from sheets_sync.embedded.accounts import EVERY_SCOPE, Account
from sheets_sync.embedded.errors import GoogleError, not_found
from sheets_sync.embedded.service import Service

COOKIE = "sheets_page"
HEADER = "X-Page-Token"
SESSION = re.compile(r"[\w-]{32,64}")
REFUSED = "The page is no longer signed in. Load it again."


def session_of(request: Request) -> str:
    """The browser's session, or a new one."""
    known = request.cookies.get(COOKIE, "")
    return known if SESSION.fullmatch(known) else secrets.token_urlsafe(32)


def page_token(service: Service, session: str, file_id: str) -> str:
    """The token of a session's pages of one spreadsheet."""
    return hmac.new(_key(service), f"{session}:{file_id}".encode(), "sha256").hexdigest()


def _key(service: Service) -> bytes:
    """The key of this data directory, so that an open page outlives a restart."""
    known = service.database.get("page_key")
    if known is None:
        known = secrets.token_hex(32)
        service.database.set("page_key", known)
    return known.encode()


def account(service: Service, request: Request, file_id: str) -> Account:
    """The owner of the spreadsheet, for a request of its page. Raises Google's 401 or 404."""
    session, token = request.cookies.get(COOKIE, ""), request.headers.get(HEADER, "")
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    # As bytes: a header may hold what is not ASCII.
    right = hmac.compare_digest(token.encode(), page_token(service, session, file_id).encode())
    if foreign or not SESSION.fullmatch(session) or not right:
        raise GoogleError(401, REFUSED)
    file = service.files.get(file_id)
    if file is None:
        raise not_found()
    return Account(file.owner, "person", frozenset(EVERY_SCOPE.split()))
