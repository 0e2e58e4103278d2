"""Notes and colour beside problem cells; the person's own stay to the letter."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.finding import Problem, ProblemKind
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request
from sheets_sync.writing.marks import BLOCK, END, MARKER, mark_requests, merge_note, persons_note
from sheets_sync.writing.note_lines import LONGEST, OPEN, SIGNS, sealed, seen
from tests.sync.sheet_model import PLACE, Sheet

OURS = f"{MARKER}\nהטלפון חסר"
lines = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["", MARKER[2:], f"על {MARKER}", " "])
persons = st.lists(lines, max_size=5).map("\n".join).filter(lambda note: not BLOCK.search(note))
ours = st.lists(lines.filter(bool), min_size=1, max_size=3).map("\n".join)


def problem(row: int = 1, column: int = 0, kind: ProblemKind = ProblemKind.TYPE) -> Problem:
    return Problem("classes", PLACE, row, column, "phone", kind, "x")


REMARK = ProblemKind.TEXT_NUMBER


def ours_of(said: str) -> str:
    return "\n".join(sealed(line) for line in (MARKER, *said.split("\n"), END))


@given(persons, ours)
def test_a_persons_note_comes_back_to_the_letter(note: str, said: str) -> None:
    merged = merge_note(note, said)
    assert persons_note(merged) == note
    assert merge_note(merged, "") == note
    assert merged.endswith(ours_of(said))


@given(persons, ours, ours)
def test_ours_takes_the_place_of_ours(note: str, said: str, other: str) -> None:
    assert merge_note(merge_note(note, said), other) == merge_note(note, other)
    assert merge_note(merge_note(note, said), said) == merge_note(note, said)


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("", ""),
        (f"{OURS}\n{END}", ""),
        (MARKER, ""),
        (f"שלי\n{OURS}\n{END}", "שלי"),
        (f"שלי\n\n{OURS}\n{END}", "שלי\n"),
        (f"\n{OURS}\n{END}", ""),
        (f"{OURS}\nשלי", f"{OURS}\nשלי"),
        ("שלי\n", "שלי\n"),
        (f"מה זה {MARKER}?", f"מה זה {MARKER}?"),
        (f"{MARKER} של מי?", f"{MARKER} של מי?"),
        (f"{OURS}\n{END}\nדיברתי עם הספק", "דיברתי עם הספק"),
        (f"שלי\n{OURS}\n{END}\nועוד שלי", "שלי\nועוד שלי"),
        (f"שלי\n{OURS}\n{END}ועוד", f"שלי\n{OURS}\n{END}ועוד"),
    ],
)
def test_which_part_is_the_persons_of_a_note_written_before_lines_were_sealed(note: str, kept: str) -> None:
    assert persons_note(note) == kept


HEAD_LENGTH = len(sealed(""))
BLOCK_OF_OURS = ours_of("הטלפון חסר\nהשם קצר")
FIRST, *BETWEEN, LAST = BLOCK_OF_OURS.split("\n")


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        (f"{BLOCK_OF_OURS}\nטופל", "טופל"),
        ("\n".join([FIRST, *BETWEEN, "טופל", LAST]), "טופל"),
        ("\n".join([FIRST, *BETWEEN, "טופל"]), "טופל"),
        (f"{FIRST}\nהסבר שלי", "הסבר שלי"),
        (f"{BLOCK_OF_OURS}\nשלי".replace("\n", "\r\n"), "שלי"),
        (f" {BLOCK_OF_OURS} שלי", " \n שלי"),
        (f"{BLOCK_OF_OURS}שלי", "שלי"),
        ("\n".join(["לפני", *BETWEEN, LAST]), "לפני"),
        ("\n".join([FIRST, BETWEEN[0] + " התקשרתי " + BETWEEN[1], LAST]), " התקשרתי "),
        (
            f"{FIRST}\n{BETWEEN[0].replace('חסר', 'אצל דנה')}\n{LAST}",
            f"{sealed('הטלפון חסר')[:HEAD_LENGTH]}הטלפון אצל דנה",
        ),
        (FIRST[1:] + "\n" + LAST, ""),
        (f"{FIRST}\n{MARKER}\nמועתק\n{END}", f"{MARKER}\nמועתק\n{END}"),
    ],
)
def test_what_a_person_does_to_ours(note: str, kept: str) -> None:
    assert persons_note(note) == kept


@st.composite
def typed_into(draw: st.DrawFn) -> tuple[str, str]:
    """Our note below a person's, into which something was typed wherever a cursor stands; and what was typed."""
    note = merge_note(draw(persons), draw(ours))
    at = draw(st.sampled_from([one for one in range(len(note) + 1) if note[one - 1 : one] not in (OPEN, *SIGNS)]))
    typed = draw(st.text(st.characters(codec="utf-8", exclude_characters=OPEN + SIGNS), min_size=1, max_size=12))
    return note[:at] + typed + note[at:], typed


