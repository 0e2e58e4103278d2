"""Rules of privacy: what was kept long enough, and what does not belong in a restricted file."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping

from stdnum.il import idnr

from rules.catalogue.classes.fills import class_of_each
from rules.catalogue.classes.grades import months_later
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Kind, Table
from rules.wording import Text, Wording

Old = Callable[[Book, Given], Iterator[int]]


def _closed_welfare(book: Book, given: Given) -> Iterator[int]:
    yield from _past(book["welfare"], "closed", given, "welfare")


def _old_inquiries(book: Book, given: Given) -> Iterator[int]:
    inquiries = book["inquiries"]
    for index, received in inquiries.over("received"):
        if received and months_later(received.date(), given["inquiries"]) <= given.today:
            yield index


def _old_registrations(book: Book, given: Given) -> Iterator[int]:
    if "classes" not in book:
        return
    ends = book["classes"]["end"]
    over = {at for at, end in enumerate(ends) if end and months_later(end, given["registrations"]) <= given.today}
    yield from (index for index, at in enumerate(class_of_each(book)) if at in over)


def _settled_families(book: Book, given: Given) -> Iterator[int]:
    yield from _past(book["families"], "accompanied_until", given, "families")


def _past(table: Table, field: str, given: Given, months: str) -> Iterator[int]:
    for index, day in table.over(field):
        if day and months_later(day, given[months]) <= given.today:
            yield index


KEPT: Mapping[str, Old] = {
    "welfare": _closed_welfare,
    "inquiries": _old_inquiries,
    "registrations": _old_registrations,
    "families": _settled_families,
}


@rule(
    "privacy.retention",
    "מידע אישי שנשמר די זמן",
    "Personal data kept long enough",
    explanation_he="רווחה ופניות שנה אחרי הסגירה, הרשמות שנתיים אחרי החוג, משפחות שנה אחרי סיום הליווי. "
    "המערכת רק מציעה; היא לא מוחקת.",
    explanation_en="Welfare and inquiries after a year, registrations two years after the class, families a year "
    "after the end. It is only offered: nothing is deleted.",
    needs=(),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=tuple(
        Param(table, months, Unit.COUNT, f"{hebrew}: אחרי כמה חודשים", f"{english}: after months", 1, 240)
        for table, months, hebrew, english in (
            ("welfare", 12, "רווחה", "Welfare"),
            ("inquiries", 12, "פניות", "Inquiries"),
            ("registrations", 24, "הרשמות", "Registrations"),
            ("families", 12, "משפחות", "Families"),
        )
    ),
    wording=Wording(
        he=Text(
            'בלשונית "{table}" {n|שורה אחת נשמרה|שתי שורות נשמרו|# שורות נשמרו} די זמן',
            "עברו {months|חודש|חודשיים|# חודשים} או יותר מאז שהעניין הסתיים.",
            "לעבור על השורות ולמחוק את מה שאין בו עוד צורך. שום דבר לא נמחק מעצמו.",
        ),
        en=Text(
            '{n|One row|# rows} of "{table}" {n|has|have} been kept long enough',
            "{months|A month|# months} or more have passed since the matter ended.",
            "Go over the rows and delete what is no longer needed. Nothing is deleted by itself.",
        ),
    ),
)
def retention(book: Book, given: Given) -> Iterator[Finding]:
    """Tables with rows that were kept for long after their end; a finding a table."""
    for key, old in KEPT.items():
        rows = list(old(book, given)) if key in book else []
        if rows:
            table = book[key]
            yield retention.finding(
                table,
                None,
                {"table": table.spec.hebrew, "n": len(rows), "months": given[key]},
                key=key,
                cells=[cell for row in rows for cell in cells(table, row, table.spec.key_fields[0])],
            )


PHONE = re.compile(r"(?<!\d)0(?:5\d|7\d|[23489])[- ]?\d{3}[- ]?\d{4}(?!\d)")
NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
ALLOWED = ("handler", "referred_to", "link", "year")
LEAST_LETTERS = 2


@rule(
    "privacy.code_like_name",
    "פרט מזהה בקובץ הרווחה",
    "An identifying detail in the welfare file",
    explanation_he="בתא של לשונית הרווחה (מלבד הגורם המטפל ולאן הועבר) יש טלפון, מספר זהות או מילה "
    "שהיא שם של מי שרשומים בלשוניות אחרות.",
    explanation_en="A cell of welfare, but for handler and referral, holds a phone, an id number or a word that is "
    "a name of someone in the other tabs.",
    needs=("welfare",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            "בקובץ הרווחה ייתכן שיש פרט מזהה",
            '[פנייה {case}, ]בעמודה "{column}". התוכן עצמו לא מופיע בהודעה הזו.',
            "להחליף בקוד בלבד, ולמחוק את הפרט גם מהערות של התא.",
        ),
        en=Text(
            "The welfare file may hold an identifying detail",
            '[Case {case}, ]column "{column_en}". What stands there is not said here.',
            "Put a code in its place, and delete the detail from the cell's notes too.",
        ),
    ),
)
def code_like_name(book: Book, given: Given) -> Iterator[Finding]:
    """Cells of welfare that may tell who a case is about; the finding says where, never what."""
    welfare, names = book["welfare"], _names(book)
    for column in welfare.spec.columns:
        if column.kind not in (Kind.TEXT, Kind.LONGTEXT) or column.field in ALLOWED or not welfare.has(column.field):
            continue
        for index, value in welfare.over(column.field):
            if value and _identifies(value, names):
                case = welfare["case"][index]
                tells = case is None or _identifies(case, names)
                yield code_like_name.finding(
                    welfare,
                    index,
                    {"case": None if tells else case, "column": column.hebrew, "column_en": column.english},
                    key=f"{column.field} · {_mark(case) if tells else case}",
                    cells=cells(welfare, index, column.field),
                )


def _mark(text: str | None) -> str:
    """A short mark that tells two texts apart and from which neither can be read."""
    return hashlib.sha256((text or "").encode()).hexdigest()[:6]


def _identifies(text: str, names: frozenset[str]) -> bool:
    if PHONE.search(text) or any(idnr.is_valid(digits) for digits in NINE_DIGITS.findall(text)):
        return True
    return not names.isdisjoint(fold(text).split())


def _names(book: Book) -> frozenset[str]:
    """The words of the names in people, families and volunteers; not words of one letter, nor the word 'family'."""
    named = (("people", "name"), ("families", "family"), ("volunteers", "name"))
    whole = (value for key, field in named if key in book for _, value in book[key].over(field) if value)
    words = {word for name in whole for word in fold(name).split() if len(word) >= LEAST_LETTERS}
    return frozenset(words - {fold("משפחת"), fold("משפחה")})
