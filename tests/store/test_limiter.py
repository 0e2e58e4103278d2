"""The limiter of all workers: never too many calls a minute, nobody starved, urgent first; on both databases."""

import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.errors import Unavailable
from sheets_sync.google.kind import Kind
from sheets_sync.google.limiter import Limiter
from sheets_sync.google.turns import STALE, WINDOW, Quota, seconds_to_wait
from sheets_sync.store.calls import Call, Caller, State
from sheets_sync.store.database import BOOT, Engine, open_database
from sheets_sync.store.migrate import upgrade

FEW = {Kind.READ: Quota(5, 8), Kind.WRITE: Quota(3, 8)}


@dataclass
class Time:
    """Seconds that only sleeping moves; the engine's clock shows the same."""

    seconds: float = 0.0
    jump: timedelta = field(default_factory=timedelta)

    def read(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> object:
    """Stands for the conftest's clock: the same seconds as the limiter's own."""
    return _ClockOf(Time())


@dataclass
class _ClockOf:
    time: Time

    def __call__(self) -> datetime:
        return BOOT + timedelta(days=9, seconds=self.time.seconds) + self.time.jump


def limiter(engine: Engine, time: Time, community: str = "a", account: str = "one", project: str = "p") -> Limiter:
    made = Limiter(engine, Caller(community, account, project), FEW)
    made.sleep, made.clock = time.sleep, time.read
    return made


def most_in_a_minute(moments: Sequence[float], minute: float = 60.0) -> int:
    return max((sum(start <= other < start + minute for other in moments) for start in moments), default=0)


def test_the_first_calls_go_at_once_and_the_rest_wait_for_room(engine: Engine, clock: _ClockOf) -> None:
    mine = limiter(engine, clock.time)
    waits = [mine.take(Kind.READ, 100) for _ in range(6)]
    assert waits[:5] == [0.0] * 5
    assert waits[5] == pytest.approx(WINDOW, abs=1)


def test_reads_writes_and_projects_are_counted_apart_and_accounts_together(engine: Engine, clock: _ClockOf) -> None:
    one, two, other = (
        limiter(engine, clock.time, account="one"),
        limiter(engine, clock.time, account="two"),
        limiter(engine, clock.time, project="q"),
    )
    assert [one.take(Kind.READ, 0) for _ in range(5)] == [0.0] * 5
    assert one.take(Kind.WRITE, 0) == 0
    assert [two.take(Kind.READ, 0) for _ in range(3)] == [0.0] * 3
    with pytest.raises(Unavailable, match="room in"):
        two.take(Kind.READ, 0)  # two more would be left to the account, none to the project
    assert other.take(Kind.READ, 0) == 0


def test_a_wait_longer_than_the_call_may_last_ends_at_once_in_words(engine: Engine, clock: _ClockOf) -> None:
    mine = limiter(engine, clock.time)
    for _ in range(5):
        mine.take(Kind.READ, 0)
    with pytest.raises(Unavailable, match="room in 62 s") as said:
        mine.take(Kind.READ, 30)
    assert "מכסת הקריאות" in said.value.he
    assert clock.time.seconds == 0
    clock.time.sleep(WINDOW)
    assert mine.take(Kind.READ, 0) == 0


@pytest.mark.parametrize("days", [-1, 1, -10 / 1440, 10 / 1440])
def test_a_database_clock_that_jumps_closes_the_gate_for_no_longer_than_a_minute(
    engine: Engine, clock: _ClockOf, days: float
) -> None:
    mine = limiter(engine, clock.time)
    for _ in range(5):
        mine.take(Kind.READ, 0)
    clock.time.jump = timedelta(days=days)
    assert mine.take(Kind.READ, 100) <= WINDOW + 1


def test_the_machines_time_of_day_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody injects a clock, a jump of the time of day neither opens the gate nor closes it."""
    engine = open_database(f"sqlite:///{tmp_path}/m.db")
    upgrade(engine)
    mine = Limiter(engine, Caller("a", "one", "p"), FEW)
    for jump in (0, 600, -600, 86_400, -86_400):
        now = time.time() + jump
        monkeypatch.setattr(time, "time", lambda now=now: now)
        assert mine.take(Kind.READ, 1) < 1
    with pytest.raises(Unavailable):
        mine.take(Kind.READ, 10)


def test_a_refusal_of_googles_makes_every_worker_pause(engine: Engine, clock: _ClockOf) -> None:
    one, two = limiter(engine, clock.time, "a"), limiter(engine, clock.time, "b", account="two")
    assert one.refused(Kind.READ, 20) == 20
    assert two.take(Kind.READ, 100) == pytest.approx(20, abs=1)
    assert two.take(Kind.WRITE, 0) == 0


def test_refusals_back_the_window_off_and_it_comes_back(engine: Engine, clock: _ClockOf) -> None:
    mine = limiter(engine, clock.time)
    mine.refused(Kind.READ, 0)
    assert [mine.take(Kind.READ, 0) for _ in range(2)] == [0, 0]
    with pytest.raises(Unavailable):
        mine.take(Kind.READ, 0)  # 5 were halved to 2
    clock.time.sleep(WINDOW + 1)
    assert [mine.take(Kind.READ, 0) for _ in range(5)] == [0] * 5


def test_pauses_grow_by_themselves_and_are_bounded(engine: Engine, clock: _ClockOf) -> None:
    mine = limiter(engine, clock.time)
    pauses = [mine.refused(Kind.READ) for _ in range(8)]
    assert all(2.0 ** min(n + 1, 6) / 2 <= pause <= 2.0 ** min(n + 1, 6) for n, pause in enumerate(pauses))
    assert mine.refused(Kind.READ, 86_400) == 300


def test_who_died_waiting_holds_nobody_up(engine: Engine, clock: _ClockOf) -> None:
    gone, mine = limiter(engine, clock.time, "a"), limiter(engine, clock.time, "b")
    for _ in range(5):
        gone.take(Kind.READ, 0)
    gone._ask(Kind.READ, urgent=True)  # and never again
    assert mine.take(Kind.READ, 100) <= WINDOW + STALE + 1


CALLS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["one", "two"]), st.sampled_from([*Kind]), st.floats(0, 40)),
    max_size=60,
)


@settings(max_examples=25, deadline=None)
@given(calls=CALLS)
def test_no_minute_holds_more_than_the_limit(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[str, str, Kind, float]]
) -> None:
    time = Time()
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('calls')}/m.db", clock=_ClockOf(time))
    upgrade(engine)
    sent: dict[tuple[str, Kind], list[float]] = {}
    for community, account, kind, pause in calls:
        time.sleep(pause)
        limiter(engine, time, community, account).take(kind, 1_000)
        sent.setdefault((account, kind), []).append(time.seconds)
    engine.dispose()
    for (_, kind), moments in sent.items():
        assert most_in_a_minute(moments) <= FEW[kind].account
    for kind in Kind:
        assert most_in_a_minute([m for (_, k), moments in sent.items() if k is kind for m in moments]) <= 8


def test_threads_keep_to_it_together(database_url: str) -> None:
    """Four workers over one database; whoever sleeps moves the time of all."""
    sent: list[float] = []
    lock = threading.Lock()
    shared = Time()
    engine = open_database(database_url, clock=_ClockOf(shared))

    def sleep(seconds: float) -> None:
        with lock:
            shared.seconds += seconds / 4
        time.sleep(0.001)

    def work(number: int) -> None:
        mine = limiter(engine, shared, f"c{number}")
        mine.sleep = sleep
        for _ in range(6):
            mine.take(Kind.READ, 100_000)
            with lock:
                sent.append(shared.seconds)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    engine.dispose()
    assert len(sent) == 24
    assert most_in_a_minute(sent) <= 5


def _process(url: str, community: str, calls: int, done: "multiprocessing.Queue[float]") -> None:
    engine = open_database(url)
    mine = Limiter(engine, Caller(community, "one", "p"), {Kind.READ: Quota(10, 10)})
    for _ in range(calls):
        try:
            mine.take(Kind.READ, 0.5)
        except Unavailable:
            return
        done.put(time.monotonic())


@pytest.mark.slow
def test_processes_keep_to_it_together(tmp_path: Path) -> None:
    """Four processes that each want ten calls within a moment: ten go in all."""
    url = f"sqlite:///{tmp_path}/m.db"
    upgrade(open_database(url))
    context = multiprocessing.get_context("spawn")
    done: multiprocessing.Queue[float] = context.Queue()
    processes = [context.Process(target=_process, args=(url, f"c{n}", 10, done)) for n in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert done.qsize() == 10


@dataclass
class Street:
    """Waiting calls and given ones by hand; each `turn` gives one call its turn, a second later."""

    quota: Quota
    calls: list[Call] = field(default_factory=list)
    number: int = 0

    def ask(self, community: str, *, urgent: bool = False) -> None:
        self.number += 1
        self.calls.append(Call(self.number, community, "one", State.WAITING, urgent, 0.0))

    def turn(self) -> Call:
        going = [call for call in self.calls if call.state is State.WAITING and not self._wait(call)]
        assert len(going) == 1
        self.calls = [
            _older(call, WINDOW if call.state is State.GIVEN else 0) for call in self.calls if call not in going
        ]
        self.calls.append(Call(going[0].id, going[0].community, "one", State.GIVEN, going[0].urgent, 0.0))
        self.calls = [_older(call, WINDOW if call.state is State.GIVEN else 0) for call in self.calls]
        return going[0]

    def _wait(self, call: Call) -> float:
        return seconds_to_wait(call, self.calls, self.quota)


def _older(call: Call, seconds: float) -> Call:
    return Call(call.id, call.community, call.account, call.state, call.urgent, call.age + seconds)


def served(street: Street, turns: int, each: Callable[[Call], None] = lambda _: None) -> list[Call]:
    found = []
    for _ in range(turns):
        found.append(street.turn())
        each(found[-1])
    return found


def test_a_greedy_community_makes_another_wait_one_turn() -> None:
    street = Street(Quota(1, 1))
    for _ in range(1_000):
        street.ask("greedy")
    served(street, 3)
    street.ask("small")
    assert [call.community for call in served(street, 2)] == ["small", "greedy"]


def test_those_that_wait_are_served_in_turn() -> None:
    street = Street(Quota(1, 1))
    for community in "aaabbbccc":
        street.ask(community)
    assert "".join(call.community for call in served(street, 9)) == "abcabcabc"


def test_urgent_calls_go_first_and_starve_nobody() -> None:
    street = Street(Quota(1, 1))
    for _ in range(20):
        street.ask("a")
        street.ask("b", urgent=True)
    urgent = [call.urgent for call in served(street, 20)]
    assert urgent[:3] == [True] * 3
    assert Counter(urgent) == {True: 15, False: 5}
