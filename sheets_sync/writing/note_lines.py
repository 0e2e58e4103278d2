"""What is ours in a note, known line by line: each carries, before its text and unseen, the text's length and checksum.

So a note says by itself what of it is ours to the letter, whatever a person typed into it, and needs no memory beside
it. The signs have no width, and none of them is a space, which editors cut off.
"""

import re
from zlib import crc32

SIGNS = "\u200b\u200c\u200d\u2060"
OPEN = "\u2063"
LENGTH, SUM = 6, 8
"""How many signs, of two bits each, say the length and the checksum."""
LONGEST, LARGEST = (1 << 2 * LENGTH) - 1, (1 << 2 * SUM) - 1

HEAD = re.compile(f"{OPEN}([{SIGNS}]{{{LENGTH}}})([{SIGNS}]{{{SUM}}})")
UNSEEN = re.compile(f"[{OPEN}{SIGNS}]")


def sealed(text: str) -> str:
    """A line of ours as it is written; longer than LONGEST it is cut."""
    text = text[:LONGEST]
    return OPEN + _signs(len(text), LENGTH) + _signs(_sum(text), SUM) + text


def unsealed(line: str) -> str:
    """A line without what is ours in it: all that a person typed around it. A text that they edited is theirs."""
    kept, at = "", 0
    while head := HEAD.search(line, at):
        found = _found(line, head)
        kept += line[at : head.start()] if found is not None else line[at : head.end()]
        at = head.end()
        if found is not None:
            kept, at = kept + line[at : found[0]], found[1]
    return kept + line[at:]


def seen(line: str) -> str:
    """A line as it is seen."""
    return UNSEEN.sub("", line)


def _found(line: str, head: re.Match[str]) -> tuple[int, int] | None:
    """Where the text stands that a head speaks of; something may have been typed between them."""
    length, wanted = _number(head[1]), _number(head[2])
    starts = range(head.end(), len(line) - length + 1)
    return next(((at, at + length) for at in starts if _sum(line[at : at + length]) == wanted), None)


def _sum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) & LARGEST


def _signs(number: int, count: int) -> str:
    return "".join(SIGNS[number >> 2 * place & 3] for place in range(count))


def _number(signs: str) -> int:
    return sum(SIGNS.index(sign) << 2 * place for place, sign in enumerate(signs))
