"""The coordinator's own hours: what a month asks, and what it held."""
