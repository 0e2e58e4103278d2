"""The tabs: which tables they hold, what they lack, and whom the rules cannot reach. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from rules.finding import Role
from rules.names import fold, year_of
from rules.profiles import PROFILES
from rules.table import Place
from rules.tabs import best_table
from sheets_sync.config import Settings
from sheets_sync.doctor.line import Line, bad, good
from sheets_sync.look import ALL_TABLES, Picture
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.tabs.service_tabs import is_summary
from sheets_sync.telling.directory import IN_A_ROW
from sheets_sync.telling.recipients import holders


def table_lines(picture: Picture, settings: Settings, today: date) -> Iterator[Line]:
    """All that the sheets' content shows."""
    held = {tab.place: key for key, tab in picture.tabs.items()}
    for spreadsheet in picture.snapshot.spreadsheets:
        yield _recognised(spreadsheet, held)
        yield from _unnamed(spreadsheet)
        yield from _doubled(spreadsheet, picture, held)
    for key in picture.checked:
        yield from _columns(picture, key)
    yield _nobody_holds(picture, settings)
    yield from _forms(picture, settings)
    yield from role_lines(picture, settings, today)


def _recognised(spreadsheet: Spreadsheet, held: Mapping[Place, str]) -> Line:
    check, name = f"tabs.{spreadsheet.settings.name}", spreadsheet.settings.name
    known = [held[tab.place] for tab in spreadsheet.tabs if tab.place in held]
    unknown = [tab.title for tab in spreadsheet.tabs if tab.place not in held and not is_summary(tab)]
    if not known:
        return bad(
            check,
            f"{name}: אף לשונית לא זוהתה",
            f"{name}: no tab was recognised",
            f"לקרוא ללשוניות או לכותרות בשמות שב־docs/tables.md, או לציין אותן בהגדרות: tabs = {{ … }} ({name}).",
            f"Name tabs or headers as in docs/tables.md, or name the tabs in the settings: tabs = {{ … }} ({name}).",
        )
    he, en = ", ".join(ALL_TABLES[key].hebrew for key in known), ", ".join(known)
    rest = ", ".join(unknown)
    return good(
        check,
        f"{name}: זוהו {he}" + (f"; לא זוהו, ולא נגענו בהן: {rest}" if rest else ""),
        f"{name}: recognised {en}" + (f"; not recognised, and left alone: {rest}" if rest else ""),
    )


def _unnamed(spreadsheet: Spreadsheet) -> Iterator[Line]:
    """Tabs that the settings name and that are not there."""
    there = {fold(tab.title) for tab in spreadsheet.tabs}
    for key, title in spreadsheet.settings.tabs.items():
        if fold(title) not in there:
            name = spreadsheet.settings.name
            yield bad(
                f"tabs.{name}.{key}",
                f"{name}: אין לשונית בשם {title}, שבהגדרות",
                f"{name}: there is no tab {title}, which the settings name",
                f"לתקן את tabs בהגדרות של {name}, או את שם הלשונית.",
                f"Mend tabs in the settings of {name}, or the tab's title.",
            )


def _doubled(spreadsheet: Spreadsheet, picture: Picture, held: Mapping[Place, str]) -> Iterator[Line]:
    """Tabs that look like a table which another tab holds; those of another year are meant to be there."""
    for tab in spreadsheet.tabs:
        if tab.place in held or is_summary(tab) or tab.grid.height < 2:
            continue
        guess = best_table(tab.grid, [ALL_TABLES[key] for key in picture.checked])
        other = None if guess is None else picture.tabs[guess.spec.key]
        if guess is not None and other is not None and not _of_other_years(tab, other):
            yield bad(
                f"doubled.{guess.spec.key}",
                f"שתי לשוניות נראות כמו {guess.spec.hebrew}: {other.title} ו{tab.title}; הראשונה נקראת",
                f"two tabs look like {guess.spec.key}: {other.title} and {tab.title}; the first is read",
                "לאחד אותן, או לציין בהגדרות איזו מהן היא הטבלה (tabs).",
                "Join them, or name the one that counts in the settings (tabs).",
            )


def _of_other_years(tab: Tab, other: Tab) -> bool:
    return year_of(tab.title) != year_of(other.title)


def _columns(picture: Picture, key: str) -> Iterator[Line]:
    missing = picture.readings[key].headers.missing
    if not missing:
        return
    spec, title = ALL_TABLES[key], picture.tabs[key].title
    he = ", ".join(spec.by_field[field].hebrew for field in missing)
    en = ", ".join(spec.by_field[field].english for field in missing)
    yield bad(
        f"columns.{key}",
        f"{title}: לא נמצאו עמודות חובה: {he}",
        f"{title}: required columns not found: {en}",
        "להוסיף את העמודה, או לקרוא לכותרת בשם הזה.",
        "Add the column, or name its header so.",
    )


def _nobody_holds(picture: Picture, settings: Settings) -> Line:
    """The tables without a tab: a choice, which silences the rules that need them."""
    lacking = [spec for spec in PROFILES[settings.community.profile].tables if spec.key not in picture.book]
    if not lacking:
        return good("tables", "לכל הטבלאות יש לשונית", "every table has its tab")
    he, en = ", ".join(spec.hebrew for spec in lacking), ", ".join(spec.key for spec in lacking)
    return good(
        "tables",
        f"טבלאות שאין להן לשונית, והכללים שלהן לא פועלים: {he}",
        f"tables without a tab, whose rules do not run: {en}",
    )


def _forms(picture: Picture, settings: Settings) -> Iterator[Line]:
    """Forms whose answers have nowhere to go."""
    for form in settings.forms:
        if form.table not in picture.book:
            title = ALL_TABLES[form.table].hebrew
            yield bad(
                f"form.{form.name}.table",
                f"הטופס {form.name}: אין לשונית {title}, והתשובות ממתינות",
                f"form {form.name}: no tab holds {form.table}, and its answers wait",
                f"להוסיף את הלשונית: sheets-sync init, או לתקן את forms.{form.name}.table בהגדרות.",
                f"Add the tab by sheets-sync init, or mend forms.{form.name}.table in the settings.",
            )


def role_lines(picture: Picture, settings: Settings, today: date) -> Iterator[Line]:
    """The roles that rules at work send to and that nobody who can be written to holds."""
    people = picture.book.get("people")
    lacking = [role for role in _wanted(picture, settings) if not holders(people, role, today)]
    for role in lacking:
        yield bad(
            f"role.{role}",
            f"אין ממלא תפקיד שאפשר לכתוב אליו: {role.hebrew}",
            f"nobody who can be written to holds the role {role.english}",
            "לרשום שם ודואר אלקטרוני בלשונית אנשי קשר ותפקידים; עד אז ההודעות מגיעות לרכז/ת.",
            "Put a name and an e-mail into the tab people; until then the coordinator hears in its stead.",
        )
    if not lacking:
        yield good("roles", "יש למי לכתוב בכל תפקיד", "every role has somebody to write to")


def _wanted(picture: Picture, settings: Settings) -> list[Role]:
    """Whom the rules that run write to by role; not those whom a row names."""
    running = [rule for rule in picture.choices.rules if set(rule.needs) <= picture.book.keys()]
    chosen = picture.choices.roles
    roles = (role for rule in running for role in chosen.get(rule.key) or settings.heard_by(rule.key, rule.roles))
    return [role for role in dict.fromkeys(roles) if role not in IN_A_ROW]
