"""Writes the lists of the documentation out of the code: `uv run python docs/generate.py`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import click
import msgspec

from rules.catalogue import RULES, TABLES
from rules.english import Language, chosen_all
from rules.english_help import help_in
from rules.finding import Role
from rules.rule import Param, Rule
from rules.table import Column, TableSpec
from sheets_sync.cli import commands
from sheets_sync.config import Settings
from sheets_sync.strict import Strict
from sheets_sync.tabs.service_tabs import SERVICE_TABLES

FOLDER = Path(__file__).parent
WRITTEN = "<!-- Written by docs/generate.py out of the code; change the code. -->\n"
SETTING = re.compile(r"(?P<commented># )?(?P<name>\w+) = .*?(?:\s{2,}# (?P<words>.+)|\s# (?P<near>[^\"]+))?")


def pages() -> dict[str, str]:
    """The generated pages: file name and whole text."""
    return {
        "tables.md": page(tables_page("en")),
        "tables-he.md": page(right_to_left(tables_page("he"))),
        "rules.md": page(rules_page("en")),
        "rules-he.md": page(right_to_left(rules_page("he"))),
        "commands.md": page(commands_page()),
        "settings.md": page(settings_page()),
    }


def page(lines: Iterable[str]) -> str:
    """A page of these lines, under the word that it is generated."""
    return WRITTEN + re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()) + "\n"


def grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table and the empty lines around it; nothing when it has no rows."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    if lines:
        yield from ("", "| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings), *lines, "")


# The tables

TABLE_WORDS: Mapping[Language, Mapping[str, str]] = {
    "he": {
        "title": "# הלשוניות\n",
        "intro": "לשוניות מזוהות לפי הכותרת שלהן או לפי כותרות העמודות: בשמות שכאן, ובעוד הרבה צורות כתיב.\n"
        "`†` הוא מידע אישי. עמודה שאינה בתבנית נקראת בגיליון שיש בו אותה, ו־`init` לא מציע אותה.\n"
        "לכל לשונית יכולות להיות גם עמודות קישור (link) ושנה (year), או שנה בשם הלשונית.\n",
        "workbook": "קובץ",
        "year": " לכל שנה לעצמה.",
        "titles": "שמות אחרים: ",
        "headings": "כותרת · באנגלית · סוג · חובה · מפתח · של מי · מה",
        "yes": "כן",
        "key": "מפתח",
        "own": "של המערכת",
        "theirs": "של האנשים",
        "setting": "הרשימה שבהגדרות: ",
        "from": "מתוך ",
        "apart": "לא בתבנית",
    },
    "en": {
        "title": "# Tables\n",
        "intro": "Tabs are recognised by their titles or their headers; headers by these names and by many other "
        "spellings.\n`†` is personal data. A column that is not in the template is understood where a sheet has it.\n"
        "Every table also takes a link column (קישור), and a year (שנה) as a column or in the tab's title.\n"
        "A cell may hold the Hebrew or the English word of a choice.\n",
        "workbook": "Workbook",
        "year": " Keyed within a year.",
        "titles": "Other titles: ",
        "headings": "header · English · kind · required · key · whose · what",
        "yes": "yes",
        "key": "key",
        "own": "the service's",
        "theirs": "people's",
        "setting": "the settings' ",
        "from": "from ",
        "apart": "not in the template",
    },
}


def tables_page(language: Language) -> Iterator[str]:
    """Every table with its columns, the service's own tabs last."""
    said = TABLE_WORDS[language]
    yield from (said["title"], said["intro"])
    for spec in (*TABLES, *SERVICE_TABLES):
        yield from _table(spec, language, said)


def _table(spec: TableSpec, language: Language, said: Mapping[str, str]) -> Iterator[str]:
    yield f"## {spec.hebrew} · `{spec.key}`\n"
    yield f"{said['workbook']} `{spec.workbook}`." + (said["year"] if spec.by_year else "")
    if spec.aliases:
        yield f"{said['titles']}{' · '.join(spec.aliases)}."
    columns = (column for column in spec.columns if column.field not in ("link", "year"))
    yield from grid(said["headings"].split(" · "), (_column(column, language, said) for column in columns))


