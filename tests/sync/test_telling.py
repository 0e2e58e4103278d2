"""Who hears what: roles, stand-ins, times in office, one letter a person with a key that holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.finding import Finding, Role, Severity
from rules.lifecycle import Alert, Step, Transition
from rules.table import Table
from sheets_sync.telling.directory import Directory
from sheets_sync.telling.letter import Letter
from sheets_sync.telling.post import post
from sheets_sync.telling.recipients import Recipient, holders, named
from tests.rules.sheets import SPECS, book

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = "role | name | email | recipient | language | since | until | away_from | away_to | stand_in"


def people(*rows: str) -> Table:
    """Rows of `people`; cells left out at the end are empty."""
    width = HEAD.count("|")
    full = [row + " |" * (width - row.count("|")) for row in rows]
    return book("\n".join(["people", HEAD, *full]))["people"]


DANA = "רכז/ת קהילה | דנה כהן | dana@v.example"
RON = "מזכיר/ת היישוב | רון לוי | ron@v.example"
AWAY = "רכז/ת קהילה | דנה כהן | dana@v.example | | | | | -1d | +1d | רון לוי"


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ([DANA], ["dana"]),
        ([RON], []),
        ([], []),
        (["רכז/ת  קהילה | דנה | dana@v.example"], ["dana"]),
        ([f"{DANA} | | | +1d"], []),
        ([f"{DANA} | | | TODAY"], ["dana"]),
        ([f"{DANA} | | | | -1d"], []),
        ([f"{DANA} | | | | TODAY"], ["dana"]),
        ([DANA, "רכז/ת קהילה | גיל | gil@v.example"], ["dana", "gil"]),
        ([DANA, DANA], ["dana"]),
        (["רכז/ת קהילה | דנה כהן"], []),
        (["רכז/ת קהילה | דנה | dana@v.example | other@v.example"], ["other"]),
        (["רכז/ת קהילה | דנה | dana@v.example | 050-1234567"], ["dana"]),
        (["רכז/ת קיימות | דנה | dana@v.example"], ["dana"]),
        ([AWAY, RON], ["ron"]),
        ([AWAY.replace("+1d", ""), RON], ["ron"]),
        ([AWAY.replace("-1d", "+1d").replace("+1d | +1d", "+1d | +3d"), RON], ["dana"]),
        ([AWAY.replace("-1d | +1d", "-3d | -1d"), RON], ["dana"]),
        ([AWAY.replace("-1d | +1d", "-3d | TODAY"), RON], ["ron"]),
        ([AWAY.replace("-1d | +1d", "TODAY | "), RON], ["ron"]),
        ([AWAY], ["dana"]),
        ([AWAY.replace("רון לוי", "")], ["dana"]),
        ([AWAY, "מזכיר/ת היישוב | רון לוי"], []),
        ([AWAY, "| רון לוי | ron@v.example"], ["ron"]),
    ],
    ids=[
        "holds it",
        "another role",
        "nobody",
        "two spaces",
        "from tomorrow",
        "from today",
        "until yesterday",
        "until today",
        "two hold it",
        "one row twice",
        "no address",
        "another address",
        "a phone for another channel",
        "another name of the role",
        "away: the stand-in",
        "away without an end",
        "not away yet",
        "back again",
        "last day away",
        "first day away",
        "a stand-in nobody knows",
        "away without a stand-in",
        "a stand-in without an address",
        "a stand-in without a role",
    ],
)
def test_who_holds_a_role_today(rows: list[str], reached: list[str]) -> None:
    found = holders(people(*rows), Role.COORDINATOR, TODAY)
    assert [one.address.partition("@")[0] for one in found] == reached


def test_without_the_tab_nobody_holds_anything() -> None:
    assert holders(None, Role.COORDINATOR, TODAY) == ()
    assert named(None, "דנה", TODAY) == ()


@pytest.mark.parametrize(
    ("name", "reached"), [("דנה כהן", ["dana@v.example"]), (" דנה  כהן ", ["dana@v.example"]), ("אחרת", []), ("", [])]
)
def test_a_person_named_in_a_row(name: str, reached: list[str]) -> None:
    assert [one.address for one in named(people(DANA, RON), name, TODAY)] == reached


@pytest.mark.parametrize(("cell", "language"), [("", "he"), ("עברית", "he"), ("English", "en")])
def test_each_in_their_language(cell: str, language: str) -> None:
    [one] = holders(people(f"{DANA} | | {cell}"), Role.COORDINATOR, TODAY)
    assert one.language == language


def step(
    key: str = "חגים",
    *roles: Role,
    severity: Severity = Severity.CARE,
    kind: Step = Step.OPENED,
    names: dict[Role, str] | None = None,
) -> Transition:
    """An alert of a line; when it closed, `roles` are those who had been told."""
    roles = roles or (Role.COORDINATOR,)
    found = Finding("budget.overrun", "budget", key, 3, severity, roles, {}, named=names or {})
    alert = Alert(found.id, found.rule, key, severity, NOW, NOW, told=frozenset(roles), told_severity=severity)
    if kind is Step.CLOSED:
        return Transition(kind, replace(alert, closed=NOW))
    return Transition(kind, alert, found, roles)


def told(*steps: Transition, rows: tuple[str, ...] = (DANA, RON)) -> dict[str, tuple[list[str], list[str]]]:
    """By address: the new, and the closed."""
    letters = post(steps, Directory(people(*rows), TODAY)).letters
    return {
        letter.recipient.address: ([one.alert.key for one in letter.news], [one.alert.key for one in letter.closed])
        for letter in letters
    }


SECRETARY, BOARD, COMPANION = Role.SECRETARY, Role.BOARD, Role.COMPANION
COORDINATOR = Role.COORDINATOR


def test_one_letter_a_person_the_most_pressing_first() -> None:
    steps = [step("א"), step("ב", severity=Severity.INFO), step("ג", COORDINATOR, SECRETARY, severity=Severity.URGENT)]
    assert told(*steps) == {"dana@v.example": (["ג", "א", "ב"], []), "ron@v.example": (["ג"], [])}


def test_who_holds_two_roles_hears_once() -> None:
    both = DANA.replace("רכז/ת קהילה", "מזכיר/ת היישוב")
    assert told(step("א", COORDINATOR, SECRETARY), rows=(DANA, both)) == {"dana@v.example": (["א"], [])}


def test_a_role_nobody_holds_goes_to_the_coordinator_and_is_said() -> None:
    found = post([step("א", BOARD), step("ב", COORDINATOR, BOARD)], Directory(people(DANA), TODAY))
    [letter] = found.letters
    assert [one.alert.key for one in letter.news] == ["א", "ב"]
    assert found.unheld == {BOARD}


def test_when_nobody_holds_anything_nothing_is_sent_and_it_is_said() -> None:
    found = post([step("א", BOARD)], Directory(None, TODAY))
    assert found.letters == ()
    assert found.unheld == {BOARD}
    [kept] = found.steps
    assert (kept.alert.told, kept.alert.told_severity) == (frozenset(), Severity.INFO)


def test_an_address_gets_a_fact_once_whoever_shares_it() -> None:
    office = RON.replace("ron@v.example", "Dana@V.example")
    assert told(step("א", COORDINATOR, SECRETARY), rows=(DANA, office)) == {"dana@v.example": (["א"], [])}


def test_who_was_named_in_a_row_hears_no_closings() -> None:
    """Once the finding is gone nobody knows which companion it was."""
    closed = step("ב", COMPANION, COORDINATOR, kind=Step.CLOSED)
    other = step("א", COMPANION, names={COMPANION: "רון לוי"})
    companion = RON.replace("מזכיר/ת היישוב", "משפחה מלווה")
    assert told(other, closed, rows=(DANA, companion)) == {"ron@v.example": (["א"], [])}


def test_two_of_one_name_are_nobody() -> None:
    rows = (DANA, "מזכיר/ת היישוב | דנה כהן | other@v.example")
    assert named(people(*rows), "דנה כהן", TODAY) == ()
    former = f"{rows[1]} | | | | -1d"
    assert [one.address for one in named(people(DANA, former), "דנה כהן", TODAY)] == ["dana@v.example"]


def test_a_person_named_in_the_row_hears_in_their_own_name() -> None:
    one = step("א", COMPANION, names={COMPANION: "רון לוי"})
    assert told(one) == {"ron@v.example": (["א"], [])}
    stranger = step("א", COMPANION, names={COMPANION: "אין כזה"})
    assert told(stranger) == {"dana@v.example": (["א"], [])}


def test_what_closed_comes_along_and_never_alone() -> None:
    closed = step("ב", COORDINATOR, SECRETARY, kind=Step.CLOSED)
    assert told(closed) == {}
    assert told(step("א"), closed) == {"dana@v.example": (["א"], ["ב"])}


def letter(*steps: Transition, address: str = "dana@v.example") -> Letter:
    return Letter(Recipient("", address, "he"), steps, ())


def changed(one: Transition, **changes: object) -> Transition:
    return replace(one, alert=replace(one.alert, **changes))  # type: ignore[arg-type]


ONE, TWO = step("א"), step("ב")


def test_the_key_holds_for_the_same_facts() -> None:
    assert letter(ONE, TWO).key == letter(TWO, ONE).key
    assert letter(ONE).key == replace(letter(ONE), closed=(step("ג", kind=Step.CLOSED),)).key
    assert len(letter(ONE).key) == 32


@pytest.mark.parametrize(
    "other",
    [
        letter(TWO),
        letter(ONE, TWO),
        letter(ONE, address="ron@v.example"),
        letter(changed(ONE, told_severity=Severity.URGENT)),
        letter(changed(ONE, opened=NOW + timedelta(days=3))),
        letter(changed(ONE, snoozed_until=TODAY)),
    ],
    ids=["another", "one more", "another person", "more pressing", "opened again", "after a snooze"],
)
def test_the_key_is_another_for_other_facts(other: Letter) -> None:
    assert letter(ONE).key != other.key


HELD = [role for role in Role if role.hebrew in SPECS["people"].by_field["role"].choices]


@given(st.lists(st.sampled_from(HELD), min_size=1, max_size=4, unique=True), st.sets(st.integers(0, 3)))
def test_nothing_is_lost_while_somebody_coordinates(roles: list[Role], held: set[int]) -> None:
    """Whoever holds what, each step that is to be told reaches somebody, each person in one letter."""
    rows = [DANA, *(f"{roles[i].hebrew} | פ{i} | p{i}@v.example" for i in held if i < len(roles))]
    found = post([step("א", *roles)], Directory(people(*rows), TODAY))
    addresses = [one.recipient.address for one in found.letters]
    assert addresses
    assert len(set(addresses)) == len(addresses)
    assert all([one.alert.key for one in each.news] == ["א"] for each in found.letters)