@given(typed_into(), st.none() | ours)
def test_whatever_is_typed_into_ours_stays(note_and_typed: tuple[str, str], said: str | None) -> None:
    note, typed = note_and_typed
    after = merge_note(note, said or "")
    for line in typed.split("\n"):
        assert line.strip("\r") in after


@given(persons, ours, st.data())
def test_ours_goes_whole_whatever_lines_of_it_were_deleted(note: str, said: str, data: st.DataObject) -> None:
    above = note.split("\n") if note else []
    below = ours_of(said).split("\n")
    left = data.draw(st.lists(st.sampled_from(range(len(below))), unique=True, min_size=1).map(sorted))
    assert merge_note("\n".join([*above, *(below[one] for one in left)]), "") == note


def test_a_line_longer_than_can_be_sealed_is_cut() -> None:
    assert merge_note(merge_note("שלי", "א" * LONGEST + "ב"), "") == "שלי"


def tab(notes: Mapping[tuple[int, int], str] | None = None, rules: Sequence[Mapping[str, Any]] = ()) -> Tab:
    return Sheet([["טלפון"], ["x"], ["y"], ["z"]], 3).tab(notes=notes or {}, rules=rules)


def wanted(seen: Tab, *problems: Problem) -> list[Request]:
    return [*mark_requests(seen, problems, lambda one: f"שורה {one.row}")]


def notes(requests: Sequence[Request]) -> dict[tuple[int, int], str]:
    updates = [request["updateCells"] for request in requests if "updateCells" in request]
    return {
        (one["start"]["rowIndex"], one["start"]["columnIndex"]): one["rows"][0]["values"][0].get("note", "")
        for one in updates
    }


def ruled(rules: Sequence[Mapping[str, Any]], requests: Sequence[Request]) -> list[Mapping[str, Any]]:
    """The tab's colour rules after the requests."""
    found = list(rules)
    for request in requests:
        if one := request.get("deleteConditionalFormatRule"):
            del found[one["index"]]
        if one := request.get("addConditionalFormatRule"):
            assert one["index"] <= len(found)
            found.insert(one["index"], one["rule"])
    return found


def own(kind: str) -> str:
    return f'=LEN("sheets-sync:{kind}")>0'


