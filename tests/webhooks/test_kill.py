"""`kill -9` of the web process around the inbox's commit: no 2xx is lost, nothing is doubled."""

import http.client
import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_sync.store import inbox
from sheets_sync.store.database import Engine, reading
from tests.faults import compare, fresh_random, ran, shares
from tests.webhooks.process import Web, database, web

BOUNDARIES = ["inbox.taken", "inbox.committed", "inbox.answering"]
ENDED = (OSError, http.client.HTTPException)


def rows(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [answer.message_id for answer in inbox.waiting(connection, "kfar", datetime.now(UTC), 100_000)]


def stream(running: Web, sender: str, answered: dict[str, int], tried: list[str]) -> None:
    """Send one answer after another until the server is gone."""
    number = 0
    while True:
        message_id = f"s{sender}-{number}"
        tried.append(message_id)
        try:
            answered[message_id] = running.send(message_id).status
        except ENDED:
            return
        number += 1


def crowd(running: Web, prefix: str = "") -> tuple[list[threading.Thread], dict[str, int], list[str]]:
    """Eight senders at work: their threads, what was answered, what was tried."""
    answered: dict[str, int] = {}
    tried: list[str] = []
    senders = [threading.Thread(target=stream, args=(running, f"{prefix}{n}", answered, tried)) for n in range(8)]
    for sender in senders:
        sender.start()
    return senders, answered, tried


def everything_arrives_once(folder: Path, engine: Engine, answered: dict[str, int], tried: list[str]) -> None:
    """What was accepted is there; when all is sent again, all is there, each once."""
    kept = Counter(rows(engine))
    assert set(answered.values()) <= {202}
    assert set(answered) <= set(kept)
    with web(folder) as again:
        statuses = {message_id: again.send(message_id).status for message_id in tried}
    assert statuses == {message_id: 200 if message_id in kept else 202 for message_id in tried}
    assert Counter(rows(engine)) == Counter(tried)


@pytest.mark.slow
@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_killed_at_a_boundary_by_a_single_answer(tmp_path: Path, boundary: str, turn: int) -> None:
    engine = database(tmp_path)
    tried = [f"m-{n}" for n in range(turn)]
    with web(tmp_path, f"{boundary}:kill:{turn}") as running:
        answered = {message_id: running.send(message_id).status for message_id in tried[:-1]}
        with pytest.raises(ENDED):
            running.send(tried[-1])
        running.ended()
    assert rows(engine) == (tried[:-1] if boundary == "inbox.taken" else tried)
    everything_arrives_once(tmp_path, engine, answered, tried)


@pytest.mark.slow
@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_a_boundary_with_answers_in_flight(tmp_path: Path, boundary: str, seed: int) -> None:
    engine = database(tmp_path)
    turn = random.Random(f"{boundary} {seed}").randint(5, 60)
    with web(tmp_path, f"{boundary}:kill:{turn}") as running:
        senders, answered, tried = crowd(running)
        running.ended()
        for sender in senders:
            sender.join(20)
    assert answered
    everything_arrives_once(tmp_path, engine, answered, tried)


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.02, 0.05, 0.1, 0.3, 0.7])
def test_killed_at_any_moment_with_answers_in_flight(tmp_path: Path, wait: float) -> None:
    engine = database(tmp_path)
    with web(tmp_path) as running:
        senders, answered, tried = crowd(running)
        time.sleep(wait)
        running.kill()
        for sender in senders:
            sender.join(20)
    assert tried
    everything_arrives_once(tmp_path, engine, answered, tried)


def repeat(running: Web, left: list[str], answered: dict[str, int]) -> None:
    """Send again what got no answer, until the server is gone."""
    for message_id in left:
        try:
            answered[message_id] = running.send(message_id).status
        except ENDED:
            return


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("share", [*enumerate(shares(500))], ids=lambda share: f"share {share[0]}")
def test_killed_again_and_again(tmp_path: Path, share: tuple[int, int]) -> None:
    """One database through many kills, at a boundary or at any moment; what got no answer is sent to the next."""
    chance, engine = fresh_random(), database(tmp_path)
    accepted: set[str] = set()
    left: list[str] = []
    for turn in range(share[1]):
        boundary = chance.choice([*BOUNDARIES, ""])
        with web(tmp_path, boundary and f"{boundary}:kill:{chance.randint(1, 60)}") as running:
            again: dict[str, int] = {}
            repeating = threading.Thread(target=repeat, args=(running, left, again))
            repeating.start()
            senders, answered, tried = crowd(running, f"{turn}-")
            if not boundary:
                time.sleep(chance.uniform(0.02, 0.5))
                running.kill()
            running.ended()
            for sender in (repeating, *senders):
                sender.join(20)
        assert {*again.values(), *answered.values()} <= {200, 202}
        accepted |= {*again, *answered}
        left = [message_id for message_id in {*left, *tried} if message_id not in accepted]
        kept = Counter(rows(engine))
        assert accepted <= kept.keys() <= accepted | {*left}
        assert set(kept.values()) == {1}
        ran()
    with web(tmp_path) as last:
        repeat(last, left, {})
    names = {message_id: message_id for message_id in accepted | {*left}}
    compare(names, ((message_id, message_id) for message_id in rows(engine)), runs=0)
