"""What a check found, as plain values for JSON: findings of rules and problems of cells. Pure."""

from typing import Any

from rules.finding import Finding, Problem
from rules.wording import FSI, PDI, Language
from sheets_sync.look import Picture


def report(picture: Picture, language: Language) -> dict[str, list[dict[str, Any]]]:
    """`findings` in the rules' order and `problems` by tab; rows and columns are 0-based in the sheet.

    Of a restricted spreadsheet neither values nor proposals are given.
    """
    return {
        "findings": [_finding(picture.choices.applied(one), picture, language) for one in picture.verdict.findings],
        "problems": [_problem(one, is_apart=one.place.spreadsheet in picture.restricted) for one in picture.problems],
    }


def _finding(finding: Finding, picture: Picture, language: Language) -> dict[str, Any]:
    table = picture.book.get(finding.table)
    text = picture.rules[finding.rule].wording[finding.variant].render(finding.figures, language)
    message = "\n".join(part for part in (text.title, text.body, text.next_step) if part)
    return {
        "rule": finding.rule,
        "table": finding.table,
        "sheet": table.place.title if table else None,
        "row": finding.row,
        "key": finding.key,
        "severity": finding.severity.name.lower(),
        "roles": [str(role) for role in finding.roles],
        "message": message.replace(FSI, "").replace(PDI, ""),
    }


def _problem(problem: Problem, *, is_apart: bool) -> dict[str, Any]:
    return {
        "sheet": problem.place.title,
        "row": problem.row,
        "column": problem.column,
        "kind": str(problem.kind),
        "value": None if is_apart else problem.value,
        "proposal": None if is_apart else problem.proposal,
    }
