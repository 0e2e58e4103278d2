"""The column `last delivery` of the tab `people`: what became of the last message to each."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.notify.channel import Failure, SendFailed
from sheets_sync.notify.message import Message
from sheets_sync.telling.deliveries import Deliveries, Delivery, Outcome, Shown, said, shown_now
from sheets_sync.telling.outbox import deliver
from tests.rules.sheets import bare
from tests.sync.test_rules_tab import overrun
from tests.world import SPECS, World

HEADERS = [column.hebrew for column in SPECS["people"].columns if column.field not in ("notes", "link", "year")]
LAST = HEADERS.index("משלוח אחרון")
DAY = date(2026, 11, 23)


def staffed(world: World) -> None:
    overrun(world)
    world.fill(
        "people",
        {"role": "רכז/ת קהילה", "name": "א", "email": "A@village.example"},
        {"role": "מזכיר/ת היישוב", "name": "ב", "email": "b@village.example"},
        {"role": "ועד הנהלה", "name": "ג"},
    )


def send(
    world: World, *failing: str, failure: Failure = Failure.REFUSED, reason: str = "recipient refused: 550"
) -> None:
    """The outbox is sent; to addresses that contain one of these words it fails."""

    def channel(message: Message) -> None:
        if any(word in message.recipient for word in failing):
            raise SendFailed(failure, reason)

    deliver(world.service.engine, {"mail": channel}, lambda: world.now)


def column(world: World) -> Sequence[Cell]:
    """What the column says, a row a person."""
    rows = world.values("main", "אנשי קשר ותפקידים")[1:4]
    return [row[LAST] if len(row) > LAST else "" for row in rows]


def test_it_shows_with_the_next_pass_and_the_one_after_writes_nothing(world: World) -> None:
    staffed(world)
    world.run()
    assert column(world) == ["", "", ""]
    send(world, "b@")
    world.run()
    assert [bare(str(one)) for one in column(world)] == ["נשלח, 23.11.2026", "לא נשלח, 23.11.2026: הכתובת נדחתה", ""]
    again = world.run()
    assert (again.requests, again.picture.problems) == (0, ())


def test_a_row_changes_once_a_day(world: World) -> None:
    """The mailbox is full, then emptied: of that the row tells on the next day."""
    staffed(world)
    world.run()
    send(world, "b@", failure=Failure.LATER, reason="recipient refused: 452")
    assert world.run().requests == 0
    world.fill("budget", {"line": "חגים", "planned": "הרבה"})
    world.run()
    full = column(world)
    assert bare(str(full[1])) == "עוד לא נשלח, 23.11.2026: תיבת המייל מלאה"
    world.now += timedelta(hours=2)
    send(world)
    assert world.run().requests == 0
    world.now += timedelta(days=1)
    world.run()
    assert [bare(str(one)) for one in column(world)] == ["נשלח, 23.11.2026", "נשלח, 23.11.2026", ""]
    assert world.run().requests == 0


def test_what_went_out_waits_for_another_write_or_the_next_day(world: World) -> None:
    staffed(world)
    world.run()
    send(world)
    assert world.run().requests == 0
    assert column(world) == ["", "", ""]
    world.fill("budget", {"line": "חגים", "planned": "הרבה"})
    world.run()  # a mark in another spreadsheet: this one has nothing of its own to say but its summary
    assert [bare(str(one)) for one in column(world)] == ["נשלח, 23.11.2026", "נשלח, 23.11.2026", ""]
    assert world.run().requests == 0


def test_it_stays_when_the_outbox_has_forgotten(world: World) -> None:
    staffed(world)
    world.run()
    send(world)
    world.now += timedelta(days=1)
    world.run()
    shown = column(world)
    assert any(shown)
    world.now += timedelta(days=100)
    world.run()
    world.run()
    assert column(world) == shown


def test_a_tab_made_before_there_was_such_a_column_gets_it(world: World) -> None:
    staffed(world)
    span = {"sheetId": sheet_id("people"), "dimension": "COLUMNS", "startIndex": LAST, "endIndex": LAST + 1}
    world.edit(world.ids["main"], [{"deleteDimension": {"range": span}}])
    world.run()
    assert "משלוח אחרון" not in world.values("main", "אנשי קשר ותפקידים")[0]
    send(world)
    world.now += timedelta(days=1)
    world.run()
    world.run()
    rows = world.values("main", "אנשי קשר ותפקידים")
    assert rows[0].count("משלוח אחרון") == 1
    assert [bare(row[rows[0].index("משלוח אחרון")]) for row in rows[1:3]] == ["נשלח, 23.11.2026"] * 2
    assert world.run().requests == 0


@pytest.mark.parametrize(
    ("reason", "he", "en"),
    [
        ("recipient refused: 550", "הכתובת נדחתה", "the address was refused"),
        ("recipient refused: 552", "תיבת המייל מלאה", "the mailbox is full"),
        ("recipient refused: 450", "שרת המייל של הנמען דחה את המשלוח לזמן מה", "the recipient's server put it off"),
        ("content refused: 554", "תוכן המייל נדחה", "the mail's content was refused"),
        ("not an e-mail address", "הכתובת אינה כתובת מייל", "it is no e-mail address"),
        ("there is no such channel", "ערוץ המשלוח לא מחובר", "the channel is not connected"),
        ("ConnectionRefusedError 111", "שרת המייל לא זמין", "the mail server is away"),
        ("SMTPAuthenticationError 535", "שרת המייל לא זמין", "the mail server is away"),
    ],
)
def test_the_kinds_of_failure(reason: str, he: str, en: str) -> None:
    failed = Delivery(DAY, Outcome.FAILED, reason)
    assert bare(said(failed, "he")) == f"לא נשלח, 23.11.2026: {he}"
    assert bare(said(failed, "en")).endswith(f": {en}")


deliveries = st.builds(
    Delivery, st.dates(DAY - timedelta(days=3), DAY), st.sampled_from(Outcome), st.sampled_from(["", "x"])
)


@given(st.lists(st.tuples(st.integers(0, 3), st.dictionaries(st.sampled_from("ab"), deliveries)), max_size=8))
def test_however_much_happens_a_row_changes_once_a_day(passes: list[tuple[int, dict[str, Delivery]]]) -> None:
    shown: Deliveries = {}
    today, changes = DAY, dict.fromkeys("ab", 0)
    for days, latest in passes:
        if days:
            today += timedelta(days=days)
            changes = dict.fromkeys("ab", 0)
        now = shown_now(shown, latest, today)
        for address in "ab":
            changes[address] += now.get(address) != shown.get(address)
            assert changes[address] <= 1
            assert address not in latest or now[address] in (shown.get(address), Shown(latest[address], today))
        assert shown_now(now, latest, today) == now
        shown = now
