"""What holds of every table's declaration."""

from collections import Counter

import pytest

from rules.catalogue import TABLES
from rules.names import fold
from rules.table import Kind, TableSpec

WORKBOOKS = {"main", "budget", "absorption", "own", "welfare"}
each_table = pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.key)


def test_tables_have_names_of_their_own() -> None:
    assert len({spec.key for spec in TABLES}) == len(TABLES)
    assert len({fold(spec.hebrew) for spec in TABLES}) == len(TABLES)


@each_table
def test_a_table_s_columns_have_headers_of_their_own(spec: TableSpec) -> None:
    assert [name for name, times in Counter(fold(column.hebrew) for column in spec.columns).items() if times > 1] == []
    assert len(spec.by_field) == len(spec.columns)


@each_table
def test_an_alias_serves_one_column(spec: TableSpec) -> None:
    names: Counter[str] = Counter()
    for column in spec.columns:
        names.update({fold(name) for name in (column.hebrew, *column.aliases) if not name.startswith("~")})
    assert [name for name, times in names.items() if times > 1] == []


@each_table
def test_a_table_is_found_by_its_key_and_lives_in_a_workbook(spec: TableSpec) -> None:
    assert spec.key_fields
    assert spec.workbook in WORKBOOKS
    assert any(column.required for column in spec.columns if column.key) or spec.key == "needs"


@each_table
def test_columns_say_what_their_kind_asks(spec: TableSpec) -> None:
    tables = {each.key for each in TABLES}
    for column in spec.columns:
        assert (column.kind is Kind.REF) <= bool(column.table), column.field
        assert column.table in {"", *tables}, column.field
        is_listed = column.kind in (Kind.CHOICE, Kind.MULTI, Kind.REF)
        assert bool(column.choices or column.setting or column.table) == (is_listed or column.field == "population")
        assert column.help == "" or column.help.endswith("."), column.field
        assert not (column.own and column.required), column.field


@each_table
def test_what_reaches_a_person_is_personal(spec: TableSpec) -> None:
    reaching = (Kind.PHONE, Kind.EMAIL, Kind.NATIONAL_ID)
    people = {"owner", "chair", "handler", "instructor", "contact", "leader", "companion", "holder", "deputy", "parent"}
    for column in spec.columns:
        if column.kind in reaching or (column.field in people and spec.key != "volunteers"):
            assert column.personal, column.field


def test_no_minors_can_be_reached_through_youth() -> None:
    (youth,) = (spec for spec in TABLES if spec.key == "youth")
    assert not [column for column in youth.columns if column.kind in (Kind.PHONE, Kind.EMAIL)]
