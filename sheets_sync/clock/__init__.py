"""When to look, and at whom: the feed, hints, and what is due."""
