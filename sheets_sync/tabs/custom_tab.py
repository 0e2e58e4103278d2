"""The person's own rules in the tab `custom_rules` (הכללים שלי): read, compiled, and what is said beside each. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.catalogue import TABLES
from rules.finding import Finding, Role
from rules.mistake import Fault, Mistake, Part
from rules.names import fold
from rules.own_rules import OwnRule, as_rule, compile_rule, key_of, missing
from rules.rule import Rule
from rules.table import Book, Table
from rules.values import read_cell
from rules.wording import Language
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.custom_spec import CUSTOM_RULES, OPEN_TABLES
from sheets_sync.writing.edits import Request, set_cells
from sheets_sync.writing.own_columns import column_requests

MOST_RULES = 50
"""Rows of the tab that are read."""

OWN = "own."
"""How the keys of the person's rules begin."""

ROLES = {fold(name): role for role in Role for name in (role.hebrew, role.english)}
PLACES: Mapping[Part, tuple[str, str]] = {
    Part.NAME: ("בשם", "in the name"),
    Part.TABLE: ("בטבלה", "in the table"),
    Part.CONDITION: ("בתנאי", "in the condition"),
    Part.MESSAGE: ("בהודעה", "in the message"),
    Part.ROLES: ("בתפקידים", "in the roles"),
}
POINTED = (Part.CONDITION, Part.MESSAGE)
UNPLACED = (Fault.EMPTY, Fault.TOO_LONG, Fault.UNFINISHED)
OFF: Mapping[Language, str] = {"he": "✓ מובן; כבוי", "en": "✓ understood; turned off"}

SHOWN = 15
"""How many characters of the text are quoted where a mistake begins."""

EXAMPLES = (
    (
        "חשבונית חסרה",
        "הוצאות",
        'סכום >= 1,000 ₪ ו [מס\' חשבונית] = ריק ו סטטוס <> "בוטל"',
        "עוד לא נרשמה חשבונית של {ספק} על {סכום}",
    ),
    (
        "אירוע על הדשא בלי חלופה לגשם",
        "אירועים",
        'תאריך בין היום ל היום + 14 ו מקום מכיל "דשא" ו [חלופה לגשם] = ריק',
        "לאירוע {שם האירוע}, {תאריך}, עוד לא נרשמה חלופה לגשם",
    ),
    (
        "כמה נרשמים שעוד לא שילמו",
        "חוגים, סדנאות וקורסים",
        'ספירה(נרשמים; חוג = שורה.[שם החוג] ו [מצב תשלום] = "טרם שולם") >= 3',
        "בחוג {שם החוג} יש שלושה נרשמים או יותר שעוד לא שילמו",
    ),
)
ENGLISH_EXAMPLES = (
    (
        "Invoice missing",
        "expenses",
        'amount >= 1,000 ₪ and invoice = empty and status <> "cancelled"',
        "No invoice of {supplier} for {amount} is written down yet",
    ),
    (
        "On the lawn without a place for rain",
        "events",
        'date between today to today + 14 and place contains "lawn" and [rain place] = empty',
        "{name} on {date} has no place for rain yet",
    ),
    (
        "Several who have not paid",
        "classes",
        'count(registrations; [class name] = row.name and payment = "not paid yet") >= 3',
        "Three or more who registered for {name} have not paid yet",
    ),
)
"""What a new tab begins with, turned off."""


