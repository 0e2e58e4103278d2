"""What the HTTP routes work with: the database, the accounts, the files and the open spreadsheets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sheets_sync.embedded.accounts import Account, Accounts
from sheets_sync.embedded.books import Books
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.database import Database
from sheets_sync.embedded.errors import JSON, quota_exceeded
from sheets_sync.embedded.files import Files, new_id
from sheets_sync.embedded.model import Spreadsheet
from sheets_sync.embedded.pushes import Pushes
from sheets_sync.embedded.resumable import Uploads


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Settings:
    """How the server was started."""

    any_token: bool = False
    service_accounts_may_own: bool = False
    admin: bool = False


class Service:
    """One embedded Google over one data directory."""

    def __init__(self, data: Path, settings: Settings, clock: Callable[[], datetime] = system_clock) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(data / "embedded.sqlite3")
        self.accounts = Accounts(self.database, clock, any_token=settings.any_token)
        self.pushes = Pushes(self.database, clock)
        self.files = Files(self.database, clock, self.pushes.changed)
        self.books = Books(self.database, clock)
        self.uploads = Uploads()

    def check_may_own(self, account: Account) -> None:
        """Refuse a service account that would own a file."""
        if account.kind == "service_account" and not self.settings.service_accounts_may_own:
            raise quota_exceeded()

    def add(self, account: Account, book: Spreadsheet, more: JSON | None = None) -> str:
        """Store a new spreadsheet that the account owns; answers its id."""
        self.check_may_own(account)

        def record() -> None:
            self.files.create(book.id, book.properties["title"], account.email, more or {})
            self.files.touch(book.id)

        self.books.add(book, record)
        return book.id

    @staticmethod
    def fresh_id() -> str:
        """An id for a new file."""
        return new_id()

    @contextmanager
    def reading(self, account: Account, file_id: str) -> Iterator[Call]:
        """A spreadsheet that the account may read."""
        role = self.files.allow_sheets(file_id, account, "reader")
        with self.books.reading(file_id) as book:
            yield Call(book, account.email, role == "owner", self.clock())

    @contextmanager
    def changing(self, account: Account, file_id: str) -> Iterator[Call]:
        """A spreadsheet that the account may edit: all of the block is on the disk at its end, or nothing."""
        role = self.files.allow_sheets(file_id, account, "writer")
        renamed: list[str] = []

        def record() -> None:
            self.files.touch(file_id)
            for title in renamed:
                self.files.rename(file_id, title)

        with self.books.changing(file_id, record) as book:
            yield Call(book, account.email, role == "owner", self.clock(), renamed)

    def close(self) -> None:
        """Close the database."""
        self.pushes.close()
        self.database.close()
