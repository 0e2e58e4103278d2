import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from sheets_sync.notify import console, mail
from sheets_sync.notify.channel import Channel, Failure, SendFailed
from sheets_sync.notify.mail import MailSettings
from sheets_sync.notify.message import Message
from sheets_sync.notify.sink import Sink
from sheets_sync.store import outbox
from sheets_sync.store.database import Engine, writing
from sheets_sync.store.outbox import State
from sheets_sync.telling.outbox import Delivered, deliver

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MESSAGE = Message("kfar", "1", "mail", "dana@example.org", "נושא", "גוף")


def put(engine: Engine, *messages: Message) -> None:
    with writing(engine) as connection:
        for message in messages:
            assert outbox.put(connection, message, NOON)


def run(engine: Engine, channels: Mapping[str, Channel], minutes: float = 0) -> Delivered:
    return deliver(engine, channels, lambda: NOON + timedelta(minutes=minutes))


@dataclass
class Post:
    """A channel that fails as it is told, by recipient, and remembers whom it reached."""

    moods: dict[str, Failure] = field(default_factory=dict)
    reached: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, message: Message) -> None:
        self.asked.append(message.recipient)
        if mood := self.moods.get(message.recipient):
            raise SendFailed(mood, "as told")
        self.reached.append(message.recipient)


def test_each_message_goes_out_once_over_smtp(engine: Engine) -> None:
    put(engine, MESSAGE, replace(MESSAGE, key="2", recipient="noa@example.org"))
    with Sink() as sink:
        server = MailSettings("127.0.0.1", sink.port, "service@kfar.example", security="none")

        def post(message: Message) -> None:
            mail.send(message, server, NOON)

        assert run(engine, {"mail": post}) == Delivered(sent=2, waiting=0, failed=0)
        assert run(engine, {"mail": post}, 60) == Delivered(sent=0, waiting=0, failed=0)
    assert [kept.recipients for kept in sink.kept] == [("dana@example.org",), ("noa@example.org",)]


@pytest.mark.parametrize(
    ("mood", "first", "asked"),
    [
        (Failure.REFUSED, Delivered(sent=1, waiting=0, failed=1), ["a", "b"]),
        (Failure.LATER, Delivered(sent=1, waiting=1, failed=0), ["a", "b"]),
        pytest.param(Failure.UNREACHABLE, Delivered(0, 2, 0), ["a"], id="a channel out of reach is asked once"),
    ],
)
def test_one_messages_failure_is_not_anothers(
    engine: Engine, mood: Failure, first: Delivered, asked: list[str]
) -> None:
    put(engine, replace(MESSAGE, recipient="a"), replace(MESSAGE, key="2", recipient="b"))
    post = Post({"a": mood})
    assert (run(engine, {"mail": post}), post.asked) == (first, asked)
    post.moods.clear()
    run(engine, {"mail": post}, 60)
    assert sorted(post.reached) == (["b"] if mood is Failure.REFUSED else ["a", "b"])


def test_other_channels_go_on_when_one_is_out_of_reach(engine: Engine) -> None:
    put(engine, MESSAGE, replace(MESSAGE, key="2", channel="chat", recipient="b"), replace(MESSAGE, key="3"))
    chat = Post()
    away = Post({MESSAGE.recipient: Failure.UNREACHABLE})
    assert run(engine, {"mail": away, "chat": chat}) == Delivered(sent=1, waiting=2, failed=0)
    assert chat.reached == ["b"]


def test_a_channel_that_nobody_set_up_keeps_its_messages(engine: Engine) -> None:
    put(engine, MESSAGE)
    assert run(engine, {}) == Delivered(0, 1, 0)
    assert run(engine, {"mail": Post()}, 1) == Delivered(1, 0, 0)


@pytest.mark.parametrize(("mood", "state"), [(Failure.LATER, State.FAILED), (Failure.UNREACHABLE, State.WAITING)])
def test_a_message_put_off_for_five_days_is_given_up_but_not_one_whose_channel_is_away(
    engine: Engine, mood: Failure, state: State
) -> None:
    put(engine, MESSAGE)
    post = Post({MESSAGE.recipient: mood})
    for day in range(7):
        run(engine, {"mail": post}, day * 24 * 60)
    with writing(engine) as connection:
        assert outbox.counts(connection)[state] == 1


def test_a_sender_that_was_killed_before_its_mark_sends_the_same_id_again(engine: Engine) -> None:
    put(engine, MESSAGE)
    ids: list[str] = []

    def killed(message: Message) -> None:
        ids.append(message.id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(engine, {"mail": killed})
    assert run(engine, {"mail": Post()}, 4) == Delivered(0, 1, 0)
    assert run(engine, {"mail": lambda message: ids.append(message.id)}, 6) == Delivered(1, 0, 0)
    assert ids[0] == ids[1]


def test_the_log_names_nobody(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    put(engine, MESSAGE)
    run(engine, {"mail": Post({MESSAGE.recipient: Failure.LATER})})
    said = capsys.readouterr().err
    assert f"message {MESSAGE.id} was not sent: as told (later)" in said
    assert "dana" not in said


def test_the_console_prints_what_would_go_out() -> None:
    stream = io.StringIO()
    console.send(replace(MESSAGE, subject="נושא\r\nעוד"), stream)
    assert stream.getvalue() == "mail → dana@example.org\nנושא עוד\n\nגוף\n\n"
