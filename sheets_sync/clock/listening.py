"""One service account's feed: polled at each tick, or at once when a push says so; what changed is remembered."""

from datetime import datetime

from sheets_sync.clock import beats, due
from sheets_sync.clock.beats import Heard
from sheets_sync.clock.feed import News, poll
from sheets_sync.clock.member import Member, Shared
from sheets_sync.log import log
from sheets_sync.store.database import reading, writing


class Ear:
    """Listens to the feed for all members of an account."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.failing = ""
        self.pushed = ""
        with reading(shared.members[0].engine) as connection:
            self.token = beats.feed_token(connection, shared.name)

    def listen(self, now: datetime) -> News:
        """Ask what changed, and remember it for each member: first what changed, then how far the feed was read."""
        news = poll(self.shared.client, self.token)
        self._say(news)
        for engine in self.shared.engines:
            those = [one for one in self.shared.members if one.engine is engine]
            with writing(engine) as connection:
                for one in those:
                    changed = one.ids if news.changed is None else one.ids & news.changed
                    for id in changed:  # another process may have the pass that clears it
                        one.service.known.doubt(id)
                    standing = beats.standing_of(connection, one.key) if changed else None
                    if standing and standing.ended:
                        heard = due.heard(standing, changed, now, is_active=news.changed is not None)
                        beats.keep(connection, one.key, heard)
                beats.keep_feed_token(connection, self.shared.name, news.token, now)
        self.token = news.token
        return news

    def is_pushed(self, heard: Heard) -> bool:
        """Whether a push came since this was asked last."""
        newest = max((heard.pushes.get(one.key, "") for one in self.shared.members), default="")
        was, self.pushed = self.pushed, max(self.pushed, newest)
        return newest > was

    def _say(self, news: News) -> None:
        """Tell once that the feed fails, and once that it is back."""
        failing = type(news.trouble).__name__ if news.trouble else ""
        if failing and not self.failing:
            log.warning("feed.failed" if news.changed is None else "feed.late", kind=failing)
        if self.failing and not failing:
            log.info("feed.back")
        self.failing = failing


def take_hints(member: Member, heard: Heard, now: datetime) -> str:
    """Remember what hints say changed, where it is a spreadsheet of the community's; the newest hint."""
    hints = {id: at for id, at in heard.hints.get(member.key, {}).items() if id in member.ids}
    newest = max(hints.values(), default="")
    standing = heard.standings.get(member.key)
    if standing is not None and newest > standing.hint:
        with writing(member.engine) as connection:
            latest = beats.standing_of(connection, member.key)
            fresh = frozenset(id for id, at in hints.items() if at > standing.hint) - latest.changed.keys()
            if fresh:
                beats.keep(connection, member.key, due.heard(latest, fresh, now))
    return newest
