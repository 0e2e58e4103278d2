"""Phrases that many messages share, with their forms for 0, 1, 2 and more; and short names."""

from rules.wording import initial


def ago(count: str) -> str:
    """How many days ago."""
    return f"{{{count}|=0 היום|אתמול|לפני יומיים|לפני # ימים}}"


def ago_en(count: str) -> str:
    """How many days ago, in English."""
    return f"{{{count}|=0 today|yesterday|# days ago}}"


def ahead(count: str) -> str:
    """In how many days."""
    return f"{{{count}|=0 היום|מחר|בעוד יומיים|בעוד # ימים}}"


def ahead_en(count: str) -> str:
    """In how many days, in English."""
    return f"{{{count}|=0 today|tomorrow|in # days}}"


def days(count: str) -> str:
    """So many days."""
    return f"{{{count}|=0 פחות מיום|יום|יומיים|# ימים}}"


def days_en(count: str) -> str:
    """So many days, in English."""
    return f"{{{count}|=0 less than a day|a day|# days}}"


def short_name(name: str) -> str:
    """A first name and an initial: `נועה כ׳`."""
    first, *others = name.split()
    return " ".join([first, initial(others[-1])]) if others else first