def _column(column: Column, language: Language, said: Mapping[str, str]) -> tuple[str, ...]:
    what = (
        help_in(language, column.help),
        " · ".join(chosen_all(column.choices, language)),
        f"{said['setting']}`{column.setting}`" if column.setting else "",
        f"{said['from']}`{column.table}`" if column.table else "",
        "" if column.offered else said["apart"],
    )
    return (
        column.hebrew + (" †" if column.personal else ""),
        column.english,
        column.kind,
        said["yes"] if column.required else "",
        said["key"] if column.key else "",
        said["own"] if column.own else said["theirs"],
        "<br>".join(filter(None, what)),
    )


# The rules

RULE_WORDS: Mapping[Language, Mapping[str, str]] = {
    "he": {
        "title": "# כללי ההתראה\n",
        "intro": "מה המערכת מבחינה בו, למי היא מספרת, ואילו ספים אפשר לשנות: בלשונית כללי התראה,\n"
        'או בקובץ ההגדרות, בפרק <code dir="ltr">[rules."…"]</code>, בשם שבעמודה האחרונה.\n'
        "הדחיפות והנמענים הם ברירת המחדל; יש כללים שמחמירים כשהמצב דוחק.\n",
        "to": "נמסר אל",
        "severity": "דחיפות",
        "needs": "לשוניות נדרשות",
        "headings": "סף · ברירת מחדל · יחידה · טווח · שם בהגדרות",
    },
    "en": {
        "title": "# Rules\n",
        "intro": "What is noticed, who is told, and which thresholds can be changed: in the tab of rules, or in the\n"
        'settings file under `[rules."…"]`, by the name in the last column.\n'
        "Severity and roles are the defaults; some rules are more pressing when the matter is.\n",
        "to": "Told",
        "severity": "Severity",
        "needs": "Tables needed",
        "headings": "threshold · default · unit · range · name in the settings",
    },
}


def rules_page(language: Language) -> Iterator[str]:
    """Every rule, in a language."""
    said = RULE_WORDS[language]
    yield from (said["title"], said["intro"])
    for rule in RULES:
        yield from _rule(rule, language, said)


def _rule(rule: Rule, language: Language, said: Mapping[str, str]) -> Iterator[str]:
    he = language == "he"
    titles = {spec.key: spec.hebrew if he else f"`{spec.key}`" for spec in TABLES}
    yield f"## {rule.hebrew}\n" if he else f"## {rule.english} · {rule.hebrew}\n"
    yield f"`{rule.key}` · {rule.english}\n" if he else f"`{rule.key}`\n"
    yield f"{rule.explanation_he if he else rule.explanation_en}\n"
    yield f"- {said['to']}: {' · '.join(role.hebrew if he else role.english for role in rule.roles)}"
    yield f"- {said['severity']}: {rule.severity.hebrew if he else rule.severity.english}"
    if rule.needs:
        yield f"- {said['needs']}: {' · '.join(titles[key] for key in rule.needs)}"
    yield from grid(said["headings"].split(" · "), (_param(param, he) for param in rule.params))
    yield ""


def _param(param: Param, he: bool) -> tuple[str, ...]:
    span = f"{param.minimum:,}–{param.maximum:,}"
    name, unit = (param.hebrew, param.unit.hebrew) if he else (param.english, str(param.unit))
    return name, f"{param.default:,}", unit, span, f"`{param.name}`"


def right_to_left(lines: Iterable[str]) -> Iterator[str]:
    """A page in Hebrew."""
    yield '<div dir="rtl">\n'
    yield from lines
    yield "</div>"


# The commands


def commands_page() -> Iterator[str]:
    """Every command with its arguments and options."""
    yield "# Commands\n"
    yield commands.help or ""
    yield "Exit status: 0 done, 2 settings or arguments, 3 Google, 4 the database or another pass, 1 anything else.\n"
    shared = (param.get_help_record(click.Context(commands)) for param in commands.params if param.name == "json_logs")
    yield from grid(("before the command's name", "what"), ((f"`{one[0]}`", one[1]) for one in shared if one))
    for name in commands.lazy:
        command = commands.load(name)
        context = click.Context(command, info_name=f"sheets-sync {name}")
        yield f"## {name}\n"
        yield f"{command.help}\n"
        yield f"```\n{' '.join(command.get_usage(context).split())}\n```"
        records = (param.get_help_record(context) for param in command.params if not _is_help(param))
        yield from grid(("option", "what"), ((f"`{record[0]}`", record[1]) for record in records if record))
        yield ""


def _is_help(param: click.Parameter) -> bool:
    return param.name == "help"


# The settings


