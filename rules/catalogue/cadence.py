"""How often something happens, as people write it: a word or a number of days."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from rules.names import fold

WORDS = {
    fold(word): days
    for days, words in {
        1: ("יומי", "כל יום", "daily"),
        7: ("שבועי", "שבועית", "כל שבוע", "פעם בשבוע", "אחת לשבוע", "weekly"),
        14: ("פעם בשבועיים", "דו שבועי", "אחת לשבועיים", "כל שבועיים", "biweekly", "fortnightly"),
        30: ("חודשי", "חודשית", "כל חודש", "פעם בחודש", "אחת לחודש", "monthly"),
        60: ("פעם בחודשיים", "דו חודשי", "אחת לחודשיים", "כל חודשיים", "bimonthly"),
        90: ("רבעוני", "רבעונית", "פעם ברבעון", "אחת לרבעון", "כל שלושה חודשים", "quarterly"),
        180: ("חצי שנתי", "חצי שנתית", "פעם בחצי שנה", "אחת לחצי שנה", "פעמיים בשנה", "half yearly"),
        365: ("שנתי", "שנתית", "פעם בשנה", "אחת לשנה", "yearly", "annual"),
    }.items()
    for word in words
}
NUMBER = re.compile(r"(?:כל |פעם ב |אחת ל )?(\d{1,4})(?: ?(?:ימים|יום|days))?")


def cadence_days(text: str | None) -> int | None:
    """A cadence in days: `רבעוני` is 90, `כל 45 ימים` is 45; None when it says no cadence that is known."""
    folded = fold(text or "")
    if folded in WORDS:
        return WORDS[folded]
    number = NUMBER.fullmatch(folded)
    return int(number[1]) or None if number else None


def days_without(since: date, today: date, pauses: Iterable[tuple[date, date]]) -> int:
    """Days from a day to today, less those that lie in pauses (first and last day of each)."""
    paused: set[date] = set()
    for first, last in pauses:
        begin, end = max(first, since + timedelta(days=1)), min(last, today)
        paused.update(begin + timedelta(days=at) for at in range((end - begin).days + 1))
    return (today - since).days - len(paused)
