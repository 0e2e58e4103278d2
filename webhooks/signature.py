"""Signatures of form answers, after the Standard Webhooks specification (standardwebhooks.com).

The library computes the HMAC-SHA256 of `id.timestamp.body`; what it would accept or stumble over is refused before:
text that is not ASCII, numbers that are not whole seconds, loose base64.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from standardwebhooks import Webhook
from werkzeug.datastructures import Headers

from sheets_sync.errors import BadSettings
from webhooks.refusal import Refusal, Why

TOLERANCE = 300
"""Seconds that a signature may be old, or ahead."""

ID = re.compile(r"[A-Za-z0-9_-]{1,200}", re.ASCII)
SECONDS = re.compile(r"[1-9][0-9]{0,10}", re.ASCII)
SIGNATURES_READ = 8


class Signer:
    """The secrets of one form; any of them may have signed.

    Raises BadSettings for a secret that is not 24 to 64 bytes in base64 (with or without `whsec_`), or for none.
    """

    def __init__(self, form: str, secrets: Iterable[str]) -> None:
        self.hooks = tuple(Webhook(_key(form, secret)) for secret in secrets)
        if not self.hooks:
            raise BadSettings(f"לטופס {form} אין סוד חתימה.", f"form {form} has no signing secret.")

    def check(self, headers: Headers, body: bytes, now: datetime) -> str:
        """The id of a message that is signed rightly and lately; raises Refusal (401, or 400 for bad UTF-8)."""
        message_id, seconds, signatures = _signed(headers)
        if abs(int(now.timestamp()) - seconds) > TOLERANCE:
            raise Refusal(Why.BAD_TIME)
        text = _text(body)
        moment = datetime.fromtimestamp(seconds, UTC)
        expected = [_bytes(hook.sign(message_id, moment, text).removeprefix("v1,")) for hook in self.hooks]
        given = list(_given(signatures))
        if not any(hmac.compare_digest(one, other) for one in expected for other in given):
            raise Refusal(Why.BAD_SIGNATURE)
        return message_id


def _signed(headers: Headers) -> tuple[str, int, str]:
    """The id, the time and the signatures; raises Refusal where one is missing or malformed."""
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    message_id, seconds, signatures = (headers.get(name, "") for name in names)
    if not (message_id and seconds and signatures):
        raise Refusal(Why.UNSIGNED)
    if not (ID.fullmatch(message_id) and SECONDS.fullmatch(seconds) and signatures.isascii()):
        raise Refusal(Why.BAD_SIGNATURE)
    return message_id, int(seconds), signatures


def _given(signatures: str) -> Iterator[bytes]:
    """The signatures of version 1; other versions and malformed ones are passed over."""
    for signature in signatures.split(" ")[:SIGNATURES_READ]:
        version, _, value = signature.partition(",")
        if version == "v1" and (decoded := _bytes(value)):
            yield decoded


def _bytes(value: str) -> bytes:
    """Strict base64; empty for anything else."""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(Why.BAD_BODY) from None


def _key(form: str, secret: str) -> bytes:
    key = _bytes(secret.removeprefix("whsec_"))
    if not 24 <= len(key) <= 64:
        raise BadSettings(
            f"סוד החתימה של הטופס {form} אינו תקין: נדרשים 24 עד 64 בתים ב־base64.",
            f"the signing secret of form {form} is not usable: 24 to 64 bytes in base64 are needed.",
        )
    return key
