"""Uploads in pieces: `uploadType=resumable` gives an address of its own, which takes the bytes by `Content-Range`."""

import re
import secrets
from dataclasses import dataclass, field

from sheets_sync.embedded.accounts import Account
from sheets_sync.embedded.errors import JSON, GoogleError

PIECE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
MOST_OPEN = 20
MOST_BYTES = 200 * 2**20


@dataclass
class Upload:
    """One that has begun: by whom, of what, and the bytes that have come."""

    account: Account
    metadata: JSON
    kind: str
    path: str
    data: bytearray = field(default_factory=bytearray)

    def take(self, piece: bytes, content_range: str) -> bool:
        """Add a piece (all that remains when it names no range); whether the upload is whole now. Raises a 400."""
        match = PIECE.fullmatch(content_range.strip()) if content_range else None
        if content_range and not match:
            raise GoogleError(400, f"Failed to parse Content-Range header: {content_range}", reason="badRequest")
        start = int(match[1]) if match and match[1] else len(self.data)
        wrong = start > len(self.data) or (match and match[1] and int(match[2]) - start + 1 != len(piece))
        if wrong or start + len(piece) > MOST_BYTES:
            raise GoogleError(400, "Invalid request. The bytes do not follow those that came.", reason="badRequest")
        self.data[start:] = piece if not match or match[1] else b""
        return match is None or match[3] == str(len(self.data))


class Uploads:
    """Those that have begun; they are forgotten when the server ends, or when many newer ones have begun."""

    def __init__(self) -> None:
        self._open: dict[str, Upload] = {}

    def begin(self, upload: Upload) -> str:
        """Keep it; its id, which is all that its address needs to be believed."""
        while len(self._open) >= MOST_OPEN:
            del self._open[next(iter(self._open))]
        upload_id = secrets.token_urlsafe(32)
        self._open[upload_id] = upload
        return upload_id

    def find(self, upload_id: str, path: str) -> Upload:
        """The upload of that id at that address. Raises a 404."""
        found = self._open.get(upload_id)
        if found is None or found.path != path:
            raise GoogleError(404, "Not Found", reason="notFound")
        return found

    def end(self, upload_id: str) -> None:
        """Forget it."""
        self._open.pop(upload_id, None)
