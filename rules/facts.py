"""What is known of a community beside its tables: gathered where the service meets the world, judged like tables."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.finding import Role


@dataclass(frozen=True, slots=True)
class Unread:
    """A spreadsheet that could not be read, and why; `passing` trouble may be over by itself. `past` is since when."""

    file: str
    why: str
    why_en: str
    passing: bool = False
    past: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A tab that Google lets the service read and not write, and why; `title` is '' where it is not to be shown."""

    file: str
    tab: str
    """Names it within the file: its sheetId."""
    title: str
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A tab without some of its table's required columns, by field."""

    table: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form answer that stands in no row: its form, the day it came, and how long ago that was."""

    form: str
    received: date
    past: timedelta


@dataclass(frozen=True, slots=True)
class Unheld:
    """A role that rules in use send to and that nobody who can be written to holds."""

    role: Role
    rules: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whom a restricted spreadsheet is open to: anyone with its link, and how many addresses outside its list.

    `known` is False where Google does not say.
    """

    file: str
    by_link: bool = False
    others: int = 0
    known: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All of these."""

    unread: tuple[Unread, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    unheld: tuple[Unheld, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    unwritten: tuple[Unwritten, ...] = ()


NO_FACTS = Facts()
