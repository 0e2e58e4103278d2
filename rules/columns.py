"""Short constructors for declaring tables: one a kind of column, and one for the table.

Names are given as in a sheet's margin, separated by ` · `: `choice("kind", "סוג", "~מין", of="חוג · סדנה")`.
"""

from typing import TypedDict, Unpack

from rules.table import Column, Kind, TableSpec


class Marks(TypedDict, total=False):
    """What can be said of any column beside its names."""

    required: bool
    key: bool
    personal: bool
    own: bool
    offered: bool
    help: str


def names(joined: str) -> tuple[str, ...]:
    """`א · ב` as ("א", "ב")."""
    return tuple(part.strip() for part in joined.split(" · ") if part.strip())


def text(field: str, hebrew: str, aliases: str = "", *, setting: str = "", **marks: Unpack[Marks]) -> Column:
    """A short text; the list of a setting, where there is one, is offered and may be left."""
    return Column(field, Kind.TEXT, hebrew, names(aliases), setting=setting, **marks)


def longtext(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """Free text of several lines; never quoted in a message."""
    return Column(field, Kind.LONGTEXT, hebrew, names(aliases), **marks)


def count(
    field: str, hebrew: str, aliases: str = "", least: int | None = 0, most: int | None = None, **marks: Unpack[Marks]
) -> Column:
    """A whole number, from `least` to `most`."""
    return Column(field, Kind.INT, hebrew, names(aliases), minimum=least, maximum=most, **marks)


def money(field: str, hebrew: str, aliases: str = "", least: int | None = 0, **marks: Unpack[Marks]) -> Column:
    """An amount in shekels, from `least` agorot; `least=None` where refunds stand with a minus."""
    return Column(field, Kind.MONEY, hebrew, names(aliases), minimum=least, **marks)


def percent(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A share of a hundred."""
    return Column(field, Kind.PERCENT, hebrew, names(aliases), **marks)


def day(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A date."""
    return Column(field, Kind.DATE, hebrew, names(aliases), **marks)


def moment(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A date with its time, as forms stamp it."""
    return Column(field, Kind.DATETIME, hebrew, names(aliases), **marks)


def hour(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A time of day, or a range of it."""
    return Column(field, Kind.TIME, hebrew, names(aliases), **marks)


def yes(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A checkbox."""
    return Column(field, Kind.BOOL, hebrew, names(aliases), **marks)


def phone(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A phone number; always personal."""
    marks["personal"] = True
    return Column(field, Kind.PHONE, hebrew, names(aliases), **marks)


def email(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """An e-mail address; always personal."""
    marks["personal"] = True
    return Column(field, Kind.EMAIL, hebrew, names(aliases), **marks)


def url(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A link."""
    return Column(field, Kind.URL, hebrew, names(aliases), **marks)


def national_id(field: str, hebrew: str, aliases: str = "", **marks: Unpack[Marks]) -> Column:
    """A national id, masked where a sheet has it; never in a template."""
    marks["personal"], marks["offered"] = True, False
    return Column(field, Kind.NATIONAL_ID, hebrew, names(aliases), **marks)


def choice(
    field: str, hebrew: str, aliases: str = "", *, of: str = "", setting: str = "", **marks: Unpack[Marks]
) -> Column:
    """One of a list, or of the list of a setting."""
    return Column(field, Kind.CHOICE, hebrew, names(aliases), choices=names(of), setting=setting, **marks)


def multi(
    field: str, hebrew: str, aliases: str = "", *, of: str = "", table: str = "", **marks: Unpack[Marks]
) -> Column:
    """Several of a list, or of another table's names, separated by commas."""
    return Column(field, Kind.MULTI, hebrew, names(aliases), choices=names(of), table=table, **marks)


def ref(field: str, hebrew: str, aliases: str = "", *, to: str, **marks: Unpack[Marks]) -> Column:
    """A name that stands in another table."""
    return Column(field, Kind.REF, hebrew, names(aliases), table=to, **marks)


EVERYWHERE = (
    text("notes", "הערות", "הערה · פירוט"),
    url("link", "קישור", "לינק · קישור למסמך", offered=False),
    text("year", "שנה", 'שנת עבודה · שנת תקציב · תשפ"ז', offered=False),
)
"""What every table accepts beside its own columns."""


def table(
    key: str, hebrew: str, aliases: str, *columns: Column, workbook: str = "main", by_year: bool = False
) -> TableSpec:
    """A table with its own columns and then those of EVERYWHERE that it does not declare itself."""
    own = {column.field for column in columns}
    claimed = {name.removeprefix("~") for column in columns for name in (column.hebrew, *column.aliases)}
    shared = (_without(column, claimed) for column in EVERYWHERE if column.field not in own)
    return TableSpec(key, hebrew, names(aliases), workbook, (*columns, *shared), by_year)


def _without(column: Column, claimed: set[str]) -> Column:
    """The column without the aliases that the table uses for a column of its own."""
    aliases = tuple(alias for alias in column.aliases if alias not in claimed)
    return Column(column.field, column.kind, column.hebrew, aliases, offered=column.offered)
