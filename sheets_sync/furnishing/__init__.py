"""What a new tab looks like, and what it begins with."""