def formulas(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    return [rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for rule in rules]


def persons_rule(formula: str = "=A1>3") -> dict[str, Any]:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    area = {"sheetId": 7, "startRowIndex": 0, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 3}
    return {"ranges": [area], "booleanRule": {"condition": condition, "format": {"backgroundColor": {"red": 1}}}}


def scale_rule() -> dict[str, Any]:
    """A colour scale has no condition at all."""
    return {"ranges": [], "gradientRule": {"minpoint": {"type": "MIN"}, "maxpoint": {"type": "MAX"}}}


def test_notes_are_written_changed_and_taken_away() -> None:
    before_seals = f"שלי\n{MARKER}\nישן\n{END}"
    there = tab({(1, 0): "שלי", (2, 0): f"{MARKER}\nשורה 2\n{END}", (3, 0): before_seals, (0, 0): "כותרת"})
    assert notes(wanted(there, problem(1), problem(2))) == {
        (1, 0): "שלי\n" + ours_of("שורה 1"),
        (2, 0): ours_of("שורה 2"),
        (3, 0): "שלי",
    }
    assert seen(ours_of("שורה 1")) == f"{MARKER}\nשורה 1\n{END}"
    assert notes(wanted(tab({(2, 0): ours_of("שורה 2")}))) == {(2, 0): ""}
    assert notes(wanted(tab({(2, 0): ours_of("שורה 2")}), problem(2))) == {}


def test_two_problems_of_one_cell_stand_in_one_note() -> None:
    said = notes(wanted(tab(), problem(1), problem(1, kind=REMARK)))
    assert said == {(1, 0): ours_of("שורה 1\nשורה 1")}


def test_a_persons_note_alone_is_never_written() -> None:
    assert wanted(tab({(1, 0): "שלי", (2, 1): f"מה זה {MARKER}?"})) == []


def test_colour_is_one_rule_a_kind_over_the_fewest_boxes() -> None:
    cells = [problem(1), problem(2), problem(1, 2), problem(3, kind=REMARK), problem(2, kind=REMARK)]
    problems, remarks = ruled([], wanted(tab(), *cells))
    assert formulas([problems, remarks]) == [own("problem"), own("remark")]
    edges = [[*area.values()] for area in problems["ranges"]]
    assert edges == [[7, 1, 3, 0, 1], [7, 1, 2, 2, 3]]  # A2:A3, C2
    assert [[*area.values()] for area in remarks["ranges"]] == [[7, 3, 4, 0, 1]]  # A4: A3 is a problem already


@pytest.mark.parametrize(
    "persons",
    [[], [persons_rule()], [persons_rule(), scale_rule(), persons_rule("=A1<0")]],
    ids=["none", "one", "three"],
)
def test_our_rules_stand_after_the_persons_and_come_once(persons: list[dict[str, Any]]) -> None:
    cells = [problem(1), problem(2, kind=REMARK)]
    after = ruled(persons, wanted(tab(rules=persons), *cells))
    assert after[: len(persons)] == persons
    assert formulas(after[len(persons) :]) == [own("problem"), own("remark")]
    again = [one for one in wanted(tab(rules=after), *cells) if "updateCells" not in one]
    assert again == []
    assert ruled(after, wanted(tab(rules=after))) == persons


def test_a_rule_the_person_puts_below_ours_comes_before_it_again() -> None:
    first = ruled([], wanted(tab(), problem(1)))
    moved = [*first, persons_rule()]
    after = ruled(moved, wanted(tab(rules=moved), problem(1)))
    assert after == [persons_rule(), *first]


def test_rules_read_back_with_zeros_left_out_are_the_same() -> None:
    """Google leaves out what is 0, and may order ranges as it likes."""
    [rule] = ruled([], wanted(tab(), problem(0), problem(2, 1)))
    areas = [{edge: at for edge, at in area.items() if at} for area in reversed(rule["ranges"])]
    there = tab({(0, 0): ours_of("שורה 0"), (2, 1): ours_of("שורה 2")}, [{**rule, "ranges": areas}])
    assert wanted(there, problem(0), problem(2, 1)) == []


cells = st.tuples(st.integers(0, 6), st.integers(0, 2), st.sampled_from([ProblemKind.TYPE, REMARK]))


@given(st.lists(cells, max_size=8), st.lists(cells, max_size=8), st.lists(st.integers(0, 3), max_size=3))
def test_any_change_of_problems_leaves_the_persons_rules(
    before: list[tuple[int, int, ProblemKind]], after: list[tuple[int, int, ProblemKind]], places: list[int]
) -> None:
    """Wherever the person's rules stand among ours, they stay, in their order, and ours are as from nothing."""
    rules = ruled([], wanted(tab(), *(problem(*cell) for cell in before)))
    persons = [persons_rule(f"=A1>{n}") for n, _ in enumerate(places)]
    for rule, place in zip(persons, sorted(places), strict=True):
        rules.insert(min(place, len(rules)), rule)
    theirs = [rule for rule in rules if rule in persons]
    changed = ruled(rules, wanted(tab(rules=rules), *(problem(*cell) for cell in after)))
    assert changed == theirs + ruled([], wanted(tab(), *(problem(*cell) for cell in after)))
