"""One short file a channel kind."""