@dataclass(frozen=True, slots=True)
class Written:
    """A row of the tab: its place in the table, the rule or what is wrong, and whether it is on.

    `lacks` are the tabs and columns it reads that are not there, `apart` those in a restricted spreadsheet.
    """

    at: int
    key: str
    on: bool
    rule: OwnRule | None = None
    mistakes: tuple[Mistake, ...] = ()
    texts: Mapping[Part, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the rule can be judged."""
        return self.rule is not None and self.on and not self.lacks and not self.apart


@dataclass(frozen=True)
class OwnRules:
    """The person's own rules: all rows, and those to be judged. `unknown` where the tab cannot be read now."""

    rows: tuple[Written, ...] = ()
    rules: tuple[Rule, ...] = ()
    unknown: bool = False

    def stands(self, key: str) -> bool:
        """Whether a rule of that key is on, be it judged or not: its alerts do not close for want of a rule."""
        return (self.unknown and key.startswith(OWN)) or any(row.on and row.key == key for row in self.rows)


NO_RULES = OwnRules()
UNREAD = OwnRules(unknown=True)


def own_rules(table: Table, tab: Tab, book: Book, restricted: Collection[str]) -> OwnRules:
    """The rules of the tab; `book` is all tables, `restricted` the ids of spreadsheets that no such rule may read."""
    rows = tuple(_checked(_distinct([*_written(table, tab)]), book, restricted))
    used = [row.rule for row in rows if row.works and row.rule]
    return OwnRules(rows, tuple(as_rule(one, among=len(used)) for one in used))


def _written(table: Table, tab: Tab) -> Iterator[Written]:
    for at, row in enumerate(table.rows):
        cells = {
            name: str(value).strip() if (value := tab.grid.cell(row, column)) not in (None, "") else ""
            for name, column in table.at.items()
        }
        texts = {part: cells.get(part.value, "") for part in PLACES}
        if not any(texts[part] for part in PLACES if part is not Part.ROLES):
            continue
        on = tab.grid.cell(row, table.at["on"]) is True if "on" in table.at else True
        yield _compiled(at, on, texts)


def _compiled(at: int, on: bool, texts: Mapping[Part, str]) -> Written:
    roles, unknown = _roles(texts[Part.ROLES])
    four = (texts[Part.NAME], texts[Part.TABLE], texts[Part.CONDITION], texts[Part.MESSAGE])
    made = compile_rule(*four, TABLES, roles=roles or (Role.COORDINATOR,))
    written = Written(at, key_of(texts[Part.NAME]), on, texts=texts)
    if at >= MOST_RULES:
        return replace(written, mistakes=(Mistake(Fault.TOO_MANY_RULES, 0, str(MOST_RULES), part=Part.NAME),))
    if isinstance(made, OwnRule) and not unknown:
        return replace(written, rule=made)
    return replace(written, mistakes=(*(made if isinstance(made, list) else ()), *unknown))


def _roles(text: str) -> tuple[tuple[Role, ...], list[Mistake]]:
    given, _ = read_cell(CUSTOM_RULES.by_field["roles"], text)
    named = given if given is not None else [one.strip() for one in text.split(",") if one.strip()]
    unknown = [Mistake(Fault.ROLE, 0, name[:40], part=Part.ROLES) for name in named if fold(name) not in ROLES]
    return tuple(dict.fromkeys(ROLES[fold(name)] for name in named if fold(name) in ROLES)), unknown


def _distinct(rows: Sequence[Written]) -> Iterator[Written]:
    """Of two rules of one name the second waits for another name."""
    seen: set[str] = set()
    for row in rows:
        twice = row.key in seen and row.texts[Part.NAME]
        seen.add(row.key)
        mistake = Mistake(Fault.TWICE, 0, row.texts[Part.NAME][:40], part=Part.NAME)
        yield replace(row, rule=None, mistakes=(mistake, *row.mistakes)) if twice else row


def _checked(rows: Iterator[Written], book: Book, restricted: Collection[str]) -> Iterator[Written]:
    for row in rows:
        if row.rule is None:
            yield row
            continue
        apart = [key for key in row.rule.tables if key in book and book[key].place.spreadsheet in restricted]
        lacks = missing(row.rule, {key: table for key, table in book.items() if key not in apart})
        yield replace(row, lacks=() if apart else lacks, apart=tuple(apart))


def custom_requests(
    tab: Tab | None, table: Table | None, own: OwnRules, findings: Sequence[Finding], language: Language
) -> Iterator[Request]:
    """What is said beside each rule, written where it does not stand yet."""
    if tab is None or table is None:
        return
    found = Counter(finding.rule for finding in findings)
    said = {row.at: words(row, found[row.key], language) for row in own.rows}
    yield from column_requests(tab, table, {"wrong": [said.get(at) for at in range(len(table))]})


def example_requests(sheet: int, language: Language) -> Iterator[Request]:
    """The examples in a tab that is being made, turned off, and a list of the tables to choose from."""
    coordinator = Role.COORDINATOR.hebrew if language == "he" else Role.COORDINATOR.english
    examples = EXAMPLES if language == "he" else ENGLISH_EXAMPLES
    names = [spec.hebrew if language == "he" else spec.key.replace("_", " ") for spec in OPEN_TABLES]
    column = [one.field for one in CUSTOM_RULES.columns].index("table")
    area = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": name} for name in names]}
    yield {"setDataValidation": {"range": area, "rule": {"condition": condition, "showCustomUi": True}}}
    yield set_cells(sheet, 1, 0, [[*example, coordinator, False, OFF[language]] for example in examples])


def words(row: Written, found: int, language: Language) -> str:
    """What is said beside a rule."""
    he = language == "he"
    if row.mistakes:
        return "\n".join(_mistake(one, row.texts, he) for one in row.mistakes)
    if not row.on:
        return OFF[language]
    names = ", ".join(_named(name, he) for name in row.apart or row.lacks)
    if row.apart:
        if he:
            return f"לא בשימוש: כלל אישי אינו קורא מקובץ בגישה מוגבלת ({names})"
        return f"not in use: a rule of one's own does not read a restricted file ({names})"
    if row.lacks:
        return f"לא בשימוש: אין עכשיו {names}" if he else f"not in use: there is no {names} now"
    return f"✓ פועל; שורות שנמצאו: {found}" if he else f"✓ on; rows found: {found}"


def _named(name: str, he: bool) -> str:
    spec = next((spec for spec in TABLES if spec.key == name), None)
    return name if spec is None else spec.hebrew if he else spec.key.replace("_", " ")


def _mistake(one: Mistake, texts: Mapping[Part, str], he: bool) -> str:
    """Where a mistake is, and what it is."""
    place = PLACES[one.part][0 if he else 1]
    text = texts.get(one.part, "")
    if one.part in POINTED and one.fault not in UNPLACED and one.at < len(text):
        rest = text[one.at :]
        quoted = rest[:SHOWN] + ("…" if len(rest) > SHOWN else "")
        place += f", בתו {one.at + 1} ({quoted})" if he else f", at character {one.at + 1} ({quoted})"
    return f"{place}: {one.hebrew if he else one.english}"
