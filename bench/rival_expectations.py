"""A table checked by Great Expectations."""

from collections.abc import Mapping, Sequence
from typing import Any

import great_expectations
import pandas
from great_expectations import expectations as gxe


def expectations(
    frame: pandas.DataFrame,
    patterns: Mapping[str, str],
    lists: Mapping[str, Sequence[str]],
    numbers: Mapping[str, tuple[float | None, float | None]],
    key: Sequence[str],
) -> set[tuple[int, str]]:
    """The wrong cells of a frame: 0-based row in the sheet, and column."""
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("bench").add_dataframe_asset("table")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    wanted: list[Any] = [gxe.ExpectColumnValuesToMatchRegex(column=one, regex=regex) for one, regex in patterns.items()]
    wanted += [gxe.ExpectColumnValuesToBeInSet(column=one, value_set=[*allowed]) for one, allowed in lists.items()]
    for one, (least, most) in numbers.items():
        wanted.append(gxe.ExpectColumnValuesToNotBeNull(column=one))
        if (least, most) != (None, None):
            wanted.append(gxe.ExpectColumnValuesToBeBetween(column=one, min_value=least, max_value=most))
    wanted.append(gxe.ExpectColumnValueLengthsToBeBetween(column=key[0], min_value=1))
    wanted.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=[*key]))
    suite = great_expectations.ExpectationSuite(name="bench", expectations=wanted)
    found = batch.validate(suite, result_format="COMPLETE")
    return {
        (int(row) + 1, each.expectation_config.kwargs.get("column", key[0]))
        for each in found.results
        for row in each.result.get("unexpected_index_list") or ()
    }
