"""Who is to be told what after a pass: one letter a person, with all that is new for that person. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from rules.finding import Role, Severity
from rules.lifecycle import Step, Transition
from sheets_sync.telling.digest import AT_ONCE, Turns
from sheets_sync.telling.directory import IN_A_ROW, Directory
from sheets_sync.telling.letter import NOBODY, Instead, Kind, Letter, Post, Week, due_day
from sheets_sync.telling.recipients import Recipient, everyone

WEEK = timedelta(days=7)


@dataclass
class _Pile:
    recipient: Recipient
    news: list[Transition] = field(default_factory=list)
    closed: list[Transition] = field(default_factory=list)
    instead: dict[str, frozenset[Role]] = field(default_factory=dict)


def post(
    steps: Iterable[Transition],
    directory: Directory,
    before: Instead = NOBODY,
    *,
    turns: Turns = AT_ONCE,
    closed: Iterable[Transition] = (),
    silenced: Collection[str] = (),
) -> Post:
    """Sort what is to be told by person. Where nobody holds a role, the coordinator hears in its stead.

    A role for which not even the coordinator can be reached has not been told, and is tried again at the next pass; so
    is one of whose holders somebody waits for the digest's hour. `before` is in whose stead the coordinator was told in
    earlier passes, `closed` what closed in earlier passes; of `silenced` alerts the person wants to hear nothing now.
    """
    steps, piles = list(steps), _Piles(turns)
    unheld: set[Role] = set()
    remembered: list[Transition] = []
    for step in steps:
        reached = directory.reached(step)
        unheld |= {role for role, (_, is_absent) in reached.items() if is_absent}
        untold = piles.add(step, reached)
        remembered.append(_without(step, untold))
        if step.step is not Step.CLOSED:
            told = {role for role, (_, is_absent) in reached.items() if is_absent} - untold
            if now := (before.get(step.alert.id, frozenset()) - set(step.tell)) | told:
                piles.instead[step.alert.id] = frozenset(now)
    open_ = [step for step in steps if step.finding and step.alert.id not in silenced]
    over = [*closed, *(step for step in steps if step.step is Step.CLOSED)]
    digests = _digests(piles, directory, open_, over)
    letters = (*piles.letters(directory.today), *digests)
    return Post(letters, frozenset(unheld), tuple(remembered), piles.instead, piles.heard)


@dataclass
class _Piles:
    """What each person is to be told now, by address."""

    turns: Turns
    piles: dict[str, _Pile] = field(default_factory=dict)
    instead: dict[str, frozenset[Role]] = field(default_factory=dict)
    heard: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, step: Transition, reached: Mapping[Role, tuple[tuple[Recipient, ...], bool]]) -> set[Role]:
        """Put a step before all who may hear of it now; the roles that have not been told wholly."""
        people: dict[str, Recipient] = {}
        for those, _ in reached.values():
            for one in those:
                people.setdefault(one.address.casefold(), one)
        if step.step is Step.CLOSED:
            for address in people if self.turns.at_once else ():
                self.piles.setdefault(address, _Pile(people[address])).closed.append(step)
            return set()
        before = self.turns.heard.get(_state(step), frozenset())
        now = [address for address in people if address not in before and self._hears(address, step)]
        for address in now:
            pile = self.piles.setdefault(address, _Pile(people[address]))
            pile.news.append(step)
            if held := _held_for(address, reached):
                pile.instead[step.alert.id] = held
        waiting = people.keys() - before - set(now)
        untold = {role for role, (those, _) in reached.items() if not those or _any_of(those, waiting)}
        if waiting and (known := before.union(now)):
            self.heard[_state(step)] = known
        return untold

    def _hears(self, address: str, step: Transition) -> bool:
        return self.turns.at_once or step.alert.severity is Severity.URGENT or address in self.turns.due

    def letters(self, today: date) -> Iterator[Letter]:
        """The letters of the pass but for digests: all news where people are told at once, else what is urgent."""
        for one in self.piles.values():
            if self.turns.at_once:
                kind, news, closed = Kind.NEWS, one.news, tuple(one.closed)
            else:
                kind, news, closed = Kind.URGENT, [step for step in one.news if _is_urgent(step)], ()
            if news:
                yield Letter(one.recipient, tuple(_ordered(news)), closed, one.instead, kind, today)


def _digests(
    piles: _Piles, directory: Directory, open_: Sequence[Transition], closed: Sequence[Transition]
) -> Iterator[Letter]:
    """The digests that are due: what is new, what closed since the last one, and once a week the whole picture."""
    due = piles.turns.due
    if not due:
        return
    heard_of = _by_address(directory, closed)
    stand = _by_address(directory, open_) if any(due.values()) else {}
    for one in everyone(directory.people, directory.today):
        address = one.address.casefold()
        if address not in due:
            continue
        pile = piles.piles.get(address, _Pile(one))
        news = [step for step in pile.news if not _is_urgent(step)]
        gone = _since(heard_of.get(address, ()), piles.turns.since.get(address))
        week = _week(stand.get(address, ()), directory.today) if due[address] else None
        if news or (week and (week.open or gone)):
            due = {who: weekly for who, weekly in due.items() if who != address}  # one that stands in two rows
            yield Letter(one, tuple(_ordered(news)), gone, pile.instead, Kind.DIGEST, directory.today, week)


def _by_address(directory: Directory, steps: Iterable[Transition]) -> dict[str, list[Transition]]:
    """What each person is concerned with by a role of their own: not by a row that names them."""
    found: dict[str, list[Transition]] = {}
    for step in steps:
        roles = step.alert.told if step.finding is None else step.finding.roles
        people = (one for role in roles if role not in IN_A_ROW for one in directory.resolve(step.finding, role))
        for address in {one.address.casefold() for one in people}:
            found.setdefault(address, []).append(step)
    return found


def _since(closed: Iterable[Transition], moment: datetime | None) -> tuple[Transition, ...]:
    """What closed after a moment; in the last week where there is none."""
    ends = [(step, step.alert.closed) for step in closed]
    latest = max((end for _, end in ends if end), default=None)
    return tuple(step for step, end in ends if end and latest and end > (moment or latest - WEEK))


def _week(open_: Iterable[Transition], today: date) -> Week:
    """The weekly picture of what is open."""
    steps = list(open_)
    counts = Counter(step.alert.severity for step in steps)
    due = tuple(step for step in steps if (day := due_day(step)) and today <= day < today + WEEK)
    return Week(counts, tuple(sorted(due, key=lambda step: due_day(step) or today)))


def _state(step: Transition) -> str:
    """An alert as it is told: another when it opens again or becomes more pressing."""
    return f"{step.alert.id} {step.alert.opened.isoformat()} {step.alert.severity}"


def _is_urgent(step: Transition) -> bool:
    return step.alert.severity is Severity.URGENT


def _any_of(those: Iterable[Recipient], addresses: Collection[str]) -> bool:
    return any(one.address.casefold() in addresses for one in those)


def _held_for(address: str, reached: Mapping[Role, tuple[tuple[Recipient, ...], bool]]) -> frozenset[Role]:
    """The roles in whose stead an address hears."""
    return frozenset(role for role, (those, is_absent) in reached.items() if is_absent and _any_of(those, {address}))


def _without(step: Transition, roles: set[Role]) -> Transition:
    """The step when some of the roles it was to tell could not be reached."""
    if step.step is Step.CLOSED or not roles:
        return step
    told = step.alert.told - roles
    severity = step.alert.told_severity if told else Severity.INFO
    return replace(step, alert=replace(step.alert, told=told, told_severity=severity))


def _ordered(news: list[Transition]) -> list[Transition]:
    """The most pressing first, in the order found otherwise."""
    return sorted(news, key=lambda step: -step.alert.severity)
