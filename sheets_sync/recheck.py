"""The night's look, which takes nothing over from the looks before it, held against one that does."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from rules.engine import differed
from rules.memo import NOTHING_DONE, Memo
from sheets_sync.log import log
from sheets_sync.look import Picture
from sheets_sync.reading.known import Known

NIGHT = "night"
"""The reason of the pass that looks at everything anew."""


def looked(look: Callable[[Memo], Picture], known: Known, reason: str, community: str) -> Picture:
    """The picture that `look` gives; at night anew: where the memo would have said otherwise is a fault, and told."""
    memo, is_night = known.memo, reason == NIGHT
    picture = look(NOTHING_DONE if is_night else memo)
    known.memo = picture.memo
    if not is_night or memo is NOTHING_DONE or not (parts := [*differences(look(memo), picture)]):
        return picture
    for part in parts:
        log.error("memo.differed", community=community, place=part)
    findings = (*picture.verdict.findings, differed(parts))
    return replace(picture, verdict=replace(picture.verdict, findings=findings))


def differences(one: Picture, other: Picture) -> Iterator[str]:
    """In which tables and rules, by key, two pictures of the same differ."""
    tables = {key for key in one.tabs.keys() | other.tabs.keys() if one.tabs.get(key) is not other.tabs.get(key)}
    problems = _unlike(((each.table, each) for each in picture.problems) for picture in (one, other))
    rules = one.verdict.ran ^ other.verdict.ran | one.verdict.blind ^ other.verdict.blind
    findings = _unlike(((each.rule, repr(each)) for each in picture.verdict.findings) for picture in (one, other))
    yield from (f"table {key}" for key in sorted(tables | problems))
    yield from (f"rule {key}" for key in sorted(rules | findings))
    if one.choices != other.choices:
        yield "choices"


def _unlike(pairs: Iterable[Iterable[tuple[str, Hashable]]]) -> set[str]:
    """The keys of which two collections of pairs hold different things."""
    one, other = (Counter(each) for each in pairs)
    return {key for key, _ in (one - other) + (other - one)}
