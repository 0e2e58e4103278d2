"""Let people in: form answers."""
