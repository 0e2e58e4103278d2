"""Drive's search language `q`, as much of it as clients of spreadsheets use."""

import re
from collections.abc import Callable

from sheets_sync.embedded.errors import GoogleError
from sheets_sync.embedded.files import SPREADSHEET, File

Test = Callable[[File], bool]
TOKEN = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|(!=|<=|>=|=|<|>|\(|\))|([A-Za-z]+))\s*")
Token = tuple[str, str]  # kind: text, mark or word


def parse(text: str, permissions: Callable[[str], list[tuple[str, str]]]) -> Test:
    """The test of a query; `permissions` answers a file's (role, address) pairs. Raises Drive's 400."""
    try:
        test, rest = _either(_tokens(text), permissions)
    except (IndexError, KeyError, ValueError):
        raise _bad() from None
    if rest:
        raise _bad()
    return test


def _bad() -> GoogleError:
    return GoogleError(400, "Invalid Value", reason="invalid")


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(text)
        at = match.end()
        if match[3]:
            tokens.append(("mark", match[3]))
        elif match[4]:
            tokens.append(("word", match[4]))
        else:
            quoted = match[1] if match[1] is not None else match[2]
            tokens.append(("text", re.sub(r"\\(.)", r"\1", quoted)))
    return tokens


Permissions = Callable[[str], list[tuple[str, str]]]
Parsed = tuple[Test, list[Token]]


def _either(tokens: list[Token], permissions: Permissions) -> Parsed:
    test, tokens = _both(tokens, permissions)
    while tokens and tokens[0] == ("word", "or"):
        left, (right, tokens) = test, _both(tokens[1:], permissions)
        test = _any(left, right)
    return test, tokens


def _any(left: Test, right: Test) -> Test:
    return lambda file: left(file) or right(file)


def _both(tokens: list[Token], permissions: Permissions) -> Parsed:
    test, tokens = _term(tokens, permissions)
    while tokens and tokens[0] == ("word", "and"):
        left, (right, tokens) = test, _term(tokens[1:], permissions)
        test = _all(left, right)
    return test, tokens


def _all(left: Test, right: Test) -> Test:
    return lambda file: left(file) and right(file)


def _term(tokens: list[Token], permissions: Permissions) -> Parsed:
    if tokens[0] == ("word", "not"):
        inner, rest = _term(tokens[1:], permissions)
        return (lambda file: not inner(file)), rest
    if tokens[0] == ("mark", "("):
        inner, rest = _either(tokens[1:], permissions)
        if rest[0] != ("mark", ")"):
            raise ValueError(rest)
        return inner, rest[1:]
    (kind, left), (_, operator), (_, right) = tokens[:3]
    if operator == "in":
        return _member(kind, left, right, permissions), tokens[3:]
    return _compare(left, operator, right), tokens[3:]


def _member(kind: str, address: str, collection: str, permissions: Permissions) -> Test:
    if kind != "text":
        raise ValueError(collection)
    if collection == "parents":
        return lambda file: address == "root" or address in file.more.get("parents", [])
    role = {"owners": "owner", "writers": "writer", "readers": "reader"}[collection]
    return lambda file: (role, address.lower()) in permissions(file.id)


def _words(name: str) -> list[str]:
    """Where a search by prefix may start: the whole name, or any of its words."""
    return [name, *name.split()]


def _compare(field: str, operator: str, value: str) -> Test:
    if field == "name" and operator == "contains":
        return lambda file: any(
            word.startswith(value.lower()) for word in [file.name.lower(), *file.name.lower().split()]
        )
    read: Callable[[File], object] = {
        "name": lambda file: file.name,
        "mimeType": lambda file: SPREADSHEET,
        "trashed": lambda file: "true" if file.trashed else "false",
        "modifiedTime": lambda file: file.modified[: len(value)],
        "createdTime": lambda file: file.created[: len(value)],
        "sharedWithMe": lambda file: "true",
        "starred": lambda file: "false",
    }[field]
    return {
        "=": lambda file: read(file) == value,
        "!=": lambda file: read(file) != value,
        "<": lambda file: str(read(file)) < value,
        ">": lambda file: str(read(file)) > value,
        "<=": lambda file: str(read(file)) <= value,
        ">=": lambda file: str(read(file)) >= value,
        "contains": lambda file: value in str(read(file)),
    }[operator]
