"""One table checked by means that work on DataFrames."""

from typing import Any

import pandas
import pandera.pandas as pandera

from bench.reading import FIELDS
from bench.rival_expectations import expectations
from bench.rival_given import KEY, LEAST, LISTS, MOST, NUMBERS, PATTERNS, Cells, columns_of


def frame_of(body: bytes) -> pandas.DataFrame:
    """A DataFrame with typed columns: what is no number is missing."""
    frame = pandas.DataFrame(columns_of(body))
    for field in NUMBERS:
        frame[field] = pandas.to_numeric(frame[field], errors="coerce")
    return frame.assign(phone=frame["phone"].astype(str))


def by_pandera(body: bytes) -> Cells:
    checks: dict[str, Any] = {field: pandera.Check.str_matches(pattern) for field, pattern in PATTERNS.items()}
    checks |= {field: pandera.Check.isin(allowed) for field, allowed in LISTS.items()}
    checks |= {"submitted": pandera.Check.in_range(LEAST, MOST), "amount_paid": pandera.Check.ge(0), "amount_due": None}
    checks["participant"] = pandera.Check.str_length(min_value=1)
    schema = pandera.DataFrameSchema({field: pandera.Column(checks=checks[field]) for field in FIELDS}, unique=KEY)
    try:
        schema.validate(frame_of(body), lazy=True)
    except pandera.errors.SchemaErrors as error:
        wrong = error.failure_cases
        return {(int(row) + 1, field) for row, field in zip(wrong["index"], wrong["column"], strict=True)}
    return set()


def by_great_expectations(body: bytes) -> Cells:
    return expectations(frame_of(body), PATTERNS, LISTS, NUMBERS, KEY)
