"""A form answer as it is sent, read strictly.

    {"submission": {"id": "…", "submitted": "2026-11-22T18:30:00+02:00", "answers": {"question": "answer"}}}

An answer is a text, or a list of texts where several may be chosen. `id` is the form's own id of the answer,
`submitted` has its offset from UTC. Fields that are not known are passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from webhooks.refusal import Refusal, Why

Answer = Annotated[str, Meta(max_length=50_000)]
"""As long as a cell of Google Sheets can be."""

Id = Annotated[str, Meta(min_length=1, max_length=200)]
Question = Annotated[str, Meta(max_length=2_000)]


@dataclass(frozen=True, slots=True)
class Submission:
    """One answer to a form: its answers by question, several where the question takes several."""

    id: Id
    submitted: Annotated[datetime, Meta(tz=True)]
    answers: Annotated[Mapping[Question, Answer | list[Answer]], Meta(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Payload:
    """The body's outermost object."""

    submission: Submission


def read(body: bytes) -> Submission:
    """The submission in a body; raises Refusal (400)."""
    try:
        raw = _strict(body)
    except (ValueError, RecursionError):
        raise Refusal(Why.BAD_BODY) from None
    try:
        return msgspec.convert(raw, Payload).submission
    except msgspec.ValidationError:
        raise Refusal(Why.BAD_SUBMISSION) from None


def _strict(body: bytes) -> Any:
    """JSON without doubled keys, NaN, half surrogates and NUL; raises ValueError, or RecursionError when deep."""
    raw = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    for text in _texts(raw):
        if "\0" in text:
            raise ValueError("NUL")
        text.encode("utf-8")
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _texts(value: Any) -> list[str]:
    """Every text in a value, keys too; level by level, so that depth costs no stack."""
    texts: list[str] = []
    level = [value]
    while level:
        inner: list[Any] = []
        for one in level:
            if isinstance(one, str):
                texts.append(one)
            elif isinstance(one, dict):
                texts += one
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = inner
    return texts
