"""`tables` and `rules` list what is declared, for people or as JSON."""

import click
import msgspec
from rich.table import Table as Grid

from rules.catalogue import RULES, TABLES
from rules.profiles import COMMUNITY, PROFILES
from rules.rule import Rule
from rules.table import Column, TableSpec
from sheets_sync.cli.terminal import console, terminal_language
from sheets_sync.listings import rules_listed, tables_listed

json_option = click.option("--json", "as_json", is_flag=True, help="As JSON, in the order they are declared.")
PROFILE = click.Choice(list(PROFILES))


@click.command()
@json_option
@click.option("--profile", type=PROFILE, help="Only the tables this profile opens.")
def tables(as_json: bool, profile: str | None) -> None:
    """List the tables with their columns."""
    specs = PROFILES[profile].tables if profile else TABLES
    if as_json:
        print_json(tables_listed(specs))
        return
    for spec in specs:
        _show_table(spec)


@click.command()
@json_option
@click.option("--profile", type=PROFILE, default=COMMUNITY.key, show_default=True, help="Whose roles are shown.")
def rules(as_json: bool, profile: str) -> None:
    """List the rules with their thresholds and roles."""
    if as_json:
        print_json(rules_listed(RULES, PROFILES[profile]))
        return
    for rule in RULES:
        _show_rule(rule, profile)


def print_json(value: object) -> None:
    """Print a value as indented JSON, in UTF-8 whatever the terminal's language."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def _show_table(spec: TableSpec) -> None:
    he = terminal_language() == "he"
    title = f"{spec.hebrew} · {spec.key}" if he else f"{spec.key} · {spec.hebrew}"
    console.print(f"[bold]{title}[/] ({spec.workbook})")
    grid = Grid(box=None, padding=(0, 2, 0, 2), show_header=False)
    for column in spec.columns:
        if column.offered:
            grid.add_row(*_column_line(column, he))
    console.print(grid)


def _column_line(column: Column, he: bool) -> tuple[str, ...]:
    marks = (
        (column.required, "חובה", "required"),
        (column.key, "מפתח", "key"),
        (column.personal, "מידע אישי", "personal"),
        (column.own, "של המערכת", "the service's"),
    )
    said = [hebrew if he else english for holds, hebrew, english in marks if holds]
    said += [f"→ {column.table}"] if column.table else []
    said += [" / ".join(column.choices)] if column.choices else []
    return column.hebrew if he else column.english, str(column.kind), " · ".join(said)


def _show_rule(rule: Rule, profile: str) -> None:
    he = terminal_language() == "he"
    roles = PROFILES[profile].heard_by(rule.key, rule.roles)
    severity = rule.severity.hebrew if he else rule.severity.english
    told = " · ".join(role.hebrew if he else role.english for role in roles)
    console.print(f"[bold]{rule.hebrew if he else rule.english}[/] ({rule.key}): {severity}; {told}")
    console.print(f"  {rule.explanation_he if he else rule.explanation_en}", markup=False)
    for param in rule.params:
        unit = param.unit.hebrew if he else str(param.unit)
        name = param.hebrew if he else param.english
        span = f"{param.minimum:,}–{param.maximum:,}"
        console.print(f"    {param.name} = {param.default:,} {unit} ({span}): {name}", markup=False)
