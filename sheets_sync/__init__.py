"""Fetch, apply, remember, tell."""