def settings_page() -> Iterator[str]:
    """Every setting with its type, default and words, the secrets, and the names of roles."""
    yield "# Settings\n"
    yield "One TOML file, `sheets-sync.toml`; `sheets-sync settings` prints an example with every setting."
    yield "An unknown setting is an error that names the nearest known one. Paths are relative to the file.\n"
    said = remarks(files("templates").joinpath("settings.toml").read_text(encoding="utf-8"))
    for name, struct, several in sections():
        yield f"## [[{name}]]\n" if several else f"## [{name}]\n"
        yield (struct.__doc__ or "").strip()
        rows = ((f"`{key}`", kind, default, said.get((name, key), "")) for key, kind, default in _settings(struct))
        yield from grid(("setting", "kind", "default", "what"), rows)
    yield from RULE_SETTINGS
    yield from grid(("role", "in the tab `people`"), ((f"`{role}`", role.hebrew) for role in Role))


RULE_SETTINGS = (
    '## [rules."…"]\n',
    'One section a rule that is changed: `on = false` turns it off, `roles = ["secretary"]` says who hears of it,',
    "and a threshold is changed by its name. [rules.md](rules.md) lists the rules and their thresholds.\n",
    "## Secrets\n",
    "A secret `NAME` is the environment variable `SHEETS_SYNC_NAME`, or the content of the file that",
    "`SHEETS_SYNC_NAME_FILE` names. They never stand in the settings file.\n",
    "- `SHEETS_SYNC_MAIL_PASSWORD`: the mail server's password.",
    "- `SHEETS_SYNC_FORM_<NAME>`: the signing secret of a form; several, separated by spaces, while one is replaced.\n",
    "## Roles",
)


def sections() -> Iterator[tuple[str, type[Strict], bool]]:
    """(name, struct, whether there may be several) of each section of the settings file."""
    for name, hint in get_type_hints(Settings).items():
        inner = get_args(hint)[0] if get_origin(hint) is list else hint
        if isinstance(inner, type) and issubclass(inner, Strict):
            yield name, inner, get_origin(hint) is list


def remarks(template: str) -> dict[tuple[str, str], str]:
    """What the commented example says of each setting, by section and name."""
    found: dict[tuple[str, str], str] = {}
    section = above = ""
    for line in template.splitlines():
        if heading := re.fullmatch(r"\[+(\w+)[^\]]*\]+", line):
            section = heading[1]
        elif setting := SETTING.fullmatch(line):
            words = setting["words"] or setting["near"] or (above if setting["commented"] else "")
            found[section, setting["name"]] = words.strip()
        above = line.removeprefix("# ").rstrip(":") if line.startswith("# ") else ""
    return found


def _settings(struct: type[Strict]) -> Iterator[tuple[str, str, str]]:
    """(name, kind, default) of each setting; a default is written as in TOML."""
    hints = get_type_hints(struct, include_extras=True)
    for one in msgspec.structs.fields(struct):
        default = one.default if one.default is not msgspec.NODEFAULT else _made(one)
        yield one.name, _kind(hints[one.name]), "required" if one.required else f"`{_toml(default)}`"


def _made(one: msgspec.structs.FieldInfo) -> object:
    return None if one.default_factory is msgspec.NODEFAULT else one.default_factory()


NAMES = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "Path": "path"}


def _kind(hint: Any) -> str:
    """A type in words, with its bounds."""
    if get_origin(hint) is Annotated:
        base, meta = get_args(hint)
        bounds = (("from", meta.ge), ("to", meta.le), ("matching", f"`{meta.pattern}`" if meta.pattern else None))
        return " ".join([_kind(base), *(f"{word} {bound}" for word, bound in bounds if bound is not None)])
    if get_origin(hint) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(hint))
    if get_origin(hint) is list:
        return f"list of {_kind(get_args(hint)[0])}"
    if get_origin(hint) is tuple and Ellipsis in get_args(hint):
        return f"list of {_kind(get_args(hint)[0])}"
    if get_origin(hint) is UnionType:
        return _kind(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return f"list of {len(get_args(hint))}: {_kind(get_args(hint)[0])}"
    if get_origin(hint) is dict:
        return "table"
    return NAMES.get(str(hint.__name__), str(hint.__name__))


def _toml(value: object) -> str:
    """A default as it is written in TOML."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case dict():
            return "{ }"
        case str() | Path():
            return f'"{value}"'
        case _:
            return str(value)


def main() -> None:
    """Write the pages beside this file."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
