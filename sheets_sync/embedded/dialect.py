"""Google's way of writing formulas, put into the form that formualizer reads."""

import re

TOKEN = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[{}(),;]|[^\"'{}(),;]+")
PLAIN = re.compile(r"\s*(?:-?\d+(?:\.\d+)?|\"(?:[^\"]|\"\")*\"|TRUE|FALSE)\s*", re.IGNORECASE)


def translated(formula: str) -> str:
    """Arrays of ranges, `{A1:A3;B1:B3}`, as stacks; semicolons between arguments as commas."""
    if "{" not in formula and ";" not in formula:
        return formula
    text, _ = _run(TOKEN.findall(formula), 0, "")
    return text


def _run(tokens: list[str], at: int, closing: str) -> tuple[str, int]:
    """The text up to the closing bracket, and the place behind it."""
    out: list[str] = []
    while at < len(tokens):
        token = tokens[at]
        if token == closing and closing:
            return "".join(out), at + 1
        if token == "{":
            text, at = _array(tokens, at + 1)
            out.append(text)
        elif token == "(":
            text, at = _run(tokens, at + 1, ")")
            out.append(f"({text})")
        else:
            out.append("," if token == ";" else token)
            at += 1
    return "".join(out), at


def _array(tokens: list[str], at: int) -> tuple[str, int]:
    """An array in braces: as it is when it holds plain values, else as stacks of its rows."""
    rows: list[list[str]] = [[""]]
    while at < len(tokens) and tokens[at] != "}":
        token = tokens[at]
        if token == "{":
            text, at = _array(tokens, at + 1)
            rows[-1][-1] += text
            continue
        if token == "(":
            text, at = _run(tokens, at + 1, ")")
            rows[-1][-1] += f"({text})"
            continue
        if token == ";":
            rows.append([""])
        elif token in (",", "\\"):
            rows[-1].append("")
        else:
            rows[-1][-1] += token
        at += 1
    return _stacked(rows), at + 1


def _stacked(rows: list[list[str]]) -> str:
    if all(PLAIN.fullmatch(cell) for row in rows for cell in row):
        return "{" + ";".join(",".join(row) for row in rows) + "}"
    lines = [row[0] if len(row) == 1 else f"HSTACK({','.join(row)})" for row in rows]
    return lines[0] if len(lines) == 1 else f"VSTACK({','.join(lines)})"
