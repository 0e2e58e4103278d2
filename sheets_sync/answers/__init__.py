"""Form answers, from the inbox to their rows."""
