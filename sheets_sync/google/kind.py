"""The two kinds of calls to Sheets that Google counts apart."""

from enum import StrEnum


class Kind(StrEnum):
    """What a call does: a POST that only looks is a read."""

    READ = "read"
    WRITE = "write"
