"""Real clients of the embedded Google: gspread with its service account, and a person with a token."""

from pathlib import Path
from typing import Any

import gspread
import requests

from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.google.credentials import ServiceAccount

OWNER = "rakezet@example.com"
SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


class LocalClient(gspread.HTTPClient):
    """gspread's own client, its requests sent to another host."""

    base = ""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
            endpoint = endpoint.replace(host, self.base)
        return super().request(method, endpoint, *args, **kwargs)


class Person(requests.Session):
    """A person's browser, as it were: bearer token and base address."""

    def __init__(self, google: EmbeddedGoogle, email: str) -> None:
        super().__init__()
        self.base = google.url
        self.email = email
        self.headers["Authorization"] = f"Bearer {google.person_token(email)}"

    def call(self, method: str, path: str, expect: int = 200, **kwargs: Any) -> Any:
        answer = self.request(method, self.base + path, timeout=30, **kwargs)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None

    def sheet(self, title: str = "תקציב", **properties: Any) -> str:
        """Make a spreadsheet; its id."""
        body = {"properties": {"title": title, **properties}}
        return str(self.call("POST", "/v4/spreadsheets", json=body)["spreadsheetId"])

    def batch(self, file_id: str, *found: dict[str, Any], expect: int = 200, **options: Any) -> Any:
        path = f"/v4/spreadsheets/{file_id}:batchUpdate"
        return self.call("POST", path, expect, json={"requests": list(found), **options})

    def values(self, file_id: str, text: str = "Sheet1", **options: str) -> Any:
        found = self.call("GET", f"/v4/spreadsheets/{file_id}/values/{text}", params=options)
        return found.get("values")

    def write(self, file_id: str, text: str, values: list[list[Any]], option: str = "RAW") -> Any:
        path = f"/v4/spreadsheets/{file_id}/values/{text}"
        return self.call("PUT", path, params={"valueInputOption": option}, json={"values": values})

    def share(self, file_id: str, email: str, role: str = "writer") -> None:
        body = {"type": "user", "role": role, "emailAddress": email}
        self.call("POST", f"/drive/v3/files/{file_id}/permissions", json=body)


def service_client(google: EmbeddedGoogle, key: Path) -> gspread.Client:
    """Real gspread with a service account's key."""
    credentials = ServiceAccount.from_service_account_file(str(key), scopes=SCOPES)  # type: ignore[no-untyped-call]
    client = gspread.Client(auth=credentials, http_client=type("Local", (LocalClient,), {"base": google.url}))
    client.set_timeout(30)
    return client
