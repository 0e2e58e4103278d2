"""Headers as real sheets have them, and what is made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue import TABLES
from rules.header_words import header_text
from rules.headers import Certainty, Headers, find_headers
from rules.names import fold
from rules.table import Cell, TableSpec
from tests.rules.grids import BUDGET, CLASSES, EXPENSES, REGISTRATIONS, grid


def found(spec: TableSpec, *rows: list[Cell], **said: str) -> Headers:
    return find_headers(spec, grid(*rows), confirmed={fold(header): name for header, name in said.items()})


def fields(headers: Headers) -> dict[str, str]:
    return {match.header: match.field for match in headers.matches}


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: str(spec.key))
def test_the_template_s_own_headers_are_sure_in_both_languages(spec: TableSpec) -> None:
    for names in ([column.hebrew for column in spec.columns], [column.english for column in spec.columns]):
        headers = find_headers(spec, grid(names))
        assert [match.field for match in headers.matches] == [column.field for column in spec.columns]
        assert {match.certainty for match in headers.matches} == {Certainty.SURE}
        assert not headers.unknown + headers.doubled + headers.missing


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: str(spec.key))
def test_every_alias_alone_claims_its_column(spec: TableSpec) -> None:
    for column in spec.columns:
        for alias in column.aliases:
            text = alias.removeprefix("~")
            if header_text(text).year or fold(text) in {fold(one.hebrew) for one in spec.columns}:
                continue
            assert fields(find_headers(spec, grid([text, "לא עמודה"]))) == {text: column.field}


HEADERS = [
    (CLASSES, "מדריכה", "instructor", Certainty.SURE),
    (CLASSES, "מדריך.ה:", "instructor", Certainty.SURE),
    (CLASSES, "שם המדריכה *", "instructor", Certainty.SURE),
    (CLASSES, "טל' המדריך/ה", "phone", Certainty.SURE),
    (CLASSES, "נייד המדריכה", "phone", Certainty.SURE),
    (CLASSES, "פלאפון", "phone", Certainty.GENERIC),
    (CLASSES, "1. שם חוג", "name", Certainty.SURE),
    (CLASSES, "מינימום  משתתפים", "minimum", Certainty.SURE),
    (REGISTRATIONS, "E-mail", "email", Certainty.SURE),
    (REGISTRATIONS, "כתובת אימייל", "email", Certainty.SURE),
    (REGISTRATIONS, "Email", "email", Certainty.SURE),
    (REGISTRATIONS, "מס' טלפון", "phone", Certainty.SURE),
    (REGISTRATIONS, "טלפון (חובה)", "phone", Certainty.SURE),
    (REGISTRATIONS, "שם הורה", "parent", Certainty.SURE),
    (REGISTRATIONS, "סכום לתשלום (₪)", "amount_due", Certainty.SURE),
    (REGISTRATIONS, 'סכום לתשלום בש"ח', "amount_due", Certainty.SURE),
    (REGISTRATIONS, 'סה"כ לתשלום', "amount_due", Certainty.SURE),
    (REGISTRATIONS, "שולם", "payment", Certainty.GENERIC),
    (REGISTRATIONS, "מה שם הילד/ה?", "participant", Certainty.UNCERTAIN),
    (REGISTRATIONS, "מה מספר הטלפון שלך?", "phone", Certainty.UNCERTAIN),
    (REGISTRATIONS, "לאיזה חוג תרצו להירשם?", "class_name", Certainty.UNCERTAIN),
    (EXPENSES, "סכום", "amount", Certainty.SURE),
    (EXPENSES, 'סכום כולל מע"מ', "amount", Certainty.SURE),
    (BUDGET, "מס כרטיס", "code", Certainty.SURE),
    (BUDGET, "שם כרטיס", "line", Certainty.SURE),
    (BUDGET, "אחראית", "owner", Certainty.SURE),
    (BUDGET, "באחריות", "owner", Certainty.GENERIC),
    (BUDGET, "תקציב 2026", "planned", Certainty.GENERIC),
    (BUDGET, 'תקציב תשפ"ז', "planned", Certainty.GENERIC),
]


@pytest.mark.parametrize(("spec", "header", "name", "certainty"), HEADERS)
def test_a_header_in_people_s_words(spec: TableSpec, header: str, name: str, certainty: Certainty) -> None:
    (match,) = found(spec, [header, "עמודה שלנו"]).matches
    assert (match.field, match.certainty) == (name, certainty)


@pytest.mark.parametrize(
    "header", ['סכום לפני מע"מ', "סכום ללא מע״מ", 'סכום (לפני מע"מ)', "סכום לא כולל מע״מ", "מה הסכום לפני המע״מ?"]
)
def test_an_amount_without_vat_is_not_the_amount(header: str) -> None:
    headers = found(EXPENSES, ["תאריך", "ספק", header])
    assert "amount" not in headers.at
    assert "amount" in headers.missing
    assert [(one.header, one.nearest) for one in headers.unknown] == [(header, "")]


def test_headers_below_titles_totals_and_empty_rows() -> None:
    headers = found(
        EXPENSES,
        ["מעקב הוצאות תרבות"],
        [None, None, 'סה"כ', 4500],
        [],
        ["תאריך", "סעיף", "ספק", "סכום"],
        [46322, "חגים", "דפוס", 4500],
    )
    assert headers.row == 3
    assert headers.at == {"date": 0, "line": 1, "supplier": 2, "amount": 3}


def test_a_cell_merged_downwards_gives_its_text_to_the_header_below_it() -> None:
    headers = found(
        CLASSES,
        ["שם החוג", "קבוצה", "משתתפים", None],
        [None, None, "מינימום", "מקסימום משתתפים"],
        ["ג׳ודו", "א", 5, 10],
    )
    assert headers.row in (0, 1)
    assert headers.at["name"] == 0


def test_years_in_headers_tell_planned_from_last_year() -> None:
    headers = found(BUDGET, ["סעיף", "ביצוע 2024", "תקציב 2025", "ביצוע 2025", "תקציב 2026", "ביצוע"])
    assert fields(headers) == {
        "סעיף": "line",
        "ביצוע 2025": "previous",
        "תקציב 2026": "planned",
        "ביצוע": "actual",
    }
    assert [one.header for one in headers.unknown] == ["ביצוע 2024"]
    assert [(one.header, one.nearest) for one in headers.doubled] == [("תקציב 2025", "previous")]


def test_the_tab_s_year_decides_over_the_headers() -> None:
    headers = find_headers(BUDGET, grid(["סעיף", "תקציב 2026"]), year=2027)
    assert fields(headers) == {"סעיף": "line", "תקציב 2026": "previous"}


@pytest.mark.parametrize("header", ['תקציב באלפי ש"ח', "תקציב (באלפי ₪)", "תקציב שנתי באלפי שח", 'תקציב אלש"ח'])
def test_thousands_of_shekels_are_scaled_and_asked_about(header: str) -> None:
    headers = found(BUDGET, ["סעיף", header])
    assert headers.scale == {"planned": 1000}
    assert [match.field for match in headers.uncertain] == ["planned"]
    confirmed = found(BUDGET, ["סעיף", header], **{header: "planned"})
    assert (confirmed.scale, confirmed.uncertain) == ({"planned": 1000}, ())


def test_two_columns_that_can_claim_a_generic_word_are_asked_about() -> None:
    headers = found(CLASSES, ["שם החוג", "טלפון", "נייד"])
    assert "phone" not in headers.at
    assert [(one.header, one.nearest) for one in headers.unknown] == [("טלפון", "phone"), ("נייד", "phone")]


def test_a_generic_word_that_two_fields_share_is_asked_about() -> None:
    headers = found(CLASSES, ["שם החוג", "תאריך"])
    assert [one.header for one in headers.unknown] == ["תאריך"]
    assert fields(found(CLASSES, ["שם החוג", "תאריך פתיחה", "תאריך"])) == {
        "שם החוג": "name",
        "תאריך פתיחה": "start",
        "תאריך": "end",
    }


def test_the_cells_decide_whether_a_generic_word_is_meant() -> None:
    as_status = found(REGISTRATIONS, ["טלפון", "סטטוס"], ["050-1234567", "רשום"], ["050-1234568", "בוטל"])
    assert as_status.at["status"] == 1
    other = found(REGISTRATIONS, ["טלפון", "סטטוס"], ["050-1234567", "נשוי"], ["050-1234568", "רווק"])
    assert "status" not in other.at
    assert [(one.header, one.nearest) for one in other.unknown] == [("סטטוס", "status")]


def test_a_second_column_of_one_field_is_doubled_and_the_first_is_read() -> None:
    headers = found(EXPENSES, ["ספק", "סכום", "תאריך", "סכום"])
    assert headers.at["amount"] == 1
    assert [(one.column, one.nearest) for one in headers.doubled] == [(3, "amount")]


def test_an_exact_header_wins_over_a_synonym_before_it() -> None:
    headers = found(REGISTRATIONS, ["נייד", "טלפון", "שם מלא"])
    assert headers.at["phone"] == 1


def test_unknown_headers_name_the_nearest_field() -> None:
    headers = found(EXPENSES, ["תאריך", "ספקק", "סכום", "צבע"])
    assert [(one.header, one.nearest) for one in headers.unknown] == [("ספקק", "supplier"), ("צבע", "")]
    assert headers.missing == ("line", "supplier")


def test_notes_links_and_years_are_known_everywhere() -> None:
    for spec in TABLES:
        headers = find_headers(spec, grid([spec.columns[0].hebrew, "הערות", "לינק", "שנת עבודה"]))
        assert not headers.unknown
        assert not headers.doubled


def test_people_s_answers_come_first() -> None:
    row: list[Cell] = ["תאריך", "ספקק", "סכום", "צבע"]
    headers = found(EXPENSES, row, ספקק="supplier", סכום="", צבע="amount")
    assert headers.at == {"date": 0, "supplier": 1, "amount": 3}
    assert {match.header for match in headers.matches if match.certainty is Certainty.CONFIRMED} == {"ספקק", "צבע"}
    assert not headers.unknown


def test_a_tab_without_headers_misses_all_that_is_required() -> None:
    for tab in (grid(), grid([1, 2, 3]), grid(["שלום"], ["עולם"])):
        headers = find_headers(EXPENSES, tab)
        assert (headers.row, headers.matches) == (None, ())
        assert headers.missing == ("date", "line", "supplier", "amount")


@given(st.permutations(["תאריך", "סעיף", "ספק", "סכום", "הערות", "צבע", "סכום לפני מע״מ"]))
def test_the_order_of_columns_does_not_matter(names: list[str]) -> None:
    assert fields(find_headers(EXPENSES, grid(names))) == {
        "תאריך": "date",
        "סעיף": "line",
        "ספק": "supplier",
        "סכום": "amount",
        "הערות": "notes",
    }


@given(st.lists(st.lists(st.none() | st.booleans() | st.integers() | st.text(max_size=12), max_size=6), max_size=6))
def test_no_tab_can_break_the_search(rows: list[list[Cell]]) -> None:
    headers = find_headers(REGISTRATIONS, grid(*rows))
    assert len(headers.at) == len(headers.matches)
